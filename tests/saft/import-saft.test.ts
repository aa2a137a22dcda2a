import { existsSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { simpleDraft, testApp } from '#tests/support/app.ts'
import { SAFT, type SaftFile, saft, withClosings } from '#tests/support/saft.ts'

const app = testApp()
const fixture = (name: string) => readFileSync(`tests/fixtures/saft/${name}`)
const send = (content: string | Uint8Array, path = '/api/v1/imports/saft', headers: Record<string, string> = {}) =>
  app.call(path, { raw: (typeof content === 'string' ? content : new Uint8Array(content)) as BodyInit, headers })

/** Imports and gives the answer with the company's own calls. */
async function imported(content: string | Uint8Array) {
  const { status, json, text } = await send(content)
  if (status !== 201) throw new Error(text)
  const path = `/api/v1/companies/${json.company.id}`
  const verified = await app.call(`${path}/verify?full=true`)
  expect(verified.json.checks.filter((check: any) => !check.holds)).toEqual([])
  return { json, path, call: (rest: string, sent = {}) => app.call(path + rest, sent) }
}

/** All entries of a company as `account party amount code`, in order of voucher and line. */
async function entriesOf(company: { call: (rest: string) => Promise<{ json: any }> }) {
  const { json } = await company.call('/vouchers?order=recorded&limit=5000')
  const vouchers = await Promise.all(json.vouchers.map((v: any) => company.call(`/vouchers/${v.id}`)))
  return vouchers.map((v) => v.json)
}

/** What stands in all of the installation that an import could have left behind. */
async function everything() {
  const { json } = await app.call('/api/v1/companies')
  const files = await (app.env.FILES as unknown as { list(): Promise<{ objects: { key: string }[] }> }).list()
  return { companies: json.companies, files: files.objects.map((o) => o.key).sort() }
}

describe('our own examples', () => {
  const expected = JSON.parse(fixture('handel.expected.json').toString())

  test.each(['handel-1.30.xml', 'handel-1.10.xml'])(
    '%s gives every balance of the file, zero differences',
    async (name) => {
      const company = await imported(fixture(name))
      expect(company.json.differences).toEqual([])
      expect(company.json.told).toEqual([])
      expect(company.json.counts).toMatchObject({
        accounts: 16,
        customers: 2,
        suppliers: 2,
        transactions: 7,
        vouchers: 8,
      })
      const { json } = await company.call('/reports/trial-balance')
      const rows = new Map(json.rows.map((r: any) => [r.account, r]))
      for (const [account, { opening, closing }] of Object.entries<any>(expected.accounts)) {
        const row: any = rows.get(account) ?? { opening: 0, closing: 0 }
        expect([account, row.opening, row.closing]).toEqual([account, opening, closing])
      }
      expect(json.checks.every((c: any) => c.holds)).toBe(true)
      const vat = Object.fromEntries(
        company.json.proof.vat.map((v: any) => [`${v.period} ${v.vatCode}`, [v.ours.base, v.ours.tax]]),
      )
      expect(vat).toEqual(expected.vat)
      for (const kind of ['customer', 'supplier'])
        for (const [party, closing] of Object.entries(expected[`${kind}s`])) {
          const found = company.json.proof.parties.find((p: any) => p.kind === kind && p.party === party)
          expect([party, found?.ours.closing ?? 0, found?.difference ?? 0]).toEqual([party, closing, 0])
        }
    },
  )

  test('the same books in 1.10 and 1.30, 1.40 and with a prefix are the same entries', async () => {
    const text = fixture('handel-1.30.xml').toString()
    const forms = [
      text,
      fixture('handel-1.10.xml'),
      text.replace('>1.30<', '>1.40<'),
      text
        .replace('<AuditFile xmlns=', '<s:AuditFile xmlns:s=')
        .replace(/<(\/?)([A-RT-Z]\w*|S\w+)/g, '<$1s:$2')
        .replace('<s:s:', '<s:')
        .replace('</s:s:', '</s:'),
    ]
    const [first, ...others] = await Promise.all(
      forms.map(async (form) =>
        (await entriesOf(await imported(form))).map(({ id, type, number, voucherDate, text, entries }: any) => ({
          id,
          type,
          number,
          voucherDate,
          text,
          entries,
        })),
      ),
    )
    for (const other of others) expect(other).toEqual(first)
  })

  test('lines keep what they had: code, rate and side of VAT, dimensions, invoice, currency, voucher type', async () => {
    const vouchers = await entriesOf(await imported(fixture('handel-1.30.xml')))
    const of = (externalId: string) => vouchers.find((v: any) => v.externalId === externalId)
    expect(vouchers.map((v: any) => `${v.externalId} ${v.type}`)).toEqual([
      'opening-balance opening-balance',
      '1001 outgoing-invoice',
      '1002 outgoing-invoice',
      '2001 incoming-invoice',
      '2002 incoming-invoice',
      '3001 payment-in',
      '4001 vat',
      '9001 depreciation',
    ])
    expect(
      of('1001').entries.map((e: any) => [
        e.rowKey,
        e.account,
        e.amount,
        e.origin,
        e.vatCode,
        e.vatRate,
        e.vatSide,
        e.dimensions,
      ]),
    ).toEqual([
      ['1', '1500', 2_400_000, 'line', null, null, null, null],
      ['2', '3000', -1_000_000, 'line', '3', 2500, null, { department: '10' }],
      ['3', '3020', -1_000_000, 'line', '31', 1500, null, { department: '20' }],
      ['2', '2700', -250_000, 'vat', '3', 2500, 'output', null],
      ['3', '2700', -150_000, 'vat', '31', 1500, 'output', null],
    ])
    expect(of('1002').entries[0]).toMatchObject({
      party: '10001',
      partyKind: 'customer',
      invoiceNumber: '1002',
      dueDate: '2025-02-17',
      paymentReference: '10027',
    })
    expect(of('1002').entries[1].dimensions).toEqual({ department: '10', project: 'P1' })
    expect(of('2002').entries.map((e: any) => [e.account, e.amount, e.vatCode, e.vatSide])).toEqual([
      ['6550', 117_000, '86', null],
      ['2710', 29_250, '86', 'input'],
      ['2700', -29_250, '86', 'output'],
      ['2400', -117_000, null, null],
    ])
    expect(of('2002').entries[0]).toMatchObject({
      currency: 'EUR',
      currencyAmount: 10_000,
      rate: '11.7',
      rateSource: 'given',
    })
  })

  test('one can go on posting at once, with VAT, in the year it is', async () => {
    const company = await imported(fixture('handel-1.30.xml'))
    const lines = [
      { rowKey: 'a', account: '6800', amount: 125_000, vatCode: '1' },
      { rowKey: 'b', account: '2400:50001', amount: -125_000 },
    ]
    const posted = await company.call('/vouchers', { body: simpleDraft({ lines }) })
    expect([posted.status, posted.json.ledgerVersion]).toEqual([201, 9])
  })

  test('the receipt is kept with the file’s hash, and told in the language asked for', async () => {
    const { status, json } = await send(fixture('handel-1.30.xml'), undefined, {
      'x-file-name': encodeURIComponent('Året 2025.xml'),
    })
    expect(status).toBe(201)
    const list = await app.call(`/api/v1/companies/${json.company.id}/imports`)
    expect(list.json.imports).toMatchObject([
      { id: json.importJob, fileName: 'Året 2025.xml', size: 16720, finished: true, by: 'operator' },
    ])
    const one = await app.call(`/api/v1/companies/${json.company.id}/imports/${json.importJob}`)
    expect(one.json.receipt).toEqual(json)
    expect(one.json.sha256).toBe(json.file.sha256)
    expect((await everything()).files).toContain(`imports/${json.importJob}`)
    expect((await app.call(`/api/v1/companies/${json.company.id}/imports/imp_x`)).json.code).toBe('import/unknown')
  })
})

const examples = '../shared/standards/saft/examples'
const haveExamples = existsSync(`${examples}/synthetic_small.expected.json`)
if (!haveExamples) console.warn(`SKIPPED: 4 tests on the SAF-T examples, which are not at ${examples}`)

describe.skipIf(!haveExamples)('the standard’s examples', () => {
  const read = (name: string) => readFileSync(`${examples}/${name}`)

  test.each(['synthetic_v1.30_small.xml', 'synthetic_v1.40_small.xml'])(
    '%s: accounts, parties and VAT as expected',
    async (name) => {
      const expected = JSON.parse(read('synthetic_small.expected.json').toString())
      const company = await imported(read(name))
      expect(company.json.differences).toEqual([])
      expect(company.json.told).toEqual([])
      const { json } = await company.call(
        '/reports/trial-balance?fromDate=2025-01-01&toDate=2025-02-28&includeZero=true',
      )
      const rows = Object.fromEntries(
        json.rows.map(({ account, opening, debit, credit, closing }: any) => [
          account,
          { opening, debit, credit, closing },
        ]),
      )
      for (const [account, figures] of Object.entries(expected.accounts))
        expect({ account, ...rows[account] }).toEqual({ account, ...(figures as object) })
      for (const kind of ['customer', 'supplier'] as const)
        for (const [party, { opening, closing }] of Object.entries<any>(expected[`${kind}s`])) {
          const found = company.json.proof.parties.find((p: any) => p.kind === kind && p.party === party)
          expect([party, found.ours.opening, found.ours.closing]).toEqual([party, opening, closing])
        }
      const vat = Object.fromEntries(
        company.json.proof.vat.map((v: any) => [`${v.period.slice(5)}:${v.vatCode}`, v.ours]),
      )
      for (const [key, sums] of Object.entries<any>(expected.vat_by_term_and_code))
        expect({ key, ...(vat[key] ?? { base: 0, tax: 0 }) }).toEqual({ key, ...sums })
      expect(company.json.counts).toMatchObject({
        transactions: expected.transactions,
        vouchers: expected.transactions + 1,
      })
    },
  )

  test.each(['converted_v1.30_minimal.xml', 'converted_v1.40_minimal.xml', 'official_v1.10_minimal_999999999.xml'])(
    '%s does not add up in itself: every fault is listed',
    async (name) => {
      const { json } = await imported(read(name))
      expect(json.differences.map((d: any) => [d.kind, d.account ?? d.party ?? '', d.file, d.ours])).toEqual([
        ['opening-sum', '', -123_456, 0],
        ['account-closing', '1925', 1_234_567, -1_126_544],
        ['account-closing', '2400', -1_234_567, -123_456],
        ['account-closing', '2740', -1_234_567, 126_544],
        ['account-closing', '4000', 0, 1_000_000],
        ['party-closing', '12000', 1_234_567, 123_456],
        ['party-closing', '20000', -1_234_567, -1_373_456],
      ])
      expect(json.told.map((t: any) => t.code)).toEqual(['account-made', 'opening-to-technical-party', 'party-missing'])
      expect(json.proof.vat).toEqual([
        {
          period: '2015-T5',
          vatCode: '1',
          file: { base: 1_000_000, tax: 250_000 },
          ours: { base: 1_000_000, tax: 250_000 },
        },
      ])
    },
  )

  test('the sample without namespace is refused with its line', async () => {
    const { status, json } = await send(read('official_v1.30_xmlspy_sample_not_namespaced.xml'))
    expect([status, json.code, json.params.line]).toEqual([422, 'saft/no-namespace', 3])
  })
})

const plain: SaftFile = withClosings({
  accounts: [
    { id: '1500', grouping: ['balanseverdiForOmloepsmiddel', '1500'], opening: 50_000 },
    { id: '1920', grouping: ['balanseverdiForOmloepsmiddel', '1920'], opening: 50_000 },
    { id: '2050', grouping: ['egenkapital', '2050'], opening: -100_000 },
    { id: '3000', grouping: ['salgsinntekt', '3000'] },
  ],
  customers: [{ id: '10001', account: '1500', opening: 50_000, closing: 60_000 }],
  transactions: [
    {
      id: 'A',
      date: '2025-01-10',
      lines: [
        { account: '1500', amount: 25_000, customer: '10001' },
        { account: '3000', amount: -25_000 },
      ],
    },
    {
      id: 'B',
      date: '2025-02-10',
      lines: [
        { account: '1920', amount: 15_000 },
        { account: '1500', amount: -15_000, customer: '10001' },
      ],
    },
  ],
})

describe('the proof', () => {
  test('an øre planted in the file is found', async () => {
    const text = saft(plain)
    expect((await imported(text)).json.differences).toEqual([])
    const { json } = await imported(text.replace('<ClosingDebitBalance>650.00', '<ClosingDebitBalance>650.01'))
    expect(json.differences).toMatchObject([
      {
        kind: 'account-closing',
        account: '1920',
        file: 65_001,
        ours: 65_000,
        difference: -1,
        message: 'Konto 1920 slutter på 650,01 i filen, 650,00 i regnskapet. Differanse −0,01.',
      },
    ])
    const party = await imported(
      text.replace(
        '<ClosingDebitBalance>600.00</ClosingDebitBalance></BalanceAccount>',
        '<ClosingDebitBalance>600.01</ClosingDebitBalance></BalanceAccount>',
      ),
    )
    expect(party.json.differences).toMatchObject([{ kind: 'party-closing', party: '10001', difference: -1 }])
    const total = await imported(
      text.replace('<TotalDebit>400.00', '<TotalDebit>400.01').replace('<NumberOfEntries>2', '<NumberOfEntries>3'),
    )
    expect(total.json.differences).toMatchObject([
      { kind: 'total-entries', file: 3, ours: 2 },
      { kind: 'total-debit', difference: -1 },
    ])
  })

  test('an øre planted in the books behind the import is found: it reads what the trial balance answers', async () => {
    const company = await app.company({ fromYear: 2024, toYear: 2026 })
    const send = () => app.call(`${company.path}/imports/saft`, { raw: saft(plain) })
    await company.db.execute(`create trigger planted after insert on balance when new.account = '1920'
      begin update balance set debit = debit + 1 where account = '1920' and month = new.month; end`)
    const { status, json } = await send()
    expect(status).toBe(201)
    expect(json.differences.map((d: any) => [d.kind, d.account, d.difference])).toContainEqual([
      'account-closing',
      '1920',
      2,
    ])
    const { json: report } = await company.call(`/reports/trial-balance?fromDate=2025-01-01&toDate=2025-12-31`)
    const row = report.rows.find((r: any) => r.account === '1920')
    expect(json.proof.accounts.find((a: any) => a.account === '1920').ours).toEqual({
      opening: row.opening,
      debit: row.debit,
      credit: row.credit,
      closing: row.closing,
    })
  })

  test('what is in the proof is what the trial balance route answers', async () => {
    const company = await imported(saft(plain))
    const { fromDate, toDate, accounts } = company.json.proof
    const { json } = await company.call(`/reports/trial-balance?fromDate=${fromDate}&toDate=${toDate}`)
    expect(accounts.map(({ account, ours }: any) => ({ account, ...ours }))).toEqual(
      json.rows.map(({ account, opening, debit, credit, closing }: any) => ({
        account,
        opening,
        debit,
        credit,
        closing,
      })),
    )
  })

  test('random books make the round trip: every balance equal, whatever accounts, parties, VAT and days', async () => {
    const accounts = ['1500', '1920', '2400', '2990', '3000', '4000', '6800', '10100', 'X-9']
    const amount = fc.integer({ min: -9_000_000_000, max: 9_000_000_000 })
    const oneLine = fc.record({ account: fc.constantFrom(...accounts), amount, party: fc.constantFrom('1', '2', '77') })
    const transaction = fc.record({
      day: fc.integer({ min: 1, max: 28 }),
      month: fc.integer({ min: 1, max: 12 }),
      lines: fc.array(oneLine, { minLength: 1, maxLength: 6 }),
      same: fc.boolean(),
    })
    await fc.assert(
      fc.asyncProperty(
        fc.array(transaction, { maxLength: 12 }),
        fc.array(amount, { minLength: accounts.length, maxLength: accounts.length }),
        async (drawn, openings) => {
          const party = (account: string, number: string) =>
            account === '1500' ? { customer: number } : account === '2400' ? { supplier: number } : {}
          const transactions = drawn.map(({ day, month, lines, same }, i) => {
            const all = lines.map((l) => ({ account: l.account, amount: l.amount, ...party(l.account, l.party) }))
            const rest = -all.reduce((sum, l) => sum + l.amount, 0)
            const date = `2025-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
            return { id: same ? 'samme' : `T${i}`, date, lines: [...all, { account: '2990', amount: rest }] }
          })
          // Party openings all on one party; accounts of the year open at nothing.
          const openingOf = (i: number) => (/^[346]/.test(accounts[i]!) ? 0 : openings[i]!)
          const sum = accounts.reduce((total, _, i) => total + openingOf(i), 0)
          const file = withClosings({
            accounts: accounts.map((id, i) => ({ id, opening: id === '2990' ? openingOf(i) - sum : openingOf(i) })),
            customers: [{ id: '1', account: '1500', opening: openingOf(0) }],
            suppliers: [{ id: '2', account: '2400', opening: openingOf(2) }],
            transactions,
          })
          const { json } = await imported(saft(file))
          expect(json.differences.filter((d: any) => !d.kind.startsWith('party'))).toEqual([])
          for (const { id, opening = 0, closing = 0 } of file.accounts) {
            const row = json.proof.accounts.find((a: any) => a.account === id)
            expect([id, row.ours.opening, row.ours.closing]).toEqual([id, opening, closing])
          }
          const control = json.proof.parties
            .filter((p: any) => p.kind === 'customer')
            .reduce((total: number, p: any) => total + p.ours.closing, 0)
          expect(control).toBe(file.accounts[0]!.closing)
        },
      ),
      { numRuns: 15 },
    )
  }, 60_000)
})

describe('files with faults that are read, and told', () => {
  const control = { id: '1500', grouping: ['balanseverdiForOmloepsmiddel', '1500'] as [string, string] }
  const sales = { id: '3000', grouping: ['salgsinntekt', '3000'] as [string, string] }

  test('opening that does not balance: the rest stands on 1999, and nothing is hidden', async () => {
    const { json, call } = await imported(
      saft({
        ...plain,
        accounts: plain.accounts.map((a) => (a.id === '2050' ? { ...a, opening: -90_000, closing: -90_000 } : a)),
      }),
    )
    expect(json.differences).toMatchObject([{ kind: 'opening-sum', difference: -10_000 }])
    const { json: report } = await call('/reports/trial-balance')
    expect(report.rows.find((r: any) => r.account === '1999')).toMatchObject({
      nameNb: 'Observasjonskonto',
      opening: -10_000,
    })
  })

  test('parties that only lines name make the account a control account, and are made and listed', async () => {
    const { json } = await imported(
      saft(
        withClosings({
          accounts: [control, sales],
          transactions: [
            {
              id: 'A',
              date: '2025-01-10',
              lines: [
                { account: '1500', amount: 100, customer: '7' },
                { account: '3000', amount: -100 },
              ],
            },
          ],
        }),
      ),
    )
    expect(json.differences).toEqual([])
    expect(json.told).toMatchObject([{ code: 'party-made', params: { kind: 'customer', party: '7' }, count: 1 }])
    expect(json.proof.parties).toMatchObject([{ kind: 'customer', party: '7', ours: { closing: 100 } }])
  })

  test('a party that turns up on an account whose first lines had none: the file is read through and booked anew', async () => {
    const before = await everything()
    const { json } = await imported(
      saft(
        withClosings({
          accounts: [control, sales],
          transactions: [
            {
              id: 'A',
              date: '2025-01-10',
              lines: [
                { account: '1500', amount: 100 },
                { account: '3000', amount: -100 },
              ],
            },
            {
              id: 'B',
              date: '2025-01-11',
              lines: [
                { account: '1500', amount: 50, customer: '7' },
                { account: '3000', amount: -50 },
              ],
            },
          ],
        }),
      ),
    )
    expect(json.differences).toEqual([])
    expect(json.told.map((t: any) => `${t.code} ${t.count}`)).toEqual(['party-made 1', 'party-missing 1'])
    expect(json.proof.parties.map((p: any) => [p.party, p.ours.closing])).toEqual([
      ['0', 100],
      ['7', 50],
    ])
    expect((await everything()).companies).toHaveLength(before.companies.length + 1)
  })

  test('such a party late in a file that comes in pieces: all of it is kept, and booked once', async () => {
    const transactions = Array.from({ length: 400 }, (_, i) => ({
      id: `T${i}`,
      date: '2025-01-10',
      lines: [
        { account: '1500', amount: 100, ...(i === 399 && { customer: '7' }) },
        { account: '3000', amount: -100 },
      ],
    }))
    const bytes = new TextEncoder().encode(saft(withClosings({ accounts: [control, sales], transactions })))
    let at = 0
    const body = new ReadableStream({
      pull(controller) {
        controller.enqueue(bytes.slice(at, at + 10_000))
        at += 10_000
        if (at >= bytes.length) controller.close()
      },
    })
    const { status, json } = await app.call('/api/v1/imports/saft', { raw: body })
    expect([status, json.differences, json.counts.vouchers]).toEqual([201, [], 400])
    expect(json.file).toMatchObject({ size: bytes.length })
    const kept = await app.env.FILES.get(`imports/${json.importJob}`)
    expect(new Uint8Array(await kept!.arrayBuffer())).toEqual(bytes)
  })

  test('a supplier on a customer account, and a party on an ordinary account', async () => {
    const { json } = await imported(
      saft(
        withClosings({
          ...plain,
          transactions: [
            {
              id: 'A',
              date: '2025-01-10',
              lines: [
                { account: '1500', amount: 100, supplier: '9' },
                { account: '3000', amount: -100, customer: '10001' },
              ],
            },
          ],
          customers: [{ id: '10001', account: '1500', opening: 50_000, closing: 50_000 }],
        }),
      ),
    )
    expect(json.differences).toEqual([])
    expect(json.told.map((t: any) => t.code)).toEqual(['party-made', 'party-not-kept'])
    expect(json.proof.parties.map((p: any) => [p.kind, p.party, p.ours.closing])).toEqual([
      ['customer', '10001', 50_000],
      ['customer', 'S-9', 100],
    ])
  })

  test('accounts that are not in the chart, dimensions nobody described, long texts, a double id, an empty transaction', async () => {
    const { json, call } = await imported(
      saft({
        ...withClosings({
          accounts: [sales],
          transactions: [
            {
              id: 'A',
              date: '2025-01-10',
              text: 'x'.repeat(300),
              lines: [
                { account: '1921', amount: 100, analysis: [['Z', '5']] },
                { account: '3000', amount: -100 },
              ],
            },
            {
              id: 'A',
              date: '2025-01-10',
              lines: [
                { account: '1921', amount: 100 },
                { account: '3000', amount: -100 },
              ],
            },
            { id: 'C', date: '2025-01-10', lines: [] },
          ],
        }),
      }),
    )
    expect(json.told.map((t: any) => `${t.code} ${t.count}`)).toEqual([
      'account-made 1',
      'dimension-made 1',
      'dimension-value-made 1',
      'text-cut 1',
      'transaction-empty 1',
      'transaction-twice 1',
    ])
    expect(json.counts).toMatchObject({ transactions: 3, vouchers: 2 })
    expect(json.differences).toMatchObject([{ kind: 'account-closing', account: '1921', file: 0, ours: 200 }])
    const { json: dimensions } = await call('/dimensions')
    expect(dimensions.dimensions.map((d: any) => d.key)).toEqual(['department', 'project', 'z'])
  })

  test('a line spread over two departments becomes two entries', async () => {
    const spread = saft(
      withClosings({
        accounts: [sales, { id: '1920' }],
        transactions: [
          {
            id: 'A',
            date: '2025-01-10',
            lines: [
              { account: '1920', amount: 100 },
              {
                account: '3000',
                amount: -100,
                analysis: [
                  ['AVD', '1'],
                  ['AVD', '2'],
                ],
              },
            ],
          },
        ],
        analysis: [
          ['AVD', 'Avdeling', '1', 'En'],
          ['AVD', 'Avdeling', '2', 'To'],
        ],
      }),
    )
      .replace(
        '<AnalysisID>1</AnalysisID></Analysis>',
        '<AnalysisID>1</AnalysisID><CreditAnalysisAmount><Amount>0.30</Amount></CreditAnalysisAmount></Analysis>',
      )
      .replace(
        '<AnalysisID>2</AnalysisID></Analysis>',
        '<AnalysisID>2</AnalysisID><CreditAnalysisAmount><Amount>0.70</Amount></CreditAnalysisAmount></Analysis>',
      )
    const company = await imported(spread)
    const [voucher] = await entriesOf(company)
    expect(voucher.entries.map((e: any) => [e.account, e.amount, e.dimensions?.department])).toEqual([
      ['1920', 100, undefined],
      ['3000', -30, '1'],
      ['3000', -70, '2'],
    ])
  })

  test('days before the selection: the opening balance stands on the first of them', async () => {
    const { json } = await imported(
      saft(
        withClosings({
          ...plain,
          transactions: [
            ...plain.transactions,
            {
              id: 'Z',
              date: '2024-12-30',
              lines: [
                { account: '1920', amount: 10 },
                { account: '2050', amount: -10 },
              ],
            },
          ],
        }),
      ),
    )
    expect(json.differences).toEqual([])
    expect([json.proof.fromDate, json.proof.toDate]).toEqual(['2024-12-30', '2025-12-31'])
    expect(json.told.map((t: any) => t.code)).toContain('transaction-outside')
  })

  test('a fiscal year of its own', async () => {
    const company = await imported(saft(withClosings({ ...plain, start: '2024-07-01', end: '2025-06-30' })))
    expect(company.json.differences).toEqual([])
    const { json } = await company.call('/fiscal-years')
    expect(json.fiscalYears[0]).toMatchObject({ year: 2025, firstDate: '2024-07-01', lastDate: '2025-06-30' })
  })
})

describe('a file that is refused leaves nothing behind', () => {
  const text = saft(plain)
  const cases: [code: string, content: string][] = [
    ['xml/doctype', text.replace('<AuditFile', '<!DOCTYPE x>\n<AuditFile')],
    ['xml/malformed', text.slice(0, -30)],
    ['saft/no-namespace', text.replace(` xmlns="${SAFT}"`, '')],
    ['saft/version', saft({ ...plain, version: '3.0' })],
    ['saft/currency', saft({ ...plain, currency: 'SEK' })],
    ['saft/not-saft', `<Order xmlns="${SAFT}"/>`],
    ['saft/incomplete', text.replace(/<Header>.*<\/Header>/, '')],
    [
      'saft/unbalanced-transaction',
      text.replace('<Amount>150.00</Amount></CreditAmount>', '<Amount>150.01</Amount></CreditAmount>'),
    ],
  ]
  test.each(cases)('%s, as a new company', async (code, content) => {
    const before = await everything()
    const { status, json, headers } = await send(content)
    expect([status, json.code, headers.get('content-type')]).toEqual([422, code, 'application/problem+json'])
    expect(json.params.line ?? json.params.currency).toBeDefined()
    expect(json.title).not.toMatch(/[{}]|undefined/)
    expect(await everything()).toEqual(before)
  })
  test.each(cases)('%s, into a company', async (code, content) => {
    const company = await app.company({ fromYear: 2024, toYear: 2026 })
    await company.call('/vouchers', { body: {} }) // whoever is about to write finds next year open
    const state = async () => ({
      all: await everything(),
      accounts: (await company.db.execute('select count(*) as n from account')).rows[0]!.n,
      facts: (await company.db.execute('select facts_version from company')).rows[0]!.facts_version,
      jobs: (await company.db.execute('select count(*) as n from import_job')).rows[0]!.n,
      vouchers: (await company.db.execute('select count(*) as n from voucher')).rows[0]!.n,
    })
    const before = await state()
    const { json } = await send(content, `${company.path}/imports/saft`)
    expect(json.code).toBe(code)
    expect(await state()).toEqual(before)
  })

  test('the refused transaction is named with its line and difference', async () => {
    const { json } = await send(cases.at(-1)![1])
    expect(json.title).toBe('Linje 17: transaksjon B går ikke opp, differanse −0,01. Ingenting er lest inn.')
  })

  test('a body that stops midway leaves nothing either', async () => {
    const before = await everything()
    const stopped = new ReadableStream({
      start(controller) {
        controller.enqueue(new TextEncoder().encode(text.slice(0, 3_000)))
      },
      pull(controller) {
        controller.error(new Error('gone'))
      },
    })
    const { status } = await app.call('/api/v1/imports/saft', { raw: stopped })
    expect(status).toBeGreaterThanOrEqual(400)
    expect(await everything()).toEqual(before)
  })
})

describe('into a company’s own books', () => {
  const text = saft(plain)

  test('the same file again changes nothing; written otherwise it changes nothing either', async () => {
    const company = await app.company({ fromYear: 2024, toYear: 2026 })
    const path = `${company.path}/imports/saft`
    const first = await send(text, path)
    expect([first.status, first.json.differences, first.json.counts.vouchers]).toEqual([201, [], 3])
    const again = await send(text, path)
    expect([again.status, again.json.replayed, again.json.importJob, again.json.ledgerVersion]).toEqual([
      200,
      true,
      first.json.importJob,
      3,
    ])
    const otherwise = await send(text.replaceAll('\n', '\n\n'), path)
    expect([
      otherwise.status,
      otherwise.json.counts.vouchers,
      otherwise.json.counts.replayed,
      otherwise.json.ledgerVersion,
    ]).toEqual([201, 0, 3, 3])
    expect(otherwise.json.differences).toEqual([])
    expect((await company.db.execute('select count(*) as n from voucher')).rows[0]!.n).toBe(3)
  })

  test('a transaction that was changed since is refused, before anything is written', async () => {
    const company = await app.company({ fromYear: 2024, toYear: 2026 })
    const path = `${company.path}/imports/saft`
    await send(text, path)
    const changed = text.replaceAll('250.00', '251.00')
    const { status, json } = await send(changed, path)
    expect([status, json.code, json.params.transaction]).toEqual([422, 'saft/changed-transaction', 'A'])
    expect((await company.db.execute('select count(*) as n from import_job')).rows[0]!.n).toBe(1)
  })

  test('the next year comes into the same books: its opening balance is not booked twice', async () => {
    const company = await app.company({ fromYear: 2024, toYear: 2027 })
    const path = `${company.path}/imports/saft`
    await send(text, path)
    const closings = new Map(plain.accounts.map((a) => [a.id, a.closing!]))
    const next = withClosings({
      ...plain,
      start: '2026-01-01',
      end: '2026-12-31',
      accounts: plain.accounts.map((a) => ({ ...a, opening: a.id === '3000' ? 0 : closings.get(a.id)! })),
      customers: [{ id: '10001', account: '1500', opening: 60_000, closing: 60_100 }],
      transactions: [
        {
          id: 'A',
          date: '2026-01-10',
          lines: [
            { account: '1500', amount: 100, customer: '10001' },
            { account: '3000', amount: -100 },
          ],
        },
      ],
    })
    const { json } = await send(saft(next), path)
    expect(json.told.map((t: any) => t.code)).toEqual(['opening-skipped'])
    expect(json.differences).toEqual([{ kind: 'opening-sum', file: 0, ours: 0, difference: 0, message: '' }].slice(1))
    expect(json.counts.vouchers).toBe(1)
  })

  test('a locked month stops it whole', async () => {
    const company = await app.company({ fromYear: 2024, toYear: 2026 })
    await company.db.execute(`update period set level = 'hard' where month = '2025-02'`)
    const { status, json } = await send(text, `${company.path}/imports/saft`)
    expect([status, json.code, json.params.period]).toEqual([423, 'period/locked', '2025-02'])
    expect((await company.db.execute('select count(*) as n from voucher')).rows[0]!.n).toBe(0)
  })

  test('fiscal years that the books lack are opened, also while the writer is warm', async () => {
    const company = await app.company({ fromYear: 2026, toYear: 2026 })
    await company.call('/vouchers', { body: simpleDraft({ voucherDate: '2026-01-15' }) })
    const { status, json } = await send(text, `${company.path}/imports/saft`)
    expect([status, json.differences]).toEqual([201, []])
  })

  test('who may: import:run in the company; a new company is not for keys', async () => {
    const company = await app.company({ fromYear: 2024, toYear: 2026 })
    const [reader, accountant] = [await company.key('reader'), await company.key('accountant')]
    const as = (key: string | null, path: string) => app.call(path, { raw: text, key })
    expect((await as(reader, `${company.path}/imports/saft`)).status).toBe(403)
    expect((await as(accountant, `${company.path}/imports/saft`)).status).toBe(201)
    expect((await as(accountant, '/api/v1/imports/saft')).status).toBe(403)
    expect((await as(null, '/api/v1/imports/saft')).status).toBe(401)
  })
})
