import type { Instant } from '#worker/core/dates.ts'
import type { Database } from '#worker/database/connect.ts'
import { type Check, Finding } from './check.ts'
import { type Outside, readOutbox, readWaysIn } from './outside-store.ts'
import { readLastSequence, readPostedWithout } from './store.ts'

/** A post that was under way when a right was taken away may still get through, and clocks differ by as much. */
const GRACE_MS = 60_000
const moved = (at: string, ms: number) => new Date(Date.parse(at) + ms).toISOString() as Instant

/**
 * Who posted could do so at the time (31): a person or key that never had the right, or no longer had it, offends. What stood in a
 * backup was posted elsewhere, and what the installation itself posts is nobody's.
 */
export async function checkRights(db: Database, outside: Outside, since: number): Promise<Check> {
  const began = performance.now()
  const finding = new Finding(31, 'roles-at-the-time')
  const ways = await readWaysIn(outside)
  finding.read(ways.length)
  const { offenders, violations } = await readPostedWithout(
    db,
    ways.map(({ who, from, until }) => [who, moved(from, -GRACE_MS), until && moved(until, GRACE_MS)]),
    since,
  )
  for (const offender of offenders) finding.offends(offender)
  finding.more(violations - offenders.length)
  return finding.check(performance.now() - began)
}

/** What is sent to the outside is sent in order and one delivery at a time, and nothing that has not happened (35). */
export async function checkOutbox(db: Database, outside: Outside): Promise<Check> {
  const began = performance.now()
  const finding = new Finding(35, 'effects-once')
  const webhooks = await readOutbox(outside)
  const last = await readLastSequence(db) // after the places: others post meanwhile
  finding.read(webhooks.length)
  for (const { webhook, place, waiting, first } of webhooks) {
    if (place > last) finding.offends({ webhook, fault: 'beyond-the-last', place, last })
    if (waiting > 1) finding.offends({ webhook, fault: 'twice-under-way', waiting })
    else if (waiting === 1 && first !== place + 1) finding.offends({ webhook, fault: 'not-the-next', place, first })
  }
  return finding.check(performance.now() - began)
}
