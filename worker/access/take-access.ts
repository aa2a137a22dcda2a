import type { ResultSet } from '@libsql/client/web'
import { insertRevocations } from '#worker/control-log/store.ts'
import type { Instant } from '#worker/core/dates.ts'
import { companyDatabase, type Database, type InStatement } from '#worker/database/connect.ts'
import { insertEvents } from '#worker/events/store.ts'
import type { Bindings } from '#worker/http/env.ts'
import { faultOf, log } from '#worker/http/log.ts'
import { forgetAccess } from './allow.ts'
import { revokeKeysOfOutsiders } from './key-store.ts'

type Taking = { env: Bindings; control: Database; by: string; at: Instant }

/**
 * Writes what may take somebody's access to companies away, and in the same batch revokes the keys of whoever is let in no more: a
 * key must not outlive its maker's access. Nobody's access is remembered. That a key was revoked stands in the control plane's log
 * with the rest; in its company's own log afterwards, and a company that is away at the moment keeps nobody in. Gives what came of `statements`.
 */
export async function takeAccess(
  { env, control, by, at }: Taking,
  statements: readonly InStatement[],
  companies: readonly string[],
  open = (database: string): Database => companyDatabase(env, database),
): Promise<ResultSet[]> {
  const results = await control.batch(
    [...statements, revokeKeysOfOutsiders(companies, at), insertRevocations(companies, by, at)],
    'write',
  )
  for (const company of companies) forgetAccess(company)
  await tellRevoked(results[statements.length]!, { by, at }, open)
  return results.slice(0, statements.length)
}

/** Writes keys that were revoked, as `id`, `company` and `database`, into the log of each company. */
export async function tellRevoked(
  revoked: ResultSet,
  { by, at }: Pick<Taking, 'by' | 'at'>,
  open: (database: string) => Database,
): Promise<void> {
  for (const { id, company, database } of revoked.rows) {
    const changes = { revokedAt: [null, at] as const }
    const event = { type: 'key.revoked', at, by, subject: String(id), changes }
    await open(String(database))
      .batch([insertEvents(event)], 'write')
      .catch((error) => log('error', 'key-revoked', { company: String(company), ...faultOf(error) }))
  }
}
