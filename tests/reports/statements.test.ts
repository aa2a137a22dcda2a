import { beforeAll, describe, expect, test } from 'vitest'
import { kroner } from '#i18n/format.ts'
import { simpleDraft, testApp } from '#tests/support/app.ts'
import { StatementAnswer } from '#worker/reports/statement-answer.ts'
import { companyWithYears, type TestCompany } from './random-ledger.ts'

const app = testApp()
let c: TestCompany

type Line = [account: string, kroner: number, dimensions?: Record<string, string>]
async function post(voucherDate: string, lines: Line[], type = 'general') {
  const answer = await c.call('/vouchers', {
    body: simpleDraft({
      type,
      voucherDate,
      lines: lines.map(([account, amount, dimensions], i) => ({
        rowKey: `r${i}`,
        account,
        amount: amount * 100,
        ...(dimensions && { dimensions }),
      })),
    }),
  })
  if (answer.status !== 201) throw new Error(answer.text)
}

beforeAll(async () => {
  c = await companyWithYears(app)
  await post(
    '2025-01-01',
    [
      ['1920', 150_000],
      ['1250', 40_000],
      ['2000', -30_000],
      ['2050', -160_000],
    ],
    'opening-balance',
  )
  await post('2025-02-10', [
    ['1500:10001', 100_000],
    ['3100', -100_000, { department: '10' }],
  ])
  await post('2025-02-20', [
    ['6800', 12_000, { department: '10' }],
    ['2400:20001', -12_000],
  ])
  await post('2025-11-30', [
    ['7000', 8_000, { department: '20' }],
    ['1920', -8_000],
  ])
  await post('2025-12-31', [
    ['6000', 5_000],
    ['1250', -5_000],
  ])
  await post('2026-01-12', [
    ['1500:10002', 50_000],
    ['3100', -50_000],
  ])
  await post('2026-02-12', [
    ['5000', 20_000, { department: '20' }],
    ['1920', -20_000],
  ])
  await post('2026-02-28', [
    ['8150', 1_000],
    ['1920', -1_000],
  ])
})

/** The report as an accountant reads it. */
function table(report: any): string {
  const money = (ore: number | null, i: number) =>
    (ore === null
      ? '–'
      : report.columns[i].unit === 'ore'
        ? kroner(ore, 'nb').replaceAll('\u00a0', ' ')
        : `${ore / 100} %`
    ).padStart(13)
  return report.lines
    .flatMap((line: any) => [
      `${line.nameNb.padEnd(40)}${line.amounts.map(money).join('')}`,
      ...line.accounts.map((a: any) => `  ${`${a.account} ${a.nameNb}`.padEnd(38)}${a.amounts.map(money).join('')}`),
    ])
    .join('\n')
}
const holds = (report: any) => report.checks.map((k: any) => `${k.key} ${k.holds}`)

