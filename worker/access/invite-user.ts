import type { Instant } from '#worker/core/dates.ts'
import { sha256 } from '#worker/core/hash.ts'
import { idOf } from '#worker/core/ids.ts'
import { Problem } from '#worker/core/problem.ts'
import { cutText } from '#worker/core/text.ts'
import type { Database } from '#worker/database/connect.ts'
import type { Acting } from '#worker/http/acting.ts'
import { refuseBadPassword } from '#worker/identity/keep-password.ts'
import { hashPassword } from '#worker/identity/password.ts'
import { randomToken } from '#worker/identity/random-token.ts'
import { goOn, type Progress, type SignInContext } from '#worker/identity/sign-in.ts'
import { endSessions } from '#worker/identity/store.ts'
import { insertUser, readUser, setPassword } from '#worker/identity/user-store.ts'
import { error } from '#worker/ledger/voucher.ts'
import { addMember } from './change-members.ts'
import type { Role } from './permission.ts'
import type { CompanyAccess } from './store.ts'
import { deleteInvitation, isMemberElsewhere, type Member, readInvitation, setInvitation } from './user-store.ts'

/** How long a link to choose a password works, in milliseconds. */
const LINK_MS = 7 * 24 * 3600_000

type Inviting = Acting & { control: Database; access: CompanyAccess }
export type Invited = { member: Member; token: string | undefined }

/**
 * Gives somebody access to a company. Who has no user gets one, and whoever has no password a link to choose it with, which
 * is told here and never again; a new link makes the old one worthless. Who has access to another company as well gets none:
 * the link would open that one too.
 * @throws Problem as `addMember` does; 422 request/invalid with field/invalid for an address that is none.
 */
export async function inviteMember(
  ctx: Inviting,
  wanted: { email: string; name: string; role: Role },
): Promise<Invited> {
  const { control, at } = ctx
  const email = wanted.email.trim().toLowerCase()
  if (!/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email) || email.length > 254)
    throw new Problem(422, 'request/invalid', { issues: [error('field/invalid', '#/email', {})] })
  if (!(await readUser(control, email))) {
    const id = idOf('usr', crypto.getRandomValues(new Uint8Array(17)))
    const name = cutText(wanted.name.trim(), 100) || email
    await control.execute(insertUser({ id, email, name, passwordHash: null, locale: 'nb' }, at))
  }
  const member = await addMember(ctx, { email, role: wanted.role })
  // A link is the whole user: one made here must not open what somebody else has given access to.
  const mayHaveLink = !member.active && !(await isMemberElsewhere(control, member.user, ctx.access.id))
  return { member, token: mayHaveLink ? await newLink(ctx, member.user) : undefined }
}

async function newLink({ control, by, at }: Inviting, user: string): Promise<string> {
  const token = randomToken(32)
  const until = new Date(Date.parse(at) + LINK_MS).toISOString() as Instant
  await control.execute(setInvitation({ user, tokenHash: await sha256(token), by, at, until }))
  return token
}

/** Whom a link is for; undefined when it was used, replaced, or is too old. */
export const invitationOf = async (control: Database, token: string, now: Instant) =>
  readInvitation(control, await sha256(token), now)

/**
 * Sets the password of the user a link is for, ends every session of theirs, and signs them in. The link works no more.
 * @throws Problem 404 request/not-found; 422 request/invalid with password/too-short or password/common.
 */
export async function acceptInvitation(ctx: SignInContext, token: string, password: string): Promise<Progress> {
  const invitation = await invitationOf(ctx.control, token, ctx.now)
  if (!invitation) throw new Problem(404, 'request/not-found')
  const user = (await readUser(ctx.control, invitation.email))!
  refuseBadPassword(password, user.email)
  const hash = await hashPassword(password, ctx.env.PASSWORD_PEPPER)
  const [taken] = await ctx.control.batch([deleteInvitation(await sha256(token))], 'write')
  if (taken!.rowsAffected === 0) throw new Problem(404, 'request/not-found') // used at the same moment
  await ctx.control.batch([setPassword(user.id, hash), ...endSessions(user.id, null)], 'write')
  return goOn(ctx, user, 'password')
}
