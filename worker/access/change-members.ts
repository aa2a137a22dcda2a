import { Problem } from '#worker/core/problem.ts'
import type { Database } from '#worker/database/connect.ts'
import { insertEvents } from '#worker/events/store.ts'
import type { Acting } from '#worker/http/acting.ts'
import { readUser } from '#worker/identity/user-store.ts'
import { error } from '#worker/ledger/voucher.ts'
import type { NewMember } from './api-key.ts'
import { deleteMember, setMember } from './key-store.ts'
import { isWithin } from './permission.ts'
import type { CompanyAccess } from './store.ts'
import { type Member, readMembers } from './user-store.ts'

type Context = Acting & { control: Database; access: CompanyAccess }

/**
 * Makes an existing user a member of the company, or gives a member another role; it counts within a second. The event is
 * written first: access cannot change without a trace.
 * @throws Problem 422 request/invalid with user/unknown; 422 member/last-administrator; 403 permission/missing when the role
 * has more rights than who gives it.
 */
export async function addMember({ db, control, access, by, at }: Context, wanted: NewMember): Promise<Member> {
  const { email, role } = wanted
  if (access.role !== 'operator' && !isWithin(role, access.role)) throw new Problem(403, 'permission/missing')
  const user = await readUser(control, email.trim())
  if (!user) throw new Problem(422, 'request/invalid', { issues: [error('user/unknown', '#/email', { email })] })
  const members = await readMembers(control, access.id)
  const before = members.find((m) => m.user === user.id)
  if (before && role !== 'administrator') keepAnAdministrator(members, before)
  const type = before ? 'member.changed' : 'member.added'
  const changes = { role: [before?.role ?? null, role] } as const
  if (before?.role !== role) await db.batch([insertEvents({ type, at, by, subject: user.id, changes })], 'write')
  const [done] = await control.batch([setMember(user.id, access.id, role, at)], 'write')
  if (done!.rowsAffected === 0) throw new Problem(422, 'member/last-administrator')
  return (await readMembers(control, access.id)).find((m) => m.user === user.id)!
}

/** Takes a member's access away. @throws Problem 404 member/unknown; 422 member/last-administrator. */
export async function removeMember({ db, control, access, by, at }: Context, user: string): Promise<void> {
  const members = await readMembers(control, access.id)
  const before = members.find((m) => m.user === user)
  if (!before) throw new Problem(404, 'member/unknown')
  keepAnAdministrator(members, before)
  const changes = { role: [before.role, null] } as const
  await db.batch([insertEvents({ type: 'member.removed', at, by, subject: user, changes })], 'write')
  const [done] = await control.batch([deleteMember(user, access.id)], 'write')
  if (done!.rowsAffected === 0) throw new Problem(422, 'member/last-administrator')
}

/** The same rule stands in the statements, for two that leave at once. */
function keepAnAdministrator(members: readonly Member[], leaving: Member): void {
  const others = members.filter((m) => m.user !== leaving.user && m.role === 'administrator')
  if (leaving.role === 'administrator' && others.length === 0) throw new Problem(422, 'member/last-administrator')
}
