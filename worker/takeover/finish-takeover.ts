import type { IsoDate } from '#worker/core/dates.ts'
import { Problem } from '#worker/core/problem.ts'
import { insertEventsIfChanged } from '#worker/events/store.ts'
import type { Acting } from '#worker/http/acting.ts'
import { readTakeover } from '#worker/opening-balance/plan-store.ts'
import { type Cockpit, readCockpit } from './read-cockpit.ts'
import { setFinished } from './store.ts'

/**
 * Finishes the take-over, when everything on its checklist holds. Finished already, it changes nothing.
 * @throws Problem 404 takeover/none; 422 takeover/incomplete with the open points; 409 version/stale.
 */
export async function finishTakeover({ db, by, at }: Acting, company: string, today: IsoDate): Promise<Cockpit> {
  const cockpit = await readCockpit(db, company, today)
  const { plan, ledgerVersion } = cockpit
  if (plan.finishedAt) return cockpit
  const open = cockpit.checklist.filter(({ done }) => !done).map(({ key }) => key)
  if (open.length > 0)
    throw new Problem(422, 'takeover/incomplete', { params: { count: open.length }, extra: { open } })
  const event = { type: 'takeover.finished', at, by, subject: plan.cutOverDate }
  const [finished] = await db.batch(
    [setFinished(plan.version, { at, by, ledgerVersion }), insertEventsIfChanged(event)],
    'write',
  )
  if (finished!.rowsAffected === 0) throw new Problem(409, 'version/stale')
  return readCockpit(db, company, today)
}

/** Takes a take-over up again, so that it can be put right. @throws Problem 404 takeover/none; 422 takeover/not-finished. */
export async function reopenTakeover(
  { db, by, at }: Acting,
  company: string,
  today: IsoDate,
  reason: string,
): Promise<Cockpit> {
  const plan = await readTakeover(db)
  if (!plan) throw new Problem(404, 'takeover/none')
  if (!plan.finishedAt) throw new Problem(422, 'takeover/not-finished')
  const changes = { reason: [null, reason] as const }
  const event = { type: 'takeover.reopened', at, by, subject: plan.cutOverDate, changes }
  const [opened] = await db.batch([setFinished(plan.version, null), insertEventsIfChanged(event)], 'write')
  if (opened!.rowsAffected === 0) throw new Problem(409, 'version/stale')
  return readCockpit(db, company, today)
}
