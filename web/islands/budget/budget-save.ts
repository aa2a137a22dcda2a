import type { Amount, LineChange } from '#worker/budgets/budget-cell.ts'
import { isSpreadKey } from '#worker/budgets/spread.ts'
import type { Month } from '#worker/core/dates.ts'
import type { BudgetFacts } from './budget-facts.ts'
import { type Base, keyOf, type Row, twins } from './budget-row.ts'

/** What somebody else wrote where this user did: both are kept until one of them is chosen. */
export type Conflict = { theirs: number | string | null; by: string | null; at: string | null }
/** Lines as they were last read, by the row that shows them. */
export type Bases = ReadonlyMap<string, Base>
/** By row id and field. */
export type Conflicts = ReadonlyMap<string, Conflict>
export const placeOf = (id: string, field: string): string => `${id} ${field}`

type Unsaved = { change: LineChange; id: string }

/**
 * What is to be saved of the rows: only what differs from what was read, with what was read. A row that was given another
 * account or dimension leaves its old line empty and fills the new one. What cannot be read, has no account or stands twice
 * waits, and so does a place that somebody else changed.
 */
export function unsavedOf(
  rows: readonly Row[],
  bases: Bases,
  conflicts: Conflicts,
  { months, seasons }: Pick<BudgetFacts, 'months' | 'seasons'>,
): Unsaved[] {
  const twice = twins(rows)
  const unsaved: Unsaved[] = []
  const add = (id: string, change: LineChange) => {
    if (change.cells.length > 0 || change.spread || change.comment) unsaved.push({ id, change })
  }
  const shown = new Set(rows.map((row) => row.id))
  for (const [id, base] of bases) if (!shown.has(id)) add(id, emptied(base, months))
  for (const row of rows) {
    if (row.account === '' || twice.has(row.id)) continue
    const base = bases.get(row.id)
    const moved = base !== undefined && keyOf(base) !== keyOf(row)
    if (moved) add(row.id, emptied(base, months))
    const waits = (field: string) =>
      conflicts.has(placeOf(row.id, field)) || (field === 'spread' && !isSpreadKey(row.spread, seasons))
    add(row.id, changeOf(row, moved ? undefined : base, waits, months))
  }
  return unsaved
}

function changeOf(
  row: Row,
  base: Base | undefined,
  waits: (field: string) => boolean,
  months: readonly string[],
): LineChange {
  const cells = row.amounts.flatMap((amount, i): LineChange['cells'] => {
    const was = base?.amounts[i] ?? null
    if (typeof amount === 'string' || amount === was || waits(months[i]!)) return []
    return [{ month: months[i] as Month, amount: amount as Amount, was: was as Amount }]
  })
  const field = (name: 'spread' | 'comment') =>
    row[name] === (base?.[name] ?? '') || waits(name) ? {} : { [name]: { value: row[name], was: base?.[name] ?? '' } }
  // A key alone is nothing to keep: without an amount or a comment there is no line for it to stand on.
  const standsOnALine = cells.length > 0 || row.comment !== '' || (base?.amounts.some((a) => a !== null) ?? false)
  return {
    rowKey: row.id,
    account: row.account,
    dimensions: row.dimensions,
    cells,
    ...(standsOnALine && field('spread')),
    ...field('comment'),
  }
}

const emptied = (base: Base, months: readonly string[]): LineChange => ({
  account: base.account,
  dimensions: base.dimensions,
  cells: base.amounts.flatMap((was, i): LineChange['cells'] =>
    was === null ? [] : [{ month: months[i] as Month, amount: null, was: was as Amount }],
  ),
  ...(base.comment !== '' && { comment: { value: '', was: base.comment } }),
})

export type SavedAnswer = {
  revision: number
  conflicts: readonly {
    line: number
    field: string
    theirs: number | string | null
    byName: string | null
    at: string | null
  }[]
}

