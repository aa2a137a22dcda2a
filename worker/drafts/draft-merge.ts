import { type Cell, type Cells, type DraftRow, sameCells } from './draft-row.ts'

/** What somebody wrote in a cell where somebody else wrote something else at the same time. */
export type Rival = { value: Cell; name: string }
export type Clash = { field: string; rivals: readonly Rival[] }

/** A clash is part of the row: both values are kept, everybody sees them, and anybody may choose. */
export const CLASH = 'clash/'
/** The clash of a row that one took away and another wrote in. */
export const REMOVAL = 'row'
/** Fields that the machine writes: of two the one that stands is as good. */
const WITHOUT_CLASH: ReadonlySet<string> = new Set(['id', 'mode'])

const EMPTY: Cells = {}

/**
 * One row of three: as both last had it, as I have it, and as others have written it since. A cell that one side changed is
 * that side's. Where both wrote different things the others' stands, and mine is kept beside it as a clash. A row that one
 * side took away while the other wrote in it stays, and says so.
 */
export function mergedRow(
  base: DraftRow | undefined,
  mine: DraftRow,
  theirs: DraftRow,
  names: { mine: string; theirs: string },
): DraftRow {
  const before = base?.cells ?? EMPTY
  const cells: Record<string, Cell> = {}
  const fields = new Set([...Object.keys(before), ...Object.keys(mine.cells), ...Object.keys(theirs.cells)])
  const rivals = new Map<string, Rival>()
  for (const field of fields) {
    const [was, my, their] = [before[field], mine.cells[field], theirs.cells[field]]
    const isRivals = field.startsWith(CLASH)
    const value = isRivals ? mergedRivals(was, my, their) : my !== was && their === was ? my : their
    if (value !== undefined) cells[field] = value
    const bothWrote = my !== was && their !== was && my !== their
    if (bothWrote && !isRivals && !WITHOUT_CLASH.has(field)) rivals.set(field, { value: my ?? '', name: names.mine })
  }
  const iRemoved = mine.removed && !(base?.removed ?? false)
  const theyRemoved = theirs.removed && !(base?.removed ?? false)
  let removed = mine.removed === (base?.removed ?? false) ? theirs.removed : mine.removed
  if (iRemoved && !theirs.removed && !sameCells(before, theirs.cells)) {
    removed = false
    rivals.set(REMOVAL, { value: '', name: names.mine })
  } else if (theyRemoved && !mine.removed && !sameCells(before, mine.cells)) {
    removed = false
    rivals.set(REMOVAL, { value: '', name: names.theirs })
  }
  for (const [field, rival] of rivals) addRival(cells, field, rival)
  const position = base && mine.position !== base.position ? mine.position : theirs.position
  return { key: theirs.key, position, cells, removed }
}

const rivalsIn = (text: Cell | undefined): Rival[] => {
  if (typeof text !== 'string') return []
  try {
    return JSON.parse(text) as Rival[]
  } catch {
    return []
  }
}
const textOf = (rivals: readonly Rival[]): string | undefined =>
  rivals.length === 0 ? undefined : JSON.stringify(rivals)
const isSame = (a: Rival, b: Rival): boolean => a.value === b.value && a.name === b.name

/** Rivals that either side added stay, those that either side settled go. */
function mergedRivals(was: Cell | undefined, my: Cell | undefined, their: Cell | undefined): Cell | undefined {
  if (my === was) return their
  const [before, mine, theirs] = [rivalsIn(was), rivalsIn(my), rivalsIn(their)]
  const settled = before.filter((rival) => !mine.some((other) => isSame(rival, other)))
  const added = mine.filter((rival) => ![...before, ...theirs].some((other) => isSame(rival, other)))
  return textOf([...theirs.filter((rival) => !settled.some((other) => isSame(rival, other))), ...added])
}

function addRival(cells: Record<string, Cell>, field: string, rival: Rival): void {
  const rivals = rivalsIn(cells[CLASH + field])
  if (rivals.some((other) => isSame(other, rival))) return
  cells[CLASH + field] = textOf([...rivals, rival])!
}

/** The cells of a row that wait for somebody to choose. */
export const clashesOf = (cells: Cells): Clash[] =>
  Object.keys(cells)
    .filter((field) => field.startsWith(CLASH))
    .map((field) => ({ field: field.slice(CLASH.length), rivals: rivalsIn(cells[field]) }))

/** The row's cells with the clash of a field settled: by a value, or by what stands. */
export function settledCells(cells: Cells, field: string, value?: Cell): Cells {
  const { [CLASH + field]: _, ...rest } = cells
  if (value === undefined || field === REMOVAL) return rest
  const { [field]: __, ...others } = rest
  return value === '' ? others : { ...others, [field]: value }
}

/** What has to be sent: rows that differ from what both sides last had. Rows that are gone are sent as removed. */
export function changedRows(base: ReadonlyMap<string, DraftRow>, mine: readonly DraftRow[]): DraftRow[] {
  const present = new Set(mine.map((row) => row.key))
  const changed = mine.filter((row) => {
    const known = base.get(row.key)
    return !known || known.removed || known.position !== row.position || !sameCells(known.cells, row.cells)
  })
  const gone = [...base.values()].filter((row) => !row.removed && !present.has(row.key))
  return [...changed, ...gone.map((row) => ({ ...row, removed: true }))]
}
