import { alertAdministrators } from '#worker/alerts/store.ts'
import { type Instant, instantOf } from '#worker/core/dates.ts'
import { sha256 } from '#worker/core/hash.ts'
import { idOf } from '#worker/core/ids.ts'
import { Problem } from '#worker/core/problem.ts'
import type { Database } from '#worker/database/connect.ts'
import { changesOf } from '#worker/events/event.ts'
import { insertEvents } from '#worker/events/store.ts'
import type { Acting } from '#worker/http/acting.ts'
import { keyFrom, leastRoleFor, type NewKey, startOf } from './api-key.ts'
import { insertKey, type KeptKey, readKeys, revokeKey } from './key-store.ts'
import { isWithin } from './permission.ts'
import type { CompanyAccess } from './store.ts'

type Context = Acting & { control: Database; access: CompanyAccess; byName?: string }

/**
 * Makes a key for a program. The key itself is told here and never again; only its SHA-256 is kept. The event stands in the
 * company's database, so it is written before the key: a key without a trace cannot come to be.
 * @throws Problem 403 permission/missing when it would have more rights than who makes it.
 */
export async function createKey(
  { db, control, access, by, at, byName = '' }: Context,
  wanted: NewKey,
): Promise<KeptKey & { key: string }> {
  const role = wanted.role ?? leastRoleFor(wanted.scopes ?? [])
  const widest = wanted.role ?? { permissions: wanted.scopes ?? [] }
  if (!isWithin(widest, access)) throw new Problem(403, 'permission/missing')
  const secret = keyFrom(crypto.getRandomValues(new Uint8Array(32)))
  const id = idOf('key', crypto.getRandomValues(new Uint8Array(17)))
  const expiresAt: Instant | null = (wanted.expiresAt && instantOf(wanted.expiresAt)) || null
  const { name, scopes, networks = [] } = wanted
  const rights = { role, ...(scopes && { scopes }), ...(networks.length > 0 && { networks }) }
  const made = { createdBy: by, createdAt: at, expiresAt, revokedAt: null, lastUsedAt: null, lastUsedFrom: null }
  const key = { id, name, role, scopes: scopes ?? null, networks, start: startOf(secret), ...made }
  const changes = changesOf(undefined, { name, ...rights, expiresAt })
  await db.batch([insertEvents({ type: 'key.created', at, by, subject: id, changes })], 'write')
  const told = { kind: 'key-created', subject: id, params: { by: byName, name }, at } as const
  await control.batch([insertKey(key, access.id, await sha256(secret)), alertAdministrators(told, access.id)], 'write')
  return { ...key, key: secret }
}

/** Revokes a key; within a second no request with it gets through. @throws Problem 404 key/unknown. */
export async function removeKey({ db, control, access, by, at }: Context, id: string): Promise<void> {
  const key = (await readKeys(control, access.id)).find((k) => k.id === id)
  if (!key) throw new Problem(404, 'key/unknown')
  if (key.revokedAt !== null) return
  const changes = { revokedAt: [null, at] } as const
  await db.batch([insertEvents({ type: 'key.revoked', at, by, subject: id, changes })], 'write')
  await control.batch([revokeKey(id, access.id, at)], 'write')
}
