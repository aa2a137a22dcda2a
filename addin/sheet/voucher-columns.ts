import type { Dimension } from '#worker/ledger/books.ts'
import { HEADER_FIELDS, LINE_FIELDS } from '#worker/ledger/voucher-draft.ts'

/**
 * How a column's cells are written and read. `day`, `amount` and `number` hold figures; the others are texts, and `code` may
 * come as a number, since Excel makes 1920 of "1920".
 */
export type ColumnKind = 'text' | 'code' | 'day' | 'amount' | 'number'

/** A column of a sheet. It is known by its id, never by its caption or place: both may be changed by the user. */
export type SheetColumn = {
  readonly id: string
  readonly kind: ColumnKind
  /** Written by the add-in, not typed. */
  readonly written?: true
  /** `hidden` is for the add-in alone; `asked` is shown when the user wants it. */
  readonly view?: 'hidden' | 'asked'
  /** The draft's field that the cell fills; a column whose field the ledger does not know yet is left out. */
  readonly fills?: string
  /** A number format of its own, in Excel's notation. Codes that never begin with 0 are figures, so Excel has nothing to mark. */
  readonly format?: string
  /** In characters, as Excel measures columns. */
  readonly width: number
}

const ALL: readonly SheetColumn[] = [
  { id: 'status', kind: 'text', written: true, width: 14 },
  { id: 'message', kind: 'text', written: true, width: 40 },
  { id: 'reference', kind: 'text', width: 11 },
  { id: 'type', kind: 'code', fills: 'type', width: 12 },
  { id: 'number', kind: 'text', written: true, width: 14 },
  { id: 'voucherDate', kind: 'day', fills: 'voucherDate', width: 13 },
  { id: 'account', kind: 'code', fills: 'account', format: '0', width: 9 },
  { id: 'accountName', kind: 'text', written: true, width: 24 },
  { id: 'vatCode', kind: 'code', fills: 'vatCode', format: '0', width: 12 },
  { id: 'amount', kind: 'amount', fills: 'amount', width: 13 },
  { id: 'debit', kind: 'amount', fills: 'amount', width: 13 },
  { id: 'credit', kind: 'amount', fills: 'amount', width: 13 },
  { id: 'vatAmount', kind: 'amount', fills: 'vatAmount', width: 11 },
  { id: 'contraAccount', kind: 'code', fills: 'account', format: '0', width: 12 },
  { id: 'dimensions/department', kind: 'code', fills: 'dimensions', width: 12 },
  { id: 'dimensions/project', kind: 'code', fills: 'dimensions', width: 11 },
  { id: 'party', kind: 'code', fills: 'account', width: 18 },
  { id: 'invoiceNumber', kind: 'text', fills: 'invoiceNumber', width: 12 },
  { id: 'paymentReference', kind: 'text', fills: 'paymentReference', width: 16 },
  { id: 'dueDate', kind: 'day', fills: 'dueDate', width: 11 },
  { id: 'currency', kind: 'text', fills: 'currency', width: 7 },
  { id: 'currencyAmount', kind: 'amount', fills: 'currencyAmount', width: 12 },
  { id: 'rate', kind: 'number', fills: 'rate', width: 9 },
  { id: 'script', kind: 'text', fills: 'script', width: 18 },
  { id: 'text', kind: 'text', fills: 'text', width: 30 },
  { id: 'document', kind: 'text', fills: 'documents', width: 14 },
  { id: 'documentDate', kind: 'day', view: 'asked', fills: 'documentDate', width: 11 },
  { id: 'vatDate', kind: 'day', view: 'asked', fills: 'vatDate', width: 11 },
  { id: 'vatMode', kind: 'code', view: 'asked', fills: 'vatMode', width: 9 },
  { id: 'vatAmountReason', kind: 'text', view: 'asked', fills: 'vatAmountReason', width: 18 },
  { id: 'vatSpecification', kind: 'code', view: 'asked', fills: 'vatSpecification', width: 16 },
  { id: 'rateUnit', kind: 'number', view: 'asked', fills: 'rateUnit', width: 8 },
  { id: 'quantity', kind: 'number', view: 'asked', fills: 'quantity', width: 9 },
  { id: 'matches', kind: 'text', view: 'asked', fills: 'matches', width: 16 },
  { id: 'rowKey', kind: 'text', written: true, view: 'hidden', width: 8 },
  { id: 'voucherId', kind: 'text', written: true, view: 'hidden', width: 8 },
  { id: 'contentHash', kind: 'text', written: true, view: 'hidden', width: 8 },
  { id: 'sentAt', kind: 'text', written: true, view: 'hidden', width: 8 },
  { id: 'computedVat', kind: 'amount', written: true, view: 'hidden', width: 8 },
  { id: 'marks', kind: 'text', written: true, view: 'hidden', width: 8 },
]

/** Columns that carry what a voucher was sent as; they are never typed. */
export const CARRIED = ['rowKey', 'voucherId', 'contentHash', 'sentAt'] as const

/** Whether the column's cells are chosen among what is registered, in a list and in the pane. */
export const isChosen = (id: string): boolean => id.startsWith('dimensions/') || CHOSEN.has(id)
const CHOSEN = new Set('type account contraAccount party vatCode vatMode vatSpecification matches'.split(' '))

const known = new Set([...HEADER_FIELDS, ...LINE_FIELDS])
const own = new Set(['dimensions/department', 'dimensions/project'])

/**
 * The columns of a voucher sheet for a company with these dimensions: those the ledger has a field for, and one for each
 * dimension of the company's own.
 */
export function voucherColumns(dimensions: readonly Pick<Dimension, 'key'>[]): readonly SheetColumn[] {
  const keys = new Set(dimensions.map((d) => `dimensions/${d.key}`))
  const extra = [...keys].filter((id) => !own.has(id))
  return ALL.filter(
    ({ id, fills }) => (fills === undefined || known.has(fills)) && (!own.has(id) || keys.has(id)),
  ).flatMap((column) =>
    column.id === 'party'
      ? [...extra.map((id): SheetColumn => ({ id, kind: 'code', fills: 'dimensions', width: 9 })), column]
      : [column],
  )
}

const FORMATS: Readonly<Record<ColumnKind, string>> = {
  text: '@',
  code: '@',
  day: 'dd.mm.yyyy',
  amount: '#,##0.00',
  number: 'General',
}

/** The column's number format in Excel's own notation, which is en-US in every language. */
export const formatOf = (column: SheetColumn): string => column.format ?? FORMATS[column.kind]
