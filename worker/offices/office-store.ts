import type { OfficeRole } from '#worker/access/permission.ts'
import type { Instant } from '#worker/core/dates.ts'
import type { Database, InStatement } from '#worker/database/connect.ts'
import type { Assignment, ClientMove, OfficeClient, OfficeDetails, Staff } from './office.ts'

export const insertOfficeOf = (id: string, office: OfficeDetails, user: string | null, at: Instant): InStatement[] => [
  {
    sql: 'insert into office (id, name, created_at, organisation_number) values (?, ?, ?, ?)',
    args: [id, office.name.trim(), at, office.organisationNumber ?? null],
  },
  ...(user === null ? [] : [insertStaff(id, user, 'administrator', at)]),
]
export const updateOffice = (id: string, office: OfficeDetails): InStatement => ({
  sql: 'update office set name = ?, organisation_number = ? where id = ?',
  args: [office.name.trim(), office.organisationNumber ?? null, id],
})

export const insertStaff = (office: string, user: string, role: OfficeRole, at: string): InStatement => ({
  sql: 'insert into office_member (office, user, role, created_at) values (?, ?, ?, ?) on conflict do nothing',
  args: [office, user, role, at],
})
export const setStaffRole = (office: string, user: string, role: OfficeRole): InStatement => ({
  sql: 'update office_member set role = ? where office = ? and user = ?',
  args: [role, office, user],
})
/** The clients they worked for go with them, by trigger. */
export const deleteStaff = (office: string, user: string): InStatement => ({
  sql: 'delete from office_member where office = ? and user = ?',
  args: [office, user],
})

/** The staff by name, and how many clients each works for. */
export async function readStaff(control: Database, office: string): Promise<Staff[]> {
  const { rows } = await control.execute({
    sql: `select u.id, u.name, u.email, o.role, o.created_at,
            (select count(*) from client_assignment a join company c on c.id = a.company
              where a.user = u.id and c.office = o.office and c.status = 'active') as clients,
            (select count(*) from client_assignment a join company c on c.id = a.company
              where a.user = u.id and c.office = o.office and c.status = 'active' and a.duty = 'responsible') as responsible_for
          from office_member o join user u on u.id = o.user where o.office = ? order by u.name, u.id`,
    args: [office],
  })
  return rows.map((row) => ({
    user: String(row.id),
    name: String(row.name),
    email: String(row.email),
    role: row.role as OfficeRole,
    since: String(row.created_at),
    clients: Number(row.clients),
    responsibleFor: Number(row.responsible_for),
  }))
}

/** The companies that somebody of an office is responsible for. */
export async function readResponsibilities(control: Database, user: string): Promise<ReadonlySet<string>> {
  const { rows } = await control.execute({
    sql: "select company from client_assignment where user = ? and duty = 'responsible'",
    args: [user],
  })
  return new Set(rows.map((row) => String(row.company)))
}

/** The office's clients by name, with those who work for each: the responsible one first. */
export async function readOfficeClients(
  control: Database,
  office: string,
): Promise<(OfficeClient & { database: string })[]> {
  const { rows } = await control.execute({
    sql: `select c.id, c.name, c.organisation_number, c.colour, c.test, c.database,
            (select json_group_array(json_object('user', s.user, 'name', s.name, 'duty', s.duty, 'role', s.role, 'roleName', s.role_name))
               from (select a.user, u.name, a.duty, a.role, r.name as role_name from client_assignment a
                       join user u on u.id = a.user left join custom_role r on r.id = a.role
                      where a.company = c.id order by a.duty, u.name) s) as staff
          from company c where c.office = ? and c.status = 'active' order by c.name, c.id`,
    args: [office],
  })
  return rows.map((row) => ({
    id: String(row.id),
    name: String(row.name),
    organisationNumber: row.organisation_number === null ? null : String(row.organisation_number),
    colour: String(row.colour),
    test: row.test === 1,
    database: String(row.database),
    staff: JSON.parse(String(row.staff)) as OfficeClient['staff'],
  }))
}

