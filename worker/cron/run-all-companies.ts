import { companyMigrations } from '#db/company/migrations.ts'
import type { Principal } from '#worker/access/permission.ts'
import { type CompanyAccess, readCompanies } from '#worker/access/store.ts'
import type { AlertKind } from '#worker/alerts/alert.ts'
import { alertAdministrators } from '#worker/alerts/store.ts'
import { dropOrphans } from '#worker/backup/drop-orphans.ts'
import { dropStaleCopies, takeBackup } from '#worker/backup/take-backup.ts'
import { dayInOslo, type Instant } from '#worker/core/dates.ts'
import { companyDatabase, type Database, type InStatement, LONG_DEADLINE_MS } from '#worker/database/connect.ts'
import { migrate } from '#worker/database/migrate.ts'
import { openControl } from '#worker/database/open-control.ts'
import { dropCompanies } from '#worker/deletion/drop-companies.ts'
import type { Bindings } from '#worker/http/env.ts'
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
import { beginRun, leaveRun, readTurns, type ScheduleRun, setDone, setTaken, takeRun } from './schedule-store.ts'

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

const tell = ({ control, company, at }: Turn, kind: AlertKind) =>
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

/** Goes on with a time that has come and is not through all companies, if nobody is at it. Asked each minute. */
export async function goOnWithSchedule(env: Bindings, most = MOST, cron?: string): Promise<void> {
  const counted = { ...env, TRACE: { id: '', roundTrips: 0 } }
  const control = await openControl(counted)
  const now = Date.now()
  const run = await takeRun(control, { cron, now: instantAt(now), until: instantAt(now + LEASE_MS) })
  if (!run) return
  let isFinished = false
  try {
    const isSpent = () => Date.now() - now >= most.ms || counted.TRACE.roundTrips >= most.roundTrips
    isFinished = await goThrough(counted, control, run, isSpent)
  } finally {
    await control.execute(leaveRun(run, isFinished ? instantAt(Date.now()) : null))
  }
}

/** True when every company has had its turn. Who has waited longest comes first; one that ended its call comes last when it is tried again. */
async function goThrough(env: Bindings, control: Database, run: ScheduleRun, isSpent: () => boolean): Promise<boolean> {
  const { cron, dueAt: at } = run
  const act = ON_SCHEDULE[cron]
  const turns = await readTurns(control, cron)
  const waited = ({ id }: CompanyAccess) => turns.get(id)?.takenAt ?? ''
  const left = (await readCompanies(control, EVERYONE))
    .filter(({ id, pausedAt }) => !pausedAt && (turns.get(id)?.doneRun ?? 0) < run.run) // a copy that nobody has taken into use rests
    .sort((a, b) => (waited(a) < waited(b) ? -1 : 1))
  let done: InStatement[] = []
  for (const [i, company] of left.entries()) {
    if (i > 0 && isSpent()) {
      await control.batch(done, 'write')
      return false
    }
    await control.batch([...done, setTaken(cron, company.id, instantAt(Date.now()))], 'write')
    const db = companyDatabase(env, company.database, LONG_DEADLINE_MS)
    try {
      await act?.({ env, control, company, db, at })
    } catch (error) {
      log('error', 'schedule', { cron, company: company.id, ...faultOf(error) })
    }
    done = [setDone(run, company.id)]
  }
  if (done.length > 0) await control.batch(done, 'write')
  if (act === night) await onceANight(env, control, at)
  return true
}

/** What is done for all companies at once; last, so that no company waits for its check and its archive. */
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
