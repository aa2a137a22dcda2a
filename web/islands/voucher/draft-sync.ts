import { changedRows, mergedRow } from '#worker/drafts/draft-merge.ts'
import { type DraftRow, HEADER } from '#worker/drafts/draft-row.ts'
import { type Desk, isBlank, type Row, withRoom } from '#worker/sheets/sheet.ts'
import { cellsOf, rowFrom, sharedRows, withHeader } from './draft-cells.ts'

/** What the server and this window last both had of a draft: `since` is its version then. */
export type Known = { readonly draft: string; readonly since: number; readonly base: ReadonlyMap<string, DraftRow> }
/** Rows that others wrote, with who did. */
export type Theirs = DraftRow & { by: string }
/** Cells that somebody else has just written: by row, the fields and whose they are. */
export type Fresh = ReadonlyMap<string, { fields: ReadonlySet<string>; name: string }>
export type Received = { desk: Desk; known: Known; fresh: Fresh }

export const newDraft = (draft: string): Known => ({ draft, since: 0, base: new Map() })

/** Rows that the server does not have as they stand here. */
export const unsentRows = (desk: Desk, known: Known): DraftRow[] => changedRows(known.base, sharedRows(desk))

/**
 * What others wrote, put on the desk. `sent` are rows the server took or gave back just now: those it gave back are merged
 * with what stands here. A row of theirs that is new is put where it belongs; one they took away goes.
 */
export function received(
  desk: Desk,
  known: Known,
  answer: { version: number; rows: readonly Theirs[]; names: Readonly<Record<string, string>> },
  sent: readonly DraftRow[],
  name: string,
): Received {
  const base = new Map(known.base)
  for (const row of sent) base.set(row.key, row)
  const here = new Map(sharedRows(desk).map((row) => [row.key, row]))
  const fresh = new Map<string, { fields: Set<string>; name: string }>()
  const merged = new Map<string, DraftRow>()
  for (const theirs of answer.rows) {
    const was = known.base.get(theirs.key)
    const row: DraftRow = { key: theirs.key, position: theirs.position, cells: theirs.cells, removed: theirs.removed }
    base.set(theirs.key, row)
    const mine = here.get(theirs.key) ?? (was && { ...was, removed: true })
    const by = answer.names[theirs.by] ?? ''
    const now = mine ? mergedRow(was, mine, row, { mine: name, theirs: by }) : row
    const fields = new Set(
      Object.keys({ ...now.cells, ...mine?.cells }).filter((field) => now.cells[field] !== mine?.cells[field]),
    )
    if (mine && fields.size === 0 && mine.removed === now.removed && mine.position === now.position) continue
    merged.set(theirs.key, now)
    if (!now.removed && fields.size > 0) fresh.set(theirs.key, { fields, name: by })
  }
  return { desk: withMerged(desk, merged), known: { ...known, since: answer.version, base }, fresh }
}

function withMerged(desk: Desk, merged: ReadonlyMap<string, DraftRow>): Desk {
  if (merged.size === 0) return desk
  const header = merged.get(HEADER)
  const headed = header ? withHeader(desk, header.cells) : desk
  const left = new Map(merged)
  left.delete(HEADER)
  const moved: Row[] = []
  const rows: Row[] = []
  for (const row of desk.rows) {
    const now = row.key === '' ? undefined : left.get(row.key)
    if (!now) rows.push(row)
    else {
      left.delete(row.key)
      if (now.removed) continue
      const next = rowFrom(now, row.posted)
      if (now.position === row.position) rows.push(next)
      else moved.push(next)
    }
  }
  for (const now of left.values()) if (!now.removed) moved.push(rowFrom(now))
  if (moved.length === 0) return { ...headed, rows: withRoom(rows) }
  return { ...headed, rows: withRoom(placedIn(rows, moved)) }
}

/** New rows among those that stand: each before the first that comes after it, and never after the blank ones at the end. */
function placedIn(rows: readonly Row[], news: Row[]): Row[] {
  news.sort((a, b) => (a.position < b.position ? -1 : a.position > b.position ? 1 : a.key < b.key ? -1 : 1))
  const placed: Row[] = []
  let next = 0
  const lastUsed = rows.findLastIndex((row) => row.key !== '' || !isBlank(row))
  rows.forEach((row, i) => {
    while (next < news.length && ((row.key !== '' && news[next]!.position < row.position) || i > lastUsed))
      placed.push(news[next++]!)
    placed.push(row)
  })
  return [...placed, ...news.slice(next)]
}

/** The desk with the numbers of vouchers that were posted, by their ids. The rest of a sheet can still be changed. */
export function withPosted(desk: Desk, names: ReadonlyMap<string, string>): Desk {
  let changed = false
  const rows = desk.rows.map((row) => {
    const name = isBlank(row) || row.posted ? undefined : names.get(desk.mode === 'sheet' ? row.id : desk.id)
    if (!name) return row
    changed = true
    const posted = { ...row, posted: name }
    return posted
  })
  return changed ? { ...desk, rows } : desk
}

/** What is kept of `known` beside the rows themselves: only rows that differ, as the server has them (null: not at all). */
export type KeptKnown = { draft: string; since: number; unsent: [key: string, row: DraftRow | null][] }

export function keptKnown(desk: Desk, known: Known): KeptKnown {
  const unsent = unsentRows(desk, known).map(
    (row) => [row.key, known.base.get(row.key) ?? null] as [string, DraftRow | null],
  )
  return { draft: known.draft, since: known.since, unsent }
}

export function knownFrom(desk: Desk, { draft, since, unsent }: KeptKnown): Known {
  const base = new Map(sharedRows(desk).map((row) => [row.key, row]))
  for (const [key, row] of unsent) {
    if (row) base.set(key, row)
    else base.delete(key)
  }
  return { draft, since, base }
}

/** What stands in a row now, for one who must choose. */
export const shownCell = (row: Row, field: string): string | number => cellsOf(row)[field] ?? ''

/** The desk with what differs between two states of it, cell by cell: an undo beside what others have written meanwhile. */
export function withDifference(desk: Desk, from: Desk, to: Desk): Desk {
  const before = new Map(sharedRows(from).map((row) => [row.key, row]))
  const merged = new Map<string, DraftRow>()
  const after = sharedRows(to)
  const here = new Map(sharedRows(desk).map((row) => [row.key, row]))
  for (const row of changedRows(before, after)) {
    const was = before.get(row.key)
    const now = here.get(row.key)
    if (!now) {
      if (!row.removed && !was) merged.set(row.key, row)
      continue
    }
    const cells = { ...now.cells }
    for (const field of Object.keys({ ...was?.cells, ...row.cells })) {
      if (was?.cells[field] === row.cells[field]) continue
      if (row.cells[field] === undefined) delete cells[field]
      else cells[field] = row.cells[field]
    }
    merged.set(row.key, { ...now, cells, removed: row.removed })
  }
  return withMerged(desk, merged)
}
