/** Texts by column; a column without text is left out. */
export type Cells = Readonly<Record<string, string>>
/** A row as it is typed. What is chosen for the sheet as a whole is a row too, under the empty id. */
export type TypedRow = { readonly id: string; readonly cells: Cells }
/** A row as it would come back from the server, and the texts in it that cannot be read and so cannot be sent. */
export type ReadableRow = TypedRow & { readonly unread: Cells }
/** A row that differs from what the server has: as it was there, and as it stands here. Null where there is no such row. */
export type UnsavedRow = { readonly id: string; readonly was: Cells | null; readonly now: Cells | null }
/** A cell where both wrote: what stands here goes, what somebody else wrote is told. */
export type Clash = { readonly id: string; readonly field: string; readonly theirs: string }

export const HEAD_ROW = ''

const filled = (cells: Cells): Cells | null => (Object.keys(cells).length > 0 ? cells : null)
const fieldsOf = (...rows: (Cells | null)[]): string[] => [...new Set(rows.flatMap((row) => Object.keys(row ?? {})))]

export const sameCells = (a: Cells | null, b: Cells | null): boolean =>
  (a === null) === (b === null) && fieldsOf(a, b).every((field) => a?.[field] === b?.[field])

/** What makes `to` of `from`, row by row. */
export function changesBetween(from: readonly TypedRow[], to: readonly TypedRow[]): UnsavedRow[] {
  const before = new Map(from.map((row) => [row.id, row.cells]))
  const changes: UnsavedRow[] = []
  for (const { id, cells } of to) {
    const was = filled(before.get(id) ?? {})
    before.delete(id)
    const now = filled(cells)
    if (!sameCells(was, now)) changes.push({ id, was, now })
  }
  for (const [id, cells] of before) if (filled(cells)) changes.push({ id, was: cells, now: null })
  return changes
}

/** What of the rows the server lacks, with what cannot be read; cells that were changed stand as they were typed. */
export function unsavedRows(
  base: readonly TypedRow[],
  typed: readonly TypedRow[],
  readable: readonly ReadableRow[],
): UnsavedRow[] {
  const whole = readable.map(({ id, cells, unread }) => ({ id, cells: { ...cells, ...unread } }))
  const asTyped = new Map(typed.map((row) => [row.id, row.cells]))
  return changesBetween(base, whole).map(({ id, was, now }) => {
    const own = asTyped.get(id)
    if (!now || !own) return { id, was, now }
    const text = (field: string): string => (now[field] === was?.[field] ? now[field]! : (own[field] ?? now[field]!))
    return { id, was, now: Object.fromEntries(Object.keys(now).map((field) => [field, text(field)])) }
  })
}

/**
 * What is unsaved here, put on rows as somebody else has them now, by row and cell. A row that one took away while the other
 * wrote in it stays. Rows that are new here come last.
 */
export function withUnsaved(
  theirs: readonly TypedRow[],
  unsaved: readonly UnsavedRow[],
): { rows: TypedRow[]; clashes: Clash[] } {
  const left = new Map(unsaved.map((row) => [row.id, row]))
  const clashes: Clash[] = []
  const rows = theirs.flatMap((row): TypedRow[] => {
    const own = left.get(row.id)
    left.delete(row.id)
    if (!own) return [row]
    if (own.now === null) return sameCells(own.was, filled(row.cells)) ? [] : [row]
    const cells: Record<string, string> = {}
    for (const field of fieldsOf(own.was, own.now, row.cells)) {
      const [was, mine, their] = [own.was?.[field], own.now[field], row.cells[field]]
      const value = mine === was ? their : mine
      if (value !== undefined) cells[field] = value
      if (mine !== was && their !== was && mine !== their) clashes.push({ id: row.id, field, theirs: their ?? '' })
    }
    return [{ id: row.id, cells }]
  })
  for (const { id, now } of left.values()) if (now) rows.push({ id, cells: now })
  return { rows, clashes }
}
