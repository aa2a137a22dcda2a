import { desc, eq } from 'drizzle-orm'
import { apiKey } from '#db/control/control.ts'
import type { CompanyId } from '#worker/core/ids.ts'
import type { Database, InStatement } from '#worker/database/connect.ts'
import { typed } from '#worker/database/typed.ts'
import type { Place } from './invitation-store.ts'
import type { Permission, Role } from './permission.ts'

/** A key without its secret, of which only the SHA-256 is kept. */
export type KeptKey = {
  id: string
  name: string
  role: Role
  /** All it may do; null for what its role may. */
  scopes: Permission[] | null
  networks: string[]
  /** Its first characters, to know it by. */
  start: string | null
  createdBy: string
  createdAt: string
  expiresAt: string | null
  revokedAt: string | null
  lastUsedAt: string | null
  lastUsedFrom: string | null
  /** The program of others that it lets in (worker/oauth), if any. */
  app: string | null
}

/** Keys of a company or of an office, newest first, revoked ones included: they stand on what they posted. */
export async function readKeys(control: Database, place: CompanyId | { office: string }): Promise<KeptKey[]> {
  const { id, name, role, scopes, networks, start, createdBy, createdAt, expiresAt, revokedAt } = apiKey
  const { lastUsedAt, lastUsedFrom, app } = apiKey
  const columns = { id, name, role, scopes, networks, start, createdBy, createdAt, expiresAt, revokedAt }
  const rows = await typed(control)
    .select({ ...columns, lastUsedAt, lastUsedFrom, app })
    .from(apiKey)
    .where(typeof place === 'string' ? eq(apiKey.company, place) : eq(apiKey.office, place.office))
    .orderBy(desc(createdAt), id)
  const listOf = (text: string | null) => (text === null ? null : JSON.parse(text))
  return rows.map((row) => ({ ...row, scopes: listOf(row.scopes), networks: listOf(row.networks) ?? [] }))
}

export const insertKey = (key: KeptKey, place: Place, tokenHash: string): InStatement => ({
  sql: `insert into api_key (id, token_hash, company, office, role, name, created_by, created_at, expires_at, scopes, networks, start, app)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  args: [
    key.id,
    tokenHash,
    place.company ?? null,
    place.office ?? null,
    key.role,
    key.name,
    key.createdBy,
    key.createdAt,
    key.expiresAt,
    key.scopes && JSON.stringify(key.scopes),
    key.networks.length > 0 ? JSON.stringify(key.networks) : null,
    key.start,
    key.app,
  ],
})

export const revokeKey = (id: string, place: string, at: string): InStatement => ({
  sql: 'update api_key set revoked_at = ? where id = ? and coalesce(company, office) = ? and revoked_at is null',
  args: [at, id, place],
})

/**
 * Revokes every key of companies whose maker has no way in any more, except as an auditor. Gives `id`, `company` and `database` of each.
 */
export const revokeKeysOfOutsiders = (companies: readonly string[], at: string): InStatement => ({
  sql: `update api_key set revoked_at = ?2
        where company in (select value from json_each(?1)) and revoked_at is null and created_by glob 'usr_*'
          and not exists (select 1 from membership m where m.user = api_key.created_by and m.company = api_key.company)
          and not exists (select 1 from client_assignment a where a.user = api_key.created_by and a.company = api_key.company)
          and not exists (select 1 from office_member o join company c on c.office = o.office
                           where c.id = api_key.company and o.user = api_key.created_by and o.role = 'administrator')
        returning id, company, (select database from company c where c.id = api_key.company) as database`,
  args: [JSON.stringify(companies), at],
})

/** Revokes every key of an app, or one of them. Gives `id`, `company` and `database` of each. */
export const revokeKeysOfApp = (app: string, at: string, only: string | null = null): InStatement => ({
  sql: `update api_key set revoked_at = ?2 where app = ?1 and revoked_at is null and (?3 is null or id = ?3)
        returning id, company, (select database from company c where c.id = api_key.company) as database`,
  args: [app, at, only],
})

/** Revokes what the maker of an app's key let it into the same company with before. Gives the same. */
export const revokeKeysBefore = (key: string, at: string): InStatement => ({
  sql: `update api_key set revoked_at = ?2
        where revoked_at is null and id <> ?1 and (app, company, created_by) = (select k.app, k.company, k.created_by from api_key k where k.id = ?1)
          and created_at <= (select k.created_at from api_key k where k.id = ?1)
        returning id, company, (select database from company c where c.id = api_key.company) as database`,
  args: [key, at],
})

/** The keys of an office that somebody has made and that still work. */
export async function readKeysMadeBy(control: Database, place: { office: string }, user: string): Promise<KeptKey[]> {
  return (await readKeys(control, place)).filter((key) => key.createdBy === user && key.revokedAt === null)
}
