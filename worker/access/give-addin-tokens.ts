import { insertControlEntries } from '#worker/control-log/store.ts'
import type { Instant } from '#worker/core/dates.ts'
import { sha256 } from '#worker/core/hash.ts'
import { Problem } from '#worker/core/problem.ts'
import type { Database } from '#worker/database/connect.ts'
import type { Origin } from '#worker/events/origin.ts'
import { challengeOf, randomToken } from '#worker/identity/random-token.ts'
import { ADDIN_TOKEN } from './addin-token.ts'
import { deleteFamily, deleteFamilyOf, insertCode, insertTokens, takeCode, useRefresh } from './addin-token-store.ts'

/** Lifetimes in milliseconds: of a code, an access token, a token to renew with when it is not used, and a sign-in in all. */
const CODE_MS = 60_000
const ACCESS_MS = 10 * 60_000
const IDLE_MS = 12 * 3600_000
const WHOLE_MS = 7 * 24 * 3600_000
/** Two windows may renew at the same moment: the second is refused, and finds what the first was given. */
const SAME_MOMENT_MS = 10_000

/** `origin` is where Excel runs, for its owner to know it by. */
type Context = { control: Database; now: Instant; origin?: Origin }
export type AddinTokens = { accessToken: string; expiresIn: number; refreshToken: string }

const after = (now: Instant, ms: number): Instant => new Date(Date.parse(now) + ms).toISOString() as Instant

/** A code for the pane that made this challenge. It is good once, for a minute. */
export async function giveAddinCode({ control, now }: Context, user: string, challenge: string): Promise<string> {
  const code = randomToken(32)
  await control.batch([insertCode(await sha256(code), user, challenge, after(now, CODE_MS))], 'write')
  return code
}

/**
 * Exchanges a code for tokens: only who knows the secret behind the challenge gets any, and a code that was tried is gone.
 * @throws Problem 401 sign-in/required.
 */
export async function giveAddinTokens(ctx: Context, code: string, verifier: string): Promise<AddinTokens> {
  const user = await takeCode(ctx.control, await sha256(code), await challengeOf(verifier), ctx.now)
  if (!user) throw new Problem(401, 'sign-in/required')
  return tokensFor(ctx, user, randomToken(16), ctx.now)
}

/**
 * Renews tokens. Each can be used once: one that comes again was stolen or copied, and ends the whole sign-in.
 * @throws Problem 401 sign-in/required.
 */
export async function renewAddinTokens(ctx: Context, refreshToken: string): Promise<AddinTokens> {
  const { control, now } = ctx
  const before = await useRefresh(control, await sha256(refreshToken), now)
  const over = before && (before.expiresAt <= now || after(before.signedInAt, WHOLE_MS) <= now)
  if (before?.usedAt && Date.parse(now) - Date.parse(before.usedAt) > SAME_MOMENT_MS)
    await control.batch(deleteFamily(before.family), 'write')
  if (!before || over || before.usedAt) throw new Problem(401, 'sign-in/required')
  return tokensFor(ctx, before.user, before.family, before.signedInAt)
}

/** Ends the sign-in that a token follows from. An unknown one is as good as ended. */
export async function endAddinSignIn({ control }: Context, refreshToken: string): Promise<void> {
  await control.batch(deleteFamilyOf(await sha256(refreshToken)), 'write')
}

async function tokensFor(
  { control, now, origin }: Context,
  user: string,
  family: string,
  signedInAt: Instant,
): Promise<AddinTokens> {
  const [accessToken, refreshToken] = [`${ADDIN_TOKEN}${randomToken(32)}`, randomToken(32)]
  const latest = after(signedInAt, WHOLE_MS)
  const idle = after(now, IDLE_MS)
  const tokens = {
    family,
    user,
    signedInAt,
    refreshHash: await sha256(refreshToken),
    refreshUntil: idle < latest ? idle : latest,
    accessHash: await sha256(accessToken),
    accessUntil: after(now, ACCESS_MS),
    device: origin?.device ?? '',
    place: origin?.place ?? origin?.network ?? '',
  }
  const entry = { type: 'user.addin-signed-in', at: now, by: user, user, subject: user }
  const first = signedInAt === now ? [insertControlEntries(entry)] : []
  await control.batch([...insertTokens(tokens, now), ...first], 'write')
  return { accessToken, expiresIn: ACCESS_MS / 1_000, refreshToken }
}
