import { type Month, monthsBetween } from '#worker/core/dates.ts'
import { Problem } from '#worker/core/problem.ts'
import type { Database } from '#worker/database/connect.ts'
import type { LateVoucher, PeriodLock } from './period-lock.ts'
import { type SealedMonth, sealOf } from './period-seal.ts'
import { readAccountDifferences, readCalendar, readLateVouchers, readSealedMonths } from './store.ts'

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
    const { scope, fromMonth, toMonth } = lock
    const missing = wanted.filter((m) => !months.has(`${scope} ${m}`))
    for (const month of await readSealedMonths(db, missing, scope)) months.set(`${scope} ${month.month}`, month)
    const sealed = wanted.map((m) => months.get(`${scope} ${m}`)!)
    verified.push({ ...lock, agrees: (await sealOf(company, fromMonth, toMonth, sealed, scope)) === lock.hash })
  }
  return verified
}

const readLateSince = (db: Database, lock: PeriodLock): Promise<LateVoucher[]> =>
  readLateVouchers(
    db,
    monthsOf(lock).map((m) => [m, lock.ledgerVersion]),
    lock.scope,
  )

const monthsOf = (lock: PeriodLock): Month[] => monthsBetween(lock.fromMonth as Month, lock.toMonth as Month)

/** Locks of whole months and of parts of the books in one list; those of one instant stay as they were. */
export const newestFirst = (locks: readonly PeriodLock[]): PeriodLock[] =>
  locks.toSorted((a, b) => (a.recordedAt < b.recordedAt ? 1 : a.recordedAt > b.recordedAt ? -1 : 0))

/**
 * A lock with its verdict, the vouchers it lists and those that came since, and what both are by account.
 * @throws Problem 404 period/lock-unknown.
 */
export async function readLock(db: Database, company: string, id: string) {
  const { locks, scopeLocks } = await readCalendar(db)
  const lock = [...locks, ...scopeLocks].find((l) => l.id === id)
  if (!lock) throw new Problem(404, 'period/lock-unknown')
  const [verified] = await verifyLocks(db, company, [lock])
  const since = await readLateSince(db, lock)
  const sums = async (vouchers: readonly LateVoucher[]) =>
    readAccountDifferences(
      db,
      vouchers.map((v) => v.ledgerVersion),
    )
  return {
    ...verified!,
    differenceByAccount: lock.differences && (await sums(lock.differences)),
    since,
    sinceByAccount: await sums(since),
  }
}
