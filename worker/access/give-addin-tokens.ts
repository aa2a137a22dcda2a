import { insertControlEntries } from '#worker/control-log/store.ts'
import type { Instant } from '#worker/core/dates.ts'
import { sha256 } from '#worker/core/hash.ts'
import { Problem } from '#worker/core/problem.ts'
import type { Database } from '#worker/database/connect.ts'
import type { Origin } from '#worker/events/origin.ts'
import { challengeOf, fromBase64url, randomToken } from '#worker/identity/random-token.ts'
import { ADDIN_TOKEN, type AddinScope } from './addin-token.ts'
import {
  deleteFamily,
  deleteFamilyOf,
  type Granted,
  insertCode,
  insertTokens,
  type Refresh,
  takeCode,
  useRefresh,
} from './addin-token-store.ts'

/** Lifetimes in milliseconds: of a code, an access token, a token to renew with when it is not used, and a sign-in in all. */
const CODE_MS = 60_000
const ACCESS_MS = 10 * 60_000
const IDLE_MS = 12 * 3600_000
const WHOLE_MS = 7 * 24 * 3600_000
/** Two windows may renew at the same moment: the second is refused, and finds what the first was given. */
const SAME_MOMENT_MS = 10_000

/** `origin` is where Excel runs, for its owner to know it by. */
type Context = { control: Database; now: Instant; origin?: Origin }
export type AddinTokens = {
  accessToken: string
  expiresIn: number
  refreshToken: string
  user: string
  scopes: readonly AddinScope[]
}

const after = (now: Instant, ms: number): Instant => new Date(Date.parse(now) + ms).toISOString() as Instant

/** A code for the pane that made this challenge. It is good once, for a minute. */
export async function giveAddinCode({ control, now }: Context, granted: Granted, challenge: string): Promise<string> {
  const code = randomToken(32)
  await control.batch([insertCode(await sha256(code), granted, challenge, after(now, CODE_MS))], 'write')
  return code
}

/**
 * Exchanges a code for tokens: only who knows the secret behind the challenge gets any, and a code that was tried is gone. Only
 * the holder of the private half of `key` can renew them.
 * @throws Problem 401 sign-in/required.
 */
export async function giveAddinTokens(
  ctx: Context,
  { code, verifier, key }: { code: string; verifier: string; key: string },
): Promise<AddinTokens> {
  const granted = await takeCode(ctx.control, await sha256(code), await challengeOf(verifier), ctx.now)
  if (!granted) throw new Problem(401, 'sign-in/required')
  const entry = {
    type: 'user.addin-signed-in',
    at: ctx.now,
    by: granted.user,
    user: granted.user,
    subject: granted.user,
  }
  await ctx.control.batch([insertControlEntries(entry)], 'write')
  return tokensFor(ctx, { ...granted, family: randomToken(16), publicKey: key })
}

/**
 * Renews tokens, for the browser whose key they were given to. Each can be used once: one that comes again, or from elsewhere,
 * was stolen or copied, and ends the whole sign-in.
 * @throws Problem 401 sign-in/required.
 */
export async function renewAddinTokens(
  ctx: Context,
  { refreshToken, proof }: { refreshToken: string; proof: string },
): Promise<AddinTokens> {
  const { control, now } = ctx
  const before = await useRefresh(control, await sha256(refreshToken), now)
  if (!before) throw new Problem(401, 'sign-in/required')
  const over = before.expiresAt <= now || after(before.signedInAt, WHOLE_MS) <= now
  const again = before.usedAt !== null && Date.parse(now) - Date.parse(before.usedAt) > SAME_MOMENT_MS
  const elsewhere = !(await isSigned(refreshToken, proof, before.publicKey))
  if (again || elsewhere) await control.batch(deleteFamily(before.family), 'write')
  if (over || elsewhere || before.usedAt) throw new Problem(401, 'sign-in/required')
  return tokensFor(ctx, before)
}

/** Whether a text was signed by the private half of a key: ECDSA with P-256 and SHA-256. What is no key or signature was not. */
async function isSigned(text: string, signature: string, publicKey: string): Promise<boolean> {
  const curve = { name: 'ECDSA', namedCurve: 'P-256' }
  try {
    const key = await crypto.subtle.importKey('raw', fromBase64url(publicKey), curve, false, ['verify'])
    const bytes = new TextEncoder().encode(text)
    return await crypto.subtle.verify({ name: 'ECDSA', hash: 'SHA-256' }, key, fromBase64url(signature), bytes)
  } catch {
    return false
  }
}

/** Ends the sign-in that a token follows from. An unknown one is as good as ended. */
export async function endAddinSignIn({ control }: Context, refreshToken: string): Promise<void> {
  await control.batch(deleteFamilyOf(await sha256(refreshToken)), 'write')
}

async function tokensFor(
  { control, now, origin }: Context,
  { user, scopes, signedInAt, family, publicKey }: Pick<Refresh, keyof Granted | 'family' | 'publicKey'>,
): Promise<AddinTokens> {
  const [accessToken, refreshToken] = [`${ADDIN_TOKEN}${randomToken(32)}`, randomToken(32)]
  const latest = after(signedInAt, WHOLE_MS)
  const idle = after(now, IDLE_MS)
  const tokens = {
    ...{ family, publicKey, user, scopes, signedInAt },
    refreshHash: await sha256(refreshToken),
    refreshUntil: idle < latest ? idle : latest,
    accessHash: await sha256(accessToken),
    accessUntil: after(now, ACCESS_MS),
    device: origin?.device ?? '',
    place: origin?.place ?? origin?.network ?? '',
  }
  await control.batch(insertTokens(tokens, now), 'write')
  return { accessToken, expiresIn: ACCESS_MS / 1_000, refreshToken, user, scopes }
}
