import { sha256 } from '#worker/core/hash.ts'
import type { SignInContext } from './sign-in.ts'
import { deleteSession, endSessions, readSessions } from './store.ts'
import { tell } from './tell-user.ts'
import type { User } from './user-store.ts'

/** Ends a session at once. The token is the cookie's. */
export async function signOut(ctx: SignInContext, user: User, token: string): Promise<void> {
  await tell(ctx, user, 'signed-out', { work: [deleteSession(await sha256(token))], ifChanged: true })
}

/** Ends one of the user's own sessions. Gives whether there was such a one of theirs. */
export async function endSession(ctx: SignInContext, user: User, session: string): Promise<boolean> {
  const own = (await readSessions(ctx.control, user.id, ctx.now)).some(({ tokenHash }) => tokenHash === session)
  return own && tell(ctx, user, 'session-ended', { work: [deleteSession(session)], ifChanged: true })
}

/** Ends every session and every Excel sign-in of the user, but for the one that asks. */
export async function signOutEverywhere(ctx: SignInContext, user: User, but: string): Promise<void> {
  await tell(ctx, user, 'signed-out-everywhere', { work: endSessions(user.id, but) })
}
