import { type EntryKey, entryText } from '#i18n/entry-text.ts'
import type { Locale } from '#i18n/format.ts'
import type { Books } from '#worker/ledger/books.ts'
import { accountAndParty } from '#worker/ledger/entry.ts'
import { nameOf } from './search.ts'
import { type Desk, fieldOf, isBlank, type Row } from './sheet.ts'

/** A column of the grid. Its field is the one issues point at, so an issue finds its cell without a table between. */
export type Column = {
  field: string
  title: string
  kind: 'account' | 'vatCode' | 'dimension' | 'type' | 'amount' | 'date' | 'text' | 'computed'
  /** In pixels; the text column takes what is left. */
  width: number
}

export type Layout = { columns: readonly Column[]; frozen: number }

/** The columns for what stands on the desk: a sheet of several vouchers shows which voucher a row belongs to, and how it went. */
export function layoutOf(desk: Desk, books: Books, locale: Locale, sides: boolean, room: number): Layout {
  const t = (key: EntryKey) => entryText(locale, key)
  const column = (field: EntryKey, kind: Column['kind'], width: number): Column => ({
    field,
    title: t(field),
    kind,
    width,
  })
  const several = desk.mode === 'sheet'
  const sheetColumns = several
    ? [
        column('status', 'computed', 124),
        column('voucher', 'text', 78),
        column('type', 'type', 88),
        column('date', 'date', 92),
        ...(desk.rows.some((row) => row.documentDate !== '') ? [column('documentDate', 'date', 104)] : []),
      ]
    : []
  const money = sides
    ? [column('debit', 'amount', 112), column('credit', 'amount', 112)]
    : [column('amount', 'amount', 116)]
  const dimensions = [...books.dimensions.values()]
    .filter((d) => d.values.length > 0 || desk.rows.some((row) => (row.dimensions[d.key] ?? '') !== ''))
    .map((d): Column => ({ field: `dimensions/${d.key}`, title: nameOf(d, locale), kind: 'dimension', width: 118 }))
  const columns: Column[] = [
    ...sheetColumns,
    column('account', 'account', 106),
    column('accountName', 'computed', several ? 166 : 190),
    column('vatCode', 'vatCode', 52),
    ...money,
    column('vatAmount', 'computed', 98),
    ...dimensions,
    column('text', 'text', 160),
    column('invoiceNumber', 'text', 96),
    column('dueDate', 'date', 92),
    column('paymentReference', 'text', 148),
  ]
  const used = columns.reduce((sum, c) => sum + c.width, 0)
  const text = columns.findIndex((c) => c.field === 'text')
  columns[text] = { ...columns[text]!, width: 160 + Math.max(0, room - used) }
  return { columns, frozen: several ? 2 : 1 }
}

const CONTROL_ONLY = new Set(['invoiceNumber', 'dueDate', 'paymentReference'])

/** Why a cell cannot be typed in; undefined when it can. */
export function lockOf(row: Row, column: Column, books: Books): EntryKey | undefined {
  if (row.posted) return 'lockedPosted'
  if (column.field === 'accountName') return 'computedName'
  if (column.field === 'vatAmount') return 'computedVat'
  if (column.kind === 'computed') return 'status'
  if (isBlank(row) || fieldOf(row, column.field) !== '') return undefined
  const account = books.accounts.get(accountAndParty(row.account).account)
  if (column.field === 'vatCode') return account?.control ? 'lockedVat' : undefined
  if (CONTROL_ONLY.has(column.field)) return account && !account.control ? 'lockedForAccount' : undefined
  return undefined
}

const INVOICES = new Set(['incoming-invoice', 'incoming-credit-note', 'outgoing-invoice', 'outgoing-credit-note'])

/** Whether Enter stops at a cell: it goes to what a line needs, and Tab to every cell. */
export function isNeeded(row: Row, column: Column, books: Books, type: string): boolean {
  const { account: number } = accountAndParty(row.account)
  const account = books.accounts.get(number)
  switch (column.field) {
    case 'account':
    case 'amount':
    case 'debit':
    case 'credit':
      return true
    case 'vatCode':
      return row.vatCode === '' && account?.vatCodeRequired === true
    case 'invoiceNumber':
    case 'dueDate':
      return (
        account?.control !== undefined &&
        account.control !== null &&
        INVOICES.has(books.voucherTypes.get(row.type || type)?.key ?? '')
      )
    case 'paymentReference':
      return account?.control === 'supplier' && books.voucherTypes.get(row.type || type)?.key === 'incoming-invoice'
    default:
      if (column.kind !== 'dimension') return false
      return books.dimensions.get(column.field.slice(11))?.rules[number] === 'required'
  }
}

/** The next cell in reading order that satisfies `stops`, within `rows` rows; undefined past either end. */
export function nextCell(
  from: { row: number; col: number },
  step: 1 | -1,
  size: { rows: number; cols: number },
  stops: (row: number, col: number) => boolean,
): { row: number; col: number } | undefined {
  let { row, col } = from
  for (;;) {
    col += step
    if (col < 0 || col >= size.cols) {
      row += step
      col = step > 0 ? 0 : size.cols - 1
    }
    if (row < 0 || row >= size.rows) return undefined
    if (stops(row, col)) return { row, col }
  }
}
