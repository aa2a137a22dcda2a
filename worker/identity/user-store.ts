import type { Locale } from '#i18n/format.ts'
import type { Instant } from '#worker/core/dates.ts'
import type { Database, InStatement } from '#worker/database/connect.ts'

export type User = {
  id: string
  email: string
  name: string
  passwordHash: string | null
  locale: Locale
  emailVerifiedAt: Instant | null
}

type Row = Record<string, unknown>
const userOf = (row: Row): User => ({
  id: String(row.id),
  email: String(row.email),
  name: String(row.name),
  passwordHash: row.password_hash === null ? null : String(row.password_hash),
  locale: row.locale === 'en' ? 'en' : 'nb',
  emailVerifiedAt: row.email_verified_at as Instant | null,
})

/** The user with this address, which is compared in lower case. */
export async function readUser(control: Database, email: string): Promise<User | undefined> {
  const { rows } = await control.execute({ sql: 'select * from user where email = ?', args: [email.toLowerCase()] })
  return rows[0] && userOf(rows[0])
}

/** The user with this id. */
export async function readUserById(control: Database, id: string): Promise<User | undefined> {
  const { rows } = await control.execute({ sql: 'select * from user where id = ?', args: [id] })
  return rows[0] && userOf(rows[0])
}

export const insertUser = (user: Omit<User, 'emailVerifiedAt'>, at: Instant): InStatement => ({
  sql: `insert into user (id, email, name, password_hash, locale, created_at) values (?, ?, ?, ?, ?, ?)
        on conflict (email) do nothing`,
  args: [user.id, user.email, user.name, user.passwordHash, user.locale, at],
})

export const setPassword = (user: string, hash: string): InStatement => ({
  sql: 'update user set password_hash = ? where id = ?',
  args: [hash, user],
})

export const setLocale = (user: string, locale: Locale): InStatement => ({
  sql: 'update user set locale = ? where id = ?',
  args: [locale, user],
})

export const setVerified = (user: string, email: string, at: Instant): InStatement => ({
  sql: 'update user set email_verified_at = ? where id = ? and email = ?',
  args: [at, user, email],
})

export type LinkPurpose = 'password' | 'address'

/** One link for each purpose: a new one takes the place of the old. */
export const insertLink = (
  tokenHash: string,
  user: Pick<User, 'id' | 'email'>,
  purpose: LinkPurpose,
  until: Instant,
): InStatement[] => [
  { sql: 'delete from mail_link where user = ? and purpose = ?', args: [user.id, purpose] },
  {
    sql: 'insert into mail_link (token_hash, user, email, purpose, expires_at) values (?, ?, ?, ?, ?)',
    args: [tokenHash, user.id, user.email, purpose, until],
  },
]

/** The user a link is for, if it still works. */
export async function readLink(
  control: Database,
  tokenHash: string,
  purpose: LinkPurpose,
  now: Instant,
): Promise<User | undefined> {
  const { rows } = await control.execute({
    sql: `select u.* from mail_link l join user u on u.id = l.user and u.email = l.email
          where l.token_hash = ? and l.purpose = ? and l.expires_at > ?`,
    args: [tokenHash, purpose, now],
  })
  return rows[0] && userOf(rows[0])
}

/** Takes the link out: of two that use it at once, one does. */
export const takeLink = async (control: Database, tokenHash: string): Promise<boolean> =>
  (await control.execute({ sql: 'delete from mail_link where token_hash = ?', args: [tokenHash] })).rowsAffected > 0
