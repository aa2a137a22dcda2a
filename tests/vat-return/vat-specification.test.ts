import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { kroner, percent } from '#i18n/format.ts'
import { simpleDraft, testApp, voucherId } from '#tests/support/app.ts'
import { standardVatCodes } from '#worker/vat/standard-vat-codes.ts'
import { returnGroups } from '#worker/vat-return/return-groups.ts'

const app = testApp()
const company = () => app.company({ fromYear: 2025, toYear: 2025 })
type Company = Awaited<ReturnType<typeof company>>
type Line = { account: string; amount: number; vatCode?: string; [more: string]: unknown }

async function post(c: Company, voucherDate: string, lines: Line[], more: Record<string, unknown> = {}) {
  const total = lines.reduce((sum, line) => sum + line.amount, 0)
  const reverse = (l: Line) => Number(l.vatCode) >= 81
  const net = lines.filter((l) => l.vatMode === 'net' && !reverse(l)).length
  if (net > 0) throw new Error('give the counter-entry yourself')
  const draft = simpleDraft({ voucherDate, lines: [...lines, { account: '1920', amount: -total }], ...more })
  const answer = await c.call('/vouchers', { body: draft })
  if (answer.status !== 201) throw new Error(answer.text)
  return answer.json
}
const read = async (c: Company, term: string, more = '') =>
  (await c.call(`/reports/vat-specification?term=${term}${more}`)).json

/** The specification as an accountant reads it. */
const table = (report: any): string =>
  [
    ...report.groups.flatMap((group: any) => [
      group.key,
      ...group.lines.map((l: any) =>
        [
          `  ${l.vatCode.padEnd(3)}${l.kind.padEnd(10)}${(l.rate === null ? '' : percent(l.rate, 'nb')).padStart(8)}`,
          (l.baseKroner === null ? '' : String(l.baseKroner)).padStart(9),
          String(l.vatKroner).padStart(8),
          kroner(l.vat, 'nb').padStart(12),
          ...(l.specification ? [` ${l.specification}`] : []),
        ].join(''),
      ),
    ]),
    `to pay ${report.toPay}, rest ${report.rest} øre`,
  ]
    .join('\n')
    .replace(/[\u00a0\u202f]/g, ' ')
const accountFor = (direction: string) => (direction === 'output' ? '3000' : '6800')

