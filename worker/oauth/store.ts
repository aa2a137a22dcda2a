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

/** What a code or a token of an app's stood for, before it was now used. */
export type Used = { key: string; scopes: string[]; usedAt: Instant | null; expiresAt: Instant }
const usedOf = (row: Row): Used => ({
  key: String(row.key),
  scopes: JSON.parse(String(row.scopes)) as string[],
  usedAt: row.used_at as Instant | null,
  expiresAt: String(row.expires_at) as Instant,
})
const OF_APP = 'join api_key k on k.id = t.key and k.app = ?2 and k.revoked_at is null'

/** Uses an app's code, once. Gives how it stood. */
export async function useCode(
  control: Database,
  codeHash: string,
  app: string,
  now: Instant,
): Promise<(Used & { challenge: string; redirectUri: string }) | undefined> {
  const [before] = await control.batch(
    [
      { sql: `select t.*, k.scopes from oauth_code t ${OF_APP} where t.code_hash = ?1`, args: [codeHash, app] },
      {
        sql: `update oauth_code set used_at = ?3
              where code_hash = ?1 and used_at is null and key in (select id from api_key where app = ?2)`,
        args: [codeHash, app, now],
      },
    ],
    'write',
  )
  const row = before!.rows[0]
  return row && { ...usedOf(row), challenge: String(row.challenge), redirectUri: String(row.redirect_uri) }
}

/** Uses an app's token to renew with, once. Gives how it stood. */
export async function useRefresh(
  control: Database,
  tokenHash: string,
  app: string,
  now: Instant,
): Promise<Used | undefined> {
  const [before] = await control.batch(
    [
      {
        sql: `select t.*, k.scopes from oauth_token t ${OF_APP} where t.token_hash = ?1 and t.kind = 'refresh'`,
        args: [tokenHash, app],
      },
      {
        sql: `update oauth_token set used_at = ?3
              where token_hash = ?1 and kind = 'refresh' and used_at is null and key in (select id from api_key where app = ?2)`,
        args: [tokenHash, app, now],
      },
    ],
    'write',
  )
  return before!.rows[0] && usedOf(before!.rows[0])
}

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

export const deleteTokens = (key: string): InStatement => ({
  sql: 'delete from oauth_token where key = ?',
  args: [key],
})

/** Ends all that a token of an app's follows from. */
export const deleteTokensWith = (tokenHash: string, app: string): InStatement => ({
  sql: `delete from oauth_token
        where key in (select t.key from oauth_token t join api_key k on k.id = t.key where t.token_hash = ? and k.app = ?)`,
  args: [tokenHash, app],
})
