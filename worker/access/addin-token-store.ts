import type { Instant } from '#worker/core/dates.ts'
import type { Database, InStatement } from '#worker/database/connect.ts'
import type { Principal } from './permission.ts'

export type Refresh = { family: string; user: string; signedInAt: Instant; expiresAt: Instant; usedAt: Instant | null }

export const insertCode = (codeHash: string, user: string, challenge: string, until: Instant): InStatement => ({
  sql: 'insert into addin_code (code_hash, user, challenge, expires_at) values (?, ?, ?, ?)',
  args: [codeHash, user, challenge, until],
})

/** Takes a code out: whoever comes second finds none. Gives whose it was, if it was still good and the challenge fits. */
export async function takeCode(
  control: Database,
  codeHash: string,
  challenge: string,
  now: Instant,
): Promise<string | undefined> {
  const { rows } = await control.execute({
    sql: 'delete from addin_code where code_hash = ? returning user, challenge, expires_at',
    args: [codeHash],
  })
  const row = rows[0]
  return row && row.challenge === challenge && String(row.expires_at) > now ? String(row.user) : undefined
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
    family: String(row.family),
    user: String(row.user),
    signedInAt: String(row.signed_in_at) as Instant,
    expiresAt: String(row.expires_at) as Instant,
    usedAt: row.used_at === null ? null : (String(row.used_at) as Instant),
  }
}

type NewTokens = {
  family: string
  user: string
  signedInAt: Instant
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
    sql: `insert into addin_refresh (token_hash, family, user, signed_in_at, expires_at, device, place, made_at)
          values (?, ?, ?, ?, ?, ?, ?, ?)`,
    args: [t.refreshHash, t.family, t.user, t.signedInAt, t.refreshUntil, t.device, t.place, now],
  },
  {
    sql: 'insert into addin_access (token_hash, family, user, expires_at) values (?, ?, ?, ?)',
    args: [t.accessHash, t.family, t.user, t.accessUntil],
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
    sql: `select u.id, u.name, u.email from addin_access a join user u on u.id = a.user
          where a.token_hash = ? and a.expires_at > ?`,
    args: [tokenHash, now],
  })
  const row = rows[0]
  return row && { kind: 'user', id: String(row.id), name: String(row.name), email: String(row.email), session: null }
}
