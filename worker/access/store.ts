import type { Instant } from '#worker/core/dates.ts'
import type { CompanyId } from '#worker/core/ids.ts'
import type { Database, InStatement } from '#worker/database/connect.ts'
import { SESSION_IDLE_MS, SESSION_MS } from '#worker/identity/start-session.ts'
import { allowedIn } from './addin-token.ts'
import {
  ALL_PERMISSIONS,
  CUSTOM,
  isWithin,
  type Permission,
  type Principal,
  permissionsOf,
  type Role,
  type RoleName,
} from './permission.ts'

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
  /** The accounting office that keeps the books, if one does. */
  office: string | null
  role: RoleName
  /** What a role of the company's own is called. */
  roleName: string | null
  /** All that one may do here, whatever it comes from: a role, work for the office, an auditor's access. */
  permissions: readonly Permission[]
  /** An auditor's access: the fiscal years that may be read, and when it ends. */
  audit: AuditLimits | null
  /** When it is deleted, if that was asked for; until then it can be read and not written. */
  deletesAt: Instant | null
  /** Since when nothing happens in it on schedule: it was restored, and nobody has taken it into use. */
  pausedAt: Instant | null
  /** Where the request comes from, as JSON of an `Origin`. */
  origin?: string
}
export type AuditLimits = { years: readonly number[]; until: string }

type Row = Record<string, unknown>

/** What a role of the table, or one of the company's own, allows. A permission that is no more allows nothing. */
const allowedBy = (role: string, custom: unknown): readonly Permission[] => {
  if (custom === null || custom === undefined) return permissionsOf(role as Role | 'operator')
  const chosen = new Set(JSON.parse(String(custom)) as string[])
  return ALL_PERMISSIONS.filter((permission) => chosen.has(permission))
}

/** One company's access, from a row for each way in. Who may enter otherwise is not held to an auditor's years. */
function accessOf(rows: readonly Row[]): CompanyAccess {
  const ordinary = rows.filter((row) => row.until === null)
  const sources = (ordinary.length > 0 ? ordinary : rows).map((row) => ({
    row,
    permissions: allowedBy(String(row.role), row.permissions),
  }))
  const widest = sources.reduce((most, one) => (one.permissions.length > most.permissions.length ? one : most))
  const { row } = widest
  const all = new Set(sources.flatMap(({ permissions }) => permissions))
  return {
    id: String(row.id) as CompanyId,
    name: String(row.name),
    organisationNumber: row.organisation_number === null ? null : String(row.organisation_number),
    database: String(row.database),
    books: String(row.books),
    colour: String(row.colour),
    test: row.test === 1,
    office: row.office === null ? null : String(row.office),
    role: row.permissions === null ? (String(row.role) as Role | 'operator') : CUSTOM,
    roleName: row.role_name === null ? null : String(row.role_name),
    permissions: ALL_PERMISSIONS.filter((permission) => all.has(permission)),
    audit: ordinary.length > 0 ? null : auditOf(rows),
    deletesAt: row.deletes_at as Instant | null,
    pausedAt: row.paused_at as Instant | null,
  }
}

const auditOf = (rows: readonly Row[]): AuditLimits => ({
  years: [...new Set(rows.flatMap((row) => yearsBetween(Number(row.first_year), Number(row.last_year))))].sort(
    (a, b) => a - b,
  ),
  until: rows.map((row) => String(row.until)).reduce((a, b) => (a > b ? a : b)),
})

const yearsBetween = (first: number, last: number): number[] =>
  Array.from({ length: last - first + 1 }, (_, i) => first + i)

const COMPANY =
  'c.id, c.name, c.organisation_number, c.database, coalesce(c.books, c.id) as books, c.colour, c.test, c.office, c.deletes_at, c.paused_at'

/**
 * Every way into a company: a role there, work for the office that keeps its books, the office's administrators, and an
 * auditor's access while it lasts. Parameters: user, now.
 */
const WAYS = `
  select company, role, null as first_year, null as last_year, null as until from membership where user = ?1
  union all
  select a.company, a.role, null, null, null from client_assignment a join company c on c.id = a.company
    join office_member o on o.office = c.office and o.user = a.user where a.user = ?1
  union all
  select c.id, 'administrator', null, null, null from office_member o join company c on c.office = o.office
   where o.user = ?1 and o.role = 'administrator'
  union all
  select company, 'auditor', first_year, last_year, ends_at from audit_access
   where user = ?1 and granted_at is not null and ended_at is null and ends_at > ?2`

