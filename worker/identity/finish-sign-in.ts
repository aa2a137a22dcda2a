import { sha256 } from '#worker/core/hash.ts'
import { Problem } from '#worker/core/problem.ts'
import { checkCode } from './check-code.ts'
import { checkPasskey, SIGN_IN, showing } from './check-passkey.ts'
import type { ShownPasskey } from './passkey.ts'
import { noteFailure, type SignInContext } from './sign-in.ts'
import { type SignedIn, startSession } from './start-session.ts'
import { readStep, takeStep } from './store.ts'
import { readUserById, type User } from './user-store.ts'

/** A passkey is something one has and something one is or knows: no more is asked. @throws Problem 401 passkey/not-accepted. */
export async function signInWithPasskey(ctx: SignInContext, shown: ShownPasskey): Promise<SignedIn> {
  return startSession(ctx, await checkPasskey(ctx, shown, SIGN_IN), { method: 'passkey', proven: true })
}

/** Who has shown the first factor and is asked for the second. @throws Problem 401 sign-in/step-ended. */
export async function halfWay({ control, now }: SignInContext, step: string | undefined) {
  const found = step && (await readStep(control, await sha256(step), now))
  const user = found && (await readUserById(control, found.user))
  if (!found || !user) throw new Problem(401, 'sign-in/step-ended')
  return { user, method: found.method }
}

/** @throws Problem 401 code/wrong, passkey/not-accepted, sign-in/step-ended; 429 request/too-many. */
export async function finishSignIn(
  ctx: SignInContext,
  step: string | undefined,
  shown: { code: string } | { passkey: ShownPasskey },
): Promise<SignedIn> {
  const { user, method } = await halfWay(ctx, step)
  await checkFactor(ctx, user, shown)
  if (!(await takeStep(ctx.control, await sha256(step!)))) throw new Problem(401, 'sign-in/step-ended')
  return startSession(ctx, user, { method, proven: true })
}

/** Judges a second factor of a user. @throws Problem as `checkCode` and `checkPasskey` do. */
export async function checkFactor(
  ctx: SignInContext,
  user: User,
  shown: { code: string } | { passkey: ShownPasskey },
): Promise<void> {
  try {
    if ('code' in shown) await checkCode(ctx, user, shown.code)
    else if ((await checkPasskey(ctx, shown.passkey, showing(user.id))).id !== user.id)
      throw new Problem(401, 'passkey/not-accepted')
  } catch (error) {
    if (error instanceof Problem && error.status === 401) await noteFailure(ctx, user.id, 'code-failed')
    throw error
  }
}
