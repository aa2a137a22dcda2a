import type { Locale } from '#i18n/format.ts'
import type { Instant } from '#worker/core/dates.ts'
import type { CompanyId } from '#worker/core/ids.ts'
import type { Database, InStatement } from '#worker/database/connect.ts'
import type { Role } from './permission.ts'

export type User = { id: string; email: string; name: string; passwordHash: string | null; locale: Locale }

type Row = Record<string, unknown>
const userOf = (row: Row): User => ({
  id: String(row.id),
  email: String(row.email),
  name: String(row.name),
  passwordHash: row.password_hash === null ? null : String(row.password_hash),
  locale: row.locale === 'en' ? 'en' : 'nb',
})

/** The user with this address, which is compared in lower case. */
export async function readUser(control: Database, email: string): Promise<User | undefined> {
  const { rows } = await control.execute({ sql: 'select * from user where email = ?', args: [email.toLowerCase()] })
  return rows[0] && userOf(rows[0])
}

export const insertUser = (user: User, at: Instant): InStatement => ({
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

export const insertSession = (tokenHash: string, user: string, at: Instant, until: Instant): InStatement => ({
  sql: 'insert into session (token_hash, user, created_at, expires_at) values (?, ?, ?, ?)',
  args: [tokenHash, user, at, until],
})
export const deleteSession = (tokenHash: string): InStatement => ({
  sql: 'delete from session where token_hash = ?',
  args: [tokenHash],
})
export const deleteSessionsOf = (user: string): InStatement => ({
  sql: 'delete from session where user = ?',
  args: [user],
})
export const deleteExpiredSessions = (now: Instant): InStatement => ({
  sql: 'delete from session where expires_at < ?',
  args: [now],
})

/**
 * Counts a try before it is made, unless a subject has used up its tries since `since`: one statement, so that tries at the
 * same moment cannot pass together. `at` is unique. Tries that are refused are not counted, so nobody is locked out for
 * longer than the window.
 */
export const countTry = (subjects: readonly { subject: string; limit: number }[], at: string, since: Instant) => ({
  sql: `insert into sign_in_failure (subject, at)
        select value->>'subject', ? from json_each(?)
        where not exists (select 1 from json_each(?) s where (
          select count(*) from sign_in_failure f where f.subject = s.value->>'subject' and f.at > ?) >= s.value->>'limit')`,
  args: [at, JSON.stringify(subjects), JSON.stringify(subjects), since],
})
/** The first try of the window among those subjects that have used theirs up. */
export const readFirstTry = (subjects: readonly { subject: string; limit: number }[], since: Instant): InStatement => ({
  sql: `select max(first) as first from (select min(f.at) as first, count(*) as tries, s.value->>'limit' as tries_allowed
          from json_each(?) s join sign_in_failure f on f.subject = s.value->>'subject' and f.at > ? group by s.key)
        where tries >= tries_allowed`,
  args: [JSON.stringify(subjects), since],
})
export const forgetTries = (subjects: readonly string[], at: string): InStatement => ({
  sql: 'delete from sign_in_failure where subject in (select value from json_each(?)) and at <= ?',
  args: [JSON.stringify(subjects), at],
})
export const forgetOldTries = (since: Instant): InStatement => ({
  sql: 'delete from sign_in_failure where at <= ?',
  args: [since],
})

export type Member = { user: string; name: string; email: string; role: Role; since: Instant; active: boolean }

/** Who may enter a company, by name. `active` is whether they have a way to sign in. */
export async function readMembers(control: Database, company: CompanyId): Promise<Member[]> {
  const { rows } = await control.execute({
    sql: `select u.id, u.name, u.email, u.password_hash, m.role, m.created_at from membership m join user u on u.id = m.user
          where m.company = ? order by u.name, u.id`,
    args: [company],
  })
  return rows.map((row) => ({
    user: String(row.id),
    name: String(row.name),
    email: String(row.email),
    role: String(row.role) as Role,
    since: String(row.created_at) as Instant,
    active: row.password_hash !== null,
  }))
}

/** Names of users by id: entries and locks say who by id. */
export async function readNames(control: Database, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const { rows } = await control.execute({
    sql: `select id, name from user where id in (select value from json_each(?))
          union all select id, name from api_key where id in (select value from json_each(?))`,
    args: [JSON.stringify(ids), JSON.stringify(ids)],
  })
  return new Map(rows.map((row) => [String(row.id), String(row.name)]))
}

type Invitation = { user: string; tokenHash: string; by: string; at: Instant; until: Instant }

/** Whether somebody has access to another company than this one. */
export async function isMemberElsewhere(control: Database, user: string, company: CompanyId): Promise<boolean> {
  const sql = 'select 1 from membership where user = ? and company <> ? limit 1'
  return (await control.execute({ sql, args: [user, company] })).rows.length > 0
}

/** One link for each user: a new one takes the place of the old. */
export const setInvitation = ({ user, tokenHash, by, at, until }: Invitation): InStatement => ({
  sql: `insert into invitation (user, token_hash, by, created_at, expires_at) values (?, ?, ?, ?, ?)
        on conflict (user) do update set token_hash = excluded.token_hash, by = excluded.by,
          created_at = excluded.created_at, expires_at = excluded.expires_at`,
  args: [user, tokenHash, by, at, until],
})
export const deleteInvitation = (tokenHash: string): InStatement => ({
  sql: 'delete from invitation where token_hash = ?',
  args: [tokenHash],
})

/** Whom a link is for and who made it, if it still works. */
export async function readInvitation(
  control: Database,
  tokenHash: string,
  now: Instant,
): Promise<{ email: string; name: string; by: string } | undefined> {
  const { rows } = await control.execute({
    sql: `select u.email, u.name, coalesce(b.name, i.by) as by from invitation i join user u on u.id = i.user
          left join user b on b.id = i.by where i.token_hash = ? and i.expires_at > ?`,
    args: [tokenHash, now],
  })
  const row = rows[0]
  return row && { email: String(row.email), name: String(row.name), by: String(row.by) }
}

/** What somebody has chosen for themselves, by name; nothing is an empty choice. */
export async function readSetting(control: Database, user: string, name: string): Promise<Record<string, string>> {
  const { rows } = await control.execute({
    sql: 'select value from user_setting where user = ? and name = ?',
    args: [user, name],
  })
  return rows[0] ? (JSON.parse(String(rows[0].value)) as Record<string, string>) : {}
}

export const writeSetting = (user: string, name: string, value: Record<string, string>, at: string): InStatement => ({
  sql: `insert into user_setting (user, name, value, changed_at) values (?, ?, ?, ?)
        on conflict (user, name) do update set value = excluded.value, changed_at = excluded.changed_at`,
  args: [user, name, JSON.stringify(value), at],
})
