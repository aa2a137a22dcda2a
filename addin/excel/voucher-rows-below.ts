/// <reference types="office-js" />
import type { CellValue } from '../sheet/read-cell.ts'
import type { SheetVoucher } from '../sheet/sheet-voucher.ts'
import { formatOf } from '../sheet/voucher-columns.ts'
import type { TableReading } from './voucher-table.ts'

/** Rows that are added when fewer than a voucher needs are left. */
const ROOM = 20
/** The fewest lines of a voucher. */
const LINES = 2

/**
 * Stands ready for one more voucher below the last: its type and date are put in, there is room for it, and the user is in its
 * first account. The table grows at its end when it is full, and what stands below it moves down.
 */
export async function startVoucherBelow(
  context: Excel.RequestContext,
  { reading, vouchers }: { reading: TableReading; vouchers: readonly SheetVoucher[] },
): Promise<void> {
  const { rows, columns, places, firstRow, firstColumn } = reading
  const typed = columns.filter(({ written }) => !written)
  const isEmpty = (value: CellValue | undefined) => value === '' || value === null || value === undefined
  const last = rows.findLastIndex(({ cells }) => typed.some(({ id }) => !isEmpty(cells[id])))
  // An unfinished voucher would take the rows right below it for its own.
  const apart = vouchers.some(({ rows: own, judgement }) => !judgement.ok && own.some((row) => row.at === last)) ? 1 : 0
  const at = last + 1 + apart
  const table = context.workbook.tables.getItem(reading.table)
  const { worksheet } = table
  if (at + LINES > rows.length) {
    const header = table.getHeaderRowRange()
    header.load('columnCount')
    await context.sync()
    table.rows.add(
      undefined,
      Array.from({ length: ROOM }, () => Array.from({ length: header.columnCount }, () => '')),
    )
    for (const column of columns)
      worksheet.getRangeByIndexes(firstRow + rows.length, firstColumn + places.get(column.id)!, ROOM, 1).numberFormat =
        Array.from({ length: ROOM }, () => [formatOf(column)])
  }
  const cell = (id: string) => worksheet.getRangeByIndexes(firstRow + at, firstColumn + places.get(id)!, 1, 1)
  for (const id of ['type', 'voucherDate']) {
    const before = rows.findLast(({ cells }) => !isEmpty(cells[id]))?.cells[id]
    if (before !== undefined && places.has(id)) cell(id).values = [[before]]
  }
  worksheet.activate()
  if (places.has('account')) cell('account').select()
  await context.sync()
}