describe('income statement', () => {
  test('of a year beside the year before', async () => {
    const { json, status, text } = await c.call('/reports/income-statement?period=2025')
    expect([status, status === 200 ? '' : text]).toEqual([200, ''])
    expect(StatementAnswer.safeParse(json).error).toBeUndefined()
    expect(table(json)).toMatchInlineSnapshot(`
      "Salgsinntekt                               100 000,00         0,00   100 000,00            –
        3100 Salg varer, fritatt innenlands      100 000,00         0,00   100 000,00            –
      Sum driftsinntekter                        100 000,00         0,00   100 000,00            –
      Avskrivning                                  5 000,00         0,00    −5 000,00            –
        6000 Avskrivning bygninger                 5 000,00         0,00    −5 000,00            –
      Annen driftskostnad                         20 000,00         0,00   −20 000,00            –
        6800 Kontorrekvisita                      12 000,00         0,00   −12 000,00            –
        7000 Drivstoff bil                         8 000,00         0,00    −8 000,00            –
      Sum driftskostnader                         25 000,00         0,00   −25 000,00            –
      Driftsresultat                              75 000,00         0,00    75 000,00            –
      Resultat før skattekostnad                  75 000,00         0,00    75 000,00            –
      Årsresultat                                 75 000,00         0,00    75 000,00            –"
    `)
    expect(holds(json)).toEqual(['result-equals-accounts true', 'accounts-placed true'])
  })
  test('of a month, to date and last year; a deviation is plus where the result is the better for it', async () => {
    const { json } = await c.call(
      '/reports/income-statement?period=2026-02&columns=actual,actual-to-date,last-year,last-year-deviation,last-year-percent',
    )
    expect(table(json)).toMatchInlineSnapshot(`
      "Salgsinntekt                                     0,00    50 000,00   100 000,00  −100 000,00       -100 %
        3100 Salg varer, fritatt innenlands            0,00    50 000,00   100 000,00  −100 000,00       -100 %
      Sum driftsinntekter                              0,00    50 000,00   100 000,00  −100 000,00       -100 %
      Lønnskostnad                                20 000,00    20 000,00         0,00   −20 000,00            –
        5000 Lønn, ansatte                        20 000,00    20 000,00         0,00   −20 000,00            –
      Annen driftskostnad                              0,00         0,00    12 000,00    12 000,00        100 %
        6800 Kontorrekvisita                           0,00         0,00    12 000,00    12 000,00        100 %
      Sum driftskostnader                         20 000,00    20 000,00    12 000,00    −8 000,00     -66.67 %
      Driftsresultat                             −20 000,00    30 000,00    88 000,00  −108 000,00    -122.73 %
      Annen finanskostnad                          1 000,00     1 000,00         0,00    −1 000,00            –
        8150 Rentekostnad                          1 000,00     1 000,00         0,00    −1 000,00            –
      Netto finans                                −1 000,00    −1 000,00         0,00    −1 000,00            –
      Resultat før skattekostnad                 −21 000,00    29 000,00    88 000,00  −109 000,00    -123.86 %
      Årsresultat                                −21 000,00    29 000,00    88 000,00  −109 000,00    -123.86 %"
    `)
  })
  test('in columns by department, those without one included, which are together the whole', async () => {
    const { json } = await c.call('/reports/income-statement?period=2025&columns=by:department')
    expect(json.columns.map((k: any) => k.key)).toEqual([
      'by:department=10',
      'by:department=20',
      'by:department=none',
      'by:department=all',
    ])
    expect(table(json)).toMatchInlineSnapshot(`
      "Salgsinntekt                               100 000,00         0,00         0,00   100 000,00
        3100 Salg varer, fritatt innenlands      100 000,00         0,00         0,00   100 000,00
      Sum driftsinntekter                        100 000,00         0,00         0,00   100 000,00
      Avskrivning                                      0,00         0,00     5 000,00     5 000,00
        6000 Avskrivning bygninger                     0,00         0,00     5 000,00     5 000,00
      Annen driftskostnad                         12 000,00     8 000,00         0,00    20 000,00
        6800 Kontorrekvisita                      12 000,00         0,00         0,00    12 000,00
        7000 Drivstoff bil                             0,00     8 000,00         0,00     8 000,00
      Sum driftskostnader                         12 000,00     8 000,00     5 000,00    25 000,00
      Driftsresultat                              88 000,00    −8 000,00    −5 000,00    75 000,00
      Resultat før skattekostnad                  88 000,00    −8 000,00    −5 000,00    75 000,00
      Årsresultat                                 88 000,00    −8 000,00    −5 000,00    75 000,00"
    `)
    expect(holds(json)).toContain('columns-sum-to-total true')
  })
  test('month by month is the year', async () => {
    const { json } = await c.call('/reports/income-statement?period=2025&columns=months,actual')
    const result = json.lines.find((l: any) => l.key === 'annual-result')
    expect(result.amounts).toHaveLength(13)
    expect(result.amounts.slice(0, 12).reduce((a: number, b: number) => a + b)).toBe(result.amounts[12])
  })
})

