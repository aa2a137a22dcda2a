import { day as dayText } from '#i18n/format.ts'
import type { OpeningKey } from '#i18n/opening-text.ts'
import type { IsoDate } from '#worker/core/dates.ts'
import type { Ore } from '#worker/core/money.ts'
import type { Books } from '#worker/ledger/books.ts'
import { type OpeningRow, openingRow } from '#worker/opening-balance/opening-row.ts'

/** The columns of an opening balance, in order, the same in grid and sheet; dimensions stand before the text. */
export const OPENING_COLUMNS = [
  'account',
  'accountName',
  'party',
  'name',
  'invoiceNumber',
  'paymentReference',
  'invoiceDate',
  'dueDate',
  'amount',
  'currency',
  'currencyAmount',
] as const

export const openingColumns = ({ dimensions }: Pick<Books, 'dimensions'>): string[] => [
  ...OPENING_COLUMNS,
  ...[...dimensions.keys()].map((key) => `dimensions/${key}`),
  'text',
]

/** Something in a cell that cannot be read, and what is said of it. */
export type Unread = { field: string; text: string; key: Extract<OpeningKey, 'unreadable' | 'unreadableDay'> }
export type ReadRow = { row: OpeningRow; unread: Unread[] }
/** What the reader of a cell found: a value, nothing, or a text it cannot read. */
export type Found<T> = { value: T | null } | { wrong: string }
export type Readers<V> = {
  text: (value: V) => string
  amount: (value: V) => Found<Ore>
  day: (value: V) => Found<IsoDate>
}

/** A row from its cells, whatever they hold: texts as typed in the grid, or figures and day numbers of a sheet. */
export function rowOfCells<V>(rowKey: string, cells: Readonly<Record<string, V>>, readers: Readers<V>): ReadRow {
  const unread: Unread[] = []
  const text = (field: string, max: number) => (field in cells ? readers.text(cells[field]!).slice(0, max) : '')
  const read = <T>(field: string, by: (value: V) => Found<T>, key: Unread['key']): T | null => {
    if (!(field in cells)) return null
    const found = by(cells[field]!)
    if ('value' in found) return found.value
    unread.push({ field, text: found.wrong, key })
    return null
  }
  const dimensions = Object.fromEntries(
    Object.keys(cells)
      .filter((field) => field.startsWith('dimensions/'))
      .map((field) => [field.slice(11), text(field, 35)] as const)
      .filter(([, value]) => value !== ''),
  )
  // 1500:10001 is account and party, as on a voucher line.
  const [account = '', colon] = (text('account', 107).split(/\s/)[0] ?? '').split(':')
  const row = openingRow(rowKey, {
    account: account.slice(0, 70),
    party: (text('party', 35) || colon || '').slice(0, 35),
    name: text('name', 256),
    invoiceNumber: text('invoiceNumber', 35),
    paymentReference: text('paymentReference', 25).replace(/\s/g, ''),
    invoiceDate: read('invoiceDate', readers.day, 'unreadableDay') ?? '',
    dueDate: read('dueDate', readers.day, 'unreadableDay') ?? '',
    amount: read('amount', readers.amount, 'unreadable'),
    currency: text('currency', 3).toUpperCase(),
    currencyAmount: read('currencyAmount', readers.amount, 'unreadable'),
    dimensions,
    text: text('text', 255),
  })
  return { row, unread }
}

/** A row as texts, to be typed in again. `kroner` writes an amount as it is typed. */
export function cellsOfRow(row: OpeningRow, kroner: (amount: number) => string): Record<string, string> {
  const { dimensions, amount, currencyAmount, invoiceDate, dueDate } = row
  const own: Record<string, string> = {
    account: row.account,
    party: row.party,
    name: row.name,
    invoiceNumber: row.invoiceNumber,
    paymentReference: row.paymentReference,
    invoiceDate: invoiceDate && dayText(invoiceDate),
    dueDate: dueDate && dayText(dueDate),
    amount: amount === null ? '' : kroner(amount),
    currency: row.currency,
    currencyAmount: currencyAmount === null ? '' : kroner(currencyAmount),
    text: row.text,
  }
  for (const [key, value] of Object.entries(dimensions)) own[`dimensions/${key}`] = value
  return Object.fromEntries(Object.entries(own).filter(([, value]) => value !== ''))
}
