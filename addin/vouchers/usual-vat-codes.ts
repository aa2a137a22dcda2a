import type { IsoDate } from '#worker/core/dates.ts'
import type { Books } from '#worker/ledger/books.ts'
import { accountAndParty } from '#worker/ledger/entry.ts'
import { defaultVatCode } from '#worker/sheets/cell-values.ts'
import { cellOfName } from '../excel/cell-name.ts'
import type { TableReading } from '../excel/voucher-table.ts'
import { textOf } from '../sheet/read-cell.ts'
import type { CellChange } from '../sheet/settle.ts'
import { codeOf, notationOf, readRow } from '../sheet/voucher-rows.ts'

/**
 * The VAT code that an account usually has, for rows whose account was just written and whose VAT cell is empty: filled in
 * where everybody can see it, never silently. The rule is the grid's own.
 */
export function usualVatCodes(
  reading: TableReading,
  changed: readonly string[],
  books: Books,
  today: IsoDate,
): CellChange[] {
  const place = reading.places.get('account')
  if (place === undefined || !reading.places.has('vatCode')) return []
  const written = rowsWritten(reading, changed, reading.firstColumn + place)
  if (written.size === 0) return []
  const notation = notationOf(reading.rows, reading.columns)
  let type = ''
  let day = ''
  return reading.rows.flatMap((row) => {
    const { texts, days } = readRow(row, reading.columns, notation, today)
    type = codeOf(texts.type) ?? type
    day = days.voucherDate ?? day
    if (!written.has(row.at) || textOf(row.cells.vatCode) !== '' || texts.voucherId !== undefined) return []
    const { account } = accountAndParty(codeOf(texts.account) ?? '')
    const code = defaultVatCode(books.accounts.get(account), type, day, books)
    return code === '' ? [] : [{ at: row.at, column: 'vatCode', value: code }]
  })
}

/** Rows of the table whose cell in that column lies in one of the addresses. */
function rowsWritten(reading: TableReading, addresses: readonly string[], column: number): Set<number> {
  const rows = new Set<number>()
  const last = reading.firstRow + reading.rows.length - 1
  for (const address of addresses) {
    const [from, to = from] = address.split(':').map(cellOfName)
    if (!from || !to || column < from.column || column > to.column) continue
    for (let row = Math.max(from.row, reading.firstRow); row <= Math.min(to.row, last); row++)
      rows.add(row - reading.firstRow)
  }
  return rows
}
