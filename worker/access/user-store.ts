import type { Instant } from '#worker/core/dates.ts'
import type { CompanyId } from '#worker/core/ids.ts'
import type { Database, InStatement } from '#worker/database/connect.ts'
import type { Role } from './permission.ts'

export type Member = { user: string; name: string; email: string; role: Role; since: Instant; active: boolean }

/** Who may enter a company, by name. `active` is whether they have a way to sign in. */
export async function readMembers(control: Database, company: CompanyId): Promise<Member[]> {
  const { rows } = await control.execute({
    sql: `select u.id, u.name, u.email, m.role, m.created_at, u.password_hash is not null or exists (
            select 1 from passkey where user = u.id) or exists (select 1 from provider_account where user = u.id) as active
          from membership m join user u on u.id = m.user
          where m.company = ? order by u.name, u.id`,
    args: [company],
  })
  return rows.map((row) => ({
    user: String(row.id),
    name: String(row.name),
    email: String(row.email),
    role: String(row.role) as Role,
    since: String(row.created_at) as Instant,
    active: row.active === 1,
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
