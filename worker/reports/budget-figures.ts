import { budgetByMonth, budgetsCalled } from '#worker/budgets/figures-store.ts'
import { daysIn, type Month } from '#worker/core/dates.ts'
import { allocate, type Ore, ore } from '#worker/core/money.ts'
import type { InStatement, ResultSet } from '#worker/database/connect.ts'
import type { FiscalYear } from '#worker/ledger/books.ts'
import { FigureTable, type Moved } from './figure-table.ts'
import type { Days } from './period-range.ts'
import { rowsOf } from './read-trial-balance.ts'
import { partMonthsOf } from './report-batch.ts'
import type { ReportAccount } from './report-layout.ts'

/** Which budgets answered: id, year, name, state, and how many times it was saved. */
export type BudgetCalled = readonly [id: string, year: number, name: string, state: string, revision: number]
export type BudgetFigures = {
  table: FigureTable
  budgets: readonly BudgetCalled[]
  /** Accounts that are budgeted on and are not in the chart; their amounts are in no line. */
  unknown: readonly string[]
}

const EVERY = { first: '0000-01' as Month, last: '9999-12' as Month }

/** The budget amounts of some dimensions, and the budgets they are of. `budget`: an id or a name; each year's main one unless told. */
export const budgetStatements = (
  budget: string | undefined,
  dimensions: Readonly<Record<string, string>>,
): InStatement[] => [
  budgetByMonth({ budget: budget ?? null, dimensions: Object.entries(dimensions), ...EVERY }),
  budgetsCalled(budget ?? null),
]

/**
 * Budget amounts as a table that figures are drawn from like those of the ledger. A budget has whole months; of a month that
 * some days begin or end within, each day has its equal part.
 */
export function budgetFiguresOf(
  [amounts, called]: readonly ResultSet[],
  chart: readonly ReportAccount[],
  years: readonly FiscalYear[],
  days: readonly Days[],
): BudgetFigures {
  const known = new Set(chart.map(({ number }) => number))
  const rows = rowsOf<[account: string, month: Month, amount: Ore]>(amounts!)
  const moved = movedBy(
    rows.filter(([account]) => known.has(account)),
    days,
  )
  return {
    table: new FigureTable(chart, moved, [], years),
    budgets: rowsOf<BudgetCalled>(called!),
    unknown: [...new Set(rows.map(([account]) => account).filter((account) => !known.has(account)))].sort(),
  }
}

/** Amounts of whole months, by day where some days begin or end within the month. */
export function movedBy(
  rows: readonly (readonly [account: string, month: string, amount: number])[],
  days: readonly Days[],
): Moved[] {
  const parts = new Set<string>(partMonthsOf(days.map((own) => ({ from: own, to: own }))))
  return rows.flatMap(([account, month, amount]): Moved[] =>
    parts.has(month) ? byDay(account, month as Month, ore(amount)) : [movedOf(account, month, amount)],
  )
}

const movedOf = (account: string, time: string, amount: number): Moved => [
  account,
  time,
  Math.max(amount, 0),
  Math.max(-amount, 0),
]

const byDay = (account: string, month: Month, amount: Ore): Moved[] =>
  allocate(
    amount,
    Array.from({ length: daysIn(month) }, () => 1),
  ).map((part, i) => movedOf(account, `${month}-${String(i + 1).padStart(2, '0')}`, part))
