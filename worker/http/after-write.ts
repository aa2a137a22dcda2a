import type { Context } from 'hono'
import type { Instant } from '#worker/core/dates.ts'
import { companyDatabase } from '#worker/database/connect.ts'
import { sealEvents } from '#worker/events/seal-events.ts'
import { deliverOf } from '#worker/webhooks/run-webhooks.ts'
import { afterwards } from './afterwards.ts'
import type { Env } from './env.ts'

/** How often one isolate follows up one company, in milliseconds: a burst of writes is one round. */
const ROUND_MS = 5_000
const done = new Map<string, number>()

/** What follows a request that wrote in a company: its events are sealed, and sent to its webhooks. Nobody waits for it. */
export function afterWrite(c: Context<Env>): void {
  const { company, access } = c.var
  if (!company || !access || access.audit || c.req.method === 'GET' || c.res.status >= 400) return
  const now = Date.now()
  if ((done.get(company) ?? 0) > now - ROUND_MS) return
  if (done.size > 5_000) done.clear()
  done.set(company, now)
  const { control } = c.var
  // Not the request's own: what Hovedbok does of itself comes from nobody's network and device.
  const db = companyDatabase(c.env, access.database)
  afterwards(c, async () => {
    await sealEvents(db, new Date().toISOString() as Instant)
    await deliverOf(c.env, control, db, company)
  })
}
