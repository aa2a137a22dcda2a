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

/** Marks a token as used, once. Gives how it stood before. */
export async function useRefresh(control: Database, tokenHash: string, now: Instant): Promise<Refresh | undefined> {
  const [before] = await control.batch(
    [
      { sql: 'select * from addin_refresh where token_hash = ?', args: [tokenHash] },
      { sql: 'update addin_refresh set used_at = ? where token_hash = ? and used_at is null', args: [now, tokenHash] },
    ],
    'write',
  )
  const row = before!.rows[0]
  if (!row) return undefined
  return {
    ...grantedOf(row),
    family: String(row.family),
    publicKey: String(row.public_key),
    expiresAt: String(row.expires_at) as Instant,
    usedAt: row.used_at === null ? null : (String(row.used_at) as Instant),
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

/** A pair of tokens; what has run out goes at the same time. */
export const insertTokens = (t: NewTokens, now: Instant): InStatement[] => [
  { sql: 'delete from addin_code where expires_at < ?', args: [now] },
  { sql: 'delete from addin_access where expires_at < ?', args: [now] },
  { sql: 'delete from addin_refresh where expires_at < ?', args: [now] },
  {
    sql: `insert into addin_refresh
            (token_hash, family, user, signed_in_at, expires_at, device, place, made_at, scopes, public_key)
          values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    args: [
      ...[t.refreshHash, t.family, t.user, t.signedInAt, t.refreshUntil, t.device, t.place, now],
      ...[t.scopes.join(' '), t.publicKey],
    ],
  },
  {
    sql: `insert into addin_access (token_hash, family, user, expires_at, scopes, signed_in_at) values (?, ?, ?, ?, ?, ?)`,
    args: [t.accessHash, t.family, t.user, t.accessUntil, t.scopes.join(' '), t.signedInAt],
  },
]

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