describe('balance sheet', () => {
  test('opening, movement, closing and last year; assets equal equity and debt', async () => {
    const { json } = await c.call('/reports/balance-sheet?period=2026')
    expect(StatementAnswer.safeParse(json).error).toBeUndefined()
    expect(table(json)).toMatchInlineSnapshot(`
      "Anleggsmidler                           
      Driftsløsøre, inventar, verktøy og lignende    35 000,00         0,00    35 000,00    40 000,00
        1250 Inventar                             35 000,00         0,00    35 000,00    40 000,00
      Sum varige driftsmidler                     35 000,00         0,00    35 000,00    40 000,00
      Sum anleggsmidler                           35 000,00         0,00    35 000,00    40 000,00
      Omløpsmidler                            
      Kundefordringer                            100 000,00    50 000,00   150 000,00   100 000,00
        1500 Kundefordringer                     100 000,00    50 000,00   150 000,00   100 000,00
      Sum fordringer                             100 000,00    50 000,00   150 000,00   100 000,00
      Bankinnskudd, kontanter og lignende        142 000,00   −21 000,00   121 000,00   150 000,00
        1920 Bankinnskudd                        142 000,00   −21 000,00   121 000,00   150 000,00
      Sum omløpsmidler                           242 000,00    29 000,00   271 000,00   250 000,00
      Sum eiendeler                              277 000,00    29 000,00   306 000,00   290 000,00
      Egenkapital                             
      Selskapskapital                             30 000,00         0,00    30 000,00    30 000,00
        2000 Aksjekapital                         30 000,00         0,00    30 000,00    30 000,00
      Sum innskutt egenkapital                    30 000,00         0,00    30 000,00    30 000,00
      Annen egenkapital                          160 000,00         0,00   160 000,00   160 000,00
        2050 Annen egenkapital                   160 000,00         0,00   160 000,00   160 000,00
      Tidligere års resultat, ikke disponert      75 000,00         0,00    75 000,00         0,00
      Årets resultat, ikke disponert                   0,00    29 000,00    29 000,00    88 000,00
      Sum opptjent egenkapital                   235 000,00    29 000,00   264 000,00   248 000,00
      Sum egenkapital                            265 000,00    29 000,00   294 000,00   278 000,00
      Gjeld                                   
      Leverandørgjeld                             12 000,00         0,00    12 000,00    12 000,00
        2400 Leverandørgjeld                      12 000,00         0,00    12 000,00    12 000,00
      Sum kortsiktig gjeld                        12 000,00         0,00    12 000,00    12 000,00
      Sum gjeld                                   12 000,00         0,00    12 000,00    12 000,00
      Sum egenkapital og gjeld                   277 000,00    29 000,00   306 000,00   290 000,00"
    `)
    expect(holds(json)).toEqual([
      'assets-equal-equity-and-debt true',
      'accounts-placed true',
      'customer-ledger-equals-control true',
      'supplier-ledger-equals-control true',
    ])
  })
  test('at any day, and on the first day of a year', async () => {
    for (const query of [
      'fromDate=2025-01-01&toDate=2025-02-15',
      'fromDate=2025-11-15&toDate=2026-02-20',
      'fromDate=2025-01-01&toDate=2025-01-01',
    ]) {
      const { json } = await c.call(
        `/reports/balance-sheet?${query}&columns=opening,movement,closing,last-year-end,months`,
      )
      expect([query, ...holds(json).filter((k: string) => k.endsWith('false'))]).toEqual([query])
    }
  })
})