describe('the VAT specification', () => {
  test('a term with sales, purchases, export, import and services from abroad', async () => {
    const c = await company()
    await post(c, '2025-01-10', [{ account: '3000', amount: -125_000_00, vatCode: '3' }])
    await post(c, '2025-01-12', [{ account: '3000', amount: -50_000_50, vatCode: '52' }])
    await post(c, '2025-01-15', [{ account: '6800', amount: 1_249_50, vatCode: '1' }])
    await post(c, '2025-02-01', [{ account: '6550', amount: 899_99, vatCode: '86' }])
    await post(c, '2025-02-02', [{ account: '4300', amount: 10_000_00, vatCode: '81' }])
    await post(c, '2025-02-03', [{ account: '6800', amount: 2_000_00, vatCode: '87' }])
    await post(c, '2025-02-28', [{ account: '7830', amount: 1_250_00, vatCode: '1', vatSpecification: 'tapPåKrav' }])
    expect(table(await read(c, '2025-T1'))).toMatchInlineSnapshot(`
      "sales-in-norway
        3  due           25 %   100000   25000   25 000,00
      sales-abroad
        52 due            0 %    50001       0        0,00
      purchases-in-norway
        1  deduction                      -250     −249,90
        1  deduction                      -250     −250,00 tapPåKrav
      goods-from-abroad
        81 due           25 %    10000    2500    2 500,00
        81 deduction                     -2500   −2 500,00
      services-from-abroad
        86 due           25 %      900     225      225,00
        86 deduction                      -225     −225,00
        87 due           25 %     2000     500      500,00
      to pay 25000, rest 10 øre"
    `)
  })

  test('every code of the standard, both sides of reverse charge, half øre; read back line by line', async () => {
    const c = await company()
    const amount = 1_000_02
    const used = standardVatCodes.filter(({ code }) => returnGroups.some(({ codes }) => codes.includes(code)))
    for (const code of used)
      await post(c, '2025-03-05', [
        {
          account: accountFor(code.direction),
          amount: code.direction === 'output' ? -amount : amount,
          vatCode: code.code,
        },
      ])
    expect(used).toHaveLength(25)
    expect(table(await read(c, '2025-T2'))).toMatchInlineSnapshot(`
      "sales-in-norway
        3  due           25 %      800     200      200,00
        31 due           15 %      870     130      130,44
        33 due           12 %      893     107      107,15
        5  due            0 %     1000       0        0,00
        6  due            0 %     1000       0        0,00
      sales-abroad
        52 due            0 %     1000       0        0,00
      purchases-in-norway
        1  deduction                      -200     −200,00
        11 deduction                      -130     −130,44
        13 deduction                      -107     −107,15
      goods-from-abroad
        14 deduction                      -200     −200,00
        15 deduction                      -130     −130,44
        81 due           25 %     1000     250      250,01
        81 deduction                      -250     −250,01
        82 due           25 %     1000     250      250,01
        83 due           15 %     1000     150      150,00
        83 deduction                      -150     −150,00
        84 due           15 %     1000     150      150,00
        85 due            0 %     1000       0        0,00
      services-from-abroad
        86 due           25 %     1000     250      250,01
        86 deduction                      -250     −250,01
        87 due           25 %     1000     250      250,01
        88 due           12 %     1000     120      120,00
        88 deduction                      -120     −120,00
        89 due           12 %     1000     120      120,00
      fish
        32 due        11,11 %      900     100       99,99
        12 deduction                      -100      −99,99
      allowances-and-gold
        51 due            0 %     1000       0        0,00
        91 due           25 %     1000     250      250,01
        91 deduction                      -250     −250,01
        92 due           25 %     1000     250      250,01
      to pay 690, rest -41 øre"
    `)
  })

  test('what has no VAT treatment is not in it', async () => {
    const c = await company()
    for (const vatCode of ['0', '20', '21', '22'])
      await post(c, '2025-03-05', [{ account: '6800', amount: 100_00, vatCode }])
    await post(c, '2025-03-05', [{ account: '3000', amount: -100_00, vatCode: '7' }])
    await post(c, '2025-03-05', [{ account: '6800', amount: 100_00, vatCode: '1', vatMode: 'none' }])
    expect((await read(c, '2025-T2')).groups).toEqual([])
  })

  test('the document decides the term, and the accounts tell why they differ', async () => {
    const c = await company()
    const late = await post(c, '2025-03-02', [{ account: '6800', amount: 1_250_00, vatCode: '1' }], {
      documentDate: '2025-02-20',
    })
    await post(c, '2025-02-10', [{ account: '6800', amount: 2_500_00, vatCode: '1' }])
    const manual = await post(c, '2025-02-11', [{ account: '2710', amount: 40_00 }])
    const first = await read(c, '2025-T1')
    expect(first).toMatchObject({ agrees: false, explained: true, toPay: -750 })
    expect(first.accounts).toEqual([
      expect.objectContaining({
        account: '2710',
        specified: 750_00,
        later: 250_00,
        earlier: 0,
        other: 40_00,
        booked: 540_00,
      }),
    ])
    const second = await read(c, '2025-T2')
    expect(second.accounts[0]).toMatchObject({ specified: 0, earlier: 250_00, booked: 250_00 })
    const entries = async (query: string) =>
      (await c.call(`/reports/vat-specification/entries?term=${query}`)).json.entries.map((e: any) => [
        e.voucherId,
        e.base,
        e.vat,
      ])
    expect(await entries('2025-T1&of=later&account=2710')).toEqual([[late.id, 0, 250_00]])
    expect(await entries('2025-T2&of=earlier')).toEqual([[late.id, 0, 250_00]])
    expect(await entries('2025-T1&of=other')).toEqual([[manual.id, 40_00, 0]])
    expect(await entries('2025-T1&of=line&vatCode=1&specification=')).toHaveLength(2)
  })

  test('an overriding VAT amount is counted, a sign that is turned is told, a reversal takes it all back', async () => {
    const c = await company()
    const posted = await post(c, '2025-05-05', [
      {
        account: '6800',
        amount: 1_250_00,
        vatCode: '1',
        vatAmount: 240_00,
        vatAmountReason: 'Leverandørens avrunding',
      },
    ])
    await post(c, '2025-05-06', [{ account: '3000', amount: 1_250_00, vatCode: '3' }])
    const lines = (await read(c, '2025-T3')).groups.flatMap((g: any) => g.lines)
    expect(lines).toEqual([
      expect.objectContaining({ vatCode: '3', notes: ['opposite-sign'], overridden: 0, vatKroner: -250 }),
      expect.objectContaining({ vatCode: '1', notes: [], overridden: 1, vatKroner: -240 }),
    ])
    const reversal = { id: voucherId(), voucherDate: '2025-05-07', reason: 'Feil' }
    expect((await c.call(`/vouchers/${posted.id}/reversal`, { body: reversal })).status).toBe(201)
    const after = (await read(c, '2025-T3')).groups.flatMap((g: any) => g.lines)
    expect(after.find((l: any) => l.vatCode === '1').vat).toBe(0)
  })

  test('as known then, and never of a version that is not there', async () => {
    const c = await company()
    const { ledgerVersion } = await post(c, '2025-01-10', [{ account: '3000', amount: -125_00, vatCode: '3' }])
    await post(c, '2025-01-11', [{ account: '3000', amount: -1_250_00, vatCode: '3' }])
    expect((await read(c, '2025-T1', `&atVersion=${ledgerVersion}`)).toPay).toBe(25)
    expect((await read(c, '2025-T1')).toPay).toBe(275)
    for (const [query, code] of [
      ['term=2025-T9', 'vat-term/unknown'],
      ['term=2025-T1&atVersion=99', 'ledger-version/unknown'],
    ]) {
      const { status, json } = await c.call(`/reports/vat-specification?${query}`)
      expect([status, json.issues[0].code]).toEqual([422, code])
    }
  })

  test('a company that reports once a year', async () => {
    const c = await company()
    expect((await c.call('', { method: 'PATCH', body: { vatTerm: 'year' } })).status).toBe(200)
    const { term, kind } = (await c.call('/reports/vat-specification')).json
    expect([term.kind, kind]).toEqual(['year', 'year'])
  })
})

