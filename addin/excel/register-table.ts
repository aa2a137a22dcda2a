/// <reference types="office-js" />
import { LOCALES, type Locale } from '#i18n/format.ts'
import { idOf } from '#worker/core/ids.ts'
import type { Issue } from '#worker/core/problem.ts'
import { type CellValue, textOf } from '../sheet/read-cell.ts'
import { captionOf } from '../sheet/sheet-words.ts'
import { formatOf, type SheetColumn } from '../sheet/voucher-columns.ts'
import { cellName } from './cell-name.ts'
import { paintMarks } from './mark-cells.ts'
import { newSheet } from './new-sheet.ts'
import { nthTable } from './voucher-table.ts'

/** A sheet of rows that is held against a register of the company's: a table with columns known by their captions. */
export type RegisterKind = {
  readonly table: string
  readonly columns: readonly SheetColumn[]
  readonly captions: Readonly<Record<Locale, Readonly<Record<string, string>>>>
}

/** A row as it stands. `formulas` has what is computed in its cells, in R1C1; a plain value stands there as itself. */
export type RegisterRow = {
  readonly at: number
  readonly cells: Readonly<Record<string, CellValue>>
  readonly formulas: Readonly<Record<string, CellValue>>
}

/** A table as it stood at one moment. Places are zero-based in the sheet. */
export type RegisterReading = {
  readonly sheet: string
  readonly firstRow: number
  readonly firstColumn: number
  readonly width: number
  readonly places: ReadonlyMap<string, number>
  readonly rows: readonly RegisterRow[]
}

/**
 * What is written in a cell. A text that begins with = is a formula only where `isFormula` says so. `formula`, in R1C1, is written instead
 * of the value that it gave.
 */
export type RegisterChange = { at: number; column: string; value: CellValue; isFormula?: true; formula?: string }

/** The kind with a hidden column that says which cells are at fault, for the formats that colour them. */
export const withMarks = ({ table, columns, captions }: RegisterKind): RegisterKind => ({
  table,
  columns: [...columns, { id: 'marks', kind: 'text', written: true, view: 'hidden', width: 8 }],
  captions: {
    nb: { ...captions.nb, marks: captionOf('marks', 'nb') },
    en: { ...captions.en, marks: captionOf('marks', 'en') },
  },
})

/** Rows that stand ready below those there are. */
const ROOM = 15
const HEAD = 3
const POINTS = 5.6
const PAINT = { written: '#49535F', typed: '#24439B', ground: '#F4F5F7', head: '#161C26' } as const
const ROWS_AT_A_TIME = 2_000

const plain = (caption: string): string =>
  caption
    .toLowerCase()
    .replace(/[\s\u00a0]+/g, ' ')
    .trim()

/** Makes a sheet with its heading and rows, formats before values; a sheet of the kind that is there already is only shown. Gives whether one was made. */
export async function insertRegister(
  context: Excel.RequestContext,
  kind: RegisterKind,
  locale: Locale,
  { name, head, rows }: { name: string; head: readonly string[]; rows: readonly (readonly CellValue[])[] },
): Promise<boolean> {
  const { columns } = kind
  const before = context.workbook.tables.getItemOrNullObject(kind.table)
  before.load('id')
  await context.sync()
  if (!before.isNullObject) {
    before.worksheet.activate()
    await context.sync()
    return false
  }
  const [sheet] = await newSheet(context, name)
  const title = sheet.getRangeByIndexes(0, 0, head.length, 1)
  title.numberFormat = head.map(() => ['@'])
  title.values = head.map((line) => [line])
  title.format.font.color = PAINT.head
  const { font } = sheet.getRangeByIndexes(0, 0, 1, 1).format
  font.bold = true
  font.size = 14
  const body = rows.length + ROOM
  sheet.getRangeByIndexes(HEAD, 0, 1, columns.length).numberFormat = [columns.map(() => '@')]
  sheet.getRangeByIndexes(HEAD, 0, 1, columns.length).values = [
    columns.map(({ id }) => kind.captions[locale][id] ?? id),
  ]
  for (const [place, column] of columns.entries()) {
    const cells = sheet.getRangeByIndexes(HEAD + 1, place, body, 1)
    cells.numberFormat = Array.from({ length: body }, () => [formatOf(column)])
    cells.format.font.color = column.written ? PAINT.written : PAINT.typed
    if (column.written) cells.format.fill.color = PAINT.ground
    const whole = sheet.getRangeByIndexes(HEAD, place, body + 1, 1)
    whole.format.columnWidth = Math.round(column.width * POINTS)
    if (column.view) whole.columnHidden = true
  }
  for (let from = 0; from < rows.length; from += ROWS_AT_A_TIME) {
    const some = rows.slice(from, from + ROWS_AT_A_TIME)
    sheet.getRangeByIndexes(HEAD + 1 + from, 0, some.length, columns.length).values = some.map((row) =>
      row.map((value) => value ?? ''),
    )
    await context.sync()
  }
  if (columns.some(({ id }) => id === 'marks')) paintMarks(sheet, columns, HEAD + 1, body)
  const table = sheet.tables.add(sheet.getRangeByIndexes(HEAD, 0, body + 1, columns.length), true)
  table.name = kind.table
  table.style = 'TableStyleLight1'
  sheet.freezePanes.freezeRows(HEAD + 1)
  sheet.activate()
  await context.sync()
  return true
}

