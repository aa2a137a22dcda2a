import { idOf } from '#worker/core/ids.ts'
import { error, isError, Problem } from '#worker/core/problem.ts'
import { checkVersion } from '#worker/core/version.ts'
import { changesOf } from '#worker/events/event.ts'
import { insertEventsIfChanged } from '#worker/events/store.ts'
import type { Acting } from '#worker/http/acting.ts'
import { booksOf } from '#worker/ledger/books.ts'
import { readFacts } from '#worker/ledger/store.ts'
import type { Recurring } from './recurring.ts'
import { type KeptRecurring, readRecurring, writeRecurring } from './recurring-store.ts'
import { readTemplate } from './store.ts'
import { unfold } from './unfold.ts'

export const newRecurringId = (): string => idOf('rec', crypto.getRandomValues(new Uint8Array(17)))

/**
 * Sets up a recurring voucher, or changes it. What was made of it stays as it is.
 * @throws Problem 404 recurring/unknown; 409 version/stale; 422 request/invalid, one issue for each fault.
 */
export async function saveRecurring(
  { db, by, at }: Acting,
  id: string,
  wanted: Recurring,
  version: number | undefined,
): Promise<KeptRecurring> {
  const found = (await readRecurring(db)).find((r) => r.id === id)
  if (!found && version !== 0) throw new Problem(404, 'recurring/unknown')
  if (found) checkVersion(version, found.version)
  const issues = []
  const template = await readTemplate(db, wanted.template)
  if (!template) issues.push(error('template/unknown', '#/template', { template: wanted.template }))
  else {
    const books = booksOf((await readFacts(db)).facts)
    const given = { voucherDate: wanted.firstDate, values: wanted.values }
    issues.push(...unfold(template, given, books).issues)
  }
  if (wanted.lastDate && wanted.lastDate < wanted.firstDate) issues.push(error('field/invalid', '#/lastDate', {}))
  if (issues.some(isError)) throw new Problem(422, 'request/invalid', { issues })
  const { lastDate = null, active = true } = wanted
  const kept = { ...wanted, template: template!.key, id, lastDate, active }
  const told = found && (({ runs: _, version: __, ...rest }) => rest)(found)
  const type = found ? 'recurring.changed' : 'recurring.created'
  const event = { type, at, by, subject: id, changes: changesOf(told, kept) }
  const [written] = await db.batch(
    [writeRecurring({ ...kept, by, at }, found?.version ?? 0), insertEventsIfChanged(event)],
    'write',
  )
  if (written!.rowsAffected === 0) throw new Problem(409, 'version/stale')
  return (await readRecurring(db)).find((r) => r.id === id)!
}