describe('what cannot be answered is told, never an empty report', () => {
  const told = async (query: string, report = 'income-statement') => {
    const { status, json } = await c.call(`/reports/${report}?${query}`)
    return `${status} ${json.issues?.[0]?.code ?? json.code} ${json.issues?.[0]?.pointer ?? ''}`.trim()
  }
  test.each([
    ['fromDate=2025-03-01&toDate=2025-02-01', '422 period/reversed #/toDate'],
    ['period=2025-13', '422 period/unreadable #/period'],
    ['period=2025&fromDate=2025-01-01', '422 field/invalid #/period'],
    ['fromDate=1999-01-01&toDate=1999-12-31', '422 fiscal-year/missing #/fromDate'],
    ['period=2025&atVersion=99999', '422 ledger-version/unknown #/atVersion'],
    ['period=2025&department=77', '422 dimension/unknown #/department'],
    ['period=2025&colour=10', '422 field/invalid #/colour'],
    ['period=2025&columns=actual,profit', '422 report/column-unknown #/columns'],
    ['period=2025&columns=by:colour', '422 report/column-unknown #/columns'],
    ['period=2025&columns=opening', '422 report/column-unknown #/columns'],
    [`fromDate=2018-01-01&toDate=2026-06-30&columns=months`, '422 report/too-many-columns #/columns'],
    ['period=2025&layout=balance-sheet', '422 report-layout/unknown #/layout'],
    ['period=2025&layout=lay_none', '422 report-layout/unknown #/layout'],
    ['period=2025&columns=budget', '422 measure/not-available #/columns'],
    ['period=2025&columns=budget&budget=bud_none', '422 budget/unknown #/budget'],
  ])('%s', async (query, answer) => {
    expect(await told(query)).toBe(answer)
  })
  test('a closed department that carries nothing on', async () => {
    await c.call('/dimensions/department/values', { body: { code: '66', name: 'Stengt', closedFrom: '2026-01-01' } })
    expect(await told('period=2026&department=66')).toBe('422 dimension/closed #/department')
    expect(await told('period=2025&department=66')).toBe('200 undefined')
  })
  test('in the other reports too', async () => {
    expect(await told('fromDate=1999-01-01&toDate=1999-12-31', 'trial-balance')).toBe(
      '422 fiscal-year/missing #/fromDate',
    )
    expect(await told('line=profit', 'general-ledger')).toBe('422 report-layout/line-unknown #/line')
    expect(await told('line=sales&layout=lay_none', 'general-ledger')).toBe('422 report-layout/unknown #/layout')
    expect(await told('line=sales&account=3000', 'general-ledger')).toBe('422 field/invalid #/account')
  })
})

test('a budget stands beside the actual figures, and what the chart does not have is told', async () => {
  await c.db.batch(
    [
      "insert into budget (id, year, name, main, created_at) values ('bud_1', 2026, 'Hovedbudsjett', 1, '')",
      `insert into budget_line (id, budget, account, dimensions) values (1, 'bud_1', '5000', '{"department":"20"}'), (2, 'bud_1', '9999', '{}')`,
      "insert into budget_cell (line, month, amount, by, at) values (1, '2026-01', 1000000, '', ''), (1, '2026-02', 2800001, '', ''), (2, '2026-02', 5, '', '')",
    ],
    'write',
  )
  const ask = async (query: string) => {
    const { json } = await c.call(`/reports/income-statement?${query}`)
    return json
  }
  const json = await ask('period=2026-02&columns=actual,budget,budget-deviation,budget-percent,budget-to-date')
  expect(json.lines.find((l: any) => l.key === 'payroll').amounts).toEqual([
    2_000_000, 2_800_001, 800_001, 2857, 3_800_001,
  ])
  expect(json.checks.find((k: any) => k.key === 'budget-accounts-known')).toMatchObject({
    holds: false,
    accounts: ['9999'],
  })
  expect(json.budgets).toMatchObject([{ id: 'bud_1', name: 'Hovedbudsjett' }])
  const payroll = async (query: string) => (await ask(query)).lines.find((l: any) => l.key === 'payroll')?.amounts
  expect(await payroll('period=2026-02&columns=budget&department=20&includeZero=1')).toEqual([2_800_001])
  expect(await payroll('period=2026-02&columns=budget&department=10&includeZero=1')).toEqual([0])
  // A budget has whole months: some days of one have their part of it.
  expect(await payroll('fromDate=2026-02-01&toDate=2026-02-14&columns=budget')).toEqual([1_400_000])
})

