import { beforeAll, expect, test } from 'vitest'
import { testApp } from '#tests/support/app.ts'
import { companyWithYears, randomDrafts, type TestCompany } from './random-ledger.ts'
import { seeded } from './seeded-ledger.ts'

/** All reports of one random ledger, at random days, versions and filters, say the same. */
const app = testApp()
let c: TestCompany
let newest: number

beforeAll(async () => {
  c = await companyWithYears(app)
  const answer = await c.call('/vouchers/batch', { body: { mode: 'per-voucher', vouchers: randomDrafts(180, 23) } })
  newest = answer.json.ledgerVersion
})

const random = seeded(11)
const pick = <T>(of: readonly T[]): T => of[random(of.length)]!
const days = () =>
  pick([
    ['2025-01-01', '2025-12-31'],
    ['2026-01-01', '2026-06-30'],
    ['2026-07-01', '2027-06-30'],
    ['2025-03-10', '2025-10-22'],
    ['2025-09-05', '2026-04-17'],
    ['2026-03-10', '2026-03-10'],
  ] as const)
const ask = async (path: string) => {
  const { status, json, text } = await c.call(path)
  expect([path, status, status === 200 ? '' : text]).toEqual([path, 200, ''])
  return json
}
const total = (rows: any[], of: (row: any) => number): number => rows.reduce((sum, row) => sum + of(row), 0)
const isResult = (row: any) => row.type === 'income' || row.type === 'expense'
const accountsOf = (report: any, column = 0) =>
  Object.fromEntries(
    report.lines.flatMap((line: any) =>
      line.accounts.map((a: any) => [a.account, (line.side === 'credit' ? -1 : 1) * a.amounts[column]]),
    ),
  )
const nonZero = (of: Record<string, number>) => Object.fromEntries(Object.entries(of).filter(([, n]) => n !== 0))

test('totals agree across all reports', async () => {
  for (let i = 0; i < 10; i++) {
    const [fromDate, toDate] = days()
    const filter = pick(['', '&department=10', '&department=none', '&project=P-7'])
    const range = `fromDate=${fromDate}&toDate=${toDate}&atVersion=${pick([newest, newest - random(40)])}`
    const query = `${range}${filter}`
    const balance = await ask(`/reports/trial-balance?${query}&includeZero=true`)
    const income = await ask(`/reports/income-statement?${query}&columns=actual,months&includeZero=1`)
    const sheet = await ask(`/reports/balance-sheet?${query}&columns=opening,movement,closing&includeZero=1`)
    const ledger = await ask(`/reports/general-ledger?${query}&limit=5000`)

    // Result: every income and cost account, however it is asked.
    const result = balance.rows.filter(isResult)
    expect(nonZero(accountsOf(income))).toEqual(
      nonZero(Object.fromEntries(result.map((r: any) => [r.account, r.debit - r.credit]))),
    )
    for (const line of income.lines.filter((l: any) => l.kind !== 'heading'))
      expect(line.amounts.slice(1).reduce((a: number, b: number) => a + b, 0)).toBe(
        // Opening vouchers of the range's first day are no movement of it, and those of a month's first day none of the month.
        line.amounts[0] -
          total(openingsInside(balance, ledger, income, line), (e) => (line.side === 'credit' ? -1 : 1) * e.amount),
      )
    // Balance sheet: every other account, and together with the result nothing.
    for (const [column, name] of ['opening', undefined, 'closing'].entries())
      expect(nonZero(accountsOf(sheet, column))).toEqual(
        nonZero(
          Object.fromEntries(
            balance.rows
              .filter((r: any) => !isResult(r))
              .map((r: any) => [r.account, name ? r[name] : r.debit - r.credit]),
          ),
        ),
      )
    const failing = [...income.checks, ...sheet.checks, ...balance.checks].filter((k: any) => !k.holds)
    expect([query, failing]).toEqual([query, []])
    // The entries of every line sum to its figure.
    const line = pick(income.lines.filter((l: any) => l.kind === 'accounts' || l.kind === 'sum')) as any
    const drilled = await ask(`/reports/general-ledger?${query}&line=${line.key}&limit=5000`)
    const sign = line.side === 'credit' ? -1 : 1
    expect(sign * total(drilled.entries, (e) => e.amount) + 0).toBe(line.amounts[0])
    // The figures of a batch are those of the reports.
    const figures = await c.call('/reports/batch', {
      body: {
        atVersion: balance.atVersion,
        groups: [
          {
            measure: 'movement',
            ...(filter && { dimensions: Object.fromEntries(new URLSearchParams(filter.slice(1))) }),
            accounts: [`@${line.key}`],
            periods: [`${fromDate}:${toDate}`],
            cells: [[0, 0]],
          },
        ],
      },
    })
    expect(sign * figures.json.groups[0].amounts[0] + 0).toBe(line.amounts[0])
    if (filter) continue
    const journal = await ask(`/reports/voucher-journal?${range}&limit=5000`)
    expect(total(journal.entries, (e) => e.amount)).toBe(0)
    for (const kind of ['customer', 'supplier'] as const) {
      const parties = await ask(`/reports/party-balances?${range}&kind=${kind}`)
      const control = balance.rows.filter((r: any) => r.account === (kind === 'customer' ? '1500' : '2400'))
      expect([parties.totals.opening, parties.totals.closing]).toEqual([
        total(control, (r) => r.opening),
        total(control, (r) => r.closing),
      ])
      const ageing = await ask(`/open-items/ageing?kind=${kind}&asAtDate=${toDate}&atVersion=${balance.atVersion}`)
      expect(ageing.totals.total).toBe(parties.totals.closing)
    }
  }
})

/** Opening vouchers on the first day of a month inside the range: movement of the range, and opening of that month's column. */
function openingsInside(balance: any, ledger: any, income: any, line: any): any[] {
  const accounts = new Set(
    (line.kind === 'sum' ? leavesOf(income, line.key) : [line]).flatMap((l: any) =>
      l.accounts.map((a: any) => a.account),
    ),
  )
  const starts = new Set(income.columns.slice(1).map((k: any) => k.fromDate))
  return ledger.entries.filter(
    (e: any) =>
      e.type === 'opening-balance' &&
      e.voucherDate !== balance.fromDate &&
      starts.has(e.voucherDate) &&
      accounts.has(e.account),
  )
}
const SUMS: Record<string, string[]> = {}
function leavesOf(income: any, key: string): any[] {
  const parts = SUMS[key]
  if (!parts) return income.lines.filter((l: any) => l.key === key)
  return parts.flatMap((part) => leavesOf(income, part))
}
beforeAll(async () => {
  const { json } = await c.call('/report-layouts/income-statement')
  for (const line of json.lines) if (line.sum) SUMS[line.key] = line.sum
})
