import type { Locale } from '#i18n/format.ts'
import { openingTexts } from '#i18n/opening-text.ts'
import { openingColumns, type Readers, type ReadRow, rowOfCells } from '#web/islands/opening/opening-cells.ts'
import { type IsoDate, isoDate } from '#worker/core/dates.ts'
import type { Books } from '#worker/ledger/books.ts'
import type { OpeningRow } from '#worker/opening-balance/opening-row.ts'
import { type RegisterKind, type RegisterReading, type RegisterRow, withMarks } from '../excel/register-table.ts'
import { kronerOf, serialOf } from '../sheet/excel-value.ts'
import { type CellValue, readAmountCell, readDayCell, textOf } from '../sheet/read-cell.ts'
import type { SheetColumn } from '../sheet/voucher-columns.ts'
import { neverKept, unkeptStamp } from './left-here.ts'
import { withOwnKeys } from './row-owners.ts'

export const OPENING_TABLE = 'tblIB'

const KINDS: Readonly<Record<string, Pick<SheetColumn, 'kind' | 'width'> & Partial<SheetColumn>>> = {
  account: { kind: 'code', format: '0', width: 9 },
  accountName: { kind: 'text', written: true, width: 24 },
  party: { kind: 'code', width: 17 },
  name: { kind: 'text', width: 24 },
  invoiceNumber: { kind: 'text', width: 12 },
  paymentReference: { kind: 'text', width: 16 },
  invoiceDate: { kind: 'day', width: 11 },
  dueDate: { kind: 'day', width: 11 },
  amount: { kind: 'amount', width: 14 },
  currency: { kind: 'text', width: 7 },
  currencyAmount: { kind: 'amount', width: 13 },
  text: { kind: 'text', width: 28 },
}

/** The sheet of an opening balance: the columns of the web grid, with how each row stands before them. */
export function openingKind(books: Pick<Books, 'dimensions'>): RegisterKind {
  const hidden = { kind: 'text', written: true, view: 'hidden', width: 8 } as const
  const columns: SheetColumn[] = [
    { id: 'status', kind: 'text', written: true, width: 10 },
    { id: 'message', kind: 'text', written: true, width: 32 },
    ...openingColumns(books).map((id): SheetColumn => ({ id, ...(KINDS[id] ?? { kind: 'code', width: 9 }) })),
    { id: 'rowKey', ...hidden },
    { id: 'opening', ...hidden },
  ]
  const captionsIn = (locale: Locale) => ({
    ...Object.fromEntries(
      [...books.dimensions.values()].map((d) => [`dimensions/${d.key}`, locale === 'nb' ? d.nameNb : d.nameEn]),
    ),
    ...openingTexts[locale].captions,
  })
  return withMarks({ table: OPENING_TABLE, columns, captions: { nb: captionsIn('nb'), en: captionsIn('en') } })
}

/** Figures, day numbers and texts of a sheet, in any usual notation. */
export const sheetReaders = (near: IsoDate): Readers<CellValue> => ({
  text: textOf,
  amount: (value) => {
    const read = readAmountCell(value)
    if (read.kind === 'empty') return { value: null }
    return read.kind === 'value' ? { value: read.value } : { wrong: read.text }
  },
  day: (value) => {
    const read = readDayCell(value, near)
    if (read.kind === 'empty') return { value: null }
    return read.kind === 'value' ? { value: read.value } : { wrong: read.text }
  },
})

/** The day a sheet is for, and the version it was last saved as; told by its rows. */
export function openingOf(reading: RegisterReading): { openingDate: IsoDate; version: number } | undefined {
  let found: { openingDate: IsoDate; version: number } | undefined
  for (const { cells } of reading.rows) {
    const [date, told = ''] = textOf(cells.opening).split('|')
    const openingDate = isoDate(date ?? '')
    const version = Number.parseInt(told, 10) || 0
    if (openingDate && (!found || version > found.version)) found = { openingDate, version }
  }
  return found
}

/** What rows tell of the sheet they stand in: its day and version, and whether they are kept themselves. */
export function stampsOf(
  openingDate: IsoDate,
  { version, rows }: { version: number; rows: readonly OpeningRow[] } = { version: 0, rows: [] },
) {
  const keys = new Set(rows.map(({ rowKey }) => rowKey))
  const stamp = `${openingDate}|${version}`
  return (row: RegisterRow): string => (keys.has(textOf(row.cells.rowKey)) ? stamp : unkeptStamp(row, neverKept(stamp)))
}

export type SheetOpeningRow = ReadRow & { at: number }

/** The filled rows of the sheet. A row that was typed or copied gets a new key. */
export function openingRows(
  reading: Pick<RegisterReading, 'rows'>,
  openingDate: IsoDate,
  kept: readonly OpeningRow[],
  newId: () => string,
): SheetOpeningRow[] {
  const readers = sheetReaders(openingDate)
  const read = reading.rows.filter(isFilled).map((row): SheetOpeningRow => {
    const { status: _, message: __, accountName: ___, rowKey, opening: ____, marks: _____, ...cells } = row.cells
    return { at: row.at, ...rowOfCells(textOf(rowKey), cells, readers) }
  })
  const lines = new Map(kept.map((row) => [row.rowKey, nameOf(row)]))
  return withOwnKeys(read, (row) => lines.get(row.rowKey) === nameOf(row), newId)
}
/** What a row is a line of. */
const nameOf = ({ account, party, invoiceNumber }: OpeningRow): string => [account, party, invoiceNumber].join('\n')

const TYPED = ['account', 'party', 'name', 'invoiceNumber', 'paymentReference', 'amount', 'currencyAmount', 'text']
const isFilled = ({ cells }: RegisterRow): boolean => TYPED.some((field) => textOf(cells[field]) !== '')

/** A row as the cells of the sheet: every dimension, so that one it no longer has is emptied. */
export function cellsOfOpening(
  row: OpeningRow,
  openingDate: IsoDate,
  version: number,
  { dimensions }: Pick<Books, 'dimensions'>,
): Record<string, CellValue> {
  const { account, invoiceDate, dueDate, amount, currencyAmount } = row
  return {
    account: /^[1-9]\d{0,14}$/.test(account) ? Number(account) : account,
    party: row.party,
    name: row.name,
    invoiceNumber: row.invoiceNumber,
    paymentReference: row.paymentReference,
    invoiceDate: invoiceDate === '' ? '' : serialOf(invoiceDate),
    dueDate: dueDate === '' ? '' : serialOf(dueDate),
    amount: amount === null ? '' : kronerOf(amount),
    currency: row.currency,
    currencyAmount: currencyAmount === null ? '' : kronerOf(currencyAmount),
    ...Object.fromEntries([...dimensions.keys()].map((key) => [`dimensions/${key}`, row.dimensions[key] ?? ''])),
    text: row.text,
    rowKey: row.rowKey,
    opening: `${openingDate}|${version}`,
  }
}
