import { approvalText, roleWord } from '#i18n/approval-text.ts'
import { alertAdministrators } from '#worker/alerts/store.ts'
import { insertControlEntriesIfChanged } from '#worker/control-log/store.ts'
import { error, Problem } from '#worker/core/problem.ts'
import type { Changes } from '#worker/events/event.ts'
import { insertEvents } from '#worker/events/store.ts'
import { readUser } from '#worker/identity/user-store.ts'
import type { NewMember } from './api-key.ts'
import { holderOf, holderWord } from './change-roles.ts'
import { type Invitation, readInvitations } from './invitation-store.ts'
import { addressOf, endInvitation, type Invited, makeInvitation, repeatInvitation, type Sent } from './invite-user.ts'
import { deleteMember, type Member, readMembers, setMember } from './member-store.ts'
import { isWithin } from './permission.ts'
import { entryOf, type RightsContext } from './rights-context.ts'
import type { CompanyAccess } from './store.ts'
import { takeAccess } from './take-access.ts'

/**
 * Gives a member another role, or makes a user a member whose address is known to be their own; it counts within a second.
 * Whoever does it has shown a passkey or code for exactly this. The event is written first: access cannot change without a trace.
 * @throws Problem 422 request/invalid with user/unknown, or user/email-unverified for somebody who has not shown that the
 * address is theirs: they are invited; 422 member/last-administrator, member/auditor-is-ordered; 404 role/unknown;
 * 403 permission/missing when the role has more rights than who gives it.
 */
export async function addMember(ctx: RightsContext, wanted: NewMember): Promise<Member> {
  const { db, control, access, by, at, locale } = ctx
  const { email, role } = wanted
  const holder = await holderOf(ctx, role)
  if (!isWithin(holder, access)) throw new Problem(403, 'permission/missing')
  const user = await readUser(control, email.trim())
  if (!user) throw new Problem(422, 'request/invalid', { issues: [error('user/unknown', '#/email', { email })] })
  const members = await ownMembers(ctx)
  const before = members.find((m) => m.user === user.id)
  if (!before && user.emailVerifiedAt === null)
    throw new Problem(422, 'request/invalid', { issues: [error('user/email-unverified', '#/email', { email })] })
  if (before && role !== 'administrator') keepAnAdministrator(members, before, access)
  if (before?.role === role) return before
  const type = before ? 'member.changed' : 'member.added'
  const changes = { role: [before?.role ?? null, role] } as const
  const [is, was] = [holderWord(holder, locale), before && roleWord(before.role, before.roleName, locale)]
  const words = { name: user.name, email: user.email, role: is, before: was ?? '' }
  await ctx.demandProof([access.name, approvalText(before ? 'member-changed' : 'member-added', words, locale)])
  await db.batch([insertEvents({ type, at, by, subject: user.id, changes })], 'write')
  const [done] = await control.batch(
    [
      setMember(user.id, access.id, role, at),
      insertControlEntriesIfChanged(entryOf(ctx, { type, user: user.id, subject: user.id, changes })),
      tell(ctx, user.id, { name: user.name, role: is }, before),
    ],
    'write',
  )
  if (done!.rowsAffected === 0) throw new Problem(422, 'member/last-administrator')
  return (await ownMembers(ctx)).find((m) => m.user === user.id)!
}

/**
 * Takes a member's access away, and with it the keys they made for the company.
 * @throws Problem 404 member/unknown; 422 member/last-administrator.
 */
export async function removeMember(ctx: RightsContext, user: string): Promise<void> {
  const { db, access, by, at, locale } = ctx
  const members = await ownMembers(ctx)
  const before = members.find((m) => m.user === user)
  if (!before) throw new Problem(404, 'member/unknown')
  keepAnAdministrator(members, before, access)
  const { name, email } = before
  await ctx.demandProof([access.name, approvalText('member-removed', { name, email }, locale)])
  const changes = { role: [before.role, null] } as const
  await db.batch([insertEvents({ type: 'member.removed', at, by, subject: user, changes })], 'write')
  const work = [
    deleteMember(user, access.id),
    insertControlEntriesIfChanged(entryOf(ctx, { type: 'member.removed', user, subject: user, changes })),
    tell(ctx, user, { name, role: '' }, before),
  ]
  const [done] = await takeAccess(ctx, work, [access.id], () => db)
  if (done!.rowsAffected === 0) throw new Problem(422, 'member/last-administrator')
}

