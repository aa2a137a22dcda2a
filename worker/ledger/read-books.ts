import type { Context } from 'hono'
import { addDays, dayInOslo, type Instant } from '#worker/core/dates.ts'
import { sha256 } from '#worker/core/hash.ts'
import type { Database } from '#worker/database/connect.ts'
import type { Env } from '#worker/http/env.ts'
import { readRatesSince } from './rate-store.ts'
import { readAllParties, readFacts } from './store.ts'

/** How far back grid and add-in have rates; an older day is judged by the Worker. */
const RATES_DAYS = 400

/**
 * The facts as grid and add-in take them, unless they have this version already (304): that is asked before anything is read,
 * since it is asked before every check and every posting.
 */
export async function booksFor(c: Context<Env>): Promise<Response> {
  const { db } = c.var
  const today = dayInOslo(new Date().toISOString() as Instant)
  const [version, currencyRates] = await Promise.all([
    readFactsVersion(db),
    readRatesSince(db, addDays(today, -RATES_DAYS)),
  ])
  const etag = `"${version}-${(await sha256(JSON.stringify(currencyRates))).slice(0, 12)}"`
  if (c.req.header('if-none-match') === etag) return c.body(null, 304)
  // Read after their version: should they have changed in between, they are asked for once more, and never missed.
  const [{ facts, head }, parties] = await Promise.all([readFacts(db), readAllParties(db)])
  return c.json({ ...facts, parties, currencyRates, ledgerVersion: head.ledgerVersion }, 200, { etag })
}

/** A new party changes no facts that a posting waits for, and is known by how many there are. */
async function readFactsVersion(db: Database): Promise<string> {
  const { rows } = await db.execute('select facts_version, (select count(*) from party) as parties from company')
  return `${rows[0]!.facts_version}-${rows[0]!.parties}`
}
