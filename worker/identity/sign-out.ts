import { sha256 } from '#worker/core/hash.ts'
import type { Database } from '#worker/database/connect.ts'
import type { SignInContext } from './sign-in.ts'
import { deleteSession, endSessions, readSessions } from './store.ts'
import { tell } from './tell-user.ts'
import type { User } from './user-store.ts'

/** Ends a session at once. The token is the cookie's. */
export async function signOut(control: Database, token: string): Promise<void> {
  await control.execute(deleteSession(await sha256(token)))
}

/** Ends one of the user's own sessions. One of somebody else, or one that has ended, is as good as ended. */
export async function endSession({ control, now }: SignInContext, user: User, session: string): Promise<void> {
  const own = (await readSessions(control, user.id, now)).some(({ tokenHash }) => tokenHash === session)
  if (own) await control.execute(deleteSession(session))
}

/** Ends every session and every Excel sign-in of the user, but for the one that asks. */
export async function signOutEverywhere(ctx: SignInContext, user: User, but: string): Promise<void> {
  await ctx.control.batch(endSessions(user.id, but), 'write')
  await tell(ctx, user, 'signed-out-everywhere')
}
