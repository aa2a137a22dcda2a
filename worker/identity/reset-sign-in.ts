import { approvalText } from '#i18n/approval-text.ts'
import type { Locale } from '#i18n/format.ts'
import { Problem } from '#worker/core/problem.ts'
import type { Proving } from '#worker/http/acting.ts'
import { deleteFactors } from './factor-store.ts'
import type { SignInContext } from './sign-in.ts'
import { endSessions } from './store.ts'
import { tell } from './tell-user.ts'
import { readUser, type User } from './user-store.ts'

type Resetting = SignInContext & Proving & { by: string; locale: Locale }

/**
 * For somebody who has lost phone and recovery codes, by the operator, who has made sure who they are: passkeys, code app and
 * recovery codes go, every session ends, and the password remains. It stands in the log with who did it, and its owner hears
 * of it at once. A password alone opens the account afterwards, so an operator shows a passkey or code for exactly this person.
 * @throws Problem 404 user/unknown; 403 step-up/required.
 */
export async function resetSignIn(ctx: Resetting, email: string): Promise<User> {
  const user = await readUser(ctx.control, email.trim())
  if (!user) throw new Problem(404, 'user/unknown', { params: { email } })
  await ctx.demandProof([user.email, approvalText('factors-reset', { name: user.name }, ctx.locale)])
  const work = [...deleteFactors(user.id), ...endSessions(user.id, null)]
  await tell(ctx, user, 'factors-reset', { work, by: ctx.by })
  return user
}
