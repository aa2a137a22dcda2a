import { OAUTH_TOKEN } from '#worker/access/api-key.ts'
import type { Instant } from '#worker/core/dates.ts'
import { sha256 } from '#worker/core/hash.ts'
import type { Database } from '#worker/database/connect.ts'
import { challengeOf, randomToken } from '#worker/identity/random-token.ts'
import type { OauthApp } from './oauth-app.ts'
import { deleteTokens, deleteTokensWith, insertTokens, readApp, type Used, useCode, useRefresh } from './store.ts'

/** Lifetimes in milliseconds: of an access token, and of a token to renew with that is not used. */
const ACCESS_MS = 30 * 60_000
const IDLE_MS = 60 * 24 * 3600_000
/** Two of a program's processes may renew at the same moment: the second is refused, and finds what the first was given. */
const SAME_MOMENT_MS = 10_000

type Context = { control: Database; now: Instant }
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
 * Exchanges a code: only the app it was given to, that knows the secret behind the challenge, gets tokens for it. One that comes
 * twice was seen by others, and ends what it gave. Gives undefined when it is refused.
 */
export async function giveTokens(
  ctx: Context,
  app: OauthApp,
  shown: { code: string; verifier: string; redirectUri: string },
): Promise<Tokens | undefined> {
  const code = await useCode(ctx.control, await sha256(shown.code), app.id, ctx.now)
  if (code?.usedAt) await ctx.control.batch([deleteTokens(code.key)], 'write')
  const fits = code?.challenge === (await challengeOf(shown.verifier)) && code.redirectUri === shown.redirectUri
  return fits && isGood(code, ctx.now) ? tokensFor(ctx, code) : undefined
}

/** Renews tokens. Each can be used once: one that comes again was stolen or copied, and ends them all. Gives undefined when refused. */
export async function renewTokens(ctx: Context, app: OauthApp, refreshToken: string): Promise<Tokens | undefined> {
  const before = await useRefresh(ctx.control, await sha256(refreshToken), app.id, ctx.now)
  if (before?.usedAt && Date.parse(ctx.now) - Date.parse(before.usedAt) > SAME_MOMENT_MS)
    await ctx.control.batch([deleteTokens(before.key)], 'write')
  return before && isGood(before, ctx.now) ? tokensFor(ctx, before) : undefined
}

/** Ends what a token of the app's follows from. An unknown one is as good as ended (RFC 7009). */
export async function endTokens({ control }: Context, app: OauthApp, token: string): Promise<void> {
  await control.batch([deleteTokensWith(await sha256(token), app.id)], 'write')
}

const isGood = ({ usedAt, expiresAt }: Used, now: Instant): boolean => usedAt === null && expiresAt > now

async function tokensFor({ control, now }: Context, { key, scopes }: Used): Promise<Tokens> {
  const [accessToken, refreshToken] = [`${OAUTH_TOKEN}${randomToken(32)}`, randomToken(32)]
  const token = async (text: string, ms: number) => ({
    hash: await sha256(text),
    until: new Date(Date.parse(now) + ms).toISOString() as Instant,
  })
  const pair = [await token(accessToken, ACCESS_MS), await token(refreshToken, IDLE_MS)] as const
  await control.batch(insertTokens(key, ...pair, now), 'write')
  return { accessToken, refreshToken, expiresIn: ACCESS_MS / 1_000, scopes }
}
