import { Problem } from '#worker/core/problem.ts'
import type { Database } from '#worker/database/connect.ts'
import type { Changes } from '#worker/events/event.ts'
import { insertEvents } from '#worker/events/store.ts'
import type { Acting } from '#worker/http/acting.ts'
import { readUser } from '#worker/identity/user-store.ts'
import { error } from '#worker/ledger/voucher.ts'
import type { NewMember } from './api-key.ts'
import { holderOf } from './change-roles.ts'
import { type Invitation, readInvitations } from './invitation-store.ts'
import { endInvitation, type Invited, makeInvitation, repeatInvitation } from './invite-user.ts'
import { readKeysMadeBy, revokeKey } from './key-store.ts'
import { deleteMember, type Member, readMembers, setMember } from './member-store.ts'
import { isWithin } from './permission.ts'
import type { CompanyAccess } from './store.ts'

type Context = Acting & { control: Database; access: CompanyAccess }

/**
 * Gives a member another role, or makes a user a member whose address is known to be their own; it counts within a second.
 * The event is written first: access cannot change without a trace.
 * @throws Problem 422 request/invalid with user/unknown, or user/email-unverified for somebody who has not shown that the
 * address is theirs: they are invited; 422 member/last-administrator, member/auditor-is-ordered; 404 role/unknown;
 * 403 permission/missing when the role has more rights than who gives it.
 */
export async function addMember(ctx: Context, wanted: NewMember): Promise<Member> {
  const { db, control, access, by, at } = ctx
  const { email, role } = wanted
  if (!isWithin(await holderOf(ctx, role), access)) throw new Problem(403, 'permission/missing')
  const user = await readUser(control, email.trim())
  if (!user) throw new Problem(422, 'request/invalid', { issues: [error('user/unknown', '#/email', { email })] })
  const members = await ownMembers(ctx)
  const before = members.find((m) => m.user === user.id)
  if (!before && user.emailVerifiedAt === null)
    throw new Problem(422, 'request/invalid', { issues: [error('user/email-unverified', '#/email', { email })] })
  if (before && role !== 'administrator') keepAnAdministrator(members, before, access)
  const type = before ? 'member.changed' : 'member.added'
  const changes = { role: [before?.role ?? null, role] } as const
  if (before?.role !== role) await db.batch([insertEvents({ type, at, by, subject: user.id, changes })], 'write')
  const [done] = await control.batch([setMember(user.id, access.id, role, at)], 'write')
  if (done!.rowsAffected === 0) throw new Problem(422, 'member/last-administrator')
  return (await ownMembers(ctx)).find((m) => m.user === user.id)!
}

/**
 * Takes a member's access away, and with it the keys they made for the company.
 * @throws Problem 404 member/unknown; 422 member/last-administrator.
 */
export async function removeMember(ctx: Context, user: string): Promise<void> {
  const { db, control, access, by, at } = ctx
  const members = await ownMembers(ctx)
  const before = members.find((m) => m.user === user)
  if (!before) throw new Problem(404, 'member/unknown')
  keepAnAdministrator(members, before, access)
  const keys = await readKeysMadeBy(control, access.id, user)
  const revoked = keys.map((key) => ({
    type: 'key.revoked',
    at,
    by,
    subject: key.id,
    changes: { revokedAt: [null, at] as const },
  }))
  const changes = { role: [before.role, null] } as const
  await db.batch([insertEvents({ type: 'member.removed', at, by, subject: user, changes }, ...revoked)], 'write')
  const [done] = await control.batch(
    [deleteMember(user, access.id), ...keys.map((key) => revokeKey(key.id, access.id, at))],
    'write',
  )
  if (done!.rowsAffected === 0) throw new Problem(422, 'member/last-administrator')
}

/**
 * Invites somebody to the company. Nobody is let in before the link is taken up.
 * @throws Problem as `makeInvitation` and `holderOf` do; 403 permission/missing; 422 request/invalid with member/exists.
 */
export async function inviteMember(ctx: Context, wanted: Invited): Promise<{ invitation: Invitation; token: string }> {
  const { access } = ctx
  if (!isWithin(await holderOf(ctx, wanted.role), access)) throw new Problem(403, 'permission/missing')
  const email = wanted.email.trim().toLowerCase()
  if ((await readMembers(ctx.control, access.id)).some((member) => member.email === email))
    throw new Problem(422, 'request/invalid', { issues: [error('member/exists', '#/email', { email })] })
  const made = await makeInvitation(ctx, { company: access.id }, wanted)
  await note(ctx, 'member.invited', made.invitation, { role: [null, wanted.role] })
  return made
}

/** A new link for an invitation that stands. @throws Problem 404 invitation/unknown; 403 permission/missing. */
export async function inviteAgain(ctx: Context, id: string): Promise<{ invitation: Invitation; token: string }> {
  const { access, control } = ctx
  const found = (await readInvitations(control, { company: access.id })).find((one) => one.id === id)
  if (found && found.auditAccess === null && !isWithin(await holderOf(ctx, found.role), access))
    throw new Problem(403, 'permission/missing')
  const made = await repeatInvitation(ctx, { company: access.id }, id)
  await note(ctx, 'member.invited', made.invitation, { role: [null, made.invitation.role] })
  return made
}

/** @throws Problem 404 invitation/unknown. */
export async function withdrawMemberInvitation(ctx: Context, id: string): Promise<Invitation> {
  const ended = await endInvitation(ctx, { company: ctx.access.id }, id)
  await note(ctx, 'member.invitation-withdrawn', ended, { role: [ended.role, null] })
  return ended
}

const note = ({ db, at, by }: Context, type: string, { id, email }: Invitation, changes: Changes) =>
  db.batch([insertEvents({ type, at, by, subject: id, changes: { ...changes, email: [null, email] } })], 'write')

/** Those with a role of the company itself; who works for its office is changed there. */
const ownMembers = async ({ control, access }: Context): Promise<Member[]> =>
  (await readMembers(control, access.id)).filter((member) => member.through === 'company')

/** The same rule stands in the statements, for two that leave at once. Its office's administrators can always give rights. */
function keepAnAdministrator(members: readonly Member[], leaving: Member, access: CompanyAccess): void {
  if (access.office !== null || leaving.role !== 'administrator') return
  if (!members.some((m) => m.user !== leaving.user && m.role === 'administrator'))
    throw new Problem(422, 'member/last-administrator')
}
