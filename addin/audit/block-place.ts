/// <reference types="office-js" />

import { BLOCK_COLUMNS, BLOCK_VOUCHERS } from './block-columns.ts'
import { blockTexts } from './block-texts.ts'
import { readSeals, type Seal } from './sealed-block.ts'

/** A cell of a pulled report: the report, the cell's column by its own place, and what its row is known by. */
export type BlockPlace = {
  readonly seal: Seal
  readonly column: number
  readonly cells: readonly unknown[]
}

/** Where in a pulled report a cell stands; undefined when it stands in none, or in a heading. */
export async function readBlockPlace(
  context: Excel.RequestContext,
  cell: Excel.Range,
): Promise<BlockPlace | undefined> {
  const tables = cell.getTables(false)
  tables.load('items/name')
  await context.sync()
  const [table] = tables.items
  const seal = table && (await readSeals(context)).find((one) => one.table === table.name)
  if (!table || !seal) return undefined
  const [range, header] = [table.getRange(), table.getHeaderRowRange()]
  range.load('rowIndex, columnIndex')
  header.load('values')
  const row = cell.getEntireRow().getIntersectionOrNullObject(range)
  row.load('values')
  await context.sync()
  if (cell.rowIndex === range.rowIndex || row.isNullObject) return undefined
  const captions = header.values[0]!.map(String)
  const places = blockTexts[seal.language].columns[seal.kind].map((caption) => captions.indexOf(caption))
  const column = places.indexOf(cell.columnIndex - range.columnIndex)
  if (column < 0 || places.includes(-1)) return undefined
  const isFigure = BLOCK_COLUMNS[seal.kind][column]!.role === 'figure'
  if (!isFigure && !(seal.kind in BLOCK_VOUCHERS)) return undefined
  return { seal, column, cells: places.map((at) => row.values[0]![at]) }
}
