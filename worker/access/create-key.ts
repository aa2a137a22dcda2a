import { approvalText, rightWord, roleWord } from '#i18n/approval-text.ts'
import type { Locale } from '#i18n/format.ts'
import { alertAdministrators } from '#worker/alerts/store.ts'
import { insertControlEntries, insertControlEntriesIfChanged } from '#worker/control-log/store.ts'
import { dayInOslo, type Instant, instantOf } from '#worker/core/dates.ts'
import { sha256 } from '#worker/core/hash.ts'
import { idOf } from '#worker/core/ids.ts'
import { Problem } from '#worker/core/problem.ts'
import { type Changes, changesOf } from '#worker/events/event.ts'
import { insertEvents } from '#worker/events/store.ts'
import { keyFrom, leastRoleFor, type NewKey, startOf } from './api-key.ts'
import { insertKey, type KeptKey, readKeys, revokeKey } from './key-store.ts'
import { isWithin } from './permission.ts'
import { entryOf, type RightsContext } from './rights-context.ts'

/** An app that a key lets in: who made it, and where it is answered. */
export type AppLetIn = { id: string; maker: string; host: string }

/** Keys of a company that work, at most. The database says the same, for two that come at once. */
const MOST = 200

/**
 * Makes a key for a program, or lets an app in with one, once somebody has shown a passkey or code for exactly it. The key itself is told here and never
 * again; only its SHA-256 is kept. The event stands in the company's database, so it is written before the key: a key without
 * a trace cannot come to be.
 * @throws Problem 403 permission/missing when it would have more rights than who makes it; 422 limit/reached.
 */
export async function createKey(
  ctx: RightsContext,
  wanted: NewKey,
  app?: AppLetIn,
): Promise<KeptKey & { key: string }> {
  const { db, control, access, by, at, byName } = ctx
  const widest = wanted.role ?? { permissions: wanted.scopes ?? [] }
  if (!isWithin(widest, access)) throw new Problem(403, 'permission/missing')
  const live = (await readKeys(control, access.id)).filter(({ revokedAt }) => revokedAt === null)
  if (live.length >= MOST) throw new Problem(422, 'limit/reached')
  const { key, secret, changes } = newKey(wanted, ctx, app?.id)
  const { id, name } = key
  await ctx.demandProof(keyLines(access.name, key, ctx.locale, app))
  await db.batch([insertEvents({ type: 'key.created', at, by, subject: id, changes })], 'write')
  const told = { kind: 'key-created', subject: id, params: { by: byName, name }, at } as const
  const entry = entryOf(ctx, { type: 'key.created', subject: id, changes })
  await control.batch(
    [
      insertKey(key, { company: access.id }, await sha256(secret)),
      insertControlEntries(entry),
      alertAdministrators(told, access.id),
    ],
    'write',
  )
  return { ...key, key: secret }
}

/** A key as it will be kept, the secret that is told, and what the log says of it. */
export function newKey(
  wanted: NewKey,
  { by, at }: Pick<RightsContext, 'by' | 'at'>,
  app: string | null = null,
): { key: KeptKey; secret: string; changes: Changes } {
  const role = wanted.role ?? leastRoleFor(wanted.scopes ?? [])
  const secret = keyFrom(crypto.getRandomValues(new Uint8Array(32)))
  const id = idOf('key', crypto.getRandomValues(new Uint8Array(17)))
  const expiresAt: Instant | null = (wanted.expiresAt && instantOf(wanted.expiresAt)) || null
  const { name, scopes, networks = [] } = wanted
  const rights = { role, ...(scopes && { scopes }), ...(networks.length > 0 && { networks }) }
  const made = { createdBy: by, createdAt: at, expiresAt, revokedAt: null, lastUsedAt: null, lastUsedFrom: null }
  const key = { id, name, role, scopes: scopes ?? null, networks, start: app ? null : startOf(secret), app, ...made }
  return { key, secret, changes: changesOf(undefined, { name, ...rights, expiresAt, ...(app && { app }) }) }
}

/** What is confirmed: where, what the key may do, and until when. */
export function keyLines(
  place: string,
  { name, role, scopes, networks, expiresAt }: KeptKey,
  locale: Locale,
  app?: AppLetIn,
): string[] {
  return [
    place,
    app ? approvalText('app-let-in', { ...app, name }, locale) : approvalText('key-created', { name }, locale),
    ...(scopes
      ? scopes.map((scope) => approvalText('role-may', { right: rightWord(scope, locale) }, locale))
      : [approvalText('key-role', { role: roleWord(role, null, locale) }, locale)]),
    ...networks,
    expiresAt === null
      ? approvalText('key-for-ever', {}, locale)
      : approvalText('key-until', { date: dayInOslo(expiresAt) }, locale),
  ]
}

/** Revokes a key; within a second no request with it gets through. @throws Problem 404 key/unknown. */
export async function removeKey(
  { db, control, access, by, at }: Pick<RightsContext, 'db' | 'control' | 'access' | 'by' | 'at'>,
  id: string,
): Promise<void> {
  const key = (await readKeys(control, access.id)).find((k) => k.id === id)
  if (!key) throw new Problem(404, 'key/unknown')
  if (key.revokedAt !== null) return
  const changes = { revokedAt: [null, at] } as const
  await db.batch([insertEvents({ type: 'key.revoked', at, by, subject: id, changes })], 'write')
  const entry = entryOf({ access, by, at }, { type: 'key.revoked', subject: id, changes })
  await control.batch([revokeKey(id, access.id, at), insertControlEntriesIfChanged(entry)], 'write')
}
