import { companyMigrations } from '#db/company/migrations.ts'
import type { Principal } from '#worker/access/permission.ts'
import { type CompanyAccess, readCompanies } from '#worker/access/store.ts'
import { takeBackup } from '#worker/backup/take-backup.ts'
import { dayInOslo, type Instant } from '#worker/core/dates.ts'
import { companyDatabase, type Database } from '#worker/database/connect.ts'
import { migrate } from '#worker/database/migrate.ts'
import { openControl } from '#worker/database/open-control.ts'
import type { Bindings } from '#worker/http/env.ts'
import { keepNextYear } from '#worker/periods/keep-next-year.ts'
import { postWaiting } from '#worker/schedules/post-waiting.ts'
import { runRecurring } from '#worker/templates/run-recurring.ts'
import { dropStaleUploads } from '#worker/uploads/keep-upload.ts'
import { keepVerification } from '#worker/verify/keep-verification.ts'

const EVERYONE: Principal = { kind: 'operator', id: 'operator', name: '' }
/** The hand that acts on schedule. */
const BY = 'system'

type Turn = { env: Bindings; control: Database; company: CompanyAccess; db: Database; at: Instant }

/** Next year opened, months that waited for it posted, and recurring vouchers made. Each is done once however often it is asked. */
async function morning({ env, company, db, at }: Turn): Promise<void> {
  const today = dayInOslo(at)
  await keepNextYear({ db, by: BY, at }, company.id, today)
  await postWaiting(env, company, BY)
  await runRecurring({ db, by: BY, at, env, company, rights: { softLock: false } }, today)
}

/** What is new since the last check, and the day's chain head. */
const hourly = async (turn: Turn): Promise<void> => void (await keepVerification(turn, false))

/** The whole file checked, and an archive kept. Uploads that nobody used go, once for all companies. */
async function night(turn: Turn): Promise<void> {
  await keepVerification(turn, true)
  await takeBackup({ ...turn, by: BY }, 'scheduled')
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
  if (!act) return console.error(JSON.stringify({ scheduled: cron, error: 'unknown' }))
  const control = await openControl(env)
  if (act === night) await dropStaleUploads(env, control, at)
  for (const company of await readCompanies(control, EVERYONE)) {
    const db = companyDatabase(env, company.database)
    try {
      await migrate(db, company.database, companyMigrations)
      await act({ env, control, company, db, at })
    } catch (error) {
      const name = error instanceof Error ? error.name : 'error'
      console.error(JSON.stringify({ scheduled: cron, company: company.id, error: name }))
    }
  }
}
