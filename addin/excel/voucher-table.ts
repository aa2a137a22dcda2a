/// <reference types="office-js" />

import type { CellValue } from '../sheet/read-cell.ts'
import type { CellChange } from '../sheet/settle.ts'
import { columnOfCaption } from '../sheet/sheet-words.ts'
import type { SheetColumn } from '../sheet/voucher-columns.ts'
import type { SheetRow } from '../sheet/voucher-rows.ts'
import { cellName } from './cell-name.ts'

/** The first voucher table; Excel names the table of a copied sheet after it, with a number. */
export const VOUCHER_TABLE = 'tblBilag'
export const isVoucherTable = (name: string): boolean => /^tblBilag_?\d*$/i.test(name)
/** Of two tables the one with the lower number was there first. */
export const nthTable = (name: string): number => Number(/\d+$/.exec(name)?.[0] ?? 0)

/** The voucher table as it stood at one moment. Places are zero-based in the sheet. */
export type TableReading = {
  /** The table that was read; what is written goes there, whichever sheet is in front by then. */
  readonly table: string
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
  readonly others: OtherTables
}

/**
 * Ids of vouchers in the workbook's other voucher tables, and in those of them that were there before this one; and their numbers, by
 * which rows are known that lost their ids.
 */
export type OtherTables = {
  readonly ids: ReadonlySet<string>
  readonly earlier: ReadonlySet<string>
  readonly numbers: ReadonlySet<string>
}

type Parts = { name: string; sheet: Excel.Worksheet; header: Excel.Range; body: Excel.Range }

/** Names of the company's own dimensions as captions, by column id. */
export type OwnCaptions = Readonly<Record<string, string>>

/**
 * Reads a voucher table: the one that is named, else the one in front, else the first there is. Undefined when the workbook has
 * none.
 */
export async function readVoucherTable(
  context: Excel.RequestContext,
  columns: readonly SheetColumn[],
  own: OwnCaptions,
  wanted?: string,
): Promise<TableReading | undefined> {
  const { tables, worksheets } = context.workbook
  const inFront = worksheets.getActiveWorksheet().tables
  tables.load('items/name')
  inFront.load('items/name')
  await context.sync()
  const names = tables.items.map(({ name }) => name).filter(isVoucherTable)
  const first = [...names].sort((a, b) => nthTable(a) - nthTable(b))[0]
  const name = names.find((one) => one === wanted) ?? inFront.items.find((t) => isVoucherTable(t.name))?.name ?? first
  if (name === undefined) return undefined
  const read = names.map((one) => load(tables.getItem(one), one))
  await context.sync()
  const parts = read.find((one) => one.name === name)!
  return readingOf(parts, columns, own, othersOf(read, name))
}

function othersOf(read: readonly Parts[], name: string): OtherTables {
  const [ids, earlier, numbers] = [new Set<string>(), new Set<string>(), new Set<string>()]
  for (const { name: of, header, body } of read) {
    if (of === name) continue
    const columns = header.values[0]!.map((caption) => columnOfCaption(String(caption)))
    const [id, number] = [columns.indexOf('voucherId'), columns.indexOf('number')]
    for (const row of body.values) {
      ids.add(String(row[id] ?? ''))
      if (nthTable(of) < nthTable(name)) earlier.add(String(row[id] ?? ''))
      numbers.add(String(row[number] ?? ''))
    }
  }
  return { ids, earlier, numbers }
}

function load(table: Excel.Table, name: string): Parts {
  const parts = { name, sheet: table.worksheet, header: table.getHeaderRowRange(), body: table.getDataBodyRange() }
  parts.sheet.load('name')
  parts.header.load('values')
  parts.body.load('values, rowIndex, columnIndex')
  return parts
}

function readingOf(
  { name, sheet, header, body }: Parts,
  columns: readonly SheetColumn[],
  own: OwnCaptions,
  others: OtherTables,
): TableReading {
  const ownIds = new Map(Object.entries(own).map(([id, caption]) => [caption.toLowerCase().trim(), id]))
  const places = new Map<string, number>()
  for (const [place, caption] of header.values[0]!.entries()) {
    const id = columnOfCaption(String(caption)) ?? ownIds.get(String(caption).toLowerCase().trim())
    if (id && !places.has(id)) places.set(id, place)
  }
  const present = columns.filter((column) => places.has(column.id))
  return {
    table: name,
    others,
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
  const table = context.workbook.tables.getItem(reading.table)
  const { worksheet } = table
  for (const { column, from, values } of runsOf(changes)) {
    const place = reading.places.get(column)
    if (place === undefined) continue
    const range = worksheet.getRangeByIndexes(reading.firstRow + from, reading.firstColumn + place, values.length, 1)
    range.values = values.map((value) => [value ?? ''])
  }
  const parts = load(table, reading.table)
  await context.sync()
  return readingOf(parts, columns, own, reading.others)
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