describe('settlement', () => {
  test('empties the VAT accounts of the term; twice moves nothing twice; what comes later is taken alone', async () => {
    const c = await company()
    await post(c, '2025-01-10', [{ account: '3000', amount: -1_000_02, vatCode: '3' }])
    await post(c, '2025-01-15', [{ account: '6800', amount: 333_33, vatCode: '1' }])
    const settle = () => c.call('/vat-settlements', { body: { term: '2025-T1' } })
    const settled = await settle()
    expect(settled.status, settled.text).toBe(201)
    const { entries, voucherDate } = (await c.call(`/vouchers/${settled.json.id}`)).json
    expect([voucherDate, ...entries.map((e: any) => `${e.account} ${e.amount}`)]).toMatchInlineSnapshot(`
      [
        "2025-02-28",
        "2700 20000",
        "2710 -6667",
        "2740 -13300",
        "7740 -33",
      ]
    `)
    expect((await settle()).json.code).toBe('vat-term/settled')
    await post(c, '2025-02-15', [{ account: '6800', amount: 1_250_00, vatCode: '1' }])
    const more = (await c.call(`/vouchers/${(await settle()).json.id}`)).json.entries
    expect(more.map((e: any) => `${e.account} ${e.amount}`)).toEqual(['2710 -25000', '2740 25000'])
    const { rows } = (await c.call('/reports/trial-balance?fromDate=2025-01-01&toDate=2025-02-28')).json
    const closing = new Map(rows.map((r: any) => [r.account, r.closing]))
    expect([closing.get('2700'), closing.get('2710')]).toEqual([0, 0])
    expect(closing.get('2740')).toBe(-(await read(c, '2025-T1')).toPay * 100)
  })
  test('one that was entered by hand is not doubled', async () => {
    const c = await company()
    await post(c, '2025-01-10', [{ account: '3000', amount: -1_000_00, vatCode: '3' }])
    const byHand = [
      { account: '2700', amount: 200_00 },
      { account: '2740', amount: -200_00 },
    ]
    await c.call('/vouchers', { body: simpleDraft({ type: 'vat', voucherDate: '2025-02-28', lines: byHand }) })
    const report = await read(c, '2025-T1')
    expect(report).toMatchObject({ agrees: true, explained: true })
    expect(report.accounts[0]).toMatchObject({ settled: 200_00, other: 0, booked: 0 })
    expect((await c.call('/vat-settlements', { body: { term: '2025-T1' } })).json.code).toBe('vat-term/settled')
  })
  test('not before the term is over', async () => {
    const c = await app.company()
    const year = new Date().getFullYear()
    const { status, json } = await c.call('/vat-settlements', { body: { term: `${year + 1}-T6` } })
    expect([status, json.code]).toEqual([409, 'vat-term/not-over'])
  })
})

test('whatever is posted: accounts are explained to the øre, and the lines sum to the VAT accounts', async () => {
  const codes = standardVatCodes.filter((c) => c.direction !== 'none').map((c) => c.code)
  const voucher = fc.record({
    code: fc.constantFrom(...codes),
    amount: fc.integer({ min: 1, max: 5_000_000 }),
    negative: fc.boolean(),
    date: fc.constantFrom('2025-01-31', '2025-02-28', '2025-03-01', '2025-04-30', '2025-05-01'),
    documentDate: fc.constantFrom('2025-01-31', '2025-02-28', '2025-03-01', '2025-04-30'),
  })
  await fc.assert(
    fc.asyncProperty(fc.array(voucher, { minLength: 1, maxLength: 12 }), async (vouchers) => {
      const c = await company()
      for (const { code, amount, negative, date, documentDate } of vouchers) {
        const { direction } = standardVatCodes.find((one) => one.code === code)!
        const signed = (direction === 'output') === negative ? amount : -amount
        await post(c, date, [{ account: accountFor(direction), amount: signed, vatCode: code }], { documentDate })
      }
      for (const term of ['2025-T1', '2025-T2', '2025-T3']) {
        const report = await read(c, term)
        expect(report.explained).toBe(true)
        const lines = report.groups.flatMap((g: any) => g.lines)
        const total = (of: any[], field: string) => of.reduce((sum, one) => sum + one[field], 0)
        expect(total(lines, 'vat') + total(report.accounts, 'specified')).toBe(0)
        expect(report.toPay * 100 + report.rest).toBe(total(lines, 'vat'))
      }
    }),
    { numRuns: 12 },
  )
})
