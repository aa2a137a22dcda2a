import type { Instant } from '#worker/core/dates.ts'
import type { CompanyId } from '#worker/core/ids.ts'
import type { Database, InStatement } from '#worker/database/connect.ts'

/**
 * Somebody who may enter a company. `role` is a name of the permission table or the id of a role of the company's own, which
 * `roleName` then names. Through the office: with a duty there, or as its administrator.
 */
export type Member = {
  user: string
  name: string
  email: string
  role: string
  roleName: string | null
  since: Instant
  through: 'company' | 'office'
  duty: 'responsible' | 'team' | null
}

/** Who may enter a company, by name; one line for each way in. Auditors stand in audit_access. */
export async function readMembers(control: Database, company: CompanyId): Promise<Member[]> {
  const { rows } = await control.execute({
    sql: `select u.id, u.name, u.email, w.role, r.name as role_name, w.since, w.through, w.duty from (
            select user, role, created_at as since, 'company' as through, null as duty from membership where company = ?1
            union all
            select a.user, a.role, a.created_at, 'office', a.duty from client_assignment a where a.company = ?1
            union all
            select o.user, 'administrator', o.created_at, 'office', null from office_member o
              join company c on c.office = o.office
             where c.id = ?1 and o.role = 'administrator'
               and not exists (select 1 from client_assignment a where a.company = ?1 and a.user = o.user)
          ) w join user u on u.id = w.user left join custom_role r on r.id = w.role
          order by w.through, u.name, u.id`,
    args: [company],
  })
  return rows.map((row) => ({
    user: String(row.id),
    name: String(row.name),
    email: String(row.email),
    role: String(row.role),
    roleName: row.role_name === null ? null : String(row.role_name),
    since: String(row.since) as Instant,
    through: row.through as Member['through'],
    duty: row.duty as Member['duty'],
  }))
}

/** Names of those who can give rights in a company: its own administrators, then the office's. Two at most. */
export async function readAdministrators(control: Database, company: CompanyId): Promise<string[]> {
  const { rows } = await control.execute({
    sql: `select name from (
            select u.name, 1 as place, m.created_at from membership m join user u on u.id = m.user
             where m.company = ?1 and m.role = 'administrator'
            union all
            select u.name, 2, a.created_at from client_assignment a join user u on u.id = a.user
             where a.company = ?1 and a.role = 'administrator'
            union all
            select u.name, 3, o.created_at from office_member o join company c on c.office = o.office
              join user u on u.id = o.user where c.id = ?1 and o.role = 'administrator'
          ) group by name order by min(place), min(created_at), name limit 2`,
    args: [company],
  })
  return rows.map((row) => String(row.name))
}

/** Makes a user a member, or gives a member another role; but a company is never left without an administrator. */
export const setMember = (user: string, company: CompanyId, role: string, at: string): InStatement => ({
  sql: `insert into membership (user, company, role, created_at) select ?1, ?2, ?3, ?4 where true
        on conflict (user, company) do update set role = excluded.role
        where excluded.role = 'administrator' or ${anotherAdministrator}`,
  args: [user, company, role, at],
})
export const deleteMember = (user: string, company: CompanyId): InStatement => ({
  sql: `delete from membership where user = ?1 and company = ?2 and (${anotherAdministrator})`,
  args: [user, company],
})
const anotherAdministrator = `membership.role <> 'administrator' or exists (select 1 from membership other
  where other.company = ?2 and other.role = 'administrator' and other.user <> ?1)
  or exists (select 1 from company c where c.id = ?2 and c.office is not null)`
