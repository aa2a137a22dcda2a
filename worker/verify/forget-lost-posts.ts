import type { Principal } from '#worker/access/permission.ts'
import type { CompanyAccess } from '#worker/access/store.ts'
import { insertControlEntries } from '#worker/control-log/store.ts'
import type { Instant } from '#worker/core/dates.ts'
import type { Database } from '#worker/database/connect.ts'
import type { Bindings } from '#worker/http/env.ts'
import { writerOf } from '#worker/ledger/run-job.ts'
import { readLost } from './check-journal.ts'

type Asked = {
  env: Bindings
  control: Database
  db: Database
  company: CompanyAccess
  principal: Principal
  at: Instant
}

/**
 * An administrator answers for the posts that were acknowledged and are lost: they are no longer missed. Written in the log of access
 * first; what was found stays with the kept checks. Gives their ids, none when nothing is missed.
 */
export async function forgetLostPosts({ env, control, db, company, principal, at }: Asked): Promise<string[]> {
  const writer = writerOf(env, company.id)
  const ids: string[] = []
  let last = 0
  for await (const { lost } of readLost(db, (after) => writer.acknowledged(after)))
    for (const { id, ledgerVersion } of lost) {
      ids.push(id)
      last = ledgerVersion
    }
  if (ids.length === 0) return ids
  const entry = { type: 'company.loss-accepted', at, by: principal.id, company: company.id, subject: company.id }
  await control.batch([insertControlEntries(entry)], 'write')
  await writer.settle(last)
  return ids
}
