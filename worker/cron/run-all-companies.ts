import { companyMigrations } from '#db/company/migrations.ts'
import type { Principal } from '#worker/access/permission.ts'
import { type CompanyAccess, readCompanies } from '#worker/access/store.ts'
import type { AlertKind } from '#worker/alerts/alert.ts'
import { alertAdministrators } from '#worker/alerts/store.ts'
import { dropStaleCopies, takeBackup } from '#worker/backup/take-backup.ts'
import { dayInOslo, type Instant } from '#worker/core/dates.ts'
import { companyDatabase, type Database, LONG_DEADLINE_MS } from '#worker/database/connect.ts'
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
import { checkControlLog, forgetTraces, runParts } from './run-each-minute.ts'

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
async function check(turn: Turn, whole: boolean): Promise<void> {
  try {
    await opened(turn)
    await keepVerification(turn, whole)
    await clearReopened(turn.control, turn.db, turn.company.id, turn.at)
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
const hourly = (turn: Turn): Promise<void> => check(turn, false)

/** The whole file checked, and an archive kept whatever the check says. */
async function night(turn: Turn): Promise<void> {
  const { deletesAt } = turn.company
  // It goes this very night. Where that fails it stays, and is looked after like any other.
  if (deletesAt && deletesAt <= turn.at && deletesAt > new Date(Date.parse(turn.at) - OVERDUE_MS).toISOString()) return
  try {
    await check(turn, true)
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

/** Does what a time asks for, company by company; one that fails does not keep the others back. */
export async function runAllCompanies(env: Bindings, at: Instant, cron: string): Promise<void> {
  const act = ON_SCHEDULE[cron]
  if (!act) return log('error', 'schedule', { cron, code: 'schedule/unknown' })
  const control = await openControl(env)
  for (const company of await readCompanies(control, EVERYONE)) {
    const db = companyDatabase(env, company.database, LONG_DEADLINE_MS)
    try {
      await act({ env, control, company, db, at })
    } catch (error) {
      log('error', 'schedule', { cron, company: company.id, ...faultOf(error) })
    }
  }
  if (act === night) await onceANight(env, control, at)
}

/** What is done for all companies at once; last, so that no company waits for its check and its archive. */
const onceANight = (env: Bindings, control: Database, at: Instant): Promise<void> =>
  runParts('night', {
    uploads: () => dropStaleUploads(env, control, at),
    copies: () => dropStaleCopies(env, control, at),
    deletions: () => dropCompanies(env, control, at),
    'control-log': () => checkControlLog(control),
    'day-roots': () => keepDayRoots(env, control, at),
    traces: () => forgetTraces(control, at),
  })

/** Brings the company's database up to date. */
const opened = ({ db, company }: Turn): Promise<void> => migrate(db, company.database, companyMigrations)
