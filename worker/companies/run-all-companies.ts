import { companyMigrations } from '#db/company/migrations.ts'
import type { Principal } from '#worker/access/permission.ts'
import { readCompanies } from '#worker/access/store.ts'
import { dayInOslo, type Instant } from '#worker/core/dates.ts'
import { companyDatabase } from '#worker/database/connect.ts'
import { migrate } from '#worker/database/migrate.ts'
import { openControl } from '#worker/database/open-control.ts'
import type { Bindings } from '#worker/http/env.ts'
import { keepNextYear } from '#worker/periods/keep-next-year.ts'
import { postWaiting } from '#worker/schedules/post-waiting.ts'
import { runRecurring } from '#worker/templates/run-recurring.ts'

const EVERYONE: Principal = { kind: 'operator', id: 'operator', name: '' }
/** The hand that acts on schedule. */
const BY = 'system'

/**
 * What a morning asks for, company by company: next year opened, months that waited for it posted, and recurring vouchers
 * made. Each is done once however often it is asked; a company that fails does not keep the others back.
 */
export async function runAllCompanies(env: Bindings, at: Instant): Promise<void> {
  const control = await openControl(env)
  const today = dayInOslo(at)
  for (const company of await readCompanies(control, EVERYONE)) {
    const db = companyDatabase(env, company.database)
    try {
      await migrate(db, company.database, companyMigrations)
      await keepNextYear({ db, by: BY, at }, company.id, today)
      await postWaiting(env, company, BY)
      await runRecurring({ db, by: BY, at, env, company, rights: { softLock: false } }, today)
    } catch (error) {
      console.error(JSON.stringify({ scheduled: company.id, error: error instanceof Error ? error.name : 'error' }))
    }
  }
}