/**
 * Invites somebody to the company. Nobody is let in before the link is taken up.
 * @throws Problem as `makeInvitation` and `holderOf` do; 403 permission/missing; 422 request/invalid with member/exists.
 */
export async function inviteMember(ctx: RightsContext, wanted: Invited): Promise<Sent> {
  const { access, locale } = ctx
  const holder = await holderOf(ctx, wanted.role)
  if (!isWithin(holder, access)) throw new Problem(403, 'permission/missing')
  const email = addressOf(wanted.email)
  if ((await readMembers(ctx.control, access.id)).some((member) => member.email === email))
    throw new Problem(422, 'request/invalid', { issues: [error('member/exists', '#/email', { email })] })
  await ctx.demandProof([access.name, approvalText('invited', { email, role: holderWord(holder, locale) }, locale)])
  const made = await makeInvitation(ctx, { company: access.id }, wanted)
  await note(ctx, 'member.invited', made.invitation, { role: [null, wanted.role] })
  return made
}

/** A new link for an invitation that stands. @throws Problem 404 invitation/unknown; 403 permission/missing. */
export async function inviteAgain(ctx: RightsContext, id: string): Promise<Sent> {
  const { access, control, locale } = ctx
  const found = (await readInvitations(control, { company: access.id })).find((one) => one.id === id)
  if (!found) throw new Problem(404, 'invitation/unknown')
  if (found.auditAccess === null && !isWithin(await holderOf(ctx, found.role), access))
    throw new Problem(403, 'permission/missing')
  const role = roleWord(found.role, found.roleName, locale)
  await ctx.demandProof([access.name, approvalText('invited-again', { email: found.email, role }, locale)])
  const made = await repeatInvitation(ctx, { company: access.id }, id)
  await note(ctx, 'member.invited', made.invitation, { role: [null, made.invitation.role] })
  return made
}

/** @throws Problem 404 invitation/unknown. */
export async function withdrawMemberInvitation(ctx: RightsContext, id: string): Promise<Invitation> {
  const ended = await endInvitation(ctx, { company: ctx.access.id }, id)
  await note(ctx, 'member.invitation-withdrawn', ended, { role: [ended.role, null] })
  return ended
}

const note = ({ db, at, by }: RightsContext, type: string, { id, email }: Invitation, changes: Changes) =>
  db.batch([insertEvents({ type, at, by, subject: id, changes: { ...changes, email: [null, email] } })], 'write')

/**
 * Every administrator hears of it, whoever was one until now, and whoever did it: their session may be somebody else's. It
 * follows the entry of the log, which is written only when something changed.
 */
const tell = (
  { byName, at, access }: RightsContext,
  subject: string,
  is: { name: string; role: string },
  before: Member | undefined,
) =>
  alertAdministrators({ kind: 'rights-changed', subject, params: { by: byName, ...is }, at }, access.id, {
    ifChanged: true,
    also: before?.role === 'administrator' ? subject : undefined,
  })

/** Those with a role of the company itself; who works for its office is changed there. */
const ownMembers = async ({ control, access }: RightsContext): Promise<Member[]> =>
  (await readMembers(control, access.id)).filter((member) => member.through === 'company')

/** The same rule stands in the statements, for two that leave at once. Its office's administrators can always give rights. */
function keepAnAdministrator(members: readonly Member[], leaving: Member, access: CompanyAccess): void {
  if (access.office !== null || leaving.role !== 'administrator') return
  if (!members.some((m) => m.user !== leaving.user && m.role === 'administrator'))
    throw new Problem(422, 'member/last-administrator')
}