function statementFor(who: Exclude<Principal, { kind: 'nobody' }>, company: string | undefined): InStatement {
  const person = who.kind === 'user' ? who.id : who.kind === 'key' ? who.maker : null
  const only = company ?? (who.kind === 'key' ? who.company : null)
  const office = who.kind === 'key' ? who.office : null
  if (person !== null)
    return {
      sql: `select ${COMPANY}, w.role, w.first_year, w.last_year, w.until, r.name as role_name, r.permissions
              from (${WAYS}) w join company c on c.id = w.company
              left join custom_role r on r.id = w.role and r.company = c.id
             where c.status = 'active' and (w.role not glob 'rol_*' or r.id is not null)
               and (?3 is null or c.id = ?3) and (?4 is null or c.office = ?4) order by c.name, c.id`,
      args: [person, new Date().toISOString(), only, office],
    }
  const role = who.kind === 'key' ? who.role : 'operator'
  return {
    sql: `select ${COMPANY}, ?1 as role, null as until, null as role_name, null as permissions from company c
           where c.status = 'active' and (?2 is null or c.id = ?2) and (?3 is null or c.office = ?3) order by c.name, c.id`,
    args: [role, only, office],
  }
}

/** A key does what its scopes say, or its role, and Excel what it was let in for: and of that no more than its maker, or user, may now. */
function asFarAs(who: Principal, access: CompanyAccess): CompanyAccess {
  if (who.kind === 'user' && who.excel) {
    const own = new Set(allowedIn(who.excel))
    return { ...access, permissions: access.permissions.filter((permission) => own.has(permission)) }
  }
  if (who.kind !== 'key') return access
  const own = new Set(who.scopes ?? permissionsOf(who.role))
  const permissions = access.permissions.filter((permission) => own.has(permission))
  // Rules by role hold it to its maker's where its own would be more.
  const role = isWithin(who.role, access) ? { role: who.role, roleName: null } : {}
  return { ...access, ...role, permissions }
}

/** The caller's access to one company; undefined when there is none, or the company is not ready. */
export async function readCompanyAccess(
  control: Database,
  who: Principal,
  company: string,
): Promise<CompanyAccess | undefined> {
  if (who.kind === 'nobody') return undefined
  const { rows } = await control.execute(statementFor(who, company))
  return rows.length === 0 ? undefined : asFarAs(who, accessOf(rows))
}

/** All companies the caller may reach, by name. */
export async function readCompanies(control: Database, who: Principal): Promise<CompanyAccess[]> {
  if (who.kind === 'nobody') return []
  const { rows } = await control.execute(statementFor(who, undefined))
  return [...Map.groupBy(rows, (row) => String(row.id)).values()].map((ways) => asFarAs(who, accessOf(ways)))
}

/** The database of a company. */
export async function readCompanyDatabase(control: Database, company: string): Promise<string | undefined> {
  const { rows } = await control.execute({ sql: 'select database from company where id = ?', args: [company] })
  return rows[0] && String(rows[0].database)
}

/** How often a key's use is written down, in milliseconds. */
const USE_MS = 5 * 60_000

const BY_KEY = 'token_hash = ?1'
const BY_TOKEN = `id = (select t.key from oauth_token t where t.token_hash = ?1 and t.kind = 'access' and t.expires_at > ?2)`

/** The key with this SHA-256, or that a token of an app with it stands for, if it is valid now. `unnoted`: its use should be written down. */
export async function readKey(
  control: Database,
  tokenHash: string,
  now: string,
  { byToken = false } = {},
): Promise<{ key: Principal & { kind: 'key' }; unnoted: boolean } | undefined> {
  const { rows } = await control.execute({
    sql: `select id, name, company, office, role, scopes, networks, created_by, last_used_at from api_key
          where ${byToken ? BY_TOKEN : BY_KEY} and revoked_at is null and (expires_at is null or expires_at > ?2)`,
    args: [tokenHash, now],
  })
  const row = rows[0]
  if (!row) return undefined
  const unnoted = row.last_used_at === null || Date.parse(now) - Date.parse(String(row.last_used_at)) > USE_MS
  const key = {
    kind: 'key' as const,
    id: String(row.id),
    name: String(row.name),
    company: row.company as CompanyId | null,
    office: row.office as string | null,
    maker: row.created_by === 'operator' ? null : String(row.created_by),
    role: String(row.role) as Role,
    scopes: row.scopes === null ? null : JSON.parse(String(row.scopes)),
    networks: row.networks === null ? [] : (JSON.parse(String(row.networks)) as string[]),
  }
  return { key, unnoted }
}

/** When a key was last used, and from which network. */
export const noteKeyUse = (id: string, now: string, network: string): InStatement => ({
  sql: 'update api_key set last_used_at = ?, last_used_from = ? where id = ?',
  args: [now, network, id],
})

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
