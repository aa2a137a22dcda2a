import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { simpleDraft, testApp } from '#tests/support/app.ts'
import { saft, withClosings } from '#tests/support/saft.ts'
import { fixture, plain, saftDesk } from './saft-desk.ts'

const app = testApp()
const { send, imported, entriesOf, everything } = saftDesk(app)

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

  test('a year that turned without a closing transaction is told, with its result', async () => {
    const next = { id: 'D', date: '2026-02-01', lines: plain.transactions[0]!.lines }
    const file = withClosings({ ...plain, end: '2026-12-31', transactions: [...plain.transactions, next] })
    const { json } = await imported(saft(file))
    expect(json.told.map((t: any) => [t.code, t.params])).toContainEqual([
      'result-not-moved',
      { year: 2025, result: 25_000 },
    ])
  })

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
