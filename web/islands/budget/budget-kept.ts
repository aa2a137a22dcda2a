import { type Base, hasAmounts, type Row } from './budget-row.ts'
import { type Bases, type Conflict, withFresh } from './budget-save.ts'

const FORMAT = 1

const sameLine = (row: Row, base: Base): boolean =>
  row.account === base.account &&
  row.spread === base.spread &&
  row.comment === base.comment &&
  JSON.stringify(row.dimensions) === JSON.stringify(base.dimensions) &&
  row.amounts.every((amount, i) => amount === base.amounts[i])

/** A row as typed and its line as last read; a line whose row was taken away stands alone. */
type Unsaved = readonly [Row, Base | null] | readonly [null, Base]

/**
 * What of a budget the server lacks, as it is kept on this machine: the rows as typed, with what was last read of each.
 * `offered`: accounts whose rows stand ready without anybody having typed them.
 */
export function keptBudget(
  rows: readonly Row[],
  bases: Bases,
  offered: Pick<ReadonlySet<string>, 'has'>,
  at: string,
): string | undefined {
  const shown = new Set(rows.map((row) => row.id))
  const unsaved: Unsaved[] = rows.flatMap((row): Unsaved[] => {
    const base = bases.get(row.id)
    return (base ? sameLine(row, base) : isUntouched(row, offered)) ? [] : [[row, base ?? null]]
  })
  for (const [id, base] of bases) if (!shown.has(id)) unsaved.push([null, base])
  return unsaved.length === 0 ? undefined : JSON.stringify({ format: FORMAT, at, unsaved })
}

const isUntouched = (row: Row, offered: Pick<ReadonlySet<string>, 'has'>): boolean =>
  !hasAmounts(row) &&
  row.comment === '' &&
  row.spread === '' &&
  Object.keys(row.dimensions).length === 0 &&
  (row.account === '' || offered.has(row.account))

export type Restored = { at: string; rows: Row[]; bases: Map<string, Base>; conflicts: Map<string, Conflict> }

/** The lines with what was typed here and never saved; undefined when nothing was, or it is of other months. */
export function restoredBudget(
  text: string | undefined,
  lines: readonly Base[],
  months: readonly string[],
  newId: () => string,
): Restored | undefined {
  const kept = read(text)
  if (!kept || kept.unsaved.some(([row]) => row && row.amounts.length !== months.length)) return undefined
  const named = kept.unsaved.map(([row, base]) => ({ id: newId(), row, base }))
  const bases = new Map(named.flatMap(({ id, base }) => (base ? [[id, base] as const] : [])))
  const own = named.flatMap(({ id, row }) => (row ? [{ ...row, id }] : []))
  return { at: kept.at, ...withFresh(own, bases, new Map(), lines, months, newId) }
}

function read(text: string | undefined): { at: string; unsaved: Unsaved[] } | undefined {
  try {
    const kept = JSON.parse(text ?? 'null')
    return kept?.format === FORMAT && Array.isArray(kept.unsaved) ? kept : undefined
  } catch {
    return undefined
  }
}
