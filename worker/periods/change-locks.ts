import type { Context } from 'hono'
import { mayDo } from '#worker/access/permission.ts'
import { alertAdministrators, clearPeriodAlerts } from '#worker/alerts/store.ts'
import type { InStatement } from '#worker/database/connect.ts'
import { actingOf } from '#worker/http/acting.ts'
import type { Env } from '#worker/http/env.ts'
import { lockPeriods } from './lock-periods.ts'
import type { NewLock, PeriodLock } from './period-lock.ts'

/**
 * Locks or opens months for whoever asks. The administrators hear of months that are open again, until they are locked.
 * @throws Problem as `lockPeriods`.
 */
export async function changeLocks(
  c: Context<Env>,
  wanted: NewLock,
  keep?: (lock: PeriodLock) => InStatement[],
): Promise<PeriodLock> {
  const { access, control, principal } = c.var
  const acting = actingOf(c)
  const lock = await lockPeriods(acting, access.books, wanted, mayDo(access, 'period:unlock'), keep)
  const { fromMonth: from, toMonth: to, level, reason, id: subject } = lock
  const params = { by: principal.name, from, to, reason }
  const told =
    level === 'open'
      ? alertAdministrators({ kind: 'period-reopened', subject, params, at: acting.at }, access.id)
      : clearPeriodAlerts(access.id, from, to, acting.at)
  await control.batch([told], 'write')
  return lock
}
