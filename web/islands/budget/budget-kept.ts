import { type Base, hasAmounts, type Row } from './budget-row.ts'
import { type Bases, type Conflict, withFresh } from './budget-save.ts'

const FORMAT = 1

const sameLine = (row: Row, base: Base): boolean =>
  row.account === base.account &&
  row.spread === base.spread &&
  row.comment === base.comment &&
  JSON.stringify(row.dimensions) === JSON.stringify(base.dimensions) &&
  row.amounts.every((amount, i) => amount === base.amounts[i])

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
  const unsaved = rows.flatMap((row): [Row, Base | null][] => {
    const base = bases.get(row.id)
    return (base ? sameLine(row, base) : isUntouched(row, offered)) ? [] : [[row, base ?? null]]
  })
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
  if (!kept || kept.unsaved.some(([row]) => row.amounts.length !== months.length)) return undefined
  const rows = kept.unsaved.map(([row, base]) => ({ row: { ...row, id: newId() }, base }))
  const bases = new Map(rows.flatMap(({ row, base }) => (base ? [[row.id, base] as const] : [])))
  const own = rows.map(({ row }) => row)
  return { at: kept.at, ...withFresh(own, bases, new Map(), lines, months, newId) }
}

function read(text: string | undefined): { at: string; unsaved: [Row, Base | null][] } | undefined {
  try {
    const kept = JSON.parse(text ?? 'null')
    return kept?.format === FORMAT && Array.isArray(kept.unsaved) ? kept : undefined
  } catch {
    return undefined
  }
}
