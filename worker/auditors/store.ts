import type { Instant } from '#worker/core/dates.ts'
import type { Database, InStatement } from '#worker/database/connect.ts'
import type { AuditAccess } from './audit-order.ts'

type Row = Record<string, unknown>
const text = (value: unknown): string | null => (value === null ? null : String(value))
const accessOf = (row: Row): AuditAccess => ({
  id: String(row.id),
  company: text(row.company),
  companyName: text(row.company_name),
  organisationNumber: text(row.organisation_number),
  user: text(row.user),
  email: String(row.email),
  name: String(row.name),
  firm: String(row.firm),
  orderedFrom: row.ordered_from as AuditAccess['orderedFrom'],
  orderedBy: String(row.ordered_by),
  orderedAt: String(row.ordered_at) as Instant,
  message: String(row.message),
  firstYear: Number(row.first_year),
  lastYear: Number(row.last_year),
  days: Number(row.days),
  grantedAt: text(row.granted_at) as Instant | null,
  grantedBy: text(row.granted_by),
  endsAt: text(row.ends_at) as Instant | null,
  endedAt: text(row.ended_at) as Instant | null,
  endedBy: text(row.ended_by),
  outcome: row.outcome as AuditAccess['outcome'],
})

const ACCESS = 'select a.*, c.name as company_name from audit_access a left join company c on c.id = a.company'
const NEWEST = 'order by a.ordered_at desc, a.id'

/** Orders and access of a company, newest first. */
export async function readAuditAccess(control: Database, company: string): Promise<AuditAccess[]> {
  const { rows } = await control.execute({ sql: `${ACCESS} where a.company = ? ${NEWEST}`, args: [company] })
  return rows.map(accessOf)
}

/** What somebody has ordered, or been given, as an auditor, newest first. */
export async function readOwnOrders(control: Database, user: string): Promise<AuditAccess[]> {
  const { rows } = await control.execute({ sql: `${ACCESS} where a.user = ? ${NEWEST}`, args: [user] })
  return rows.map(accessOf)
}

/** The company with an organisation number, a test company last. */
export async function readCompanyByNumber(control: Database, organisationNumber: string): Promise<string | undefined> {
  const { rows } = await control.execute({
    sql: `select id from company where organisation_number = ? and status = 'active' order by test, created_at limit 1`,
    args: [organisationNumber],
  })
  return rows[0] && String(rows[0].id)
}

type New = Omit<AuditAccess, 'companyName' | 'grantedAt' | 'grantedBy' | 'endsAt' | 'endedAt' | 'endedBy' | 'outcome'>
export const insertOrder = (o: New): InStatement => ({
  sql: `insert into audit_access (id, company, organisation_number, user, email, name, firm, ordered_from, ordered_by, ordered_at,
          message, first_year, last_year, days)
        select ?1->>0, ?1->>1, ?1->>2, ?1->>3, ?1->>4, ?1->>5, ?1->>6, ?1->>7, ?1->>8, ?1->>9, ?1->>10, ?1->>11, ?1->>12, ?1->>13`,
  args: [
    JSON.stringify([
      o.id,
      o.company,
      o.organisationNumber,
      o.user,
      o.email,
      o.name,
      o.firm,
      o.orderedFrom,
      o.orderedBy,
      o.orderedAt,
      o.message,
      o.firstYear,
      o.lastYear,
      o.days,
    ]),
  ],
})

type Granted = Pick<AuditAccess, 'id' | 'user' | 'firstYear' | 'lastYear' | 'days'> & {
  by: string
  at: Instant
  endsAt: Instant
}
export const grantOrder = (g: Granted): InStatement => ({
  sql: `update audit_access set granted_at = ?1->>0, granted_by = ?1->>1, ends_at = ?1->>2, user = ?1->>3, first_year = ?1->>4,
          last_year = ?1->>5, days = ?1->>6
        where id = ?1->>7 and granted_at is null and ended_at is null`,
  args: [JSON.stringify([g.at, g.by, g.endsAt, g.user, g.firstYear, g.lastYear, g.days, g.id])],
})

export const endAccess = (
  id: string,
  outcome: NonNullable<AuditAccess['outcome']>,
  by: string,
  at: Instant,
): InStatement => ({
  sql: 'update audit_access set ended_at = ?, ended_by = ?, outcome = ? where id = ? and ended_at is null',
  args: [at, by, outcome, id],
})

/** An invitation to access that was ended gives none. */
export const withdrawInvitationOf = (id: string, by: string, at: Instant): InStatement => ({
  sql: `update invitation set withdrawn_at = ?, withdrawn_by = ?
        where audit_access = ? and accepted_at is null and withdrawn_at is null`,
  args: [at, by, id],
})

/** How many documents each auditor has read in a company, from the documents' own log. */
export async function readDocumentReads(db: Database, users: readonly string[]): Promise<Map<string, number>> {
  const { rows } = await db.execute({
    sql: `select by, count(*) as reads from document_log where what = 'read' and by in (select value from json_each(?)) group by by`,
    args: [JSON.stringify(users)],
  })
  return new Map(rows.map((row) => [String(row.by), Number(row.reads)]))
}
