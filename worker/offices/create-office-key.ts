import type { NewKey } from '#worker/access/api-key.ts'
import { keyLines, newKey } from '#worker/access/create-key.ts'
import { insertKey, type KeptKey, readKeys } from '#worker/access/key-store.ts'
import { alertAdministrators } from '#worker/alerts/store.ts'
import { insertControlEntries } from '#worker/control-log/store.ts'
import { sha256 } from '#worker/core/hash.ts'
import { Problem } from '#worker/core/problem.ts'
import type { InOffice } from './change-office.ts'
import { readOfficeClients } from './office-store.ts'
import { revocationOf } from './revoke-keys.ts'

/**
 * Makes a key that reaches every client of the office, those that come later among them. It stands in the log of the office and
 * of each client, and the office's administrators hear of it. @throws Problem 403 step-up/required.
 */
export async function createOfficeKey(ctx: InOffice, wanted: NewKey): Promise<KeptKey & { key: string }> {
  const { control, office, by, byName, at } = ctx
  const { key, secret, changes } = newKey(wanted, ctx)
  await ctx.demandProof(keyLines(office.name, key, ctx.locale))
  const clients = await readOfficeClients(control, office.id)
  const entry = { type: 'key.created', at, by, office: office.id, subject: key.id, changes }
  const told = { kind: 'key-created', subject: key.id, params: { by: byName, name: key.name }, at } as const
  await control.batch(
    [
      insertKey(key, { office: office.id }, await sha256(secret)),
      insertControlEntries(entry, ...clients.map(({ id }) => ({ ...entry, company: id }))),
      alertAdministrators(told, { office: office.id }),
    ],
    'write',
  )
  return { ...key, key: secret }
}

/** Revokes it; within a second no request with it gets through. @throws Problem 404 key/unknown. */
export async function removeOfficeKey(ctx: InOffice, id: string): Promise<void> {
  const { control, office } = ctx
  const key = (await readKeys(control, { office: office.id })).find((one) => one.id === id)
  if (!key) throw new Problem(404, 'key/unknown')
  await control.batch(revocationOf(ctx, id, await readOfficeClients(control, office.id)), 'write')
}
