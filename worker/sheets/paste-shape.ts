import type { Books } from '#worker/ledger/books.ts'
import { type BudgetColumn, columnOfTitle, dimensionOfTitle, monthOfTitle, valueOfTitle } from './budget-titles.ts'
import { ourNumber } from './cell-values.ts'

export type SheetFacts = { readonly months: readonly string[]; readonly books: Books }

/** What a column holds. */
export type ColumnMeaning =
  | { kind: 'month'; month: number }
  | { kind: 'dimension'; key: string }
  | { kind: 'value'; key: string; value: string }
  | { kind: BudgetColumn }

/** How a sheet is laid out: which row names the columns, and what each of them holds. */
export type Shape = {
  cells: readonly string[][]
  /** The row that names the columns; −1 when none does. */
  header: number
  columns: readonly (ColumnMeaning | undefined)[]
  account: number
  transposed: boolean
}

/** How far down a header may stand: below the sheet's own title. */
const HEADER_WITHIN = 12
const MOST = 0.6

/** Finds out how a sheet is laid out; undefined when it has no accounts, or nothing to budget on them. */
export function shapeOf(cells: readonly string[][], facts: SheetFacts): Shape | undefined {
  return (
    uprightShape(cells, facts) ?? turned(uprightShape(transpose(cells), facts, true)) ?? withoutHeader(cells, facts)
  )
}

const turned = (shape: Shape | undefined): Shape | undefined => shape && { ...shape, transposed: true }

function transpose(cells: readonly string[][]): string[][] {
  const width = Math.max(0, ...cells.map((row) => row.length))
  return Array.from({ length: width }, (_, col) => cells.map((row) => row[col] ?? ''))
}

function uprightShape(cells: readonly string[][], facts: SheetFacts, onlyMonths = false): Shape | undefined {
  let best: Shape | undefined
  let bestScore = 0
  for (let header = 0; header < Math.min(cells.length, HEADER_WITHIN); header++) {
    const columns = columnsOf(cells[header]!, facts)
    const account = accountColumn(cells, header, columns, facts)
    if (account < 0) continue
    columns[account] = { kind: 'account' }
    const count = (kind: ColumnMeaning['kind']) => columns.filter((c) => c?.kind === kind).length
    const months = count('month')
    const isList = count('account') > 0 && count('month' as never) === 0 && hasList(columns)
    const score = months * 10 + count('value') * 5 + (isList ? 30 : 0) + count('total') + count('amount')
    if (score > bestScore && (!onlyMonths || months > 1)) {
      bestScore = score
      best = { cells, header, columns, account, transposed: false }
    }
  }
  return best
}

/** A row for each account and month: a column that names the month, and one with the amount. */
const hasList = (columns: readonly (ColumnMeaning | undefined)[]): boolean =>
  columns.some((c) => c?.kind === 'month' && !('month' in c)) &&
  columns.some((c) => c?.kind === 'amount' || c?.kind === 'total')

function columnsOf(titles: readonly string[], facts: SheetFacts): (ColumnMeaning | undefined)[] {
  const numbers = titles.filter((t) => /^\d{1,2}$/.test(t.trim())).length >= Math.min(12, facts.months.length)
  const seen = new Set<string>()
  return titles.map((title) => {
    const month = monthOfTitle(title, facts.months, numbers)
    const value = valueOfTitle(title, facts.books)
    const dimension = dimensionOfTitle(title, facts.books)
    const known = columnOfTitle(title)
    const meaning: ColumnMeaning | undefined =
      month !== undefined
        ? { kind: 'month', month }
        : dimension
          ? { kind: 'dimension', key: dimension }
          : known
            ? { kind: known }
            : value
              ? { kind: 'value', key: value.dimension, value: value.value }
              : undefined
    // Of two columns that mean the same the first counts: a second “Sum” is often last year's.
    const name = JSON.stringify(meaning)
    if (!meaning || (seen.has(name) && meaning.kind !== 'skip')) return undefined
    seen.add(name)
    return meaning
  })
}

/** The account that a cell begins with: `3000`, `3000 Salgsinntekt`, `3000 - Salg`. */
export const accountIn = (cell: string): string | undefined =>
  /^(\d{3,10})(?![\d.,])(?:\s*[-–:]?\s.*)?$/.exec(cell.trim())?.[1]

function accountColumn(
  cells: readonly string[][],
  header: number,
  columns: readonly (ColumnMeaning | undefined)[],
  facts: SheetFacts,
): number {
  const named = columns.findIndex((c) => c?.kind === 'account')
  if (named >= 0) return named
  const body = cells.slice(header + 1)
  const free = columns.flatMap((c, i) => (c === undefined || c.kind === 'accountName' || isMonthWord(c) ? [i] : []))
  return free.find((col) => isAccountColumn(body, col, facts)) ?? -1
}

/** A title that says “month”, and is none: the corner of a sheet that was turned, or the months of a list. */
const isMonthWord = (c: ColumnMeaning): boolean => c.kind === 'month' && !('month' in c)

function isAccountColumn(body: readonly string[][], col: number, { books }: SheetFacts): boolean {
  const accounts = body.flatMap((row) => accountIn(row[col] ?? '') ?? [])
  return (
    accounts.length > 0 &&
    accounts.filter((a) => books.accounts.has(ourNumber(a, books))).length >= accounts.length * MOST
  )
}

/** Accounts and a column for each month, or one sum, without any titles. */
function withoutHeader(cells: readonly string[][], facts: SheetFacts): Shape | undefined {
  const width = Math.max(0, ...cells.map((row) => row.length))
  const account = Array.from({ length: width }, (_, col) => col).find((col) => isAccountColumn(cells, col, facts))
  if (account === undefined) return undefined
  const figures = Array.from({ length: width }, (_, col) => col).filter(
    (col) => col !== account && isFigures(cells, col),
  )
  const { length } = facts.months
  const columns: (ColumnMeaning | undefined)[] = Array(width).fill(undefined)
  columns[account] = { kind: 'account' }
  if (figures.length === 1) columns[figures[0]!] = { kind: 'total' }
  else if (figures.length === length || figures.length === length + 1) {
    figures.slice(0, length).forEach((col, month) => {
      columns[col] = { kind: 'month', month }
    })
    if (figures.length > length) columns[figures[length]!] = { kind: 'total' }
  } else return undefined
  return { cells, header: -1, columns, account, transposed: false }
}

function isFigures(cells: readonly string[][], col: number): boolean {
  const filled = cells.map((row) => row[col] ?? '').filter((cell) => cell !== '')
  return (
    filled.length > 0 &&
    filled.filter((cell) => /\d/.test(cell) && !/\p{Letter}{3}/u.test(cell)).length >= filled.length * 0.9
  )
}
