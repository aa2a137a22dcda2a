import type { Instant } from '#worker/core/dates.ts'
import type { Database, InStatement } from '#worker/database/connect.ts'

/** How one signed in. */
export type Method = 'password' | 'passkey' | 'provider' | 'demo'

type NewSession = {
  tokenHash: string
  user: string
  at: Instant
  until: Instant
  method: Method
  device: string
  place: string
  provenAt: Instant | null
}

export const insertSession = (s: NewSession): InStatement => ({
  sql: `insert into session (token_hash, user, created_at, expires_at, method, device, place, used_at, proven_at)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  args: [s.tokenHash, s.user, s.at, s.until, s.method, s.device, s.place, s.at, s.provenAt],
})
export const deleteSession = (tokenHash: string): InStatement => ({
  sql: 'delete from session where token_hash = ?',
  args: [tokenHash],
})
export const deleteExpiredSessions = (now: Instant): InStatement => ({
  sql: 'delete from session where expires_at < ?',
  args: [now],
})

/** Ends every session and every add-in sign-in of a user, but for one session. Everything that could still let them in goes, too. */
export const endSessions = (user: string, but: string | null): InStatement[] => [
  { sql: 'delete from session where user = ? and token_hash is not ?', args: [user, but] },
  { sql: 'delete from sign_in_step where user = ?', args: [user] },
  { sql: 'delete from addin_code where user = ?', args: [user] },
  { sql: 'delete from addin_access where user = ?', args: [user] },
  { sql: 'delete from addin_refresh where user = ?', args: [user] },
]

export type KeptSession = {
  tokenHash: string
  method: Method | null
  device: string
  place: string
  createdAt: Instant
  usedAt: Instant
}

/** A user's sessions that are still good, the last used first. */
export async function readSessions(control: Database, user: string, now: Instant): Promise<KeptSession[]> {
  const { rows } = await control.execute({
    sql: `select token_hash, method, device, place, created_at, coalesce(used_at, created_at) as used_at from session
          where user = ? and expires_at > ? order by used_at desc, token_hash`,
    args: [user, now],
  })
  return rows.map((row) => ({
    tokenHash: String(row.token_hash),
    method: row.method as Method | null,
    device: String(row.device ?? ''),
    place: String(row.place ?? ''),
    createdAt: String(row.created_at) as Instant,
    usedAt: String(row.used_at) as Instant,
  }))
}

/** When a passkey or a code was last shown in a session; null for never. Undefined when there is no such session. */
export async function readProof(
  control: Database,
  tokenHash: string,
): Promise<{ provenAt: Instant | null; createdAt: Instant; method: Method | null } | undefined> {
  const { rows } = await control.execute({
    sql: 'select proven_at, created_at, method from session where token_hash = ?',
    args: [tokenHash],
  })
  const row = rows[0]
  return (
    row && {
      provenAt: row.proven_at as Instant | null,
      createdAt: String(row.created_at) as Instant,
      method: row.method as Method | null,
    }
  )
}
export const setProof = (tokenHash: string, at: Instant): InStatement => ({
  sql: 'update session set proven_at = ? where token_hash = ?',
  args: [at, tokenHash],
})

export const insertGrant = (session: string, content: string, until: Instant): InStatement => ({
  sql: `insert into step_up_grant (session_hash, content_hash, expires_at) values (?, ?, ?)
        on conflict do update set expires_at = excluded.expires_at`,
  args: [session, content, until],
})

/** Takes out a proof that was given for this content. Of two that come at once, one gets it. */
export async function takeGrant(control: Database, session: string, content: string, now: Instant): Promise<boolean> {
  const [, taken] = await control.batch(
    [
      { sql: 'delete from step_up_grant where expires_at <= ?', args: [now] },
      { sql: 'delete from step_up_grant where session_hash = ? and content_hash = ?', args: [session, content] },
    ],
    'write',
  )
  return taken!.rowsAffected > 0
}

/** Uses up what is good once; false when somebody has used it before. What has ended is forgotten. */
export async function spend(control: Database, hash: string, until: Instant, now: Instant): Promise<boolean> {
  const [, spent] = await control.batch(
    [
      { sql: 'delete from spent_challenge where expires_at <= ?', args: [now] },
      {
        sql: 'insert into spent_challenge (hash, expires_at) values (?, ?) on conflict do nothing',
        args: [hash, until],
      },
    ],
    'write',
  )
  return spent!.rowsAffected > 0
}

export const insertStep = (tokenHash: string, user: string, method: Method, until: Instant): InStatement => ({
  sql: 'insert into sign_in_step (token_hash, user, method, expires_at) values (?, ?, ?, ?)',
  args: [tokenHash, user, method, until],
})
export const deleteOldSteps = (now: Instant): InStatement => ({
  sql: 'delete from sign_in_step where expires_at <= ?',
  args: [now],
})

/** Who has come half of the way. */
export async function readStep(
  control: Database,
  tokenHash: string,
  now: Instant,
): Promise<{ user: string; method: Method } | undefined> {
  const { rows } = await control.execute({
    sql: 'select user, method from sign_in_step where token_hash = ? and expires_at > ?',
    args: [tokenHash, now],
  })
  const row = rows[0]
  return row && { user: String(row.user), method: row.method as Method }
}

/** Takes the step out: of two that finish at once, one does. */
export const takeStep = async (control: Database, tokenHash: string): Promise<boolean> =>
  (await control.execute({ sql: 'delete from sign_in_step where token_hash = ?', args: [tokenHash] })).rowsAffected > 0

/** What happened to somebody's sign-in. Words for each stand in i18n. */
export type SignInEventKind =
  | 'created'
  | 'signed-in'
  | 'signed-out'
  | 'session-ended'
  | 'addin-signed-in'
  | 'sign-in-failed'
  | 'code-failed'
  | 'factors-reset'
  | 'new-device'
  | 'locked'
  | 'password-changed'
  | 'passkey-added'
  | 'passkey-removed'
  | 'codes-on'
  | 'codes-off'
  | 'recovery-used'
  | 'recovery-made'
  | 'signed-out-everywhere'
  | 'provider-joined'
  | 'provider-left'
  | 'address-verified'

/** Whether somebody has signed in before: the first time, no device is new. */
export async function hasSignedIn(control: Database, user: string): Promise<boolean> {
  const { rows } = await control.execute({
    sql: `select 1 from control_log where user = ? and type in ('user.signed-in', 'user.new-device') limit 1`,
    args: [user],
  })
  return rows.length > 0
}
