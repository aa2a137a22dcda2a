import { day, fill, kroner, type Locale } from '#i18n/format.ts'
import { takeoverTexts } from '#i18n/takeover-text.ts'
import { changesBetween, type TypedRow, withUnsaved } from '#web/islands/sheets/typed-rows.ts'
import type { IsoDate } from '#worker/core/dates.ts'
import {
  type RegisterChange,
  type RegisterKind,
  type RegisterReading,
  registerAddress,
  rowKeyOf,
  undoOf,
} from '../excel/register-table.ts'
import { type CellValue, readAmountCell, readDayCell, textOf } from '../sheet/read-cell.ts'
import type { Marked } from './judge-budget.ts'

/** The filled rows of a sheet, each with a key of its own. */
type Here<Row> = {
  reading: RegisterReading
  rows: readonly { at: number; row: Row; unread: readonly { field: string; text: string }[] }[]
}
type Of<Row> = {
  kind: RegisterKind
  /** A row as the cells of the sheet, with what it tells of when it was kept. */
  cellsOf(row: Row): Record<string, CellValue>
  nameOf(row: Row): string
  locale: Locale
}
/** What the sheet becomes, what is told of it, and what puts back the cells that were written over unknown work of one's own. */
export type Fetched = { changes: RegisterChange[]; news: Marked[]; undo: RegisterChange[] }

const STAMPS = ['rowKey', 'opening']

/**
 * What others saved, put into the sheet cell by cell: one's own unsaved cells stand, and where both wrote, theirs is told. `base` is the
 * sheet as this pane last brought it in or saved it; without it nobody knows which cells are one's own, and theirs are written.
 */
export function fetchedRows<Row extends { rowKey: string }>(
  { reading, rows }: Here<Row>,
  base: readonly Row[] | undefined,
  kept: readonly Row[],
  { kind, cellsOf, nameOf, locale }: Of<Row>,
): Fetched {
  const textsOf = (row: Row): [string, string][] =>
    Object.entries(cellsOf(row)).flatMap(([column, value]) =>
      STAMPS.includes(column) || textOf(value) === '' ? [] : [[column, textOf(value)]],
    )
  const typed = (row: Row): TypedRow => ({ id: row.rowKey, cells: Object.fromEntries(textsOf(row)) })
  const here = rows.map(({ row, unread }): TypedRow => {
    const asItStands = unread.map(({ field, text }) => [field, text])
    return { id: row.rowKey, cells: Object.fromEntries([...textsOf(row), ...asItStands]) }
  })
  const unsaved = changesBetween(base?.map(typed) ?? here, here)
  const { rows: merged, clashes } = withUnsaved(kept.map(typed), unsaved)
  const theirs = new Map(kept.map((row) => [row.rowKey, row]))
  const own = new Map(here.map(({ id, cells }) => [id, cells]))
  const places = new Map<string, number>()
  for (const row of reading.rows) if (rowKeyOf(row) !== '') places.set(rowKeyOf(row), row.at)
  for (const { at, row } of rows) places.set(row.rowKey, at)
  // A row whose cells were cleared keeps its place by its key, and may get it back.
  let free = merged.reduce((next, { id }) => Math.max(next, (places.get(id) ?? -1) + 1), freeRow(rows))
  const [changes, over, news]: [RegisterChange[], RegisterChange[], Marked[]] = [[], [], []]
  const tell = (at: number, column: string, text: string) =>
    news.push({ address: registerAddress(reading, at, column) ?? '', text })
  const kinds = new Map(kind.columns.map((column) => [column.id, column.kind]))
  const named = (row: Row, column: string) => `${nameOf(row)} ${kind.captions[locale][column] ?? column}: `
  for (const { id, cells } of merged) {
    const row = theirs.get(id)
    if (!row) continue
    const mine = own.get(id)
    const at = places.get(id) ?? free++
    for (const [column, value] of Object.entries(cellsOf(row))) {
      const stood = reading.rows[at]?.cells[column]
      const isStamp = STAMPS.includes(column)
      const was = mine && !isStamp ? (mine[column] ?? '') : textOf(stood)
      if ((isStamp ? textOf(value) : (cells[column] ?? '')) === was) continue
      const change = { at, column, value }
      changes.push(change)
      if (isStamp) continue
      if (mine) over.push(change)
      const isName = column === 'account'
      // Of a row that is new here, its name and its figures.
      if (!mine && !isName && kinds.get(column) !== 'amount') continue
      const say = (cell: CellValue) => shownCell(cell, kinds.get(column), locale)
      const [before, after] = [say(figureIn(was)), isName && !mine ? nameOf(row) : say(value)]
      if (before !== after) tell(at, column, `${isName ? '' : named(row, column)}${before} → ${after}`)
    }
  }
  for (const { id, field, theirs: saved } of clashes) {
    const row = theirs.get(id)!
    const shown = shownCell(figureIn(saved), kinds.get(field), locale)
    tell(places.get(id)!, field, named(row, field) + fill(takeoverTexts[locale].sheet.clash, { theirs: shown }, locale))
  }
  return { changes, news, undo: base ? [] : undoOf(reading, over) }
}

/** The first row below the filled ones. */
export const freeRow = (rows: readonly { at: number }[]): number => Math.max(-1, ...rows.map(({ at }) => at)) + 1

/** A figure as it is compared, as a figure again. */
const figureIn = (text: string): CellValue => (/^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text)
const NOTHING = '–'
/** A cell of the sheet as it is told. */
export function shownCell(value: CellValue, kind: string | undefined, locale: Locale): string {
  const amount = kind === 'amount' ? readAmountCell(value) : undefined
  if (amount?.kind === 'value') return kroner(amount.value, locale)
  const date = kind === 'day' ? readDayCell(value, '2000-01-01' as IsoDate) : undefined
  if (date?.kind === 'value') return day(date.value)
  return textOf(value) || NOTHING
}