/** Whether a table is of a kind: Excel names the table of a copied sheet after it, with a number. */
const isOfKind = (kind: string, table: string): boolean => new RegExp(`^${kind}_?\\d*$`, 'i').test(table)

/** The table of a kind to work on: the one that is wanted, else the one in front, else the first there is. */
export async function registerTable(context: Excel.RequestContext, kind: string, wanted?: string): Promise<string> {
  const inFront = context.workbook.worksheets.getActiveWorksheet().tables
  inFront.load('items/name')
  const names = await registerTables(context, kind)
  const shown = inFront.items.find(({ name }) => isOfKind(kind, name))?.name
  return names.find((name) => name === wanted) ?? shown ?? names[0] ?? kind
}
/** The tables of a kind, the first made first. */
export async function registerTables(context: Excel.RequestContext, kind: string): Promise<string[]> {
  const { tables } = context.workbook
  tables.load('items/name')
  await context.sync()
  const names = tables.items.map(({ name }) => name).filter((name) => isOfKind(kind, name))
  return names.sort((a, b) => nthTable(a) - nthTable(b))
}
/** A name for one more table of a kind. */
export const nextTable = (kind: string, names: readonly string[]): string =>
  names.length === 0 ? kind : `${kind}${1 + Math.max(1, ...names.map(nthTable))}`

/** Reads a table of the kind, whatever order its columns have been moved to; undefined when the workbook has none. */
export async function readRegister(
  context: Excel.RequestContext,
  kind: RegisterKind,
): Promise<RegisterReading | undefined> {
  const table = context.workbook.tables.getItemOrNullObject(kind.table)
  table.load('id')
  await context.sync()
  if (table.isNullObject) return undefined
  const [sheet, header, body] = [table.worksheet, table.getHeaderRowRange(), table.getDataBodyRange()]
  sheet.load('name')
  header.load('values')
  body.load('values, formulasR1C1, rowIndex, columnIndex, columnCount')
  await context.sync()
  const idOf = new Map(
    LOCALES.flatMap((locale) => Object.entries(kind.captions[locale]).map(([id, caption]) => [plain(caption), id])),
  )
  const places = new Map<string, number>()
  for (const [place, caption] of header.values[0]!.entries()) {
    const id = idOf.get(plain(String(caption)))
    if (id && !places.has(id)) places.set(id, place)
  }
  const pick = (values: readonly unknown[]) =>
    Object.fromEntries([...places].map(([id, place]) => [id, values[place] as CellValue]))
  return {
    sheet: sheet.name,
    firstRow: body.rowIndex,
    firstColumn: body.columnIndex,
    width: body.columnCount,
    places,
    rows: body.values.map((values, at) => ({ at, cells: pick(values), formulas: pick(body.formulasR1C1[at]!) })),
  }
}

/** What a row is known by wherever it is sorted to; '' of one that was typed and has none yet. */
export const rowKeyOf = ({ cells }: RegisterRow): string => textOf(cells.rowKey)
export const newRowKey = (): string => idOf('row', crypto.getRandomValues(new Uint8Array(17)))

/**
 * Writes cells of rows that are told by their keys: the table is read once more first, and rows that were moved meanwhile are found where
 * they are now. A row without a key is where it was.
 */
