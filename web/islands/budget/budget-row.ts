import { type Dimensions, dimensionsText, lineKey } from '#worker/budgets/budget-cell.ts'

/** An amount as it stands in the grid: øre with debit positive, nothing, or a text that cannot be read and is kept as typed. */
export type Cell = number | null | string

/** What one sees and types of a line. Rows are never changed in place, so that what was before can be had again. */
export type Row = {
  /** The row's own, for as long as the page is open. */
  readonly id: string
  readonly account: string
  readonly dimensions: Dimensions
  readonly spread: string
  readonly comment: string
  readonly amounts: readonly Cell[]
}

/** A line as it was last read from the company's books. */
export type Base = Omit<Row, 'id' | 'amounts'> & { readonly amounts: readonly (number | null)[] }

export const keyOf = (row: Pick<Row, 'account' | 'dimensions'>): string =>
  lineKey(row.account, dimensionsText(row.dimensions))

export const isEmptyRow = (row: Row): boolean =>
  row.account === '' && row.comment === '' && row.amounts.every((amount) => amount === null)

/** Whether something is budgeted: what an account with figures of its own, and nothing else, is not. */
export const hasAmounts = (row: Row): boolean => row.amounts.some((amount) => amount !== null)

export const blankRow = (id: string, months: number): Row => ({
  id,
  account: '',
  dimensions: {},
  spread: '',
  comment: '',
  amounts: Array<Cell>(months).fill(null),
})

/** The sum of the months in øre; texts that cannot be read do not count. Null when nothing is budgeted. */
export function totalOf(amounts: readonly Cell[]): number | null {
  const numbers = amounts.filter((amount) => typeof amount === 'number')
  return numbers.length === 0 ? null : numbers.reduce((a, b) => a + b, 0)
}

/** Rows whose account and dimensions stand on an earlier row too. Neither is saved twice. */
export function twins(rows: readonly Row[]): ReadonlySet<string> {
  const seen = new Set<string>()
  const twice = new Set<string>()
  for (const row of rows) {
    if (row.account === '') continue
    const key = keyOf(row)
    if (seen.has(key)) twice.add(row.id)
    seen.add(key)
  }
  return twice
}

/**
 * What one step changed, done to rows that others have changed since: the fields that differ from `from` to `to`, and rows that
 * stand in only one of them.
 */
export function redoneIn(now: readonly Row[], from: readonly Row[], to: readonly Row[]): Row[] {
  const before = new Map(from.map((row) => [row.id, row]))
  const after = new Map(to.map((row) => [row.id, row]))
  const kept = now.flatMap((row): Row[] => {
    const [was, will] = [before.get(row.id), after.get(row.id)]
    if (!was) return [row]
    if (!will) return []
    const pick = <T>(own: T, a: T, b: T): T => (a === b ? own : b)
    return [
      {
        id: row.id,
        account: pick(row.account, was.account, will.account),
        dimensions: pick(row.dimensions, was.dimensions, will.dimensions),
        spread: pick(row.spread, was.spread, will.spread),
        comment: pick(row.comment, was.comment, will.comment),
        amounts: row.amounts.map((amount, i) => pick(amount, was.amounts[i], will.amounts[i]) ?? null),
      },
    ]
  })
  const there = new Set(now.map((row) => row.id))
  return [...kept, ...to.filter((row) => !before.has(row.id) && !there.has(row.id))]
}
