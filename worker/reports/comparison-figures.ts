import { type Comparison, comparedMoves, comparedUntil, withComparedYears } from '#worker/comparison/comparison.ts'
import { isBalanceAccount } from '#worker/ledger/account.ts'
import type { FiscalYear } from '#worker/ledger/books.ts'
import { movedBy } from './budget-figures.ts'
import { FigureTable } from './figure-table.ts'
import type { Days } from './period-range.ts'
import type { ReportAccount } from './report-layout.ts'

/**
 * Figures of the previous system as a table that they are drawn from like those of the ledger. A month has equal days. Where only income
 * and cost were given, balances are known on the last of its days alone, and those of any other day are left at nothing.
 */
export function comparisonFiguresOf(
  comparison: Comparison,
  chart: readonly ReportAccount[],
  years: readonly FiscalYear[],
  figures: readonly { days: Days; measure: string }[],
): FigureTable {
  const types = new Map(chart.map(({ number, type }) => [number, type]))
  const isBalance = (account: string) => isBalanceAccount(types.get(account)!)
  const known = (account: string) => types.has(account)
  const own = {
    rows: comparison.rows.filter(({ account }) => known(account)),
    openings: new Map([...comparison.openings].filter(([account]) => known(account))),
  }
  const { moves, balances } = comparedMoves(own, isBalance)
  const isEnd = figures.every(
    ({ days, measure }) => measure === 'movement' || days.toDate === comparedUntil(comparison),
  )
  const shown = balances || isEnd ? moves : moves.filter(([account]) => !isBalance(account))
  const moved = movedBy(
    shown,
    figures.map(({ days }) => days),
  )
  return new FigureTable(chart, moved, [], withComparedYears(years, comparison))
}
