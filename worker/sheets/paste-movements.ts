import { monthOfTitle } from './budget-titles.ts'
import { accountIn } from './paste-shape.ts'
import { decimalOf, readAmount } from './read-amount.ts'

/** How a pasted sheet was read: cells by column, which months it has, and what was left out. */
export type PastedMovements = {
  rows: Record<string, string>[]
  /** The number of each row in the sheet, from 1. */
  places: number[]
  /** Those with a figure in some row, 0,00 too: a heading above nothing tells of no month. */
  months: string[]
  skipped: number
  ignored: string[]
}

const HEADER_WITHIN = 12

/**
 * Reads accounts down and months across as the old system printed them, with headings and sums in between. A month without a
 * year is the next one of that name. Undefined when it is no such sheet, or has no figure.
 */
export function readMovementTable(cells: readonly string[][], months: readonly string[]): PastedMovements | undefined {
  let header = -1
  let columns: (number | undefined)[] = []
  for (let at = 0; at < Math.min(cells.length, HEADER_WITHIN); at++) {
    const found = columnsOf(cells[at]!, months)
    const count = (of: readonly (number | undefined)[]) => of.filter((month) => month !== undefined).length
    if (count(found) > count(columns)) [header, columns] = [at, found]
  }
  if (header < 0) return undefined
  const body = cells.slice(header + 1)
  const isFree = (col: number) => columns[col] === undefined
  const width = Math.max(...cells.map((row) => row.length))
  const account = Array.from({ length: width }, (_, col) => col).find(
    (col) => isFree(col) && body.some((row) => accountIn(row[col] ?? '') !== undefined),
  )
  if (account === undefined) return undefined
  const decimal = decimalOf(body.flatMap((row) => row.filter((_, col) => !isFree(col))))
  let skipped = 0
  const places: number[] = []
  const told = new Set<string>()
  const rows = body.flatMap((row, i): Record<string, string>[] => {
    const number = accountIn(row[account] ?? '')
    if (row.every((cell) => cell.trim() === '')) return []
    if (number === undefined) {
      skipped++
      return []
    }
    const own: Record<string, string> = { account: number }
    columns.forEach((month, col) => {
      const text = (row[col] ?? '').trim()
      if (month === undefined || text === '') return
      told.add(months[month]!)
      const read = readAmount(text, decimal)
      if (read.kind === 'amount' && read.ore === 0) return
      own[months[month]!] = read.kind === 'amount' ? asTyped(read.ore) : text
    })
    places.push(header + i + 2)
    return [own]
  })
  const ignored = cells[header]!.filter((title, col) => isFree(col) && col !== account && title.trim() !== '')
  const figured = months.filter((month) => told.has(month))
  return figured.length === 0
    ? undefined
    : {
        rows,
        places,
        months: figured,
        skipped,
        ignored,
      }
}

function columnsOf(titles: readonly string[], months: readonly string[]): (number | undefined)[] {
  let last = -1
  return titles.map((title) => {
    const rest = months.slice(last + 1)
    const found = monthOfTitle(title, rest)
    if (found === undefined) return undefined
    last += found + 1
    return last
  })
}

/** Øre as the grid's own cells have it: 1234,50. */
const asTyped = (amount: number): string => {
  const digits = String(Math.abs(amount)).padStart(3, '0')
  return `${amount < 0 ? '-' : ''}${digits.slice(0, -2)},${digits.slice(-2)}`
}
