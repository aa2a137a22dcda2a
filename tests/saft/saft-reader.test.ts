import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { SAFT, type SaftFile, saft } from '#tests/support/saft.ts'
import { Problem } from '#worker/core/problem.ts'
import { unpacked } from '#worker/saft/byte-chunks.ts'
import type { SaftParty, SaftTransaction } from '#worker/saft/saft-file.ts'
import { readSaft } from '#worker/saft/saft-reader.ts'

const utf8 = new TextEncoder()

async function* inPieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.slice(at, at + size)
}

/** All that a file holds, read in pieces of a size. */
async function read(content: string | Uint8Array, size = 4_096) {
  const bytes = typeof content === 'string' ? utf8.encode(content) : content
  const parties: SaftParty[] = []
  const transactions: SaftTransaction[] = []
  const reader = await readSaft(unpacked(inPieces(bytes, size)), (r) => {
    parties.push(...r.takeParties())
    transactions.push(...r.takeTransactions())
  })
  const { header, accounts, taxCodes, analysisTypes, totals } = reader
  return {
    header,
    accounts: [...accounts.values()],
    taxCodes: [...taxCodes.values()],
    analysisTypes: [...analysisTypes].map(([type, { description, values }]) => [type, description, [...values.keys()]]),
    totals,
    parties,
    transactions,
  }
}

async function refusalOf(content: string | Uint8Array, size?: number) {
  const error = await read(content, size).then(
    () => undefined,
    (e: unknown) => e,
  )
  if (!(error instanceof Problem)) throw error ?? new Error('the file was read')
  return { code: error.code, ...error.params }
}

const file: SaftFile = {
  accounts: [
    {
      id: '1500',
      name: 'Kundefordringer & øre',
      grouping: ['balanseverdiForOmloepsmiddel', '1500'],
      opening: 12_345,
      closing: 22_345,
    },
    { id: '3000', grouping: ['salgsinntekt', '3000'], closing: -8_000 },
    { id: '2700', grouping: ['kortsiktigGjeld', '2740'], opening: -12_345, closing: -14_345 },
  ],
  customers: [{ id: '10001', name: 'Åse Ødegård', account: '1500', opening: 12_345, closing: 22_345 }],
  taxCodes: [['3', '3', '25']],
  analysis: [['AVD', 'Avdeling', '10', 'Salg']],
  transactions: [
    {
      id: 'T-1',
      date: '2025-03-04',
      text: 'Salg på <kreditt>',
      lines: [
        {
          account: '1500',
          amount: 10_000,
          customer: '10001',
          extra: '<ReferenceNumber>77</ReferenceNumber><CID>123</CID><DueDate>2025-04-03</DueDate>',
        },
        { account: '3000', amount: -8_000, tax: ['3', '25', -2_000], analysis: [['AVD', '10']] },
        { account: '2700', amount: -2_000 },
      ],
    },
  ],
}
const text = saft(file)

