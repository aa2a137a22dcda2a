import { companyMigrations } from '#db/company/migrations.ts'
import type { Principal } from '#worker/access/permission.ts'
import { type CompanyAccess, readCompanies } from '#worker/access/store.ts'
import type { AlertKind } from '#worker/alerts/alert.ts'
import { alertAdministrators, clearAlerts } from '#worker/alerts/store.ts'
import { dropOrphans } from '#worker/backup/drop-orphans.ts'
import { dropStaleCopies, takeBackup } from '#worker/backup/take-backup.ts'
import { dayInOslo, type Instant } from '#worker/core/dates.ts'
import { companyDatabase, type Database, type InStatement, LONG_DEADLINE_MS } from '#worker/database/connect.ts'
import { migrate } from '#worker/database/migrate.ts'
import { openControl } from '#worker/database/open-control.ts'
import { dropCompanies } from '#worker/deletion/drop-companies.ts'
import type { Bindings, Trace } from '#worker/http/env.ts'
import { faultOf, log } from '#worker/http/log.ts'
import { counters } from '#worker/http/metrics.ts'
import { dropUnsealed } from '#worker/old-ledger/store.ts'
import { clearReopened } from '#worker/periods/change-locks.ts'
import { keepNextYear } from '#worker/periods/keep-next-year.ts'
import { postWaiting } from '#worker/schedules/post-waiting.ts'
import { runRecurring } from '#worker/templates/run-recurring.ts'
import { dropStaleUploads } from '#worker/uploads/keep-upload.ts'
import { keepDayRoots } from '#worker/verify/keep-day-roots.ts'
import { keepVerification } from '#worker/verify/keep-verification.ts'
import type { Verified } from '#worker/verify/verify-ledger.ts'
import { checkControlLog, forgetTraces, runParts } from './run-each-minute.ts'
import {
  beginRun,
  leaveRun,
  readTurns,
  renewLease,
  type ScheduleRun,
  setDone,
  setTaken,
  takeRun,
} from './turn-store.ts'

const EVERYONE: Principal = { kind: 'operator', id: 'operator', name: '' }
const DAY_MS = 24 * 3600_000
/** A deletion that was due so long ago has failed. */
const OVERDUE_MS = 2 * DAY_MS
/** The hand that acts on schedule. */
const BY = 'system'

type Turn = { env: Bindings; control: Database; company: CompanyAccess; db: Database; at: Instant }

/** Next year opened, months that waited for it posted, recurring vouchers made, and what cut-off imports left taken away. Each is done once however often it is asked. */
async function morning(turn: Turn): Promise<void> {
  if (turn.company.deletesAt) return // nothing is written in a company that is on its way out
  await opened(turn)
  const { env, company, db, at } = turn
  const today = dayInOslo(at)
  await keepNextYear({ db, by: BY, at }, company.id, today)
  await postWaiting(env, company, BY)
  await db.batch(dropUnsealed({ before: new Date(Date.parse(at) - DAY_MS).toISOString() }), 'write')
  await runRecurring({ db, by: BY, at, env, company, rights: { softLock: false } }, today)
}

/** The books checked, what is new or all of it. A check that cannot be made is told as well as one that finds something. */
async function check(turn: Turn, whole: boolean): Promise<Verified> {
  try {
    await opened(turn)
    const verified = await keepVerification(turn, whole)
    await clearReopened(turn.control, turn.db, turn.company.id, turn.at)
    return verified
  } catch (error) {
    await tell(turn, 'verification-not-run')
    throw error
  }
}

async function backUp(turn: Turn): Promise<void> {
  try {
    await opened(turn)
    await takeBackup({ ...turn, by: BY }, 'scheduled')
  } catch (error) {
    counters.backupsFailed++
    await tell(turn, 'backup-failed')
    throw error
  }
}

const tell = ({ control, company, at }: Pick<Turn, 'control' | 'at'> & { company: { id: string } }, kind: AlertKind) =>
  control.batch(
    [alertAdministrators({ kind, subject: company.id, params: {}, at }, company.id, { once: true })],
    'write',
  )

/** What is new since the last check, and the day's chain head. */
const hourly = async (turn: Turn): Promise<void> => {
  await check(turn, false)
}

/** The whole file checked, what lies beside it without a row taken away when it holds, and an archive kept whatever the check says. */
async function night(turn: Turn): Promise<void> {
  const { deletesAt } = turn.company
  // It goes this very night. Where that fails it stays, and is looked after like any other.
  if (deletesAt && deletesAt <= turn.at && deletesAt > new Date(Date.parse(turn.at) - OVERDUE_MS).toISOString()) return
  try {
    const { ok } = await check(turn, true)
    if (ok) await dropOrphans(turn)
  } finally {
    await backUp(turn)
  }
}

/** What is done on schedule, by the times of `wrangler.toml`. */
export const ON_SCHEDULE: Readonly<Record<string, (turn: Turn) => Promise<void>>> = {
  '0 4 * * *': morning,
  '17 * * * *': hourly,
  '30 1 * * *': night,
}

/** What one call of the Worker does before it leaves the rest to the next: Cloudflare ends it after some minutes and some thousand requests. */
type Most = { ms: number; roundTrips: number }
const MOST: Most = { ms: 40_000, roundTrips: 700 }
/** Longer than a call may take: whoever was cut off is followed by another. */
const LEASE_MS = 16 * 60_000

const instantAt = (ms: number): Instant => new Date(ms).toISOString() as Instant