test('the entries of a line are its figure', async () => {
  const { json } = await c.call('/reports/general-ledger?line=operating-cost&fromDate=2025-01-01&toDate=2025-12-31')
  const sum = json.entries.reduce((total: number, e: any) => total + e.amount, 0)
  expect([sum, json.debit - json.credit, json.accounts.length]).toEqual([2_500_000, 2_500_000, 3])
})

test('a statement agrees with the seal of its months until something comes after', async () => {
  const locked = await c.call('/locks', {
    body: { fromMonth: '2025-03', toMonth: '2025-03', level: 'soft', reason: 'Levert' },
  })
  expect(locked.status).toBe(201)
  const seal = async (query: string) =>
    (await c.call(`/reports/income-statement?${query}`)).json.checks.find((k: any) => k.key === 'period-seal')
  expect(await seal('period=2025')).toMatchObject({ holds: true, lock: { id: locked.json.id } })
  expect(await seal('period=2026')).toBeUndefined()
  const late = await c.call('/vouchers', { body: simpleDraft({ voucherDate: '2025-03-05', reason: 'Sent' }) })
  expect(late.status).toBe(201)
  expect(await seal('period=2025')).toMatchObject({ holds: false, difference: 1 })
  expect(await seal(`period=2025&atVersion=${locked.json.ledgerVersion}`)).toMatchObject({ holds: true })
})

describe('layouts of the company’s own', () => {
  const own = {
    nameNb: 'Kort resultat',
    statement: 'income',
    lines: [
      { key: 'income', nameNb: 'Inntekter', nameEn: 'Income', side: 'credit', accounts: ['3000:3999'] },
      { key: 'cost', nameNb: 'Kostnader', nameEn: 'Cost', side: 'debit', accounts: ['4000:7999'] },
      { key: 'result', nameNb: 'Resultat', nameEn: 'Result', side: 'credit', sum: ['income', 'cost'], total: true },
    ],
  }
  test('are made, used, changed and removed; what no line takes is shown apart', async () => {
    const made = await c.call('/report-layouts', { body: own })
    expect(made.status).toBe(201)
    expect(made.json.issues[0]).toMatchObject({ code: 'report-layout/account-missing', severity: 'warning' })
    const { json } = await c.call(`/reports/income-statement?period=2026&layout=${made.json.key}&columns=actual`)
    expect(json.lines.map((l: any) => [l.key, l.amounts[0]])).toEqual([
      ['income', 5_000_000],
      ['cost', 2_000_000],
      ['result', 3_000_000],
      ['unplaced', 100_000],
    ])
    expect(json.checks.find((k: any) => k.key === 'accounts-placed')).toMatchObject({
      holds: false,
      accounts: ['8150'],
    })
    const path = `/report-layouts/${made.json.key}`
    const change = (body: object, version: number) =>
      c.call(path, { method: 'PATCH', body, headers: { 'if-match': `"${version}"` } })
    expect((await change({ nameNb: 'Kortere' }, 1)).json).toMatchObject({ nameNb: 'Kortere', version: 2 })
    expect((await change({ nameNb: 'Kortest' }, 1)).json.code).toBe('version/stale')
    expect((await c.call('/report-layouts', { body: { ...own, nameNb: 'Kortere' } })).json.issues[0].code).toBe(
      'report-layout/exists',
    )
    expect((await c.call(path, { method: 'DELETE' })).status).toBe(204)
    expect((await c.call(path)).json.code).toBe('report-layout/unknown')
  })
  test('are refused with every fault; the standard ones stay as they are', async () => {
    const lines = [...own.lines, { ...own.lines[2], key: 'ring', sum: ['ring'] }]
    expect((await c.call('/report-layouts', { body: { ...own, lines } })).json.issues[0].code).toBe(
      'report-layout/circular',
    )
    const standard = await c.call('/report-layouts/income-statement', { method: 'PATCH', body: { nameNb: 'Mitt' } })
    expect(standard.json.code).toBe('report-layout/standard')
  })
})