describe('what a file holds', () => {
  test('header, tables, parties and transactions, amounts in øre with debit positive', async () => {
    const got = await read(text)
    expect(got.header).toMatchObject({
      version: '1.30',
      companyName: 'Filprøve AS',
      registrationNumber: '923609016',
      startDate: '2025-01-01',
      endDate: '2025-12-31',
    })
    expect(got.accounts.map((a) => [a.id, a.description, a.groupingCode, a.opening, a.closing])).toEqual([
      ['1500', 'Kundefordringer & øre', '1500', 12_345, 22_345],
      ['3000', 'Konto 3000', '3000', 0, -8_000],
      ['2700', 'Konto 2700', '2740', -12_345, -14_345],
    ])
    expect(got.parties).toMatchObject([
      {
        kind: 'customer',
        id: '10001',
        name: 'Åse Ødegård',
        balances: [{ account: '1500', opening: 12_345, closing: 22_345 }],
      },
    ])
    expect(got.taxCodes).toMatchObject([{ code: '3', standard: '3', percent: '25' }])
    expect(got.analysisTypes).toEqual([['AVD', 'Avdeling', ['10']]])
    expect(got.totals).toEqual({ entries: 1, debit: 10_000, credit: 10_000 })
    const [transaction] = got.transactions
    expect(transaction).toMatchObject({
      id: 'T-1',
      journal: { id: 'GL' },
      transactionDate: '2025-03-04',
      postingDate: '2025-03-04',
      text: 'Salg på <kreditt>',
    })
    expect(
      transaction!.lines.map((l) => [l.account, l.amount, l.customer, l.reference, l.paymentReference, l.dueDate]),
    ).toEqual([
      ['1500', 10_000, '10001', '77', '123', '2025-04-03'],
      ['3000', -8_000, '', '', '', null],
      ['2700', -2_000, '', '', '', null],
    ])
    expect(transaction!.lines[1]).toMatchObject({
      tax: [{ code: '3', percent: '25', base: 8_000, amount: -2_000 }],
      analysis: [{ type: 'AVD', id: '10', amount: null }],
    })
  })

  test('the same however it is cut in pieces', async () => {
    const whole = await read(text, 1_000_000)
    for (const size of [1, 2, 3, 7, 61]) expect(await read(text, size)).toEqual(whole)
  })

  test('the same in every encoding, with and without byte order mark, packed or not', async () => {
    const whole = await read(text)
    const utf16 = (s: string, bigEndian: boolean, mark: boolean) => {
      const units = `${mark ? '\ufeff' : ''}${s}`
      const bytes = new Uint8Array(units.length * 2)
      for (let i = 0; i < units.length; i++)
        new DataView(bytes.buffer).setUint16(i * 2, units.charCodeAt(i), !bigEndian)
      return bytes
    }
    const declared = (encoding: string) => text.replace('UTF-8', encoding)
    const latin1 = (encoding: string) => new Uint8Array(Buffer.from(declared(encoding), 'latin1'))
    for (const bytes of [
      utf8.encode(`\ufeff${text}`),
      utf8.encode(text.replace(/<\?xml.*\?>/, '')),
      utf16(declared('UTF-16'), false, true),
      utf16(declared('UTF-16'), true, true),
      utf16(declared('UTF-16LE'), false, false),
      utf16(declared('UTF-16BE'), true, false),
      latin1('ISO-8859-1'),
      latin1('windows-1252'),
      new Uint8Array(gzipSync(text)),
    ])
      expect({ ...(await read(bytes, 5)), x: bytes.length && 0 }).toEqual({ ...whole, x: 0 })
  })

  test('Windows-1252 has a dash and a euro where Latin-1 has controls', async () => {
    const bytes = Buffer.from(text.replace('UTF-8', 'windows-1252').replace('Åse', '\x80 \x96 \x9f'), 'latin1')
    expect((await read(new Uint8Array(bytes))).parties[0]!.name).toBe('€ – Ÿ Ødegård')
  })

  test('the same with any prefix, and with the namespace declared again further in', async () => {
    const whole = await read(text)
    expect(await read(saft({ ...file, prefix: 'n1' }))).toEqual(whole)
    expect(await read(saft({ ...file, prefix: 'saf-t' }))).toEqual(whole)
    const again = text
      .replace('<Header>', `<x:Header xmlns:x="${SAFT}" xmlns="urn:annet">`)
      .replace('</Header>', '</x:Header>')
    expect((await refusalOf(again)).code).toBe('saft/incomplete') // its children are of another namespace
    const inner = text.replaceAll(/<(\/?)Journal>/g, (_, slash) =>
      slash ? '</j:Journal>' : `<j:Journal xmlns:j="${SAFT}">`,
    )
    expect(await read(inner)).toEqual(whole)
  })

  test('elements of other namespaces and of later versions are passed over', async () => {
    const extended = text
      .replace('<AuditFile ', '<AuditFile xmlns:e="urn:ekstra" ')
      .replaceAll(
        '<Description>',
        '<e:Mer><AccountID>9999</AccountID></e:Mer><Nytt><Amount>1</Amount></Nytt><Description>',
      )
    expect((await read(extended)).transactions).toEqual((await read(text)).transactions)
  })
})

