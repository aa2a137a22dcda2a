import { monthsBetween } from '#worker/core/dates.ts'
import { idOf } from '#worker/core/ids.ts'
import { isError, Problem } from '#worker/core/problem.ts'
import type { InStatement } from '#worker/database/connect.ts'
import { insertEventsIfChanged } from '#worker/events/store.ts'
import type { Acting } from '#worker/http/acting.ts'
import {
  checkNewLock,
  checkScope,
  type LateVoucher,
  type NewLock,
  opensHardLock,
  type PeriodLock,
  WHOLE,
} from './period-lock.ts'
import { sealOf } from './period-seal.ts'
import { insertLock, type LockFacts, readLateVouchers, readLockFacts, readSealedMonths } from './store.ts'

/** Tries before giving up, when others keep posting into the period that is being sealed. */
const ATTEMPTS = 12

/**
 * Locks or opens months, and seals them: the lock keeps a hash of the period's vouchers, and lists those that came since it
 * was sealed before. `books`: the id under which the chain was begun. The very next post is judged by it. If a voucher gets in between, the seal is made again. `keep` stands in the
 * same batch.
 * @throws Problem 422 request/invalid; 403 permission/missing when a hard lock would open without the right to it; 409
 * voucher/contended.
 */
export async function lockPeriods(
  { db, by, at }: Acting,
  books: string,
  wanted: NewLock,
  mayUnlock: boolean,
  keep: (lock: PeriodLock) => InStatement[] = () => [],
): Promise<PeriodLock> {
  const id = idOf('lck', crypto.getRandomValues(new Uint8Array(17)))
  const { fromMonth, toMonth, level, reason, scope = WHOLE } = wanted
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const facts = await readLockFacts(db, fromMonth, toMonth, scope)
    const issues = [...checkNewLock(wanted, facts.periods), ...checkScope(wanted, facts.voucherTypes)]
    if (issues.some(isError)) throw new Problem(422, 'request/invalid', { issues })
    if (opensHardLock(level, facts.periods) && !mayUnlock) throw new Problem(403, 'permission/missing')
    const months = await readSealedMonths(db, monthsBetween(fromMonth, toMonth), scope)
    const hash = await sealOf(books, fromMonth, toMonth, months, scope)
    const differences = await readDifferences(db, fromMonth, toMonth, facts, scope)
    const { ledgerVersion } = facts
    const lock = { id, scope, fromMonth, toMonth, level, reason, by, recordedAt: at, ledgerVersion, hash, differences }
    const event = {
      type: level === 'open' ? 'period.unlocked' : 'period.locked',
      at,
      by,
      subject: id,
      touched: months.map(({ month }) => ({ period: month })),
      changes: {
        ...Object.fromEntries(
          facts.periods.filter((p) => p.level !== level).map((p) => [p.month, [p.level, level] as const]),
        ),
        reason: [null, reason] as const,
        ...(scope !== WHOLE && { scope: [null, scope] as const }),
      },
    }
    const written = insertLock(lock, facts)
    const done = await db.batch([...written, insertEventsIfChanged(event), ...keep(lock)], 'write')
    if (done[written.length - 1]!.rowsAffected > 0) return lock
  }
  throw new Problem(409, 'voucher/contended')
}

/** The vouchers that came into the months since each was last sealed; null when none of them ever was. */
async function readDifferences(
  db: Acting['db'],
  fromMonth: NewLock['fromMonth'],
  toMonth: NewLock['toMonth'],
  facts: Pick<LockFacts, 'locks'>,
  scope: string,
): Promise<LateVoucher[] | null> {
  const since = monthsBetween(fromMonth, toMonth).flatMap((month) => {
    const seal = facts.locks.find((l) => l.level !== 'open' && l.fromMonth <= month && month <= l.toMonth)
    return seal ? [[month, seal.ledgerVersion] as const] : []
  })
  return since.length > 0 ? readLateVouchers(db, since, scope) : null
}
