/// <reference types="office-js" />

import type { CellValue } from '../sheet/read-cell.ts'
import type { CellChange } from '../sheet/settle.ts'
import { columnOfCaption } from '../sheet/sheet-words.ts'
import type { SheetColumn } from '../sheet/voucher-columns.ts'
import type { SheetRow } from '../sheet/voucher-rows.ts'
import { cellName } from './cell-name.ts'

export const VOUCHER_TABLE = 'tblBilag'

/** The voucher table as it stood at one moment. Places are zero-based in the sheet. */
export type TableReading = {
  readonly sheet: string
  readonly firstRow: number
  readonly firstColumn: number
  /** Each column's place in the table, by its id; columns of the user's own are none of ours. */
  readonly places: ReadonlyMap<string, number>
  /** Columns that the table has, in our own order. */
  readonly columns: readonly SheetColumn[]
  readonly rows: readonly SheetRow[]
  /** Ids of ours that the table lacks. */
  readonly missing: readonly string[]
}

type Parts = { sheet: Excel.Worksheet; header: Excel.Range; body: Excel.Range }

/** Names of the company's own dimensions as captions, by column id. */
export type OwnCaptions = Readonly<Record<string, string>>

/** Reads the voucher table; undefined when the workbook has none. */
export async function readVoucherTable(
  context: Excel.RequestContext,
  columns: readonly SheetColumn[],
  own: OwnCaptions,
): Promise<TableReading | undefined> {
  const table = context.workbook.tables.getItemOrNullObject(VOUCHER_TABLE)
  table.load('id')
  await context.sync()
  if (table.isNullObject) return undefined
  const parts = load(table)
  await context.sync()
  return readingOf(parts, columns, own)
}

function load(table: Excel.Table): Parts {
  const parts = { sheet: table.worksheet, header: table.getHeaderRowRange(), body: table.getDataBodyRange() }
  parts.sheet.load('name')
  parts.header.load('values')
  parts.body.load('values, rowIndex, columnIndex')
  return parts
}

function readingOf({ sheet, header, body }: Parts, columns: readonly SheetColumn[], own: OwnCaptions): TableReading {
  const ownIds = new Map(Object.entries(own).map(([id, caption]) => [caption.toLowerCase().trim(), id]))
  const places = new Map<string, number>()
  for (const [place, caption] of header.values[0]!.entries()) {
    const id = columnOfCaption(String(caption)) ?? ownIds.get(String(caption).toLowerCase().trim())
    if (id && !places.has(id)) places.set(id, place)
  }
  const present = columns.filter((column) => places.has(column.id))
  return {
    sheet: sheet.name,
    firstRow: body.rowIndex,
    firstColumn: body.columnIndex,
    places,
    columns: present,
    missing: columns.filter((column) => !places.has(column.id)).map((column) => column.id),
    rows: body.values.map((values, at) => ({
      at,
      cells: Object.fromEntries(present.map(({ id }) => [id, values[places.get(id)!] as CellValue])),
    })),
  }
}

/**
 * Writes cells, and reads the table again in the same request, so that what it tells is the sheet with the writing done and
 * nothing in between. The cells are where they were read: when rows have moved since, the reading shows it.
 */
export async function writeCells(
  context: Excel.RequestContext,
  reading: TableReading,
  changes: readonly CellChange[],
  columns: readonly SheetColumn[],
  own: OwnCaptions,
): Promise<TableReading> {
  const table = context.workbook.tables.getItem(VOUCHER_TABLE)
  const { worksheet } = table
  for (const { column, from, values } of runsOf(changes)) {
    const place = reading.places.get(column)
    if (place === undefined) continue
    const range = worksheet.getRangeByIndexes(reading.firstRow + from, reading.firstColumn + place, values.length, 1)
    range.values = values.map((value) => [value ?? ''])
  }
  const parts = load(table)
  await context.sync()
  return readingOf(parts, columns, own)
}

/** Changes below each other in one column are one write. */
function runsOf(changes: readonly CellChange[]): { column: string; from: number; values: CellValue[] }[] {
  const byColumn = new Map<string, CellChange[]>()
  for (const change of changes) {
    const before = byColumn.get(change.column)
    if (before) before.push(change)
    else byColumn.set(change.column, [change])
  }
  return [...byColumn].flatMap(([column, cells]) => {
    const runs: { column: string; from: number; values: CellValue[] }[] = []
    for (const { at, value } of cells.sort((a, b) => a.at - b.at)) {
      const run = runs.at(-1)
      if (run && run.from + run.values.length === at) run.values.push(value)
      else runs.push({ column, from: at, values: [value] })
    }
    return runs
  })
}

/** The address of a cell of the table, "G27". */
export function cellAddress(reading: TableReading, at: number, column: string): string | undefined {
  const place = reading.places.get(column)
  if (place === undefined) return undefined
  return cellName(reading.firstRow + at, reading.firstColumn + place)
}
