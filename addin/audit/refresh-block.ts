/// <reference types="office-js" />

import type { LedgerApi } from '../api/ledger-api.ts'
import { cellName } from '../excel/cell-name.ts'
import type { ChangedCell } from '../excel/figure-cells.ts'
import { BLOCK_COLUMNS, BLOCK_LAYOUTS } from './block-columns.ts'
import { drawBlock } from './block-report.ts'
import { blockTexts } from './block-texts.ts'
import {
  FOOT_AT,
  FOOT_WITHIN,
  feetIn,
  portionsOf,
  readSeals,
  type Seal,
  sealOf,
  writeFoot,
  writeRows,
  writeSeals,
} from './sealed-block.ts'

/**
 * What drawing a block anew came to. `blocked`: something of the user's stands below, where it needs room, or it has the columns of an
 * older version of the add-in.
 */
export type Refreshed = { table: string; changed: ChangedCell[]; blocked: false | 'room' | 'columns' }

/**
 * Draws a pulled report anew, in its place and from a version of the ledger. The user's own columns follow their rows, and columns
 * stay where they were moved to. Undefined when the table, or a column of it, is gone.
 */
export async function refreshBlock(
  context: Excel.RequestContext,
  { api, company, atVersion, now }: { api: LedgerApi; company: string; atVersion: number; now: string },
  seal: Seal,
): Promise<Refreshed | undefined> {
  const { kind, language, query, table: name } = seal
  if (seal.layout !== BLOCK_LAYOUTS[kind]) return { table: name, changed: [], blocked: 'columns' }
  const { upTo: _, ...asked } = query
  const pulling = { kind, locale: language, query: asked, now }
  const drawn = await drawBlock({ api, company, ...pulling }, atVersion)
  const table = context.workbook.tables.getItemOrNullObject(name)
  table.load('id')
  await context.sync()
  if (table.isNullObject) return undefined
  const { worksheet } = table
  const [range, header] = [table.getRange(), table.getHeaderRowRange()]
  worksheet.load('name')
  range.load('rowIndex, columnIndex, rowCount, columnCount')
  header.load('values')
  await context.sync()
  const captions = header.values[0]!.map(String)
  const places = blockTexts[language].columns[kind].map((caption) => captions.indexOf(caption))
  if (places.includes(-1)) return undefined
  const { rowIndex, columnIndex, rowCount, columnCount } = range
  const height = Math.max(2, drawn.cells.length + 1)
  const below = worksheet.getRangeByIndexes(
    rowIndex + rowCount,
    columnIndex,
    FOOT_WITHIN + Math.max(0, height - rowCount),
    columnCount,
  )
  below.load('values')
  await context.sync()
  const feet = feetIn(below.values.map(([text]) => text))
  const place = feet[0] ?? FOOT_AT
  // The line keeps its distance. What it, and rows that come, would be written over is the user's.
  const last = height - rowCount + place
  const taken = below.values.some((row, r) =>
    row.some((value, c) => {
      const needed = r === last ? c === 0 || height > rowCount : r < last && height > rowCount
      return needed && value !== '' && !(c === 0 && feet.includes(r))
    }),
  )
  if (taken) return { table: name, changed: [], blocked: 'room' }

  const keys = BLOCK_COLUMNS[kind].flatMap(({ role }, at) => (role === 'key' ? [at] : []))
  const keyOf = (cells: readonly unknown[]) => keys.map((at) => cells[at]).join('|')
  const ownColumns = captions.flatMap((_, at) => (places.includes(at) ? [] : [at]))
  const before = new Map<string, { row: unknown[]; own: Own[] }>()
  for (const old of await readOwn(context, worksheet, range, ownColumns))
    before.set(keyOf(places.map((at) => old.row[at])), old)
  const changed: ChangedCell[] = []
  const own: Own[][] = []
  const rows = drawn.cells.map((cells, r) => {
    const old = before.get(keyOf(cells))
    const row: unknown[] = captions.map(() => null) // what is null is left as it is
    own.push(old?.own ?? ownColumns.map(() => NOTHING))
    for (const [i, at] of places.entries()) {
      const was = old?.row[at]
      if (was !== cells[i] && BLOCK_COLUMNS[kind][i]!.role === 'figure')
        changed.push({
          sheet: worksheet.name,
          address: cellName(rowIndex + 1 + r, columnIndex + at),
          before: was ?? '',
          after: cells[i],
        })
      row[at] = cells[i]
    }
    return row
  })
  for (const foot of feet) worksheet.getRangeByIndexes(rowIndex + rowCount + foot, columnIndex, 1, 1).clear()
  if (height < rowCount)
    worksheet
      .getRangeByIndexes(rowIndex + height, columnIndex, rowCount - height, columnCount)
      .clear('Contents' as Excel.ClearApplyTo)
  table.resize(worksheet.getRangeByIndexes(rowIndex, columnIndex, height, columnCount))
  for (const [i, at] of places.entries())
    worksheet.getRangeByIndexes(rowIndex + 1, columnIndex + at, height - 1, 1).numberFormat = BLOCK_COLUMNS[kind][i]!
      .format as never
  await writeRows(context, worksheet, rowIndex + 1, columnIndex, rows)
  for (const [from, count] of ownColumns.length > 0 ? portionsOf(rows.length) : []) {
    const some = own.slice(from, from + count)
    for (const [i, at] of ownColumns.entries()) {
      const column = worksheet.getRangeByIndexes(rowIndex + 1 + from, columnIndex + at, count, 1)
      column.numberFormat = some.map((cells) => [cells[i]!.format])
      column.formulasR1C1 = some.map((cells) => [cells[i]!.formula])
    }
    await context.sync()
  }
  const sealed = await sealOf(name, drawn, pulling)
  writeFoot(worksheet, rowIndex + height + place, columnIndex, sealed)
  await context.sync()
  await writeSeals(
    context,
    (await readSeals(context)).map((one) => (one.table === name ? sealed : one)),
  )
  return { table: name, changed, blocked: false }
}

/** A cell of the user's own. A formula goes with its row by what it points at from there: =F5/2 in row 5 is =F7/2 in row 7. */
type Own = { formula: unknown; format: unknown }
const NOTHING: Own = { formula: '', format: null }

/** The rows of a table without its headings, as they stand, and what the user's own columns hold in each. */
async function readOwn(
  context: Excel.RequestContext,
  sheet: Excel.Worksheet,
  { rowIndex, columnIndex, rowCount, columnCount }: Excel.Range,
  ownColumns: readonly number[],
): Promise<{ row: unknown[]; own: Own[] }[]> {
  const found: { row: unknown[]; own: Own[] }[] = []
  for (const [from, count] of portionsOf(rowCount - 1)) {
    const first = rowIndex + 1 + from
    const all = sheet.getRangeByIndexes(first, columnIndex, count, columnCount)
    all.load('values')
    const columns = ownColumns.map((at) => sheet.getRangeByIndexes(first, columnIndex + at, count, 1))
    for (const column of columns) column.load('formulasR1C1, numberFormat')
    await context.sync()
    for (const [r, row] of all.values.entries())
      found.push({
        row,
        own: columns.map(({ formulasR1C1, numberFormat }, i) => ({
          formula: textKept(formulasR1C1[r]![0], row[ownColumns[i]!]),
          format: numberFormat[r]![0],
        })),
      })
  }
  return found
}

/** A text that looks like a formula stays a text when it is written again. */
const textKept = (formula: unknown, value: unknown): unknown =>
  typeof formula === 'string' && formula === value && /^[=+\-@]/.test(formula) ? `'${formula}` : formula
