import type { Context } from 'hono'
import { addDays, dayInOslo, type Instant } from '#worker/core/dates.ts'
import { sha256 } from '#worker/core/hash.ts'
import type { Env } from '#worker/http/env.ts'
import { readRatesSince } from './rate-store.ts'
import { readAllParties, readFacts } from './store.ts'

/** How far back grid and add-in have rates; an older day is judged by the Worker. */
const RATES_DAYS = 400

/** The facts as grid and add-in take them, unless they have this version already (304). */
export async function booksFor(c: Context<Env>): Promise<Response> {
  const { facts, head } = await readFacts(c.var.db)
  const parties = await readAllParties(c.var.db)
  const today = dayInOslo(new Date().toISOString() as Instant)
  const currencyRates = await readRatesSince(c.var.db, addDays(today, -RATES_DAYS))
  const etag = `"${facts.factsVersion}-${parties.length}-${(await sha256(JSON.stringify(currencyRates))).slice(0, 12)}"`
  if (c.req.header('if-none-match') === etag) return c.body(null, 304)
  return c.json({ ...facts, parties, currencyRates, ledgerVersion: head.ledgerVersion }, 200, { etag })
}
