import { type Month, monthsBetween } from '#worker/core/dates.ts'
import type { Database } from '#worker/database/connect.ts'
import type { LateVoucher, PeriodLock } from './period-lock.ts'
import { type SealedMonth, sealOf } from './period-seal.ts'
import { readLateVouchers, readSealedMonths } from './store.ts'

/** A lock, and whether the period still gives the hash it was sealed with. */
export type VerifiedLock = PeriodLock & { agrees: boolean }

/** Computes each period's hash again from the vouchers that stand in it now. Each month is read once. */
export async function verifyLocks(
  db: Database,
  company: string,
  locks: readonly PeriodLock[],
): Promise<VerifiedLock[]> {
  const months = new Map<string, SealedMonth>()
  const verified: VerifiedLock[] = []
  for (const lock of locks) {
    const wanted = monthsOf(lock)
    const missing = wanted.filter((m) => !months.has(m))
    for (const month of await readSealedMonths(db, missing)) months.set(month.month, month)
    const sealed = wanted.map((m) => months.get(m)!)
    verified.push({ ...lock, agrees: (await sealOf(company, lock.fromMonth, lock.toMonth, sealed)) === lock.hash })
  }
  return verified
}

/** What came into the period since this lock was made. */
export const readLateSince = (db: Database, lock: PeriodLock): Promise<LateVoucher[]> =>
  readLateVouchers(
    db,
    monthsOf(lock).map((m) => [m, lock.ledgerVersion]),
  )

const monthsOf = (lock: PeriodLock): Month[] => monthsBetween(lock.fromMonth as Month, lock.toMonth as Month)
