import { companyMigrations } from '#db/company/migrations.ts'
import type { Database } from '#worker/database/connect.ts'
import { companyDatabase } from '#worker/database/connect.ts'
import { migrate } from '#worker/database/migrate.ts'
import { openControl } from '#worker/database/open-control.ts'
import type { Bindings } from '#worker/http/env.ts'
import { faultOf, log } from '#worker/http/log.ts'
import { deliverDue } from './send-webhook.ts'
import { forgetDeliveries, readDue, readWebhooks } from './store.ts'

/** Webhooks of one round, and how many of them at a time. */
const [MOST, AT_ONCE] = [500, 10]
const KEPT_MS = 30 * 24 * 3600_000

/** What each minute asks for: every webhook whose time has come is sent what it lacks. One that fails keeps no other back. */
export async function deliverAll(env: Bindings, at: string): Promise<void> {
  const control = await openControl(env)
  const due = await readDue(control, at, MOST)
  const next = async (): Promise<void> => {
    for (let webhook = due.shift(); webhook; webhook = due.shift()) {
      const db = companyDatabase(env, webhook.database)
      try {
        await migrate(db, webhook.database, companyMigrations)
        await deliverDue({ env, control, db }, webhook.company, webhook.id)
      } catch (error) {
        log('error', 'webhook', { webhook: webhook.id, ...faultOf(error) })
      }
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, next))
  await control.batch([forgetDeliveries(new Date(Date.parse(at) - KEPT_MS).toISOString())], 'write')
}

/** The same for one company, right after it wrote something. */
export async function deliverOf(env: Bindings, control: Database, db: Database, company: string): Promise<void> {
  const now = new Date().toISOString()
  const ready = (await readWebhooks(control, company)).filter((w) => w.state === 'active' && w.nextAt <= now)
  for (const webhook of ready) await deliverDue({ env, control, db }, company, webhook.id)
}
