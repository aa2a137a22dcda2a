import { readKeysMadeBy, revokeKey } from '#worker/access/key-store.ts'
import { insertControlEntriesIfChanged } from '#worker/control-log/store.ts'
import type { Instant } from '#worker/core/dates.ts'
import type { Database, InStatement } from '#worker/database/connect.ts'
import type { Staff } from './office.ts'

type ByOffice = { control: Database; office: { id: string }; by: string; at: Instant }
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
