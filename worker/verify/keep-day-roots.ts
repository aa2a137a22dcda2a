import { addDays, dayInOslo, type Instant, type IsoDate } from '#worker/core/dates.ts'
import type { Database } from '#worker/database/connect.ts'
import type { Bindings } from '#worker/http/env.ts'
import { log } from '#worker/http/log.ts'
import { counters } from '#worker/http/metrics.ts'
import { rootOf } from './day-root.ts'
import { readDoubtedDays, setInstanceFinding } from './finding-store.ts'
import { readAnchorDays, readHeadsOf } from './verification-store.ts'

type Bucket = Bindings['FILES']
type Kept = { day: IsoDate; root: string; companies: number }
const FINDING = 'heads-of-a-day-changed'
const PREFIX = 'heads/'
const keyOf = (day: IsoDate) => `${PREFIX}${day}.json`
/** Days held against the bucket each night: the newest, a thirtieth of the others, and of those that disagreed so many. */
const [NEWEST, TURNS, DOUBTED] = [7, 30, 60]

/**
 * One hash of each day's heads goes into the bucket, where a lock keeps it (docs/deploy.md): whoever can write both the books and the
 * control database cannot change it there. A day whose heads are others now is told whoever looks after the installation, until it
 * agrees again. Gives those days.
 */
export async function keepDayRoots(env: Bindings, control: Database, at: Instant): Promise<IsoDate[]> {
  const today = dayInOslo(at)
  const days = (await readAnchorDays(control)).filter((day) => day < today).toReversed()
  const turn = Math.floor(Date.parse(at) / 86_400_000) % TURNS
  const found = await readDoubtedDays(control, FINDING)
  // A finding of before its days were written down is of any of them.
  const all = found?.length === 0
  const doubted = found ?? []
  const asked = new Set([
    ...days.filter((_, i) => all || i < NEWEST || i % TURNS === turn),
    ...doubted.slice(0, DOUBTED),
  ])
  const wrong = doubted.filter((day) => !asked.has(day))
  for (const day of asked) {
    const { kept, now } = await rootsOf(env.FILES, control, day)
    if (!kept) await env.FILES.put(keyOf(day), JSON.stringify(now))
    else if (kept.root !== now.root) wrong.push(day)
  }
  await control.execute(setInstanceFinding(FINDING, wrong.length, at, wrong))
  if (wrong.length > 0) {
    counters.verificationsFailed++
    log('error', FINDING, { count: wrong.length })
  }
  return wrong
}

/** Days of heads that are held against the bucket when books come back: the newest of their own, and the last of all. */
const [OWN, LAST] = [30, 7]

/**
 * Of the days whose heads some books agree with, the newest whose heads are as the bucket's hash of them says: nobody who writes to
 * the databases made those. `changed`: the newest of them after that one that has other heads than it had; without any sealed, of the last
 * week too.
 */
export async function sealOf(
  { FILES }: Bindings,
  control: Database,
  own: readonly IsoDate[],
  today: IsoDate,
): Promise<{ sealed?: IsoDate | undefined; changed?: IsoDate | undefined }> {
  const newest = [...new Set(own)]
    .filter((day) => day < today)
    .sort()
    .toReversed()
    .slice(0, OWN)
  const last = Array.from({ length: LAST }, (_, i) => addDays(today, -1 - i)).filter((day) => !newest.includes(day))
  let changed: IsoDate | undefined
  for (const day of [...newest, ...last]) {
    const { kept, now } = await rootsOf(FILES, control, day)
    if (!kept) continue
    if (kept.root !== now.root) changed ??= day
    else if (newest.includes(day)) return { sealed: day, changed }
  }
  return { changed }
}

async function rootsOf(bucket: Bucket, control: Database, day: IsoDate): Promise<{ kept: Kept | null; now: Kept }> {
  const object = await bucket.get(keyOf(day))
  const heads = await readHeadsOf(control, day)
  const kept = object && (JSON.parse(await new Response(object.body).text()) as Kept)
  return { kept, now: { day, root: (await rootOf(heads)) ?? '', companies: heads.length } }
}