/** Puts one set of people in the place of another, in one batch. */
export const replaceAssignments = (
  company: string,
  staff: readonly Assignment[],
  by: string,
  at: string,
): InStatement[] => [
  {
    sql: `delete from client_assignment where company = ? and user not in (select value->>'user' from json_each(?))`,
    args: [company, JSON.stringify(staff)],
  },
  // Of two that change places as responsible neither may stand in the other's way.
  { sql: `update client_assignment set duty = 'team' where company = ?`, args: [company] },
  {
    sql: `insert into client_assignment (company, user, duty, role, by, created_at)
          select ?1, value->>'user', value->>'duty', value->>'role', ?2, ?3 from json_each(?4) where true
          on conflict (company, user) do update set duty = excluded.duty, role = excluded.role, by = excluded.by`,
    args: [company, by, at, JSON.stringify(staff)],
  },
]

const MOVE = `select m.id, m.company, c.name as company_name, f.name as from_name, m.to_office, t.name as to_name, m.asked_by, m.asked_at
  from client_move m join company c on c.id = m.company join office t on t.id = m.to_office
  left join office f on f.id = m.from_office where m.closed_at is null`
const moveOf = (row: Record<string, unknown>): ClientMove => ({
  id: String(row.id),
  company: String(row.company),
  companyName: String(row.company_name),
  fromName: row.from_name === null ? null : String(row.from_name),
  to: String(row.to_office),
  toName: String(row.to_name),
  askedBy: String(row.asked_by),
  askedAt: String(row.asked_at),
})

/** Clients on their way to an office. */
export async function readMovesTo(control: Database, office: string): Promise<ClientMove[]> {
  const { rows } = await control.execute({ sql: `${MOVE} and m.to_office = ? order by m.asked_at`, args: [office] })
  return rows.map(moveOf)
}
/** Where a company is on its way to, if anywhere. */
export async function readMoveOf(control: Database, company: string): Promise<ClientMove | undefined> {
  const { rows } = await control.execute({ sql: `${MOVE} and m.company = ?`, args: [company] })
  return rows[0] && moveOf(rows[0])
}
export const insertMove = (id: string, company: string, to: string, by: string, at: string): InStatement => ({
  sql: `insert into client_move (id, company, from_office, to_office, asked_by, asked_at)
        select ?, id, office, ?, ?, ? from company where id = ?`,
  args: [id, to, by, at, company],
})
export const closeMove = (
  id: string,
  outcome: 'accepted' | 'declined' | 'withdrawn',
  by: string,
  at: string,
): InStatement => ({
  sql: 'update client_move set closed_at = ?, closed_by = ?, outcome = ? where id = ? and closed_at is null',
  args: [at, by, outcome, id],
})
/** Moves the company where a move that was accepted just now says; who worked for it from the old office leaves, by trigger. */
export const moveCompany = (move: string, at: string): InStatement => ({
  sql: `update company set office = (select to_office from client_move where id = ?1)
        where id = (select company from client_move where id = ?1 and outcome = 'accepted' and closed_at = ?2)`,
  args: [move, at],
})
/** A company that is in no office becomes a client of this one. */
export const joinOffice = (company: string, office: string): InStatement => ({
  sql: 'update company set office = ? where id = ? and office is null',
  args: [office, company],
})
/** Leaves its office, if somebody of its own can give rights in it. */
export const leaveOffice = (company: string): InStatement => ({
  sql: `update company set office = null where id = ?1
        and exists (select 1 from membership where company = ?1 and role = 'administrator')`,
  args: [company],
})

/** The office with a number in the register. */
export async function readOfficeByNumber(control: Database, organisationNumber: string) {
  const { rows } = await control.execute({
    sql: 'select id, name from office where organisation_number = ? order by created_at limit 1',
    args: [organisationNumber],
  })
  return rows[0] && { id: String(rows[0].id), name: String(rows[0].name) }
}
