import type { CellValue } from './read-cell.ts'
import type { CellChange } from './settle.ts'
import { CARRIED, type SheetColumn } from './voucher-columns.ts'
import type { SheetRow } from './voucher-rows.ts'

const isTyped = (column: SheetColumn): boolean => !column.written && column.id !== 'vatAmount'

/** What people type in a row, as one text; what the add-in writes is left out. */
const typedOf = (row: SheetRow, columns: readonly SheetColumn[]): string =>
  JSON.stringify(columns.map((c) => (isTyped(c) ? (row.cells[c.id] ?? '') : 0)))

/** Whether rows that were written are no longer the rows they were read as: sorted, inserted, deleted or edited meanwhile. */
export function isMoved(
  before: readonly SheetRow[],
  after: readonly SheetRow[],
  written: readonly CellChange[],
  columns: readonly SheetColumn[],
): boolean {
  const rows = new Set(written.map((change) => change.at))
  return [...rows].some((at) => {
    const [was, is] = [before[at], after[at]]
    return !was || !is || typedOf(was, columns) !== typedOf(is, columns)
  })
}

/**
 * The cells that put a sheet right after writing landed on the wrong rows: each row is found again by what is typed in it, and
 * gets back what it carried before. Only values that were written by us are taken back; `mine` knows them by column. `stays`: what
 * a row of before is to keep of it, since another window wrote the same there, and may have sent it.
 */
export function repairOf(
  before: readonly SheetRow[],
  after: readonly SheetRow[],
  mine: ReadonlyMap<string, ReadonlySet<CellValue>>,
  columns: readonly SheetColumn[],
  stays: readonly CellChange[] = [],
): CellChange[] {
  const kept = new Map(stays.map(({ at, column, value }) => [`${at} ${column}`, value]))
  const origins = originsOf(before, after, columns)
  const ours = columns.filter((column) => !isTyped(column))
  return after.flatMap((row, i) => {
    const was = origins.get(i)
    return ours.flatMap(({ id }) => {
      const stay = was && kept.get(`${was.at} ${id}`)
      const [is, should] = [row.cells[id] ?? '', stay ?? was?.cells[id] ?? '']
      // What stays is given to every row of the voucher: one that carried it alone would be torn from the others.
      return is !== should && (mine.get(id)?.has(is) || (stay !== undefined && is === ''))
        ? [{ at: row.at, column: id, value: should }]
        : []
    })
  })
}

/**
 * The rows as they stand, those whose hidden cells were emptied with what they carried when they were last read: found again by
 * what is typed in them, also where that was edited in the same moment.
 */
export function withKept(
  before: readonly SheetRow[],
  after: readonly SheetRow[],
  columns: readonly SheetColumn[],
): readonly SheetRow[] {
  const isBare = (row: SheetRow) => !isCarrying(row) && !isBlank(row, columns)
  if (!after.some(isBare)) return after
  const standing = new Map<string, number>()
  for (const row of after) standing.set(carriedOf(row), (standing.get(carriedOf(row)) ?? 0) + 1)
  const gone = before.filter((row) => {
    const left = standing.get(carriedOf(row)) ?? 0
    standing.set(carriedOf(row), left - 1)
    return left <= 0 && isCarrying(row)
  })
  if (gone.length === 0) return after
  const origins = originsOf(before, after, columns)
  const lost = new Set(gone.map(carriedOf))
  return after.map((row, i) => {
    const was = origins.get(i)
    if (!was || !isBare(row) || !lost.has(carriedOf(was)) || !isMostly(was, row, columns)) return row
    const kept = [...CARRIED, 'number' as const].map((id) => [id, was.cells[id] ?? ''] as const)
    return { ...row, cells: { ...row.cells, ...Object.fromEntries(kept) } }
  })
}

const carriedOf = ({ cells }: SheetRow): string =>
  JSON.stringify(['voucherId', 'contentHash', 'number', 'rowKey'].map((id) => cells[id] ?? ''))
/** Something is left that tells what it was sent as. */
const isCarrying = ({ cells }: SheetRow): boolean =>
  ['voucherId', 'contentHash', 'number'].some((id) => (cells[id] ?? '') !== '')

/** The typed cells that two rows have alike. */
const alike = (a: SheetRow, b: SheetRow, columns: readonly SheetColumn[]): number =>
  columns.filter((c) => isTyped(c) && (a.cells[c.id] ?? '') !== '' && a.cells[c.id] === b.cells[c.id]).length
const typedCells = (row: SheetRow, columns: readonly SheetColumn[]): number =>
  columns.filter((c) => isTyped(c) && (row.cells[c.id] ?? '') !== '').length
const isBlank = (row: SheetRow, columns: readonly SheetColumn[]): boolean => typedCells(row, columns) === 0
/** More than half of what was typed is still there: less is another row in its place, of the same type and day as most are. */
const isMostly = (was: SheetRow, is: SheetRow, columns: readonly SheetColumn[]): boolean =>
  2 * alike(was, is, columns) > typedCells(was, columns)

/** For each row of now, the row it was before. */
function originsOf(
  before: readonly SheetRow[],
  after: readonly SheetRow[],
  columns: readonly SheetColumn[],
): Map<number, SheetRow> {
  const free = new Map<string, SheetRow[]>()
  for (const row of before) {
    const typed = typedOf(row, columns)
    const same = free.get(typed)
    if (same) same.push(row)
    else free.set(typed, [row])
  }
  const origins = new Map<number, SheetRow>()
  const typed = after.map((row) => typedOf(row, columns))
  const find = (wanted: (was: SheetRow, is: SheetRow) => boolean) =>
    after.forEach((is, i) => {
      if (origins.has(i)) return
      const rows = free.get(typed[i]!) ?? []
      const at = rows.findIndex((was) => wanted(was, is))
      if (at >= 0) origins.set(i, rows.splice(at, 1)[0]!)
    })
  // Of several rows alike: the one that carries the same, then the one that stood there, then any.
  find((was, is) => was.cells.voucherId === is.cells.voucherId && was.cells.rowKey === is.cells.rowKey)
  find((was, is) => was.at === is.at)
  find(() => true)
  pairEdited([...free.values()].flat(), after, columns, origins)
  return origins
}

/** Rows whose typed cells were changed as well are paired with those that are left, the most alike first. */
function pairEdited(
  left: SheetRow[],
  after: readonly SheetRow[],
  columns: readonly SheetColumn[],
  origins: Map<number, SheetRow>,
): void {
  const open = after.flatMap((row, i) => (origins.has(i) || isBlank(row, columns) ? [] : [{ row, i }]))
  const filled = left.filter((was) => !isBlank(was, columns))
  const pairs = open
    .flatMap(({ row, i }) => filled.map((was) => ({ i, was, score: alike(was, row, columns) })))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
  const used = new Set<SheetRow>()
  for (const { i, was } of pairs) {
    if (origins.has(i) || used.has(was)) continue
    used.add(was)
    origins.set(i, was)
  }
}
