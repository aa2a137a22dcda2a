import type { Context } from 'hono'
import { mayDo } from '#worker/access/permission.ts'
import { alertAdministrators, clearAlerts, readStanding } from '#worker/alerts/store.ts'
import type { Instant } from '#worker/core/dates.ts'
import type { Database, InStatement } from '#worker/database/connect.ts'
import { actingOf } from '#worker/http/acting.ts'
import type { Env } from '#worker/http/env.ts'
import { lockPeriods } from './lock-periods.ts'
import { type NewLock, type PeriodLock, WHOLE } from './period-lock.ts'
import { readLockFacts } from './store.ts'

/**
 * Locks or opens months for whoever asks. The administrators hear of months that are wholly open again, until they are locked.
 * @throws Problem as `lockPeriods`.
 */
export async function changeLocks(
  c: Context<Env>,
  wanted: NewLock,
  keep?: (lock: PeriodLock) => InStatement[],
): Promise<PeriodLock> {
  const { access, control, db, principal } = c.var
  const acting = actingOf(c)
  const lock = await lockPeriods(acting, access.books, wanted, mayDo(access, 'period:unlock'), keep)
  const { fromMonth: from, toMonth: to, level, reason, id: subject, scope } = lock
  if (scope !== WHOLE) return lock
  const params = { by: principal.name, from, to, reason }
  const told = { kind: 'period-reopened', subject, params, at: acting.at } as const
  if (level === 'open') await control.batch([alertAdministrators(told, access.id)], 'write')
  else await clearReopened(control, db, access.id, acting.at)
  return lock
}

/** Alerts of months that were opened go away when all of these are locked, however that came about. */
export async function clearReopened(control: Database, db: Database, company: string, at: Instant): Promise<void> {
  for (const { subject, params } of await readStanding(control, 'period-reopened', company)) {
    const { periods } = await readLockFacts(db, params.from!, params.to!, WHOLE)
    if (periods.every(({ level }) => level !== 'open'))
      await control.batch([clearAlerts('period-reopened', subject, at)], 'write')
  }
}
