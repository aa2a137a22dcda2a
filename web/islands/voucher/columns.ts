import { type EntryKey, entryText } from '#i18n/entry-text.ts'
import type { Locale } from '#i18n/format.ts'
import type { Books } from '#worker/ledger/books.ts'
import { accountAndParty } from '#worker/ledger/entry.ts'
import { inChosenOrder } from '#worker/screens/chosen-order.ts'
import type { LayoutDefinition } from '#worker/screens/screen-layout.ts'
import { type Desk, fieldOf, isBlank, type Row } from '#worker/sheets/sheet.ts'
import { nameOf } from './search.ts'

/** A column of the grid. Its field is the one issues point at, so an issue finds its cell without a table between. */
export type Column = {
  field: string
  title: string
  kind: 'account' | 'vatCode' | 'dimension' | 'type' | 'amount' | 'date' | 'text' | 'choice' | 'computed'
  /** In pixels; the text column takes what is left. */
  width: number
  /** Enter stops at it on a line without an amount: one enters in currency. */
  asked?: boolean
}
/** What one has asked to see: debit and credit apart, currency on every line. */
export type Wanted = { sides?: boolean; currency?: boolean }

export type Layout = { columns: readonly Column[]; frozen: number }
/** A column and whether it is shown when nobody has said anything about it. */
type Offered = Column & { shown: boolean }

type AskedField = 'vatMode' | 'vatDate' | 'vatSpecification' | 'quantity' | 'matches'

/** Every column there is for what stands on the desk, in the order it has of itself. */
export function columnsFor(desk: Desk, books: Books, locale: Locale, wanted: Wanted): Offered[] {
  const column = (field: EntryKey, kind: Column['kind'], width: number, shown = true): Offered => ({
    field,
    title: entryText(locale, field),
    kind,
    width,
    shown,
  })
  const several = desk.mode === 'sheet'
  const some = (holds: (row: Row) => boolean) => desk.rows.some(holds)
  const { sides, currency = false } = wanted
  const foreign = currency || some((row) => row.currency !== '' || row.currencyAmount !== '' || row.rate !== '')
  const dimensions = [...books.dimensions.values()]
    .filter((d) => d.values.length > 0 || some((row) => (row.dimensions[d.key] ?? '') !== ''))
    .map((d): Offered => {
      const title = nameOf(d, locale)
      return { field: `dimensions/${d.key}`, title, kind: 'dimension', width: 118, shown: true }
    })
  /** Shown when somebody wants it, or something stands in it. */
  const asked = (field: AskedField, kind: Column['kind'], width: number): Offered =>
    column(
      field,
      kind,
      width,
      some((row) => row[field] !== ''),
    )
  return [
    ...(several
      ? [
          column('status', 'computed', 124),
          column('voucher', 'text', 78),
          column('type', 'type', 88),
          column('date', 'date', 92),
          column(
            'documentDate',
            'date',
            104,
            some((row) => row.documentDate !== ''),
          ),
        ]
      : []),
    column('account', 'account', 106),
    column('accountName', 'computed', several ? 166 : 190),
    column('vatCode', 'vatCode', 52),
    { ...column('currency', 'text', 66, foreign), asked: currency },
    { ...column('currencyAmount', 'amount', 112, foreign), asked: currency },
    column('rate', 'text', 84, foreign),
    ...(sides ? [column('debit', 'amount', 112), column('credit', 'amount', 112)] : [column('amount', 'amount', 116)]),
    column('vatAmount', 'amount', 98),
    column(
      'vatAmountReason',
      'text',
      150,
      some((row) => row.vatAmount !== ''),
    ),
    asked('vatMode', 'choice', 96),
    asked('vatDate', 'date', 92),
    asked('vatSpecification', 'choice', 130),
    ...dimensions,
    column('text', 'text', 160),
    column('invoiceNumber', 'text', 96),
    column('dueDate', 'date', 92),
    column('paymentReference', 'text', 148),
    asked('quantity', 'text', 76),
    asked('matches', 'choice', 150),
    column(
      'script',
      'text',
      150,
      some((row) => row.script !== ''),
    ),
  ]
}

/** Widths a person drags to are theirs; what is left of the room the text takes. */
const TEXT_WIDTH = 160

/**
 * The columns as they stand: in the order, width and number somebody has chosen, the others where they are of themselves.
 * One that holds what was typed is shown whatever was chosen: nothing is posted unseen.
 */
export function layoutOf(
  desk: Desk,
  books: Books,
  locale: Locale,
  wanted: Wanted,
  room: number,
  chosen?: LayoutDefinition,
): Layout {
  const offered = columnsFor(desk, books, locale, wanted)
  const choices = new Map(chosen?.columns.map((column) => [column.field, column]))
  const placed = inChosenOrder(offered, ({ field }) => field, chosen).map((column) => {
    const choice = choices.get(column.field)
    const isFilled = () => desk.rows.some((row) => fieldOf(row, column.field) !== '')
    const isShown = choice ? !choice.hidden || column.asked || (column.kind !== 'computed' && isFilled()) : column.shown
    return { column: { ...column, width: choice?.width ?? column.width }, isShown, isWide: !choice?.width }
  })
  const shown = placed.filter(({ isShown }) => isShown)
  const columns = shown.map(({ column: { shown: _, ...column } }) => column)
  const used = columns.reduce((sum, c) => sum + c.width, 0)
  const text = shown.findIndex(({ column, isWide }) => column.field === 'text' && isWide)
  if (text >= 0) columns[text] = { ...columns[text]!, width: TEXT_WIDTH + Math.max(0, room - used) }
  const frozen = Math.min(chosen?.frozen ?? (desk.mode === 'sheet' ? 2 : 1), columns.length - 1)
  return { columns, frozen }
}

const CONTROL_ONLY = new Set(['invoiceNumber', 'dueDate', 'paymentReference', 'matches'])

/** Why a cell cannot be typed in; undefined when it can. */
export function lockOf(row: Row, column: Column, books: Books): EntryKey | undefined {
  if (row.posted) return 'lockedPosted'
  if (column.field === 'accountName') return 'computedName'
  if (column.kind === 'computed') return 'status'
  if (isBlank(row) || fieldOf(row, column.field) !== '') return undefined
  const account = books.accounts.get(accountAndParty(row.account).account)
  if (column.field === 'vatCode') return account?.control ? 'lockedVat' : undefined
  if (column.field === 'vatAmount' || column.field === 'vatAmountReason')
    return bearsVat(row, books) ? undefined : 'lockedVatAmount'
  if (CONTROL_ONLY.has(column.field)) return account && !account.control ? 'lockedForAccount' : undefined
  return undefined
}

/** Whether VAT is computed of a row, and can be typed instead. */
function bearsVat(row: Row, books: Books): boolean {
  const code = books.vatCodes.get(row.vatCode)
  return code !== undefined && code.direction !== 'none' && code.rateClass !== 'zero'
}

const INVOICES = new Set(['incoming-invoice', 'incoming-credit-note', 'outgoing-invoice', 'outgoing-credit-note'])

/** Whether Enter stops at a cell: it goes to what a line needs, and Tab to every cell. */
export function isNeeded(row: Row, column: Column, books: Books, type: string): boolean {
  const { account: number } = accountAndParty(row.account)
  const account = books.accounts.get(number)
  if (column.asked) return row.amount === '' && fieldOf(row, column.field) === ''
  switch (column.field) {
    case 'amount':
      return row.currencyAmount === ''
    case 'account':
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
