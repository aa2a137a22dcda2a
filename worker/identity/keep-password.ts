import { mailTexts } from '#i18n/mail-texts.ts'
import type { Instant } from '#worker/core/dates.ts'
import { sha256 } from '#worker/core/hash.ts'
import { Problem } from '#worker/core/problem.ts'
import { isStorable } from '#worker/core/text.ts'
import { sendMail } from '#worker/mail/send-mail.ts'
import { ACCOUNT_TRIES, countOrRefuse, subjectOf } from './limit-tries.ts'
import { hashPassword, isPassword } from './password.ts'
import { PASSWORD_MIN, passwordFault } from './password-rules.ts'
import { randomToken } from './random-token.ts'
import { goOn, type Progress, type SignInContext } from './sign-in.ts'
import { endSessions } from './store.ts'
import { tell } from './tell-user.ts'
import { uncount } from './try-store.ts'
import {
  insertLink,
  type LinkPurpose,
  readLink,
  readUser,
  setPassword,
  setVerified,
  takeLink,
  type User,
} from './user-store.ts'

/** How long links by e-mail work, in milliseconds. */
const LINK_MS: Record<LinkPurpose, number> = { password: 30 * 60_000, address: 24 * 3600_000 }
/** E-mails with a link that one address may be sent in fifteen minutes. */
const LINK_TRIES = 3

/** @throws Problem 422 request/invalid with password/too-short or password/common. */
export async function refuseBadPassword(password: string, email: string): Promise<void> {
  const code = await passwordFault(password, email)
  if (!code) return
  const issue = { code, severity: 'error' as const, pointer: '#/password', params: { minimum: PASSWORD_MIN } }
  throw new Problem(422, 'request/invalid', { issues: [issue] })
}

/**
 * Sends a link to choose a new password, if there is such a user. The answer is the same if there is none; what takes time is
 * given back to be done behind it.
 * @throws Problem 429 request/too-many.
 */
export async function sendPasswordLink(ctx: SignInContext, email: string): Promise<() => Promise<void>> {
  const address = email.trim().toLowerCase()
  const subject = `link:${await sha256(address)}`
  await countOrRefuse(ctx.control, { subject, limit: LINK_TRIES }, ctx.client, ctx.now)
  return async () => {
    const user = isStorable(address) && address.length <= 256 ? await readUser(ctx.control, address) : undefined
    if (user) await sendLink(ctx, user, 'password')
  }
}

/** Sends a link that shows that the address is the user's own. @throws Problem 429 request/too-many. */
export async function sendAddressLink(ctx: SignInContext, user: User): Promise<void> {
  await countOrRefuse(ctx.control, { subject: `link:${user.id}`, limit: LINK_TRIES }, ctx.client, ctx.now)
  await sendLink(ctx, user, 'address')
}

async function sendLink(ctx: SignInContext, user: User, purpose: LinkPurpose): Promise<void> {
  const { control, now, env, origin } = ctx
  const token = randomToken(32)
  const until = new Date(Date.parse(now) + LINK_MS[purpose]).toISOString() as Instant
  await control.batch(insertLink(await sha256(token), user, purpose, until), 'write')
  const words = mailTexts(user.locale)
  const link = `${origin}/${purpose === 'password' ? 'password/new' : 'address'}/${token}`
  await sendMail({ env, control, now }, { to: user.email, ...words[purpose]({ name: user.name }, link) })
}

/** Whose link it is; undefined when it was used, replaced, or is too old. */
export const linkOf = async ({ control, now }: SignInContext, token: string, purpose: LinkPurpose) =>
  readLink(control, await sha256(token), purpose, now)

/**
 * Sets the password of the user a link is for, ends every session of theirs, and goes on as after a password: a second factor
 * is not passed by. The link works no more, and has shown whose the address is.
 * @throws Problem 404 request/not-found; 422 request/invalid.
 */
export async function setPasswordByLink(ctx: SignInContext, token: string, password: string): Promise<Progress> {
  const { control, env, now } = ctx
  const user = await linkOf(ctx, token, 'password')
  if (!user) throw new Problem(404, 'request/not-found')
  await refuseBadPassword(password, user.email)
  const hash = await hashPassword(password, env.PASSWORD_PEPPER)
  if (!(await takeLink(control, await sha256(token)))) throw new Problem(404, 'request/not-found')
  const set = [setPassword(user.id, hash), setVerified(user.id, user.email, now), ...endSessions(user.id, null)]
  await tell(ctx, user, 'password-changed', { work: set })
  return goOn(ctx, user, 'password')
}

/** @throws Problem 404 request/not-found. */
export async function verifyAddress(ctx: SignInContext, token: string): Promise<User> {
  const user = await linkOf(ctx, token, 'address')
  if (!user || !(await takeLink(ctx.control, await sha256(token)))) throw new Problem(404, 'request/not-found')
  await tell(ctx, user, 'address-verified', { work: [setVerified(user.id, user.email, ctx.now)] })
  return user
}

/** Whether this is the user's password; tries are counted as at signing in. @throws Problem 429; 401 password/wrong. */
export async function confirmPassword(ctx: SignInContext, user: User, password: string): Promise<void> {
  const subject = await subjectOf('account', user.email, user.id)
  const tried = await countOrRefuse(ctx.control, { subject, limit: ACCOUNT_TRIES }, ctx.client, ctx.now)
  if (!(await isPassword(password.slice(0, 1_024), user.passwordHash, ctx.env.PASSWORD_PEPPER)))
    throw new Problem(401, 'password/wrong')
  await ctx.control.execute(uncount(tried.at))
}

/** Sets a new password; every other session ends. @throws Problem 422 request/invalid. */
export async function changePassword(ctx: SignInContext, user: User, password: string, session: string): Promise<void> {
  await refuseBadPassword(password, user.email)
  const hash = await hashPassword(password, ctx.env.PASSWORD_PEPPER)
  await tell(ctx, user, 'password-changed', { work: [setPassword(user.id, hash), ...endSessions(user.id, session)] })
}
