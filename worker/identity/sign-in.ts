import { NOBODY } from '#worker/control-log/control-entry.ts'
import { insertControlEntries } from '#worker/control-log/store.ts'
import type { Instant } from '#worker/core/dates.ts'
import { sha256 } from '#worker/core/hash.ts'
import { Problem } from '#worker/core/problem.ts'
import { isStorable } from '#worker/core/text.ts'
import type { Database } from '#worker/database/connect.ts'
import type { Bindings } from '#worker/http/env.ts'
import type { Client } from './client.ts'
import { readFactors } from './factor-store.ts'
import { isKnownDevice } from './known-device.ts'
import { ACCOUNT_TRIES, countOrRefuse, isFirst, subjectOf } from './limit-tries.ts'
import { hashPassword, isOutdated, isPassword } from './password.ts'
import { randomToken } from './random-token.ts'
import { type SignedIn, startSession } from './start-session.ts'
import { deleteOldSteps, insertStep, type Method } from './store.ts'
import { tell } from './tell-user.ts'
import { forgetTries, uncount } from './try-store.ts'
import { readUser, setPassword, type User } from './user-store.ts'

/** Time for the second factor, in milliseconds. */
const STEP_MS = 10 * 60_000

/** What signing in needs to know of the request. */
export type SignInContext = { env: Bindings; control: Database; now: Instant; client: Client; origin: string }

/** Signed in, or half of the way: the token leads on to the second factor and to nothing else. */
export type Progress = { signedIn: SignedIn } | { step: string }

/**
 * Signs a user in by e-mail and password, or leads to the second factor of who has one. Whatever is wrong, the answer and its
 * time are the same.
 * @throws Problem 401 sign-in/failed; 429 request/too-many.
 */
export async function signIn(
  ctx: SignInContext,
  { email, password }: { email: string; password: string },
): Promise<Progress> {
  const { control, env, now, client } = ctx
  const address = email.trim().toLowerCase()
  const known = (await isKnownDevice(address, client.known, env.PASSWORD_PEPPER)) ? client.known : undefined
  const subject = await subjectOf('account', address, known)
  const tried = await countOrRefuse(control, { subject, limit: ACCOUNT_TRIES }, client, now).catch(async (error) => {
    await warnOwner(ctx, address).catch(() => {})
    throw error
  })
  const storable = isStorable(address) && address.length <= 256 && password.length <= 1_024
  const user = storable ? await readUser(control, address) : undefined
  if (!(await isPassword(storable ? password : '', user?.passwordHash ?? null, env.PASSWORD_PEPPER)) || !user) {
    await noteFailure(ctx, user?.id ?? null, 'sign-in-failed')
    throw new Problem(401, 'sign-in/failed')
  }
  const outdated = isOutdated(user.passwordHash!)
  await control.batch(
    [
      forgetTries([subject], tried.at),
      uncount(tried.at),
      ...(outdated ? [setPassword(user.id, await hashPassword(password, env.PASSWORD_PEPPER))] : []),
    ],
    'write',
  )
  return goOn(ctx, user, 'password')
}

/** Who has shown one factor: let in, or asked for the other when they have one. */
export async function goOn(ctx: SignInContext, user: User, method: Method): Promise<Progress> {
  const { control, now } = ctx
  const { codeApp, passkeys } = await readFactors(control, user.id)
  if (!codeApp && passkeys === 0) return { signedIn: await startSession(ctx, user, { method, proven: false }) }
  const step = randomToken(32)
  const until = new Date(Date.parse(now) + STEP_MS).toISOString() as Instant
  await control.batch([deleteOldSteps(now), insertStep(await sha256(step), user.id, method, until)], 'write')
  return { step }
}

/**
 * Lets the demo company's user in with one click, on an instance on one's own machine only.
 * @throws Problem 404 request/not-found anywhere else, or when there is no demo company.
 */
export async function signInToDemo(ctx: SignInContext, email: string): Promise<SignedIn> {
  const user = ctx.env.LOCAL_INSTANCE === '1' ? await readUser(ctx.control, email) : undefined
  if (!user) throw new Problem(404, 'request/not-found')
  return startSession(ctx, user, { method: 'demo', proven: true })
}

/**
 * A sign-in that was refused. What was typed is not written down: people type their password where the address belongs. Tries
 * beyond the limit are not written one by one, so nobody can fill the log.
 */
export async function noteFailure(
  { control, now }: SignInContext,
  user: string | null,
  kind: 'sign-in-failed' | 'code-failed',
): Promise<void> {
  const entry = { type: `user.${kind}`, at: now, by: NOBODY, user, subject: user ?? '' }
  await control.batch([insertControlEntries(entry)], 'write')
}

/** Somebody tries an account's password again and again: its owner is told, once in a while. */
async function warnOwner(ctx: SignInContext, address: string): Promise<void> {
  const user = isStorable(address) && address.length <= 256 ? await readUser(ctx.control, address) : undefined
  if (user && (await isFirst(ctx.control, `notice:${user.id}`, ctx.now))) await tell(ctx, user, 'locked')
}
