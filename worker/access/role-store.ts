import type { CompanyId } from '#worker/core/ids.ts'
import type { Database, InStatement } from '#worker/database/connect.ts'
import type { CustomRole } from './custom-role.ts'
import { ALL_PERMISSIONS } from './permission.ts'

/** The roles of a company's own by name, and how many have each. */
export async function readCustomRoles(control: Database, company: CompanyId): Promise<CustomRole[]> {
  const { rows } = await control.execute({
    sql: `select r.id, r.name, r.permissions, r.version,
            (select count(*) from membership m where m.role = r.id)
              + (select count(*) from client_assignment a where a.role = r.id) as members
          from custom_role r where r.company = ? order by r.name`,
    args: [company],
  })
  return rows.map((row) => {
    const chosen = new Set(JSON.parse(String(row.permissions)) as string[])
    return {
      id: String(row.id),
      name: String(row.name),
      permissions: ALL_PERMISSIONS.filter((permission) => chosen.has(permission)),
      version: Number(row.version),
      members: Number(row.members),
    }
  })
}

type Kept = Pick<CustomRole, 'id' | 'name' | 'permissions'> & { company: CompanyId; by: string; at: string }

export const insertRole = (r: Kept): InStatement => ({
  sql: `insert into custom_role (id, company, name, permissions, by, changed_at) values (?, ?, ?, ?, ?, ?)`,
  args: [r.id, r.company, r.name, JSON.stringify(r.permissions), r.by, r.at],
})
/** Changes a role, if the version before still stands. */
export const updateRole = (r: Kept, before: number): InStatement => ({
  sql: `update custom_role set name = ?, permissions = ?, by = ?, changed_at = ?, version = version + 1
        where id = ? and company = ? and version = cast(? as integer)`,
  args: [r.name, JSON.stringify(r.permissions), r.by, r.at, r.id, r.company, before],
})
export const deleteRole = (id: string, company: CompanyId): InStatement => ({
  sql: 'delete from custom_role where id = ? and company = ?',
  args: [id, company],
})

/** What roles of companies' own are called, by id; one that was deleted has no name any more. */
export async function readRoleNames(control: Database, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const { rows } = await control.execute({
    sql: 'select id, name from custom_role where id in (select value from json_each(?))',
    args: [JSON.stringify(ids)],
  })
  return new Map(rows.map((row) => [String(row.id), String(row.name)]))
}
