import type { Instant } from '#worker/core/dates.ts'
import type { Database, InStatement } from '#worker/database/connect.ts'

/** What a user can show beside a password. */
export type Factors = { codeApp: boolean; passkeys: number; recoveryCodes: number }

export async function readFactors(control: Database, user: string): Promise<Factors> {
  const { rows } = await control.execute({
    sql: `select exists (select 1 from totp where user = ?1) as code_app,
            (select count(*) from passkey where user = ?1) as passkeys,
            (select count(*) from recovery_code where user = ?1) as recovery_codes`,
    args: [user],
  })
  const row = rows[0]!
  return {
    codeApp: row.code_app === 1,
    passkeys: Number(row.passkeys),
    recoveryCodes: Number(row.recovery_codes),
  }
}

/** The secret of a user's code app, sealed. */
export async function readCodeApp(control: Database, user: string): Promise<string | undefined> {
  const { rows } = await control.execute({ sql: 'select secret from totp where user = ?', args: [user] })
  return rows[0] && String(rows[0].secret)
}

/** The step it was confirmed by is used. One that is there stays. */
export const insertCodeApp = (user: string, secret: string, step: number, at: Instant): InStatement => ({
  sql: `insert into totp (user, secret, last_step, created_at) values (?, ?, cast(? as integer), ?)
        on conflict (user) do nothing`,
  args: [user, secret, step, at],
})
export const deleteCodeApp = (user: string): InStatement => ({ sql: 'delete from totp where user = ?', args: [user] })

/** Uses up a step of thirty seconds and all before it: of two that show the same code, one gets it. */
export const useStep = async (control: Database, user: string, step: number): Promise<boolean> =>
  (
    await control.execute({
      sql: 'update totp set last_step = cast(?1 as integer) where user = ?2 and last_step < cast(?1 as integer)',
      args: [step, user],
    })
  ).rowsAffected > 0

/** A whole new set of recovery codes; the old ones are worthless. */
export const replaceRecoveryCodes = (user: string, hashes: readonly string[], at: Instant): InStatement[] => [
  { sql: 'delete from recovery_code where user = ?', args: [user] },
  {
    sql: 'insert into recovery_code (user, code_hash, created_at) select ?, value, ? from json_each(?)',
    args: [user, at, JSON.stringify(hashes)],
  },
]
export const useRecoveryCode = async (control: Database, user: string, hash: string): Promise<boolean> =>
  (
    await control.execute({
      sql: 'delete from recovery_code where user = ? and code_hash = ?',
      args: [user, hash],
    })
  ).rowsAffected > 0

export type Passkey = {
  id: string
  user: string
  publicKey: string
  counter: number
  transports: string[]
  name: string
  createdAt: Instant
  usedAt: Instant | null
}

type Row = Record<string, unknown>
const passkeyOf = (row: Row): Passkey => ({
  id: String(row.id),
  user: String(row.user),
  publicKey: String(row.public_key),
  counter: Number(row.counter),
  transports: JSON.parse(String(row.transports)) as string[],
  name: String(row.name),
  createdAt: String(row.created_at) as Instant,
  usedAt: row.used_at as Instant | null,
})

export async function readPasskeys(control: Database, user: string): Promise<Passkey[]> {
  const sql = 'select * from passkey where user = ? order by created_at, id'
  return (await control.execute({ sql, args: [user] })).rows.map(passkeyOf)
}
export async function readPasskey(control: Database, id: string): Promise<Passkey | undefined> {
  const { rows } = await control.execute({ sql: 'select * from passkey where id = ?', args: [id] })
  return rows[0] && passkeyOf(rows[0])
}
export const insertPasskey = (p: Omit<Passkey, 'usedAt'>): InStatement => ({
  sql: `insert into passkey (id, user, public_key, counter, transports, name, created_at)
        values (?, ?, ?, cast(? as integer), ?, ?, ?) on conflict (id) do nothing`,
  args: [p.id, p.user, p.publicKey, p.counter, JSON.stringify(p.transports), p.name, p.createdAt],
})
/** The counter of a passkey that counts never stands still; one that does not count is always 0. */
export const countPasskey = (id: string, counter: number, at: Instant): InStatement => ({
  sql: `update passkey set counter = cast(?2 as integer), used_at = ?3
        where id = ?1 and (counter < cast(?2 as integer) or (counter = 0 and cast(?2 as integer) = 0))`,
  args: [id, counter, at],
})
export const renamePasskey = (id: string, user: string, name: string): InStatement => ({
  sql: 'update passkey set name = ? where id = ? and user = ?',
  args: [name, id, user],
})
export const deletePasskey = (id: string, user: string): InStatement => ({
  sql: 'delete from passkey where id = ? and user = ?',
  args: [id, user],
})

/** Everything but the password: for who has lost it all. */
export const deleteFactors = (user: string): InStatement[] =>
  ['totp', 'passkey', 'recovery_code'].map((table) => ({ sql: `delete from ${table} where user = ?`, args: [user] }))

export type ProviderAccount = {
  issuer: string
  subject: string
  provider: string
  email: string | null
  createdAt: Instant
}

/** The user that has joined this account at a provider. */
export async function readProviderUser(
  control: Database,
  issuer: string,
  subject: string,
): Promise<string | undefined> {
  const sql = 'select user from provider_account where issuer = ? and subject = ?'
  const { rows } = await control.execute({ sql, args: [issuer, subject] })
  return rows[0] && String(rows[0].user)
}
export async function readProviderAccounts(control: Database, user: string): Promise<ProviderAccount[]> {
  const sql = 'select * from provider_account where user = ? order by created_at'
  return (await control.execute({ sql, args: [user] })).rows.map((row) => ({
    issuer: String(row.issuer),
    subject: String(row.subject),
    provider: String(row.provider),
    email: row.email === null ? null : String(row.email),
    createdAt: String(row.created_at) as Instant,
  }))
}
export const insertProviderAccount = (user: string, a: ProviderAccount): InStatement => ({
  sql: `insert into provider_account (issuer, subject, user, provider, email, created_at) values (?, ?, ?, ?, ?, ?)
        on conflict (issuer, subject) do nothing`,
  args: [a.issuer, a.subject, user, a.provider, a.email, a.createdAt],
})
export const deleteProviderAccount = (user: string, issuer: string, subject: string): InStatement => ({
  sql: 'delete from provider_account where user = ? and issuer = ? and subject = ?',
  args: [user, issuer, subject],
})
