import { dayInOslo, type Instant, type IsoDate } from '#worker/core/dates.ts'
import type { Database } from '#worker/database/connect.ts'
import { listObjects } from '#worker/documents/list-objects.ts'
import { CONTROL_LOG, readSealHashes, readSealHead } from '#worker/events/seal-store.ts'
import type { Bindings } from '#worker/http/env.ts'
import { log } from '#worker/http/log.ts'
import { counters } from '#worker/http/metrics.ts'
import { rootOf } from './day-root.ts'
import { readDoubtedDays, setInstanceFinding } from './finding-store.ts'
import { daysToHold } from './held-days.ts'
import { readAnchorDays, readHeadsOf } from './verification-store.ts'

/** What the bucket keeps of a day: the root of its heads, and how far the log of access was sealed when it was kept. */
type Kept = { day: IsoDate; root: string; companies: number; log?: { sealedTo: number; hash: string } }
const FINDING = 'heads-of-a-day-changed'
const PREFIX = 'heads/'
const keyOf = (day: IsoDate) => `${PREFIX}${day}.json`

/**
 * One hash of each day's heads goes into the bucket, where a lock keeps it (docs/deploy.md): whoever can write both the books and the
 * control database cannot change it there. A day whose heads are others now, or gone, is told whoever looks after the installation, until
 * it agrees again. Gives those days.
 */
export async function keepDayRoots(env: Bindings, control: Database, at: Instant): Promise<IsoDate[]> {
  const today = dayInOslo(at)
  const { days, kept } = await daysBefore(env, control, today)
  const found = await readDoubtedDays(control, FINDING)
  // A finding of before its days were written down is of any of them: all are asked once.
  const doubted = found?.length === 0 ? days : (found ?? [])
  const asked =
    found?.length === 0 ? days : daysToHold(days, [...doubted, ...days.filter((day) => !kept.has(day))], today)
  const wrong = doubted.filter((day) => !asked.includes(day))
  for (const day of asked)
    if (!kept.has(day)) await env.FILES.put(keyOf(day), JSON.stringify(await keptOf(control, day)))
    else if (!(await agrees(env, control, day))) wrong.push(day)
  await control.execute(setInstanceFinding(FINDING, wrong.length, at, wrong))
  if (wrong.length > 0) {
    counters.verificationsFailed++
    log('error', FINDING, { count: wrong.length })
  }
  return wrong
}

/**
 * Of the days whose heads some books agree with, the newest whose heads are as the bucket's hash of them says: nobody who writes to
 * the databases made those. `changed`: the newest day after that one that has other heads than it had, or none.
 */
export async function sealOf(
  env: Bindings,
  control: Database,
  own: readonly IsoDate[],
  today: IsoDate,
): Promise<{ sealed?: IsoDate | undefined; changed?: IsoDate | undefined }> {
  const { days, kept } = await daysBefore(env, control, today)
  let changed: IsoDate | undefined
  for (const day of daysToHold(days, own)) {
    if (!kept.has(day)) continue
    if (!(await agrees(env, control, day))) changed ??= day
    else if (own.includes(day)) return { sealed: day, changed }
  }
  return { changed }
}

/** The days before a day that either side tells of: heads whose rows were taken away are missed by what the bucket keeps. */
async function daysBefore({ FILES }: Bindings, control: Database, today: IsoDate) {
  const kept = new Set<IsoDate>()
  for await (const page of listObjects(FILES, PREFIX))
    for (const { key } of page) kept.add(key.slice(PREFIX.length, -'.json'.length) as IsoDate)
  const days = new Set([...kept, ...(await readAnchorDays(control))])
  return { days: [...days].filter((day) => day < today), kept }
}

async function keptOf(control: Database, day: IsoDate): Promise<Kept> {
  const heads = await readHeadsOf(control, day)
  const { lastSequence, hash } = await readSealHead(control, CONTROL_LOG)
  return { day, root: (await rootOf(heads)) ?? '', companies: heads.length, log: { sealedTo: lastSequence, hash } }
}

async function agrees({ FILES }: Bindings, control: Database, day: IsoDate): Promise<boolean> {
  const object = await FILES.get(keyOf(day))
  if (!object) return false
  const { root, log: sealed } = JSON.parse(await new Response(object.body).text()) as Kept
  if ((await rootOf(await readHeadsOf(control, day))) !== root) return false
  if (!sealed || sealed.sealedTo === 0) return true
  return (await readSealHashes(control, CONTROL_LOG, [sealed.sealedTo])).get(sealed.sealedTo) === sealed.hash
}
