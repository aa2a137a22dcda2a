import { dayInOslo, type Instant, type IsoDate } from '#worker/core/dates.ts'
import type { Database } from '#worker/database/connect.ts'
import type { Bindings } from '#worker/http/env.ts'
import { log } from '#worker/http/log.ts'
import { counters } from '#worker/http/metrics.ts'
import { rootOf } from './day-root.ts'
import { isFound, setInstanceFinding } from './finding-store.ts'
import { readAnchorDays, readHeadsOf } from './verification-store.ts'

type Bucket = Bindings['FILES']
type Kept = { day: IsoDate; root: string; companies: number }
const FINDING = 'heads-of-a-day-changed'
const PREFIX = 'heads/'
const keyOf = (day: IsoDate) => `${PREFIX}${day}.json`
/** Days held against the bucket each night: the newest, and a thirtieth of the others. */
const [NEWEST, TURNS] = [7, 30]

/**
 * One hash of each day's heads goes into the bucket, where a lock keeps it (docs/deploy.md): whoever can write both the books and the
 * control database cannot change it there. A day whose heads are others now is told whoever looks after the installation. Gives those days.
 */
export async function keepDayRoots(env: Bindings, control: Database, at: Instant): Promise<IsoDate[]> {
  const today = dayInOslo(at)
  const days = (await readAnchorDays(control)).filter((day) => day < today)
  const turn = Math.floor(Date.parse(at) / 86_400_000) % TURNS
  const wrong: IsoDate[] = []
  // Once something was found, only all of them say that it holds again.
  const isDoubted = await isFound(control, FINDING)
  for (const [i, day] of days.toReversed().entries()) {
    if (!isDoubted && i >= NEWEST && i % TURNS !== turn) continue
    const { kept, now } = await rootsOf(env.FILES, control, day)
    if (!kept) await env.FILES.put(keyOf(day), JSON.stringify(now))
    else if (kept.root !== now.root) wrong.push(day)
  }
  await control.execute(setInstanceFinding(FINDING, wrong.length, at))
  if (wrong.length > 0) {
    counters.verificationsFailed++
    log('error', FINDING, { count: wrong.length })
  }
  return wrong
}

/** Whether the bucket has another hash of a day's heads than they have now. */
export async function hasOtherRoot(bucket: Bucket, control: Database, day: IsoDate): Promise<boolean> {
  const { kept, now } = await rootsOf(bucket, control, day)
  return kept !== null && kept.root !== now.root
}

async function rootsOf(bucket: Bucket, control: Database, day: IsoDate): Promise<{ kept: Kept | null; now: Kept }> {
  const object = await bucket.get(keyOf(day))
  const heads = await readHeadsOf(control, day)
  const kept = object && (JSON.parse(await new Response(object.body).text()) as Kept)
  return { kept, now: { day, root: (await rootOf(heads)) ?? '', companies: heads.length } }
}
