import { OAUTH_TOKEN } from '#worker/access/api-key.ts'
import { revokeKeysBefore, revokeKeysOfApp } from '#worker/access/key-store.ts'
import { tellRevoked } from '#worker/access/take-access.ts'
import { insertRevocations } from '#worker/control-log/store.ts'
import type { Instant } from '#worker/core/dates.ts'
import { sha256 } from '#worker/core/hash.ts'
import { companyDatabase, type Database, type InStatement } from '#worker/database/connect.ts'
import type { Bindings } from '#worker/http/env.ts'
import { challengeOf, randomToken } from '#worker/identity/random-token.ts'
import type { OauthApp } from './oauth-app.ts'
import { insertTokens, readApp, readCode, readToken, type Shown, useCode, useToken } from './store.ts'

/** Lifetimes in milliseconds: of an access token, of a token to renew with that is not used, and of the memory of what was used. */
const ACCESS_MS = 30 * 60_000
const IDLE_MS = 60 * 24 * 3600_000
const KNOWN_MS = 7 * 24 * 3600_000
/** Two of a program's processes may renew at the same moment: the second is refused, and finds what the first was given. */
const SAME_MOMENT_MS = 10_000

type Context = { env: Bindings; control: Database; now: Instant }
export type Tokens = { accessToken: string; refreshToken: string; expiresIn: number; scopes: readonly string[] }

/** The app that asks, if it is one and shows the secret it was given; one that keeps none is known by the code's own secret. */
export async function findApp(
  { control }: Context,
  id: string,
  secret: string | undefined,
): Promise<OauthApp | undefined> {
  const app = await readApp(control, id)
  const shown = secret === undefined ? null : await sha256(secret)
  return app?.secretHash === shown ? app : undefined
}

/**
 * Exchanges a code: only the app it was given to, that knows the secret behind the challenge, gets tokens for it, and what the
 * same person let it in with before ends. One that comes twice was seen by others, and ends what it gave. Gives undefined when
 * it is refused.
 */
export async function giveTokens(
  ctx: Context,
  app: OauthApp,
  shown: { code: string; verifier: string; redirectUri: string },
): Promise<Tokens | undefined> {
  const { control, now } = ctx
  const hash = await sha256(shown.code)
  const code = await readCode(control, hash, app.id, now)
  if (!code) return undefined
  const fits = code.challenge === (await challengeOf(shown.verifier)) && code.redirectUri === shown.redirectUri
  const first = await isFirst(control, useCode(hash, now, after(now, KNOWN_MS)))
  if (fits && !first) await end(ctx, revokeKeysOfApp(app.id, now, code.key), code)
  if (!fits || !first) return undefined
  await end(ctx, revokeKeysBefore(code.key, now), code)
  return tokensFor(ctx, code)
}

/** Renews tokens. Each can be used once: one that comes again was stolen or copied, and ends them all. Gives undefined when refused. */
export async function renewTokens(ctx: Context, app: OauthApp, refreshToken: string): Promise<Tokens | undefined> {
  const { control, now } = ctx
  const hash = await sha256(refreshToken)
  const token = await readToken(control, hash, app.id, now, 'refresh')
  if (!token) return undefined
  if (token.usedAt) {
    const later = Date.parse(now) - Date.parse(token.usedAt) > SAME_MOMENT_MS
    if (later) await end(ctx, revokeKeysOfApp(app.id, now, token.key), token)
    return undefined
  }
  return (await isFirst(control, useToken(hash, now, after(now, KNOWN_MS)))) ? tokensFor(ctx, token) : undefined
}

/** Ends what a token of the app's follows from. An unknown one is as good as ended (RFC 7009). */
export async function endTokens(ctx: Context, app: OauthApp, token: string): Promise<void> {
  const found = await readToken(ctx.control, await sha256(token), app.id, ctx.now)
  if (found) await end(ctx, revokeKeysOfApp(app.id, ctx.now, found.key), found)
}

/** Revokes keys that an app was let in with: no token of them is good any longer, not even one that is being made. */
async function end({ env, control, now }: Context, revoke: InStatement, { key, company }: Shown): Promise<void> {
  const [revoked] = await control.batch([revoke, insertRevocations([company], key, now)], 'write')
  await tellRevoked(revoked!, { by: key, at: now }, (database) => companyDatabase(env, database))
}

const isFirst = async (control: Database, use: InStatement): Promise<boolean> =>
  (await control.batch([use], 'write'))[0]!.rowsAffected > 0
const after = (now: Instant, ms: number): Instant => new Date(Date.parse(now) + ms).toISOString() as Instant

async function tokensFor({ control, now }: Context, { key, scopes }: Shown): Promise<Tokens> {
  const [accessToken, refreshToken] = [`${OAUTH_TOKEN}${randomToken(32)}`, randomToken(32)]
  const access = { hash: await sha256(accessToken), until: after(now, ACCESS_MS) }
  const refresh = { hash: await sha256(refreshToken), until: after(now, IDLE_MS) }
  await control.batch(insertTokens(key, access, refresh, now), 'write')
  return { accessToken, refreshToken, expiresIn: ACCESS_MS / 1_000, scopes }
}
