import { amountOfRow, codeOf, type ReadRow } from './voucher-rows.ts'

/** Rows that are one voucher. `held` is the id they were sent under; it is never given up. */
export type RowGroup = {
  readonly rows: readonly ReadRow[]
  readonly held: string | undefined
  /** Which copy of the same id this is; 0 is the first in the sheet. */
  readonly copy: number
}

/**
 * The vouchers of a sheet. Rows that were sent belong together by their id, wherever they have been sorted to; a row that
 * comes twice under one id is a copy. Of the others, rows with the same reference are one voucher, and rows without one run
 * together until they balance or another type or date begins.
 */
export function groupsOf(
  rows: readonly ReadRow[],
  wasSent: (voucherId: string) => boolean,
  mayGrow: (voucherId: string) => boolean,
): RowGroup[] {
  const used = rows.filter((row) => !row.blank)
  const held = heldGroups(used, wasSent)
  const fresh = used.filter((row) => !isHeld(row, wasSent))
  const place = new Map(used.map((row, i) => [row, i]))
  const groups: { rows: ReadRow[]; held: string | undefined; copy: number }[] = held
  const byReference = new Map<string, { rows: ReadRow[] }>()
  for (const group of held)
    if (group.copy === 0 && mayGrow(group.held!))
      for (const row of group.rows) if (row.texts.reference) byReference.set(row.texts.reference, group)
  let run: { rows: ReadRow[]; held: undefined; copy: 0 } | undefined
  for (const [i, row] of fresh.entries()) {
    const { reference } = row.texts
    if (reference) {
      run = undefined
      const group = byReference.get(reference)
      if (group) group.rows.push(row)
      else {
        const made = { rows: [row], held: undefined, copy: 0 }
        byReference.set(reference, made)
        groups.push(made)
      }
      continue
    }
    const above = fresh[i - 1]
    if (
      !run ||
      isWhole(run.rows) ||
      beginsAnother(row, run.rows) ||
      !above ||
      place.get(row)! - place.get(above)! > 1
    ) {
      run = { rows: [], held: undefined, copy: 0 }
      groups.push(run)
    }
    run.rows.push(row)
  }
  return groups.sort((a, b) => a.rows[0]!.at - b.rows[0]!.at)
}

const isHeld = (row: ReadRow, wasSent: (id: string) => boolean): boolean =>
  row.texts.voucherId !== undefined && wasSent(row.texts.voucherId)

function heldGroups(rows: readonly ReadRow[], wasSent: (id: string) => boolean) {
  const groups = new Map<string, { rows: ReadRow[]; held: string; copy: number }>()
  const times = new Map<string, number>()
  for (const row of rows) {
    if (!isHeld(row, wasSent)) continue
    const id = row.texts.voucherId!
    const { rowKey } = row.texts
    const line = `${id} ${rowKey}`
    // A row that lost its key belongs to the first: a copy has the keys of what it was copied from.
    const copy = rowKey === undefined ? 0 : (times.get(line) ?? 0)
    times.set(line, copy + 1)
    const key = `${id} ${copy}`
    const group = groups.get(key)
    if (group) group.rows.push(row)
    else groups.set(key, { rows: [row], held: id, copy })
  }
  for (const group of groups.values()) group.rows.sort((a, b) => lineOf(a) - lineOf(b) || a.at - b.at)
  return [...groups.values()]
}

/** r7 is line 7: lines keep the order they were sent in, however the sheet is sorted. */
const lineOf = (row: ReadRow): number => Number(/^r(\d+)$/.exec(row.texts.rowKey ?? '')?.[1] ?? Number.MAX_SAFE_INTEGER)

/** A row with a contra account is whole by itself; others are when they sum to zero. */
function isWhole(rows: readonly ReadRow[]): boolean {
  let sum = 0
  let any = false
  for (const row of rows) {
    if (row.texts.contraAccount) continue
    const amount = amountOfRow(row)
    if (amount === undefined) continue
    any = true
    sum += amount
  }
  return any ? sum === 0 && rows.length > 1 : rows.some((row) => row.texts.contraAccount !== undefined)
}

function beginsAnother(row: ReadRow, run: readonly ReadRow[]): boolean {
  const type = codeOf(run.find((r) => r.texts.type)?.texts.type)
  const date = run.find((r) => r.days.voucherDate)?.days.voucherDate
  if (row.texts.type && type && codeOf(row.texts.type) !== type) return true
  // Where only first lines name the type, a row that names it is a first line.
  if (row.texts.type && run.length > 1 && run.slice(1).every((r) => !r.texts.type)) return true
  return row.days.voucherDate !== undefined && date !== undefined && row.days.voucherDate !== date
}
