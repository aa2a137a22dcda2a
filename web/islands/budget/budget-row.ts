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
