import type { Instant } from '#worker/core/dates.ts'
import type { Database, InStatement } from '#worker/database/connect.ts'
import { type ExcelSignIn, scopesIn } from './addin-token.ts'
import type { Principal } from './permission.ts'

/** Whose Excel it is, and what it may do. */
export type Granted = ExcelSignIn & { user: string }
export type Refresh = Granted & {
  family: string
  publicKey: string
  expiresAt: Instant
  usedAt: Instant | null
  /** When one that was given later in the same sign-in was last used. */
  laterUsedAt: Instant | null
}

export const insertCode = (codeHash: string, granted: Granted, challenge: string, until: Instant): InStatement => ({
  sql: 'insert into addin_code (code_hash, user, challenge, expires_at, scopes, signed_in_at) values (?, ?, ?, ?, ?, ?)',
  args: [codeHash, granted.user, challenge, until, granted.scopes.join(' '), granted.signedInAt],
})

const grantedOf = (row: Record<string, unknown>): Granted => ({
  user: String(row.user),
  scopes: scopesIn(String(row.scopes)),
  signedInAt: String(row.signed_in_at) as Instant,
})

/** Takes a code out: whoever comes second finds none. Gives what it was given for, if it was still good and the challenge fits. */
export async function takeCode(
  control: Database,
  codeHash: string,
  challenge: string,
  now: Instant,
): Promise<Granted | undefined> {
  const { rows } = await control.execute({
    sql: 'delete from addin_code where code_hash = ? returning user, challenge, expires_at, scopes, signed_in_at',
    args: [codeHash],
  })
  const row = rows[0]
  return row && row.challenge === challenge && String(row.expires_at) > now ? grantedOf(row) : undefined
}

/** A token to renew with, by its SHA-256, as long as its sign-in is not ended. */
export async function readRefresh(control: Database, tokenHash: string): Promise<Refresh | undefined> {
  const { rows } = await control.execute({
    sql: `select t.*, (select max(l.used_at) from addin_refresh l where l.family = t.family and l.used_at > t.used_at) as later
            from addin_refresh t where t.token_hash = ?`,
    args: [tokenHash],
  })
  const row = rows[0]
  if (!row) return undefined
  return {
    ...grantedOf(row),
    family: String(row.family),
    publicKey: String(row.public_key),
    expiresAt: String(row.expires_at) as Instant,
    usedAt: row.used_at as Instant | null,
    laterUsedAt: row.later as Instant | null,
  }
}

type NewTokens = Pick<Refresh, keyof Granted | 'family' | 'publicKey'> & {
  refreshHash: string
  refreshUntil: Instant
  accessHash: string
  accessUntil: Instant
  device: string
  place: string
}

/**
 * A pair of tokens; what has run out goes at the same time. Those that take the place of `after` are given only if that one
 * is there still: a sign-in that was ended meanwhile stays ended. The last statement inserts the access token.
 */
export const insertTokens = (t: NewTokens, now: Instant, after?: string): InStatement[] => [
  { sql: 'delete from addin_code where expires_at < ?', args: [now] },
  { sql: 'delete from addin_access where expires_at < ?', args: [now] },
  { sql: 'delete from addin_refresh where expires_at < ?', args: [now] },
  {
    // The first use of one ends those that were given beside it: they stand as used before it, and end all when they come.
    sql: `update addin_refresh set used_at = ? where family = ? and used_at is null and token_hash <> ?
            and exists (select 1 from addin_refresh where token_hash = ? and used_at is null)`,
    args: [new Date(Date.parse(now) - 1).toISOString(), t.family, after ?? null, after ?? null],
  },
  {
    sql: `insert into addin_refresh
            (token_hash, family, user, signed_in_at, expires_at, device, place, made_at, scopes, public_key)
          select ?, ?, ?, ?, ?, ?, ?, ?, ?, ? ${STANDS}`,
    args: [
      ...[t.refreshHash, t.family, t.user, t.signedInAt, t.refreshUntil, t.device, t.place, now],
      ...[t.scopes.join(' '), t.publicKey, after ?? null, after ?? null],
    ],
  },
  {
    sql: 'update addin_refresh set used_at = ? where token_hash = ? and used_at is null',
    args: [now, after ?? null],
  },
  {
    sql: `insert into addin_access (token_hash, family, user, expires_at, scopes, signed_in_at) select ?, ?, ?, ?, ?, ? ${STANDS}`,
    args: [
      ...[t.accessHash, t.family, t.user, t.accessUntil, t.scopes.join(' '), t.signedInAt],
      ...[after ?? null, after ?? null],
    ],
  },
]
const STANDS = 'where ? is null or exists (select 1 from addin_refresh where token_hash = ?)'

/** Ends all that follows from one sign-in. */
export const deleteFamily = (family: string): InStatement[] => [
  { sql: 'delete from addin_refresh where family = ?', args: [family] },
  { sql: 'delete from addin_access where family = ?', args: [family] },
]
export const deleteFamilyOf = (refreshHash: string): InStatement[] => [
  {
    sql: 'delete from addin_access where family in (select family from addin_refresh where token_hash = ?)',
    args: [refreshHash],
  },
  {
    sql: 'delete from addin_refresh where family in (select family from addin_refresh where token_hash = ?)',
    args: [refreshHash],
  },
]

/** The user of an access token with this SHA-256, if it has not run out. */
export async function readAddinAccess(
  control: Database,
  tokenHash: string,
  now: string,
): Promise<Principal | undefined> {
  const { rows } = await control.execute({
    sql: `select u.id, u.name, u.email, a.scopes, a.signed_in_at from addin_access a join user u on u.id = a.user
          where a.token_hash = ? and a.expires_at > ?`,
    args: [tokenHash, now],
  })
  const row = rows[0]
  if (!row) return undefined
  const { user: _, ...excel } = grantedOf(row)
  return { kind: 'user', id: String(row.id), name: String(row.name), email: String(row.email), session: null, excel }
}
