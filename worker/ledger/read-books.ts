import type { Context } from 'hono'
import type { Env } from '#worker/http/env.ts'
import { readAllParties, readFacts } from './store.ts'

/** The facts as grid and add-in take them, unless they have this version already (304). */
export async function booksFor(c: Context<Env>): Promise<Response> {
  const { facts, head } = await readFacts(c.var.db)
  const parties = await readAllParties(c.var.db)
  const etag = `"${facts.factsVersion}-${parties.length}"`
  if (c.req.header('if-none-match') === etag) return c.body(null, 304)
  return c.json({ ...facts, parties, ledgerVersion: head.ledgerVersion }, 200, { etag })
}
