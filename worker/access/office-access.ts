import type { Database } from '#worker/database/connect.ts'
import type { OfficeRole, Principal } from './permission.ts'

/** An accounting office, and what the caller is in it. */
export type OfficeAccess = {
  id: string
  name: string
  organisationNumber: string | null
  role: OfficeRole | 'operator'
}

type Row = Record<string, unknown>
const officeOf = (row: Row): OfficeAccess => ({
  id: String(row.id),
  name: String(row.name),
  organisationNumber: row.organisation_number === null ? null : String(row.organisation_number),
  role: String(row.role) as OfficeAccess['role'],
})

/** The offices the caller works in, by name; all of them for the local operator, none for a key. */
export async function readOffices(
  control: Database,
  who: Principal,
  only: string | null = null,
): Promise<OfficeAccess[]> {
  if (who.kind !== 'user' && who.kind !== 'operator') return []
  const { rows } = await control.execute(
    who.kind === 'operator'
      ? {
          sql: `select id, name, organisation_number, 'operator' as role from office
                where (?1 is null or id = ?1) order by name, id`,
          args: [only],
        }
      : {
          sql: `select o.id, o.name, o.organisation_number, m.role from office_member m join office o on o.id = m.office
                where m.user = ?1 and (?2 is null or o.id = ?2) order by o.name, o.id`,
          args: [who.id, only],
        },
  )
  return rows.map(officeOf)
}

export const readOfficeAccess = async (
  control: Database,
  who: Principal,
  id: string,
): Promise<OfficeAccess | undefined> => (await readOffices(control, who, id))[0]

export async function readOfficeName(control: Database, id: string): Promise<string> {
  const { rows } = await control.execute({ sql: 'select name from office where id = ?', args: [id] })
  return String(rows[0]?.name ?? '')
}
