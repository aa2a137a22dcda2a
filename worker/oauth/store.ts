import type { Instant } from '#worker/core/dates.ts'
import type { Database, InStatement, ResultSet } from '#worker/database/connect.ts'
import type { OauthApp } from './oauth-app.ts'

type Row = ResultSet['rows'][number]
const appOf = (row: Row): OauthApp => ({
  id: String(row.id),
  name: String(row.name),
  createdBy: String(row.created_by),
  redirectUris: JSON.parse(String(row.redirect_uris)) as string[],
  confidential: row.secret_hash !== null,
  createdAt: String(row.created_at) as Instant,
})

/** An app that has not been removed, with the SHA-256 of its secret and the name of who made it. */
export async function readApp(
  control: Database,
  id: string,
): Promise<(OauthApp & { secretHash: string | null; maker: string }) | undefined> {
  const { rows } = await control.execute({
    sql: 'select a.*, u.name as maker from oauth_app a join user u on u.id = a.created_by where a.id = ? and a.removed_at is null',
    args: [id],
  })
  const row = rows[0]
  return row && { ...appOf(row), secretHash: row.secret_hash as string | null, maker: String(row.maker) }
}

/** The apps somebody has made, oldest first, each with how many companies let it in. */
export async function readAppsOf(control: Database, user: string): Promise<(OauthApp & { companies: number })[]> {
  const { rows } = await control.execute({
    sql: `select a.*, (select count(distinct k.company) from api_key k where k.app = a.id and k.revoked_at is null) as companies
            from oauth_app a where a.created_by = ? and a.removed_at is null order by a.created_at, a.id`,
    args: [user],
  })
  return rows.map((row) => ({ ...appOf(row), companies: Number(row.companies) }))
}

export const insertApp = (app: OauthApp, secretHash: string | null): InStatement => ({
  sql: 'insert into oauth_app (id, name, created_by, redirect_uris, secret_hash, created_at) values (?, ?, ?, ?, ?, ?)',
  args: [app.id, app.name, app.createdBy, JSON.stringify(app.redirectUris), secretHash, app.createdAt],
})

export const removeAppOf = (id: string, user: string, at: Instant): InStatement => ({
  sql: 'update oauth_app set removed_at = ? where id = ? and created_by = ? and removed_at is null',
  args: [at, id, user],
})

/** The companies that let an app in. */
export async function readCompaniesOf(control: Database, app: string): Promise<string[]> {
  const { rows } = await control.execute({
    sql: 'select distinct company from api_key where app = ? and revoked_at is null',
    args: [app],
  })
  return rows.map(({ company }) => String(company))
}

type Code = { codeHash: string; key: string; challenge: string; redirectUri: string; until: Instant }
export const insertCode = ({ codeHash, key, challenge, redirectUri, until }: Code): InStatement => ({
  sql: 'insert into oauth_code (code_hash, key, challenge, redirect_uri, expires_at) values (?, ?, ?, ?, ?)',
  args: [codeHash, key, challenge, redirectUri, until],
})

/** What a code or a token of an app's stands for. */
export type Shown = { key: string; company: string; scopes: string[]; usedAt: Instant | null }
const shownOf = (row: Row): Shown => ({
  key: String(row.key),
  company: String(row.company),
  scopes: JSON.parse(String(row.scopes)) as string[],
  usedAt: row.used_at as Instant | null,
})
const OF_APP = `join api_key k on k.id = t.key and k.app = ?2 and k.revoked_at is null and (k.expires_at is null or k.expires_at > ?3)`

/** What an app's code stands for, if it can still be told. */
export async function readCode(
  control: Database,
  codeHash: string,
  app: string,
  now: Instant,
): Promise<(Shown & { challenge: string; redirectUri: string }) | undefined> {
  const { rows } = await control.execute({
    sql: `select t.*, k.company, k.scopes from oauth_code t ${OF_APP} where t.code_hash = ?1 and t.expires_at > ?3`,
    args: [codeHash, app, now],
  })
  const row = rows[0]
  return row && { ...shownOf(row), challenge: String(row.challenge), redirectUri: String(row.redirect_uri) }
}

/** What an app's token stands for: one to renew with, or either. */
export async function readToken(
  control: Database,
  tokenHash: string,
  app: string,
  now: Instant,
  kind: 'refresh' | 'any' = 'any',
): Promise<Shown | undefined> {
  const { rows } = await control.execute({
    sql: `select t.*, k.company, k.scopes from oauth_token t ${OF_APP}
          where t.token_hash = ?1 and t.expires_at > ?3 and ?4 in (t.kind, 'any')`,
    args: [tokenHash, app, now, kind],
  })
  return rows[0] && shownOf(rows[0])
}

/** Uses a code, once: whoever comes second changes no row. It is kept until then, so that one that comes again is known. */
export const useCode = (codeHash: string, now: Instant, until: Instant): InStatement => ({
  sql: 'update oauth_code set used_at = ?, expires_at = ? where code_hash = ? and used_at is null',
  args: [now, until, codeHash],
})
/** The same of a token to renew with. */
export const useToken = (tokenHash: string, now: Instant, until: Instant): InStatement => ({
  sql: 'update oauth_token set used_at = ?, expires_at = ? where token_hash = ? and used_at is null',
  args: [now, until, tokenHash],
})

type Token = { hash: string; until: Instant }

/** A pair of tokens; what has run out goes at the same time. */
export const insertTokens = (key: string, access: Token, refresh: Token, now: Instant): InStatement[] => [
  { sql: 'delete from oauth_code where expires_at < ?', args: [now] },
  { sql: 'delete from oauth_token where expires_at < ?', args: [now] },
  {
    sql: `insert into oauth_token (token_hash, key, kind, expires_at) values (?1, ?5, 'access', ?2), (?3, ?5, 'refresh', ?4)`,
    args: [access.hash, access.until, refresh.hash, refresh.until, key],
  },
]
