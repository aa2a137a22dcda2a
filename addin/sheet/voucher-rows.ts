import type { IsoDate } from '#worker/core/dates.ts'
import type { Ore } from '#worker/core/money.ts'
import type { Decimal } from '#worker/sheets/read-amount.ts'
import { decimalOf } from '#worker/sheets/read-amount.ts'
import { type DayOrder, dayOrderOf } from '#worker/sheets/read-day.ts'
import { type CellValue, readAmountCell, readDayCell, readNumberCell, textOf, type Unread } from './read-cell.ts'
import type { SheetColumn } from './voucher-columns.ts'

/** A row of the table as it stands: its place below the header, and its cells by column id. */
export type SheetRow = { readonly at: number; readonly cells: Readonly<Record<string, CellValue>> }

/** A cell that could not be read; it stops its voucher, and is told by its own words. */
export type UnreadCell = { at: number; column: string; text: string; why: Unread }

/** A row read: texts as they are, figures in the ledger's units. What is empty or unread is left out. */
export type ReadRow = {
  readonly at: number
  readonly texts: Readonly<Record<string, string>>
  readonly amounts: Readonly<Record<string, Ore>>
  readonly days: Readonly<Record<string, IsoDate>>
  readonly numbers: Readonly<Record<string, string>>
  readonly unread: readonly UnreadCell[]
  /** Nothing stands in it that would be booked. */
  readonly blank: boolean
}

/** What a column's own values prove about how its figures are written. */
export type Notation = Readonly<Record<string, { decimal?: Decimal | undefined; order?: DayOrder | undefined }>>

export function notationOf(rows: readonly SheetRow[], columns: readonly SheetColumn[]): Notation {
  const notation: Record<string, { decimal?: Decimal | undefined; order?: DayOrder | undefined }> = {}
  for (const { id, kind } of columns) {
    if (kind !== 'amount' && kind !== 'day') continue
    const texts = rows.flatMap((row) => (typeof row.cells[id] === 'string' ? [row.cells[id]] : []))
    if (texts.length === 0) continue
    notation[id] = kind === 'amount' ? { decimal: decimalOf(texts) } : { order: dayOrderOf(texts) }
  }
  return notation
}

/** Reads a row by its columns. `today` is the day that a text without month or year is near. */
export function readRow(row: SheetRow, columns: readonly SheetColumn[], notation: Notation, today: IsoDate): ReadRow {
  const texts: Record<string, string> = {}
  const amounts: Record<string, Ore> = {}
  const days: Record<string, IsoDate> = {}
  const numbers: Record<string, string> = {}
  const unread: UnreadCell[] = []
  let blank = true
  for (const column of columns) {
    const value = row.cells[column.id]
    if (value === '' || value === null || value === undefined) continue
    const said = readInto({ texts, amounts, days, numbers }, column, value, notation, today)
    if (said) unread.push({ at: row.at, column: column.id, ...said })
    if (!column.written && column.fills !== undefined && textOf(value) !== '') blank &&= OF_THE_VOUCHER.has(column.id)
  }
  return { at: row.at, texts, amounts, days, numbers, unread, blank }
}

/** Cells that say something of the voucher; alone they make no line. */
const OF_THE_VOUCHER = new Set(['type', 'voucherDate', 'documentDate', 'vatDate', 'document'])

type Into = {
  texts: Record<string, string>
  amounts: Record<string, Ore>
  days: Record<string, IsoDate>
  numbers: Record<string, string>
}

function readInto(into: Into, { id, kind }: SheetColumn, value: CellValue, notation: Notation, today: IsoDate) {
  switch (kind) {
    case 'amount':
      return take(into.amounts, id, readAmountCell(value, notation[id]?.decimal))
    case 'day':
      return take(into.days, id, readDayCell(value, today, notation[id]?.order))
    case 'number':
      return take(into.numbers, id, readNumberCell(value))
    default: {
      const text = textOf(value)
      if (text !== '') into.texts[id] = text
      return undefined
    }
  }
}

function take<T>(
  into: Record<string, T>,
  id: string,
  read: { kind: 'empty' } | { kind: 'value'; value: T } | { kind: 'unread'; text: string; why: Unread },
): { text: string; why: Unread } | undefined {
  if (read.kind === 'value') into[id] = read.value
  return read.kind === 'unread' ? { text: read.text, why: read.why } : undefined
}

/** The text up to the first space: lists show "IF Inngående faktura", and the code is what counts. */
export const codeOf = (text: string | undefined): string | undefined => text?.split(/\s/, 1)[0] || undefined

/**
 * The amount of a row in øre, debit positive: the signed column, else debit less credit. Undefined when none is given, or
 * when the two ways of writing it are both used.
 */
export function amountOfRow({ amounts }: ReadRow): Ore | undefined {
  const { amount, debit, credit } = amounts
  if (amount !== undefined) return debit === undefined && credit === undefined ? amount : undefined
  if (debit === undefined && credit === undefined) return undefined
  return ((debit ?? 0) - (credit ?? 0) || 0) as Ore
}

/** Both the signed column and debit or credit are filled: which one counts cannot be known. */
export const hasTwoAmounts = ({ amounts }: ReadRow): boolean =>
  amounts.amount !== undefined && (amounts.debit !== undefined || amounts.credit !== undefined)