/** Does what a time asks for, company by company; one that fails does not keep the others back. */
export async function runAllCompanies(env: Bindings, at: Instant, cron: string, most = MOST): Promise<void> {
  if (!ON_SCHEDULE[cron]) return log('error', 'schedule', { cron, code: 'schedule/unknown' })
  await (await openControl(env)).execute(beginRun(cron, at))
  await goOnWithSchedule(env, most, cron)
}

/**
 * Goes on with the times that have come and are not through all companies, if nobody is at them: the one that has waited longest for a
 * turn, and the next when there is time left. Asked each minute.
 */
export async function goOnWithSchedule(env: Bindings, most = MOST, cron?: string): Promise<void> {
  const trace = { id: '', roundTrips: 0 }
  const counted = { ...env, TRACE: trace, FILES: countedBucket(env.FILES, trace) }
  const control = await openControl(counted)
  const began = Date.now()
  const isSpent = () => Date.now() - began >= most.ms || trace.roundTrips >= most.roundTrips
  do {
    const now = Date.now()
    const run = await takeRun(control, { cron, now: instantAt(now), until: instantAt(now + LEASE_MS) })
    if (!run) return
    let isFinished = false
    try {
      isFinished = await goThrough(counted, control, run, isSpent)
    } finally {
      await control.execute(leaveRun(run, isFinished ? instantAt(Date.now()) : null))
    }
    if (!isFinished) return
  } while (!isSpent())
}

/** The bucket, each call of which counts as a round trip: the platform counts them alike. */
const countedBucket = (bucket: Bindings['FILES'], trace: Trace): Bindings['FILES'] =>
  new Proxy(bucket, {
    get(target, name) {
      const value = Reflect.get(target, name)
      if (typeof value !== 'function') return value
      return (...asked: unknown[]) => {
        trace.roundTrips++
        return value.apply(target, asked)
      }
    },
  })

/** The turn of what is done once a night for all. It has no company's id. */
const ONCE = ''
/** A company that was taken so often in a run, and never done with, ends the call it is in. */
const TRIES = 3
/** What a company's administrators are told when it is given up. */
const GIVEN_UP: Readonly<Record<string, AlertKind[]>> = {
  '0 4 * * *': ['schedule-not-run'],
  '17 * * * *': ['verification-not-run'],
  '30 1 * * *': ['verification-not-run', 'backup-failed'],
}

/** A copy that nobody has taken into use rests. */
const readWorking = async (control: Database) =>
  (await readCompanies(control, EVERYONE)).filter(({ pausedAt }) => !pausedAt)

/**
 * True when every company has had its turn, and the night its own. Who has waited longest comes first; one that ended its call comes last
 * when it is tried again, and is given up in the end; so is one whose morning failed. False when time is up, another has the lease, or a
 * morning is to be tried again.
 */
async function goThrough(env: Bindings, control: Database, run: ScheduleRun, isSpent: () => boolean): Promise<boolean> {
  const { cron } = run
  const act = ON_SCHEDULE[cron]
  const turns = await readTurns(control, cron)
  const waited = (id: string) => turns.get(id)?.takenAt ?? ''
  let companies = await readWorking(control)
  const ids = [...companies.map(({ id }): string => id), ...(act === night ? [ONCE] : [])]
  const left = ids
    .filter((id) => (turns.get(id)?.doneRun ?? 0) < run.run)
    .sort((a, b) => waited(a).localeCompare(waited(b)))
  let done: InStatement[] = []
  let isThrough = true
  for (const [i, id] of left.entries()) {
    const company = companies.find((one) => one.id === id)
    if (!company && id !== ONCE) continue // the night dropped it
    if (i > 0 && isSpent()) {
      await control.batch(done, 'write')
      return false
    }
    const now = Date.now()
    const [at, until] = [instantAt(now), instantAt(now + LEASE_MS)]
    const [renewed] = await control.batch([renewLease(run, until), ...done, setTaken(cron, id, at)], 'write')
    if (renewed!.rows.length === 0) return false
    run.until = until
    const isGivenUp = (turns.get(id)?.tries ?? 0) >= TRIES
    done = [setDone(run, id)]
    try {
      if (isGivenUp) await giveUp(control, cron, at, company?.id)
      else if (!company) {
        await onceANight(env, control, at)
        companies = await readWorking(control)
      } else await act?.({ env, control, company, db: companyDatabase(env, company.database, LONG_DEADLINE_MS), at })
      if (act === morning && !isGivenUp) done.push(clearAlerts('schedule-not-run', id, at))
    } catch (error) {
      log('error', 'schedule', { cron, company: company?.id, ...faultOf(error) })
      if (act !== morning) continue // a check or a backup that failed has been told, and comes again
      done = []
      isThrough = false
    }
  }
  if (done.length > 0) await control.batch(done, 'write')
  return isThrough
}

/** It keeps nobody waiting until this time comes again. */
async function giveUp(control: Database, cron: string, at: Instant, company?: string): Promise<void> {
  log('error', 'schedule-given-up', { cron, company })
  if (company) for (const kind of GIVEN_UP[cron] ?? []) await tell({ control, company: { id: company }, at }, kind)
}

/** What is done for all companies at once. */
const onceANight = (env: Bindings, control: Database, at: Instant): Promise<void> =>
  runParts('night', {
    uploads: () => dropStaleUploads(env, control, at),
    copies: () => dropStaleCopies(env, control, at),
    deletions: () => dropCompanies(env, control, at),
    'control-log': () => checkControlLog(control, at),
    'day-roots': () => keepDayRoots(env, control, at),
    traces: () => forgetTraces(control, at),
  })

/** Brings the company's database up to date. */
const opened = ({ db, company }: Turn): Promise<void> => migrate(db, company.database, companyMigrations)
