import { companyMigrations } from '#db/company/migrations.ts'
import type { Database } from '#worker/database/connect.ts'
import { companyDatabase } from '#worker/database/connect.ts'
import { migrate } from '#worker/database/migrate.ts'
import { openControl } from '#worker/database/open-control.ts'
import { readNewest } from '#worker/events/store.ts'
import type { Bindings } from '#worker/http/env.ts'
import { faultOf, log } from '#worker/http/log.ts'
import { deliverDue } from './send-webhook.ts'
import { type DueWebhook, passOver, readDue } from './store.ts'

/** Webhooks of one round, and how many of them at a time. */
const [MOST, AT_ONCE] = [500, 10]

/** What each minute asks for: every webhook whose time has come is sent what it lacks. One that fails keeps no other back. */
export async function deliverAll(env: Bindings, at: string): Promise<void> {
  const control = await openControl(env)
  const due = await readDue(control, at, { most: MOST })
  const idle: string[] = []
  const next = async (): Promise<void> => {
    for (let webhook = due.shift(); webhook; webhook = due.shift()) {
      const db = companyDatabase(env, webhook.database)
      try {
        await migrate(db, webhook.database, companyMigrations)
        if (await hasWork(db, webhook)) await deliverDue({ env, control, db }, webhook.id)
        else idle.push(webhook.id)
      } catch (error) {
        log('error', 'webhook', { webhook: webhook.id, ...faultOf(error) })
      }
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, next))
  if (idle.length > 0) await control.execute(passOver(idle, at))
}

/** The same for one company, right after it wrote something. `db` is the system's own: what it does comes from nobody's network. */
export async function deliverOf(env: Bindings, control: Database, db: Database, company: string): Promise<void> {
  for (const webhook of await readDue(control, new Date().toISOString(), { most: MOST, company }))
    if (await hasWork(db, webhook)) await deliverDue({ env, control, db }, webhook.id)
}

const hasWork = async (db: Database, { waiting, place }: DueWebhook): Promise<boolean> =>
  waiting || (await readNewest(db)) > place
