import {
  addDays,
  addMonths,
  firstDay,
  type IsoDate,
  lastDay,
  type Month,
  monthOf,
  monthsBetween,
} from '#worker/core/dates.ts'
import type { FiscalYear } from '#worker/ledger/books.ts'
import { movedRows } from '#worker/opening-balance/month-rows.ts'
import type { MovementRow } from '#worker/opening-balance/movement-row.ts'

/**
 * What the previous system moved by month, kept to be shown beside this ledger's own figures and never part of it. `openings`: what
 * each account was brought over at on the day the ledger begins, in øre.
 * Source: features.md OPB-08.
 */
export type Comparison = { rows: readonly MovementRow[]; openings: ReadonlyMap<string, number> }

/** First and last month that have a figure. Undefined when none has. */
export function comparisonSpan(rows: readonly MovementRow[]): { first: Month; last: Month } | undefined {
  const months = movedRows(rows)
    .flatMap((row) => Object.keys(row.amounts))
    .sort() as Month[]
  return months.length === 0 ? undefined : { first: months[0]!, last: months.at(-1)! }
}

/** The twelve months before a day. */
export const twelveBefore = (date: IsoDate): Month[] =>
  Array.from({ length: 12 }, (_, i) => addMonths(monthOf(date), i - 12))

/** The months of the sheet: the twelve before this ledger's own figures begin, and as far from them as there are figures. */
export function comparedMonths(rows: readonly MovementRow[], begins: IsoDate): Month[] {
  const usual = twelveBefore(begins)
  const span = comparisonSpan(rows)
  const all = [...usual, ...(span ? [span.first, span.last] : [])].sort()
  return monthsBetween(all[0]!, all.at(-1)!)
}

/** The last day they tell of: figures of days after it are the ledger's own. */
export const comparedUntil = ({ rows }: Pick<Comparison, 'rows'>): IsoDate | undefined => {
  const span = comparisonSpan(rows)
  return span && lastDay(span.last)
}

/** The fiscal years with those months among them, which the company's own calendar may not have. */
export function withComparedYears(years: readonly FiscalYear[], { rows }: Pick<Comparison, 'rows'>): FiscalYear[] {
  const span = comparisonSpan(rows)
  if (!span) return [...years]
  const first = years[0]?.firstDate ?? addDays(lastDay(span.last), 1)
  const more: FiscalYear[] = []
  // Back from the first year there is, a year at a time, so that a deviating year keeps its months.
  for (let start = first; start > firstDay(span.first); ) {
    const lastDate = addDays(start, -1)
    start = firstDay(addMonths(start.slice(0, 7) as Month, -12))
    more.unshift({ year: Number(lastDate.slice(0, 4)), firstDate: start, lastDate })
  }
  return [...more, ...years]
}

/** What an account moved in a month, or stood at before all of them. */
export type ComparedMove = [account: string, month: string, amount: number]

/**
 * The movements, and before them what makes each account end where this ledger's opening balance begins. That the result is in the
 * equity there already is told by what the result accounts begin with. Balances within the year are known only where balance accounts
 * were given, too: `balances` says so.
 */
export function comparedMoves(
  { rows, openings }: Comparison,
  isBalance: (account: string) => boolean,
): { moves: ComparedMove[]; balances: boolean } {
  const span = comparisonSpan(rows)
  if (!span) return { moves: [], balances: false }
  const moves = rows.flatMap(({ account, amounts }) =>
    Object.entries(amounts).map(([month, amount]): ComparedMove => [account, month, amount]),
  )
  const begun = new Map(openings)
  for (const [account, , amount] of moves) begun.set(account, (begun.get(account) ?? 0) - amount)
  const before = addMonths(span.first, -1)
  return {
    moves: [...[...begun].map(([account, amount]): ComparedMove => [account, before, amount]), ...moves],
    balances: moves.some(([account]) => isBalance(account)),
  }
}
