import type { CellChange } from './settle.ts'
import type { SheetColumn } from './voucher-columns.ts'
import type { SheetRow } from './voucher-rows.ts'

/** What people type in a row, as one text; what the add-in writes is left out. */
const typedOf = (row: SheetRow, columns: readonly SheetColumn[]): string =>
  JSON.stringify(columns.map((c) => (c.written || c.id === 'vatAmount' ? 0 : (row.cells[c.id] ?? ''))))

/**
 * The rows were sorted, inserted, deleted or edited between being read and being written, so that cells may have landed on
 * rows they were not meant for. Gives the cells that put back what stood there, by finding each row again by what is typed in
 * it; undefined when every written row is still the row it was.
 */
export function repairOf(
  before: readonly SheetRow[],
  after: readonly SheetRow[],
  written: readonly CellChange[],
  columns: readonly SheetColumn[],
): CellChange[] | undefined {
  const touched = new Map<number, CellChange[]>()
  for (const change of written) {
    const others = touched.get(change.at)
    if (others) others.push(change)
    else touched.set(change.at, [change])
  }
  const typedBefore = before.map((row) => typedOf(row, columns))
  const typedAfter = after.map((row) => typedOf(row, columns))
  if ([...touched.keys()].every((at) => at < after.length && typedBefore[at] === typedAfter[at])) return undefined

  const origin = originsOf(before, after, typedBefore, typedAfter, touched)
  return [...touched].flatMap(([at, changes]) => {
    const now = after[at]
    if (!now) return []
    const was = origin.get(at)
    return changes.map(({ column }) => ({ at, column, value: was?.cells[column] ?? '' }))
  })
}

/** For each written row of now, the row it was before. */
function originsOf(
  before: readonly SheetRow[],
  after: readonly SheetRow[],
  typedBefore: readonly string[],
  typedAfter: readonly string[],
  touched: ReadonlyMap<number, unknown>,
): Map<number, SheetRow> {
  const free = new Map<string, SheetRow[]>()
  before.forEach((row, i) => {
    const same = free.get(typedBefore[i]!)
    if (same) same.push(row)
    else free.set(typedBefore[i]!, [row])
  })
  const take = (typed: string, wanted: (row: SheetRow) => boolean): SheetRow | undefined => {
    const rows = free.get(typed) ?? []
    const at = rows.findIndex(wanted)
    return at < 0 ? undefined : rows.splice(at, 1)[0]
  }
  // Rows that were not written still carry what they carried, and so tell which of several alike they are.
  after.forEach((row, i) => {
    if (!touched.has(i))
      take(typedAfter[i]!, (old) => old.cells.voucherId === row.cells.voucherId && old.cells.rowKey === row.cells.rowKey)
  })
  const origin = new Map<number, SheetRow>()
  for (const [wanted] of [[(old: SheetRow, at: number) => old.at === at], [() => true]] as const)
    for (const at of touched.keys()) {
      if (origin.has(at) || at >= after.length) continue
      const found = take(typedAfter[at]!, (old) => wanted(old, at))
      if (found) origin.set(at, found)
    }
  // A row whose typed cells were changed as well is the one that stood there, if that one is not found elsewhere.
  for (const at of touched.keys()) {
    if (origin.has(at) || at >= after.length || at >= before.length) continue
    const found = take(typedBefore[at]!, (old) => old.at === at)
    if (found) origin.set(at, found)
  }
  return origin
}