/** The lines as they stand after a save, and the places where somebody else had been first. */
export function afterSave(
  sent: readonly Unsaved[],
  answer: SavedAnswer,
  bases: Bases,
  conflicts: Conflicts,
  months: readonly string[],
): { bases: Map<string, Base>; conflicts: Map<string, Conflict> } {
  const newBases = new Map(bases)
  const newConflicts = new Map(conflicts)
  sent.forEach(({ id, change }, line) => {
    const before = newBases.get(id)
    const isMoved = before !== undefined && keyOf(before) !== keyOf(change as Pick<Row, 'account' | 'dimensions'>)
    const isEmptied = change.rowKey === undefined
    if (isEmptied) {
      newBases.delete(id)
      return
    }
    const base: Base =
      before && !isMoved
        ? before
        : {
            account: change.account,
            dimensions: change.dimensions as Base['dimensions'],
            spread: '',
            comment: '',
            amounts: months.map(() => null),
          }
    const amounts = [...base.amounts]
    for (const { month, amount } of change.cells) amounts[months.indexOf(month)] = amount
    let { spread, comment } = base
    if (change.spread) spread = change.spread.value
    if (change.comment) comment = change.comment.value
    for (const conflict of answer.conflicts.filter((c) => c.line === line)) {
      const { field, theirs } = conflict
      newConflicts.set(placeOf(id, field), { theirs, by: conflict.byName, at: conflict.at })
      if (field === 'spread') spread = String(theirs ?? '')
      else if (field === 'comment') comment = String(theirs ?? '')
      else amounts[months.indexOf(field)] = theirs as number | null
    }
    newBases.set(id, { account: change.account, dimensions: base.dimensions, spread, comment, amounts })
  })
  return { bases: newBases, conflicts: newConflicts }
}

/**
 * Lines read anew, taken into the rows: where nothing is unsaved the new amount shows at once; where something is, it stays
 * and the other's amount is told. A row that was taken away stays away until that is saved. Lines that came since are rows of
 * their own.
 */
export function withFresh(
  rows: readonly Row[],
  bases: Bases,
  conflicts: Conflicts,
  fresh: readonly Base[],
  months: readonly string[],
  newId: () => string,
): { rows: Row[]; bases: Map<string, Base>; conflicts: Map<string, Conflict> } {
  const unseen = new Map(fresh.map((line) => [keyOf(line), line]))
  const newBases = new Map<string, Base>()
  const newConflicts = new Map(conflicts)
  const taken = rows.map((row): Row => {
    const base = bases.get(row.id)
    const key = base ? keyOf(base) : keyOf(row)
    const line = unseen.get(key)
    if (!line && !base) return row
    unseen.delete(key)
    const now = line ?? { ...base!, spread: '', comment: '', amounts: months.map(() => null) }
    if (line) newBases.set(row.id, now)
    const merge = <T extends number | string | null>(field: string, mine: T, was: T, theirs: T): T => {
      if (mine === was || mine === theirs) {
        newConflicts.delete(placeOf(row.id, field))
        return theirs
      }
      if (theirs !== was) newConflicts.set(placeOf(row.id, field), { theirs, by: null, at: null })
      return mine
    }
    return {
      ...row,
      spread: merge('spread', row.spread, base?.spread ?? '', now.spread),
      comment: merge('comment', row.comment, base?.comment ?? '', now.comment),
      amounts: row.amounts.map((amount, i) => merge(months[i]!, amount, base?.amounts[i] ?? null, now.amounts[i]!)),
    }
  })
  const shown = new Set(rows.map((row) => row.id))
  for (const [id, base] of bases) if (!shown.has(id) && unseen.delete(keyOf(base))) newBases.set(id, base)
  const added = [...unseen.values()].map((line): Row => {
    const id = newId()
    newBases.set(id, line)
    return { id, ...line }
  })
  return { rows: [...taken, ...added], bases: newBases, conflicts: newConflicts }
}