export async function writeRegister(
  context: Excel.RequestContext,
  kind: RegisterKind,
  reading: RegisterReading,
  changes: readonly RegisterChange[],
): Promise<RegisterReading | undefined> {
  if (changes.length > 0) {
    const now = await readRegister(context, kind)
    if (!now) return undefined
    const placeNow = movedTo(reading, now)
    const sheet = context.workbook.worksheets.getItem(now.sheet)
    const height = Math.max(now.rows.length, ...changes.map((c) => c.at + 1))
    if (height > now.rows.length)
      context.workbook.tables
        .getItem(kind.table)
        .resize(sheet.getRangeByIndexes(now.firstRow - 1, now.firstColumn, height + 1, now.width))
    const formats = new Map(kind.columns.map((column) => [column.id, formatOf(column)]))
    for (const { column, as, from, cells } of runsOf(changes, placeNow)) {
      const place = now.places.get(column)
      if (place === undefined) continue
      const range = sheet.getRangeByIndexes(now.firstRow + from, now.firstColumn + place, cells.length, 1)
      if (from + cells.length > now.rows.length) range.numberFormat = cells.map(() => [formats.get(column) ?? '@'])
      range[as] = cells.map(({ value }) => [value ?? ''])
    }
    await context.sync()
  }
  return readRegister(context, kind)
}

/** Where rows stand now, by where they stood; −1 for one that is gone. Rows that share a key are told by which of them they are. */
function movedTo(before: RegisterReading, now: RegisterReading): (at: number) => number {
  const [were, are] = [before, now].map(({ rows }) => Map.groupBy(rows, rowKeyOf))
  return (at) => {
    const row = before.rows[at]
    const key = row ? rowKeyOf(row) : ''
    if (key === '' || (now.rows[at] && rowKeyOf(now.rows[at]) === key)) return at
    return are!.get(key)?.[were!.get(key)!.indexOf(row!)]?.at ?? -1
  }
}

/** What puts cells back as they stood: what was computed in them is computed again. */
export const undoOf = ({ rows }: RegisterReading, changes: readonly RegisterChange[]): RegisterChange[] =>
  changes.map(({ at, column }) => {
    const value = rows[at]?.cells[column] ?? ''
    const formula = rows[at]?.formulas[column]
    const isComputed = typeof formula === 'string' && formula.startsWith('=') && formula !== value
    return { at, column, value, ...(isComputed && { formula }) }
  })

type As = 'values' | 'formulas' | 'formulasR1C1'
type Run = { column: string; as: As; from: number; cells: { at: number; value: CellValue }[] }
/** It counts from its own row to another, or to one of another sheet: where the row was moved, it would count something else. */
const POINTS_AWAY = /R\[|!.*RC/
/** Changes below each other in one column are one write; formulas and values apart. */
function runsOf(changes: readonly RegisterChange[], placeNow: (at: number) => number): Run[] {
  const sorted = changes
    .map(({ at: before, column, value, isFormula, formula }) => {
      const at = placeNow(before)
      const stays = formula !== undefined && (at === before || !POINTS_AWAY.test(formula))
      const as: As = isFormula ? 'formulas' : stays ? 'formulasR1C1' : 'values'
      return { at, column, as, value: stays ? formula : value }
    })
    .filter(({ at }) => at >= 0)
    .sort((a, b) => (a.column === b.column ? a.at - b.at : a.column < b.column ? -1 : 1))
  const runs: Run[] = []
  for (const change of sorted) {
    const run = runs.at(-1)
    const follows = run?.column === change.column && run.from + run.cells.length === change.at && run.as === change.as
    if (follows) run.cells.push(change)
    else runs.push({ column: change.column, as: change.as, from: change.at, cells: [change] })
  }
  return runs
}

/** The address of a cell of the table, "G27". */
export function registerAddress(reading: RegisterReading, at: number, column: string): string | undefined {
  const place = reading.places.get(column)
  return place === undefined ? undefined : cellName(reading.firstRow + at, reading.firstColumn + place)
}

/** An issue that names another of these rows, by its number in the sheet. */
export function ofSheet(issue: Issue, { firstRow }: RegisterReading, rows: readonly { at: number }[]): Issue {
  const other = rows[Number(issue.params?.row) - 1]
  return other ? { ...issue, params: { ...issue.params, row: firstRow + other.at + 1 } } : issue
}
