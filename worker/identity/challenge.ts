import type { Instant } from '#worker/core/dates.ts'
import { sha256 } from '#worker/core/hash.ts'
import type { Database } from '#worker/database/connect.ts'
import { base64url, fromBase64url, randomToken } from './random-token.ts'
import { codeOf, isCodeOf } from './sealed.ts'
import { spend } from './store.ts'

/** How long a passkey's challenge may be answered, in milliseconds: a sign-in page lies open for a while. */
const CHALLENGE_MS = 15 * 60_000

/**
 * A challenge that nothing has to be stored for: random bytes and an end, signed for one purpose (`sign-in`, or what a user
 * is about to do). That it is answered once is kept when it is: strangers cannot fill a table by asking.
 */
export async function challengeFor(purpose: string, secret: string, now: Instant): Promise<string> {
  const text = `${randomToken(18)}.${(Date.parse(now) + CHALLENGE_MS).toString(36)}`
  return base64url(new TextEncoder().encode(`${text}.${await codeOf(text, secret, `challenge ${purpose}`)}`))
}

/**
 * Whether a challenge was made for this purpose, has not ended, and was not answered before. It is used up by asking. The
 * library has checked that it is base64url.
 */
export async function takeChallenge(
  control: Database,
  challenge: string,
  purpose: string,
  secret: string,
  now: Instant,
): Promise<boolean> {
  const [random = '', end = '', code = ''] = new TextDecoder().decode(fromBase64url(challenge)).split('.')
  const until = Number.parseInt(end, 36)
  if (!(until > Date.parse(now))) return false
  if (!(await isCodeOf(code, `${random}.${end}`, secret, `challenge ${purpose}`))) return false
  return spend(control, await sha256(challenge), new Date(until).toISOString() as Instant, now)
}
