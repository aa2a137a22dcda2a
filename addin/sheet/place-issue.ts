import { fill, kroner, type Locale } from '#i18n/format.ts'
import { withText } from '#i18n/problem-text.ts'
import type { IsoDate } from '#worker/core/dates.ts'
import { cellOf, type Issue, isError } from '#worker/core/problem.ts'
import { readAmount } from '#worker/sheets/read-amount.ts'
import { kronerOf, serialOf } from './excel-value.ts'
import type { CellValue } from './read-cell.ts'
import { addinTexts } from './sheet-words.ts'
import type { SheetDraft, SheetFault } from './voucher-draft.ts'
import type { ReadRow, UnreadCell } from './voucher-rows.ts'

/** An issue in its cell: the row's place in the table and the column's id. */
export type Placed = {
  readonly at: number
  readonly column: string
  readonly level: 'error' | 'warning'
  readonly code: string
  readonly message: string
  /** The server found it, by facts that are not known here. */
  readonly served: boolean
  readonly fix?: { at: number; column: string; value: CellValue; label: string }
}

/** Where an issue stands in the sheet, with its text in the same words as in grid and API. */
export function placeIssue(issue: Issue, draft: SheetDraft, locale: Locale, served: boolean): Placed {
  const told = withText(issue, locale)
  const { row, column } = cellAt(issue.pointer, issue.code, draft)
  const target = issue.fix && cellAt(issue.fix.pointer, issue.code, draft)
  return {
    at: row.at,
    column,
    level: isError(issue) ? 'error' : 'warning',
    code: issue.code,
    message: told.message,
    served,
    ...(target && {
      fix: {
        at: target.row.at,
        column: target.column,
        value: cellValue(target.column, issue.fix!.value),
        label: told.fix?.label ?? fill(addinTexts[locale].putIn, { value: String(issue.fix!.value) }, locale),
      },
    }),
  }
}

function cellAt(pointer: string, code: string, { lines }: SheetDraft): { row: ReadRow; column: string } {
  const cell = cellOf(pointer)
  const line = cell && cell.row >= 0 ? lines[cell.row] : undefined
  if (!cell || !line) {
    const field = cell?.field.replace(/^documents.*/, 'document')
    return { row: headerRow(field, lines), column: headerColumn(field) }
  }
  const { row, contra, fields } = line
  const field = cell.field.replace(/^matches\/.*/, 'matches')
  return { row, column: lineColumn(field, code, row, contra, typeof fields.account === 'string') }
}

/** A header field stands in the first row that has it. */
function headerRow(field: string | undefined, lines: SheetDraft['lines']): ReadRow {
  const has = (row: ReadRow) => field !== undefined && (row.texts[field] !== undefined || row.days[field] !== undefined)
  return (lines.find((line) => has(line.row)) ?? lines[0]!).row
}

const headerColumn = (field: string | undefined): string => {
  if (field === undefined || field === 'lines') return 'amount'
  return field === 'id' ? 'status' : field
}

function lineColumn(field: string, code: string, row: ReadRow, contra: boolean, hasAccount: boolean): string {
  if (field === 'account') {
    if (hasAccount && code.startsWith('party/')) return 'party'
    return contra ? 'contraAccount' : 'account'
  }
  if (field !== 'amount') return field === 'rowKey' ? 'status' : field
  if (row.amounts.amount !== undefined) return 'amount'
  if (row.amounts.debit !== undefined) return 'debit'
  return row.amounts.credit !== undefined ? 'credit' : 'amount'
}

const AMOUNTS = new Set(['amount', 'debit', 'credit', 'vatAmount', 'currencyAmount'])
const DAYS = new Set(['voucherDate', 'documentDate', 'vatDate', 'dueDate'])

/** A draft's value as a cell holds it: kroner, Excel's day number, or text. */
function cellValue(column: string, value: unknown): CellValue {
  if (typeof value === 'number' && AMOUNTS.has(column)) return kronerOf(column === 'credit' ? -value : value)
  if (typeof value === 'string' && DAYS.has(column)) return serialOf(value as IsoDate)
  return value as CellValue
}

/** A cell that could not be read, with both readings where there are two. */
export function placeUnread({ at, column, text, why }: UnreadCell, locale: Locale): Placed {
  const texts = addinTexts[locale]
  const read = why === 'ambiguous' && AMOUNTS.has(column) ? readAmount(text) : undefined
  const readings =
    read?.kind === 'ambiguous'
      ? { one: kroner(read.asDecimal, locale), other: kroner(read.asThousands, locale) }
      : { one: '', other: '' }
  const key = why === 'ambiguous' && !read ? 'day' : why
  return {
    at,
    column,
    level: 'error',
    code: `cell/${why}`,
    message: fill(texts.unread[key], { text, ...readings }, locale),
    served: false,
  }
}

export const placeFault = ({ row, column, code }: SheetFault, locale: Locale): Placed => ({
  at: row.at,
  column,
  level: 'error',
  code: `row/${code}`,
  message: addinTexts[locale].faults[code],
  served: false,
})
