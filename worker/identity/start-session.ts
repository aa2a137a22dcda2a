import type { Instant } from '#worker/core/dates.ts'
import { sha256 } from '#worker/core/hash.ts'
import { isKnownDevice, newDevice } from './known-device.ts'
import { randomToken } from './random-token.ts'
import type { SignInContext } from './sign-in.ts'
import { deleteExpiredSessions, hasSignedIn, insertSession, type Method } from './store.ts'
import { tell } from './tell-user.ts'
import type { User } from './user-store.ts'

/** A session lasts this long unused, in milliseconds, and this long in all. */
export const SESSION_IDLE_MS = 12 * 3600_000
export const SESSION_MS = 7 * 24 * 3600_000

export type SignedIn = { token: string; until: Instant; user: User; device: string }

/**
 * A new session, under a token nobody has seen before, for a user who has shown who they are. `proven` is whether a passkey or
 * a code was shown. A browser that has not signed in to this account before is told of by e-mail.
 */
export async function startSession(
  ctx: SignInContext,
  user: User,
  { method, proven }: { method: Method; proven: boolean },
): Promise<SignedIn> {
  const { control, env, now, client } = ctx
  const token = randomToken(32)
  const until = new Date(Date.parse(now) + SESSION_IDLE_MS).toISOString() as Instant
  const known = await isKnownDevice(user.email, client.known, env.PASSWORD_PEPPER)
  const first = known || method === 'demo' || !(await hasSignedIn(control, user.id))
  const { device, place } = client
  const session = insertSession({
    tokenHash: await sha256(token),
    user: user.id,
    at: now,
    until,
    method,
    device,
    place,
    provenAt: proven ? now : null,
  })
  await tell(ctx, user, first ? 'signed-in' : 'new-device', { work: [deleteExpiredSessions(now), session] })
  return { token, until, user, device: known ? client.known! : await newDevice(user.email, env.PASSWORD_PEPPER) }
}
