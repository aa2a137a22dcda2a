import type { VoucherId } from '#worker/core/ids.ts'
import { type Cell, type Cells, type DraftRow, HEADER, positionsBetween } from '#worker/drafts/draft-row.ts'
import { BLANK, type Desk, type Header, isBlank, type Row } from '#worker/sheets/sheet.ts'

/** Fields of a row that are cells of the shared draft. What is posted is the ledger's to say, and is never shared. */
const FIELDS = Object.keys(BLANK).filter(
  (field) => !['dimensions', 'posted', 'key', 'position', 'more'].includes(field),
) as (keyof Row)[]
const HEADER_FIELDS = [
  'type',
  'voucherDate',
  'documentDate',
  'text',
  'reason',
  'reversalDate',
] as const satisfies (keyof Header)[]
/** Whole numbers, or the text where it could not be read as one. */
const AMOUNTS: ReadonlySet<string> = new Set(['amount', 'vatAmount', 'currencyAmount'])
const DIMENSION = 'dimensions/'

const known = new WeakMap<Row, Cells>()

/** A row as the cells that people share: what is empty is left out. */
export function cellsOf(row: Row): Cells {
  const before = known.get(row)
  if (before) return before
  const cells: Record<string, Cell> = { ...row.more }
  for (const field of FIELDS) {
    const value = row[field] as Cell
    if (value !== '') cells[field] = value
  }
  for (const [key, code] of Object.entries(row.dimensions)) if (code !== '') cells[DIMENSION + key] = code
  known.set(row, cells)
  return cells
}

/** A row from its cells. A cell that has no column here is kept, and goes back as it came. */
export function rowFrom({ key, position, cells }: Pick<DraftRow, 'key' | 'position' | 'cells'>, posted = ''): Row {
  const row: Record<string, unknown> = { ...BLANK, key, position, posted }
  const dimensions: Record<string, string> = {}
  const more: Record<string, Cell> = {}
  for (const [field, value] of Object.entries(cells)) {
    if (field.startsWith(DIMENSION)) dimensions[field.slice(DIMENSION.length)] = String(value)
    else if (!FIELDS.includes(field as keyof Row)) more[field] = value
    else row[field] = AMOUNTS.has(field) ? value : String(value)
  }
  return { ...(row as Row), dimensions, more }
}

const headerCells = (desk: Desk): Cells => {
  const filled = HEADER_FIELDS.filter((field) => desk.header[field])
  return {
    ...desk.more,
    mode: desk.mode,
    id: desk.id,
    ...Object.fromEntries(filled.map((field) => [field, desk.header[field]])),
  }
}
const HEADER_POSITION = '1'

/** Everything on the desk that is shared: its header, and the rows somebody has written in. */
export const sharedRows = (desk: Desk): DraftRow[] => [
  { key: HEADER, position: HEADER_POSITION, cells: headerCells(desk), removed: false },
  ...desk.rows.flatMap((row) =>
    row.key === '' ? [] : [{ key: row.key, position: row.position, cells: cellsOf(row), removed: false }],
  ),
]

/** The desk with the header of the shared draft. */
export function withHeader(desk: Desk, cells: Cells): Desk {
  const { mode, id, ...rest } = cells
  const more = Object.fromEntries(Object.entries(rest).filter(([field]) => !HEADER_FIELDS.includes(field as never)))
  const { reversalDate, ...header } = Object.fromEntries(
    HEADER_FIELDS.map((field) => [field, String(rest[field] ?? '')]),
  ) as Header
  return {
    ...desk,
    mode: mode === 'sheet' ? 'sheet' : 'voucher',
    id: (typeof id === 'string' ? id : desk.id) as VoucherId,
    header: reversalDate ? { ...header, reversalDate } : header,
    ...(Object.keys(more).length > 0 || desk.more ? { more } : {}),
  }
}

/**
 * Gives each row that something is written in a key and a place in the shared draft: keys are unique, places follow the order
 * of the rows. Rows that have theirs keep them; of rows that changed places as few as possible are placed anew.
 */
export function withPlaces(desk: Desk, newKey: () => string): Desk {
  const { rows } = desk
  const shared: number[] = []
  const taken = new Set<string>()
  const again = new Set<number>()
  let last = ''
  let broken = false
  rows.forEach((row, i) => {
    if (row.key === '' && isBlank(row)) return
    shared.push(i)
    if (row.key === '' || taken.has(row.key)) again.add(i)
    else {
      taken.add(row.key)
      if (row.position <= last) broken = true
      last = row.position
    }
  })
  if (again.size === 0 && !broken) return desk
  const settled = shared.filter((i) => !again.has(i))
  const kept = new Set(broken ? longestRising(settled, (i) => rows[i]!.position) : settled)
  const placed = [...rows]
  let at = 0
  while (at < shared.length) {
    if (kept.has(shared[at]!)) {
      at++
      continue
    }
    let end = at
    while (end < shared.length && !kept.has(shared[end]!)) end++
    const before = at === 0 ? HEADER_POSITION : placed[shared[at - 1]!]!.position
    const after = end < shared.length ? rows[shared[end]!]!.position : undefined
    positionsBetween(before, after, end - at).forEach((position, n) => {
      const i = shared[at + n]!
      placed[i] = { ...rows[i]!, position, key: again.has(i) ? newKey() : rows[i]!.key }
    })
    at = end
  }
  return { ...desk, rows: placed }
}

/** The longest run of places, in order, whose positions rise. */
function longestRising(places: readonly number[], position: (place: number) => string): number[] {
  const tails: number[] = []
  const before = new Map<number, number | undefined>()
  for (const place of places) {
    let [low, high] = [0, tails.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if (position(tails[middle]!) < position(place)) low = middle + 1
      else high = middle
    }
    before.set(place, tails[low - 1])
    tails[low] = place
  }
  const run: number[] = []
  for (let place = tails.at(-1); place !== undefined; place = before.get(place)) run.push(place)
  return run.reverse()
}
