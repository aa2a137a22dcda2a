import type { CompanyId } from '#worker/core/ids.ts'
import type { Database, InStatement } from '#worker/database/connect.ts'
import { SESSION_IDLE_MS, SESSION_MS } from '#worker/identity/start-session.ts'
import type { Principal, Role } from './permission.ts'

/** What a caller has in a company. */
export type CompanyAccess = {
  id: CompanyId
  name: string
  organisationNumber: string | null
  database: string
  /** The id under which the chain and what derives from it were begun; another than `id` in a restored company. */
  books: string
  colour: string
  test: boolean
  role: Role | 'operator'
  /** Where the request comes from, as JSON of an `Origin`. */
  origin?: string
}

type CompanyRow = Record<string, unknown>
const accessOf = (row: CompanyRow, role: CompanyAccess['role']): CompanyAccess => ({
  id: String(row.id) as CompanyId,
  name: String(row.name),
  organisationNumber: row.organisation_number === null ? null : String(row.organisation_number),
  database: String(row.database),
  books: String(row.books),
  colour: String(row.colour),
  test: row.test === 1,
  role,
})

const COMPANY =
  'select c.id, c.name, c.organisation_number, c.database, coalesce(c.books, c.id) as books, c.colour, c.test'

/** The caller's access to one company; undefined when there is none, or the company is not ready. */
export async function readCompanyAccess(
  control: Database,
  who: Principal,
  company: string,
): Promise<CompanyAccess | undefined> {
  if (who.kind === 'nobody') return undefined
  const statement: InStatement =
    who.kind === 'user'
      ? {
          sql: `${COMPANY}, m.role from membership m join company c on c.id = m.company
                where m.user = ? and c.id = ? and c.status = 'active'`,
          args: [who.id, company],
        }
      : { sql: `${COMPANY} from company c where c.id = ? and c.status = 'active'`, args: [company] }
  const row = (await control.execute(statement)).rows[0]
  if (!row) return undefined
  const role = who.kind === 'user' ? (String(row.role) as Role) : who.kind === 'key' ? who.role : 'operator'
  return accessOf(row, role)
}

/** All companies the caller may reach, by name. */
export async function readCompanies(control: Database, who: Principal): Promise<CompanyAccess[]> {
  if (who.kind === 'nobody') return []
  const statement: InStatement =
    who.kind === 'user'
      ? {
          sql: `${COMPANY}, m.role from membership m join company c on c.id = m.company
                where m.user = ? and c.status = 'active' order by c.name, c.id`,
          args: [who.id],
        }
      : who.kind === 'key'
        ? { sql: `${COMPANY} from company c where c.id = ? and c.status = 'active'`, args: [who.company] }
        : `${COMPANY} from company c where c.status = 'active' order by c.name, c.id`
  const { rows } = await control.execute(statement)
  return rows.map((row) =>
    accessOf(row, who.kind === 'user' ? (String(row.role) as Role) : who.kind === 'key' ? who.role : 'operator'),
  )
}

/** The key with this SHA-256, if it is valid now. */
export async function readKey(control: Database, tokenHash: string, now: string): Promise<Principal | undefined> {
  const { rows } = await control.execute({
    sql: `select id, name, company, role from api_key
          where token_hash = ? and revoked_at is null and (expires_at is null or expires_at > ?)`,
    args: [tokenHash, now],
  })
  const row = rows[0]
  if (!row) return undefined
  const company = String(row.company) as CompanyId
  return { kind: 'key', id: String(row.id), name: String(row.name), company, role: String(row.role) as Role }
}

/** It is prolonged when this much of its idle time has gone, so that reading a page is seldom a write. */
const PROLONG_AFTER_MS = 3600_000

/** The user of the session with this SHA-256, if it has not run out. Using it keeps it alive. */
export async function readSession(control: Database, tokenHash: string, now: string): Promise<Principal | undefined> {
  const { rows } = await control.execute({
    sql: `select u.id, u.name, u.email, s.created_at, s.expires_at from session s join user u on u.id = s.user
          where s.token_hash = ? and s.expires_at > ?`,
    args: [tokenHash, now],
  })
  const row = rows[0]
  if (!row) return undefined
  const until = Math.min(Date.parse(now) + SESSION_IDLE_MS, Date.parse(String(row.created_at)) + SESSION_MS)
  if (until - Date.parse(String(row.expires_at)) > PROLONG_AFTER_MS)
    await control.execute({
      sql: 'update session set expires_at = ?, used_at = ? where token_hash = ?',
      args: [new Date(until).toISOString(), now, tokenHash],
    })
  return { kind: 'user', id: String(row.id), name: String(row.name), email: String(row.email), session: tokenHash }
}
