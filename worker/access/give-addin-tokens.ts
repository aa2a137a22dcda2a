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
  readRefresh,
  takeCode,
} from './addin-token-store.ts'

/** Lifetimes in milliseconds: of a code, an access token, a token to renew with when it is not used, and a sign-in in all. */
const CODE_MS = 60_000
const ACCESS_MS = 10 * 60_000
const IDLE_MS = 12 * 3600_000
const WHOLE_MS = 7 * 24 * 3600_000
/** Of two windows that renew at the same moment the slower one may come after the next renewal: it finds what the other was given. */
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
 * Renews tokens, for the browser whose key they were given to. One that comes from elsewhere, or again after those it was
 * renewed to were used, was stolen or copied, and ends the whole sign-in. Before that it comes again because the answer was
 * lost, or from another window: the same key gets a pair once more. Of those that were given for the same one, the first that is
 * used goes on, and the others end the sign-in: two that have it both do not live on beside each other.
 * @throws Problem 401 sign-in/required.
 */
export async function renewAddinTokens(
  ctx: Context,
  { refreshToken, proof }: { refreshToken: string; proof: string },
): Promise<AddinTokens> {
  const { control, now } = ctx
  const tokenHash = await sha256(refreshToken)
  const before = await readRefresh(control, tokenHash)
  if (!before) throw new Problem(401, 'sign-in/required')
  const over = before.expiresAt <= now || after(before.signedInAt, WHOLE_MS) <= now
  const again = before.laterUsedAt !== null
  const late = Date.parse(now) - Date.parse(before.usedAt ?? now) > SAME_MOMENT_MS
  const elsewhere = !(await isSigned(refreshToken, proof, before.publicKey))
  if ((again && late) || elsewhere) await control.batch(deleteFamily(before.family), 'write')
  if (over || elsewhere || again) throw new Problem(401, 'sign-in/required')
  return tokensFor(ctx, before, tokenHash)
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
  renewed?: string,
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
  const given = (await control.batch(insertTokens(tokens, now, renewed), 'write')).at(-1)!
  if (given.rowsAffected === 0) throw new Problem(401, 'sign-in/required') // ended since it was read
  return { accessToken, expiresIn: ACCESS_MS / 1_000, refreshToken, user, scopes }
}
