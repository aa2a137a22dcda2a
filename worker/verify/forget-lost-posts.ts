import type { Principal } from '#worker/access/permission.ts'
import type { CompanyAccess } from '#worker/access/store.ts'
import { insertControlEntries } from '#worker/control-log/store.ts'
import type { Instant } from '#worker/core/dates.ts'
import type { Database } from '#worker/database/connect.ts'
import type { Changes } from '#worker/events/event.ts'
import type { Bindings } from '#worker/http/env.ts'
import { writerOf } from '#worker/ledger/run-job.ts'
import { readLost, readLostMatches } from './check-journal.ts'

type Asked = {
  env: Bindings
  control: Database
  db: Database
  company: CompanyAccess
  principal: Principal
  at: Instant
  /** What is accepted, by id as check 12 names it. */
  vouchers: readonly string[]
}

/**
 * An administrator answers for posts and matches that were acknowledged and are lost: these are no longer missed. Written in the log of access
 * first, with their ids; what was found stays with the kept checks. Gives the ids that were missed.
 */
export async function forgetLostPosts(asked: Asked): Promise<string[]> {
  const { env, control, db, company, principal, at } = asked
  const writer = writerOf(env, company.id)
  const wanted = new Set(asked.vouchers)
  const [{ lost }, unmatched] = await Promise.all([readLost(db, writer), readLostMatches(db, writer)])
  const accepted = lost.filter(({ id }) => wanted.has(id))
  const matches = unmatched.lost.map(({ id }) => id).filter((id) => wanted.has(id))
  const ids = [...new Set(accepted.map(({ id }) => id)), ...matches]
  if (ids.length === 0) return []
  const vouchers = accepted.reduce((sum, one) => sum + (one.missing.length || one.ledgerVersion - one.first + 1), 0)
  const named = new Set([...accepted.flatMap(({ id, missing }) => (missing.length > 0 ? missing : [id])), ...matches])
  const changes: Changes = { count: [null, String(vouchers + matches.length)], vouchers: [null, [...named].join(' ')] }
  const entry = {
    type: 'company.loss-accepted',
    at,
    by: principal.id,
    company: company.id,
    subject: company.id,
    changes,
  }
  await control.batch([insertControlEntries(entry)], 'write')
  const places = accepted.map(({ ledgerVersion, hash }) => ({ ledgerVersion, hash }))
  await writer.forgive(places, matches)
  return ids
}
