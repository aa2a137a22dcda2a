import { Problem } from '#worker/core/problem.ts'
import { deleteFactors } from './factor-store.ts'
import type { SignInContext } from './sign-in.ts'
import { endSessions } from './store.ts'
import { tell } from './tell-user.ts'
import { readUser, type User } from './user-store.ts'

/**
 * For somebody who has lost phone and recovery codes, by the operator, who has made sure who they are: passkeys, code app and
 * recovery codes go, every session ends, and the password remains. It stands in the log, and its owner hears of it at once.
 * @throws Problem 404 user/unknown.
 */
export async function resetSignIn(ctx: SignInContext, email: string): Promise<User> {
  const user = await readUser(ctx.control, email.trim())
  if (!user) throw new Problem(404, 'user/unknown', { params: { email } })
  const work = [...deleteFactors(user.id), ...endSessions(user.id, null)]
  await tell(ctx, user, 'factors-reset', { work, by: 'operator' })
  return user
}
