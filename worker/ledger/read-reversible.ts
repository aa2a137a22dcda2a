import type { Database } from '#worker/database/connect.ts'
import { type Settlement, selectSettlements, settlementOf } from './item-store.ts'
import { byVoucher, selectVouchers, type VoucherWithEntries, vouchersIn } from './read-voucher.ts'
import { type Schedule, schedulesOf, selectSchedulesFrom, selectUndoingSchedules } from './schedule-store.ts'
import { type StoredVoucher, selectVouchersById, voucherOf } from './store.ts'

/** A voucher with all that its reversal is judged by. `undoesSchedule`: it reversed the source or a month of one. */
export type Reversible = VoucherWithEntries & { settlement: Settlement; plans: Schedule[]; undoesSchedule: boolean }
/** Vouchers by id, and those that stand already under the ids that were wanted for their reversals. */
export type Reversibles = {
  of: ReadonlyMap<string, Reversible>
  stored: ReadonlyMap<string, StoredVoucher>
}

/**
 * Reads what reversals are judged by, however many there are, in two round trips at most: the vouchers themselves, and the months
 * that were posted of their schedules.
 */
export async function readReversible(
  db: Database,
  reversals: readonly { of: string; id?: string }[],
): Promise<Reversibles> {
  const wanted = reversals.flatMap(({ id }) => id ?? [])
  const { of, stored } = await readAll(
    db,
    reversals.map((one) => one.of),
    wanted,
  )
  const months = [...of.values()].flatMap(({ plans }) => monthsPosted(plans))
  const left = months.filter((id) => !of.has(id))
  if (left.length > 0) for (const [id, month] of (await readAll(db, left, [])).of) of.set(id, month)
  return { of, stored }
}

/** Vouchers of the months that stand of schedules. */
export const monthsPosted = (plans: readonly Schedule[]): string[] =>
  plans.flatMap(({ months }) => months.flatMap((m) => (m.status === 'posted' ? m.voucher!.id : [])))

async function readAll(db: Database, ids: readonly string[], wanted: readonly string[]) {
  const results = await db.batch(
    [
      ...selectVouchers(ids),
      ...selectSettlements(ids),
      selectSchedulesFrom(ids),
      selectUndoingSchedules(ids),
      selectVouchersById(wanted),
    ],
    'read',
  )
  const [items, matches, schedules, undoing, stored] = results.slice(-5)
  const [itemsOf, matchesOf] = [byVoucher(items!), byVoucher(matches!)]
  const plans = Map.groupBy(schedulesOf(schedules!.rows), ({ source }) => source.id)
  const undo = new Set(undoing!.rows.map((r) => String(r.id)))
  const of = new Map<string, Reversible>()
  for (const [id, voucher] of vouchersIn(results)) {
    const settlement = settlementOf(itemsOf(id), matchesOf(id))
    of.set(id, { ...voucher, settlement, plans: plans.get(id) ?? [], undoesSchedule: undo.has(id) })
  }
  return { of, stored: new Map(stored!.rows.map(voucherOf).map((v) => [v.id, v])) }
}