describe('what is refused, with its line', () => {
  const doctype = text.replace(
    '<AuditFile',
    '<!DOCTYPE AuditFile [<!ENTITY a SYSTEM "http://127.0.0.1:1/x">]>\n<AuditFile',
  )
  const cases: [name: string, content: string, expected: object][] = [
    ['a DOCTYPE', doctype, { code: 'xml/doctype', line: 2 }],
    [
      'a DOCTYPE after comments',
      text.replace('<AuditFile', '<!-- a\nb -->\n<?x y?>\n<!doctype a>\n<AuditFile'),
      { code: 'xml/doctype', line: 5 },
    ],
    ['a DOCTYPE cut short', '<?xml version="1.0"?>\n\n<!DOCTYPE x [', { code: 'xml/doctype', line: 3 }],
    ['no namespace', text.replace(` xmlns="${SAFT}"`, ''), { code: 'saft/no-namespace', line: 2 }],
    [
      'another namespace',
      text.replace(SAFT, 'urn:StandardAuditFile-Taxation-Financial:SE'),
      { code: 'saft/no-namespace', line: 2 },
    ],
    [
      'only the root in the namespace',
      text.replace('<AuditFile xmlns=', '<n1:AuditFile xmlns:n1=').replace('</AuditFile', '</n1:AuditFile'),
      { code: 'saft/no-namespace', line: 3 },
    ],
    ['another root', `<Invoice xmlns="${SAFT}"/>`, { code: 'saft/not-saft', line: 1 }],
    [
      'an undeclared prefix',
      text.replace('<MasterFiles>', '<q:MasterFiles>').replace('</MasterFiles>', '</q:MasterFiles>'),
      { code: 'xml/malformed', line: 4 },
    ],
    ['a later version', saft({ ...file, version: '2.00' }), { code: 'saft/version', line: 3, version: '2.00' }],
    ['a made-up version', saft({ ...file, version: '1.35' }), { code: 'saft/version', line: 3, version: '1.35' }],
    ['books in euro', saft({ ...file, currency: 'EUR' }), { code: 'saft/currency', line: 3, currency: 'EUR' }],
    [
      'a transaction that does not balance',
      text.replace('<Amount>80.00', '<Amount>80.01'),
      { code: 'saft/unbalanced-transaction', line: 15, transaction: 'T-1', difference: -1 },
    ],
    [
      'thousandths of a krone',
      text.replace('<Amount>80.00', '<Amount>80.005'),
      { code: 'saft/amount', line: 15, value: '80.005' },
    ],
    ['a comma', text.replace('123.45</Opening', '123,45</Opening'), { code: 'saft/amount', line: 5, value: '123,45' }],
    [
      'a day that is not',
      text.replace('<GLPostingDate>2025-03-04', '<GLPostingDate>2025-02-30'),
      { code: 'saft/date', line: 15, value: '2025-02-30' },
    ],
    [
      'no account on a line',
      text.replace('<AccountID>3000</AccountID><Analysis', '<Analysis'),
      { code: 'saft/incomplete', line: 15, field: 'AccountID' },
    ],
    [
      'no amount on a line',
      text.replace('<Amount>80.00</Amount>', ''),
      { code: 'saft/incomplete', line: 15, field: 'Amount' },
    ],
    ['no header', text.replace(/<Header>.*<\/Header>/, ''), { code: 'saft/incomplete', line: 4, field: 'Header' }],
    [
      'an account number beyond measure',
      text.replace('<AccountID>3000</AccountID><AccountD', `<AccountID>${'3'.repeat(71)}</AccountID><AccountD`),
      { code: 'saft/too-long', field: 'AccountID' },
    ],
    ['an unknown entity', text.replace('Filprøve', '&nbsp;'), { code: 'xml/malformed', line: 3 }],
    ['a surrogate by number', text.replace('Filprøve', '&#xD800;'), { code: 'xml/malformed', line: 3 }],
    ['the null character by number', text.replace('Filprøve', '&#0;'), { code: 'xml/malformed', line: 3 }],
    ['tags that cross', text.replace('</Header>', '</Hedder>'), { code: 'xml/malformed', line: 3 }],
    ['nothing', '', { code: 'xml/malformed', line: 1 }],
    ['text', 'Kjære Hovedbok', { code: 'xml/malformed', line: 1 }],
    [
      'a level too many',
      text.replace('<MasterFiles>', `<MasterFiles>${'<a>'.repeat(99)}${'</a>'.repeat(99)}`),
      { code: 'xml/malformed', reason: 'depth' },
    ],
    [
      'attributes too many',
      text.replace('<MasterFiles>', `<MasterFiles ${Array.from({ length: 51 }, (_, i) => `a${i}=""`).join(' ')}>`),
      { code: 'xml/malformed', reason: 'attributes' },
    ],
    [
      'a text without end',
      text.replace('Filprøve', 'x'.repeat(5_000_000)),
      { code: 'xml/malformed', reason: 'too-long' },
    ],
    [
      'an attribute without end',
      text.replace('<MasterFiles>', `<MasterFiles a="${'x'.repeat(5_000_000)}">`),
      { code: 'xml/malformed', reason: 'too-long' },
    ],
    ['a prolog without end', `<?xml version="1.0"?>${'<!-- -->'.repeat(50_000)}${text}`, { code: 'xml/malformed' }],
    ['an encoding nobody reads', text.replace('UTF-8', 'UTF-7'), { code: 'xml/encoding', encoding: 'UTF-7' }],
  ]
  test.each(cases)('%s', async (_, content, expected) => {
    expect(await refusalOf(content)).toMatchObject(expected)
  })

  test('a DOCTYPE in every encoding and packed, before anything of it is read', async () => {
    const le = new Uint8Array(Buffer.from(`\ufeff${doctype.replace('UTF-8', 'UTF-16')}`, 'utf16le'))
    const be = le.slice()
    for (let i = 0; i < be.length; i += 2) [be[i], be[i + 1]] = [be[i + 1]!, be[i]!]
    for (const bytes of [
      le,
      be,
      le.slice(2),
      be.slice(2),
      utf8.encode(`\ufeff${doctype}`),
      new Uint8Array(Buffer.from(doctype.replace('UTF-8', 'ISO-8859-1'), 'latin1')),
      new Uint8Array(gzipSync(doctype)),
    ])
      expect(await refusalOf(bytes, 3)).toEqual({ code: 'xml/doctype', line: 2 })
  })

  test('bytes that are not of the encoding, with the line they stand on', async () => {
    const bytes = utf8.encode(text)
    bytes[bytes.indexOf(0xc3, text.indexOf('</Header>'))] = 0xff
    expect(await refusalOf(bytes, 1_000_000)).toEqual({ code: 'xml/malformed', line: 5 })
    expect(await refusalOf(bytes, 10)).toEqual({ code: 'xml/malformed', line: 5 })
    expect((await refusalOf(new Uint8Array([0xff, 0xfe, 0, 0, 60, 0, 0, 0]))).code).toBe('xml/encoding')
  })

  test('a file cut anywhere', async () => {
    const bytes = utf8.encode(text.trimEnd())
    const packed = new Uint8Array(gzipSync(bytes))
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: bytes.length - 1 }), async (length) => {
        expect((await refusalOf(bytes.slice(0, length))).code).toBe('xml/malformed')
      }),
      { numRuns: 60 },
    )
    for (const length of [20, 100, packed.length - 9])
      expect((await refusalOf(packed.slice(0, length))).code).toBe('xml/malformed')
  })

  test('a packed file that unfolds beyond measure', async () => {
    const bomb = gzipSync(`${text.slice(0, 60)}${' '.repeat(70_000_000)}`)
    expect((await refusalOf(new Uint8Array(bomb))).code).toMatch(/request\/too-large|xml\/malformed/)
  })
})
