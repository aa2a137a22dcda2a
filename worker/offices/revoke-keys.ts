import { forgetAccess } from '#worker/access/allow.ts'
import { readKeysMadeBy, revokeKey } from '#worker/access/key-store.ts'
import type { Principal } from '#worker/access/permission.ts'
import { insertControlEntriesIfChanged } from '#worker/control-log/store.ts'
import type { Instant } from '#worker/core/dates.ts'
import { companyDatabase, type Database, type InStatement } from '#worker/database/connect.ts'
import { insertEvents } from '#worker/events/store.ts'
import type { Bindings } from '#worker/http/env.ts'
import type { Staff } from './office.ts'
import { readCompanyDatabase, readKeysOfOutsiders } from './office-store.ts'

type ByOffice = { control: Database; office: { id: string }; by: string; at: Instant }
type ByAnyone = { env: Bindings; control: Database; principal: Principal; by: string; at: Instant }
type Clients = readonly { id: string }[]

/** Revokes a key of the office; it stands in the log of the office and of each client, as its making does. */
export const revocationOf = ({ office, by, at }: ByOffice, key: string, clients: Clients): InStatement[] => {
  const entry = { type: 'key.revoked', at, by, office: office.id, subject: key }
  return [
    revokeKey(key, office.id, at),
    insertControlEntriesIfChanged(entry, ...clients.map(({ id }) => ({ ...entry, company: id }))),
  ]
}

/** The office's keys that somebody made who is its administrator no more work no more. */
export async function revocationsOf(ctx: ByOffice, { user, role }: Staff, clients: Clients): Promise<InStatement[]> {
  if (role !== 'administrator') return []
  const keys = await readKeysMadeBy(ctx.control, { office: ctx.office.id }, user)
  return keys.flatMap(({ id }) => revocationOf(ctx, id, clients))
}

/** Keys of those who are no longer let in work no more, and nobody's access is remembered. */
export async function revokeKeysOfOutsiders(ctx: ByAnyone, companies: readonly string[]): Promise<void> {
  const { env, control, principal, by, at } = ctx
  const keys = await readKeysOfOutsiders(control, companies)
  const revocations = keys.flatMap(({ id, company }) => [
    revokeKey(id, company, at),
    insertControlEntriesIfChanged({ type: 'key.revoked', at, by, company, subject: id }),
  ])
  if (revocations.length > 0) await control.batch(revocations, 'write')
  for (const company of companies) forgetAccess(company)
  for (const { id, company } of keys) {
    const changes = { revokedAt: [null, at] as const }
    const event = { type: 'key.revoked', at, by: principal.id, subject: id, changes }
    const database = (await readCompanyDatabase(control, company))!
    await companyDatabase(env, database).batch([insertEvents(event)], 'write')
  }
}
