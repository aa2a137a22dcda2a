import { approvalText, rightWord, roleWord } from '#i18n/approval-text.ts'
import type { Locale } from '#i18n/format.ts'
import { alertAdministrators } from '#worker/alerts/store.ts'
import { insertControlEntriesIfChanged } from '#worker/control-log/store.ts'
import { idOf } from '#worker/core/ids.ts'
import { Problem } from '#worker/core/problem.ts'
import { checkVersion } from '#worker/core/version.ts'
import type { InStatement } from '#worker/database/connect.ts'
import { refusalOf } from '#worker/database/refusal.ts'
import { type Changes, changesOf } from '#worker/events/event.ts'
import { insertEvents } from '#worker/events/store.ts'
import { type CustomRole, isCustom, type NewRole, withNeeded } from './custom-role.ts'
import { isWithin, type Permission, ROLES, type Role } from './permission.ts'
import { entryOf, type RightsContext } from './rights-context.ts'
import { deleteRole, insertRole, readCustomRoles, updateRole } from './role-store.ts'

/**
 * Makes a role of the company's own, once somebody has shown a passkey or code for exactly it. The event is written first: rights
 * cannot change without a trace.
 * @throws Problem 403 permission/missing when it would hold more than who makes it, step-up/required; 422 role/exists.
 */
export async function createRole(ctx: RightsContext, wanted: NewRole): Promise<CustomRole> {
  const id = idOf('rol', crypto.getRandomValues(new Uint8Array(17)))
  const role = await judge(ctx, wanted, id)
  const changes = changesOf(undefined, { name: role.name, permissions: role.permissions.join(' ') })
  await ctx.demandProof([
    ctx.access.name,
    approvalText('role-created', { name: role.name }, ctx.locale),
    ...rightLines(ctx, 'role-may', role.permissions),
  ])
  await note(ctx, 'role.created', id, changes)
  await write(
    ctx,
    role,
    'role.created',
    changes,
    insertRole({ ...role, company: ctx.access.id, by: ctx.by, at: ctx.at }),
  )
  return { ...role, version: 1, members: 0 }
}

/**
 * Changes a role; whoever has it may do the new at once, and the old no more within a second.
 * @throws Problem as `createRole`; 404 role/unknown; 409 version/stale.
 */
export async function changeRole(
  ctx: RightsContext,
  id: string,
  wanted: NewRole,
  version: number | undefined,
): Promise<CustomRole> {
  const found = await customRoleOf(ctx, id)
  checkVersion(version, found.version)
  // Who may do less than a role does not take it over by rewriting it.
  if (!isWithin(found, ctx.access)) throw new Problem(403, 'permission/missing')
  const role = await judge(ctx, wanted, id)
  const changes = changesOf(
    { name: found.name, permissions: found.permissions.join(' ') },
    { name: role.name, permissions: role.permissions.join(' ') },
  )
  const less = found.permissions.filter((permission) => !role.permissions.includes(permission))
  const more = role.permissions.filter((permission) => !found.permissions.includes(permission))
  await ctx.demandProof([
    ctx.access.name,
    approvalText('role-changed', { name: role.name }, ctx.locale),
    ...rightLines(ctx, 'role-may', more),
    ...rightLines(ctx, 'role-may-no-more', less),
  ])
  await note(ctx, 'role.changed', id, changes)
  const kept = { ...role, company: ctx.access.id, by: ctx.by, at: ctx.at }
  if ((await write(ctx, role, 'role.changed', changes, updateRole(kept, found.version))) === 0)
    throw new Problem(409, 'version/stale')
  return { ...role, version: found.version + 1, members: found.members }
}

/** Takes a role away that nobody has. @throws Problem 404 role/unknown; 422 role/in-use. */
export async function removeRole(ctx: RightsContext, id: string): Promise<void> {
  const found = await customRoleOf(ctx, id)
  if (found.members > 0) throw new Problem(422, 'role/in-use', { params: { name: found.name } })
  await ctx.demandProof([ctx.access.name, approvalText('role-deleted', { name: found.name }, ctx.locale)])
  const changes = { name: [found.name, null] } as const
  await note(ctx, 'role.deleted', id, changes)
  await write(ctx, found, 'role.deleted', changes, deleteRole(id, ctx.access.id))
}

const rightLines = (
  { locale }: RightsContext,
  kind: 'role-may' | 'role-may-no-more',
  permissions: readonly Permission[],
): string[] => permissions.map((permission) => approvalText(kind, { right: rightWord(permission, locale) }, locale))

/**
 * What a role of the table or of the company's own allows.
 * @throws Problem 404 role/unknown; 422 member/auditor-is-ordered: an auditor's access has an end and fiscal years.
 */
export async function holderOf(
  ctx: Pick<RightsContext, 'control' | 'access'>,
  role: string,
): Promise<Role | CustomRole> {
  if (role === 'auditor') throw new Problem(422, 'member/auditor-is-ordered')
  if (isCustom(role)) return customRoleOf(ctx, role)
  if (!(ROLES as readonly string[]).includes(role)) throw new Problem(404, 'role/unknown')
  return role as Role
}

/** What such a role is called. */
export const holderWord = (role: Role | CustomRole, locale: Locale): string =>
  typeof role === 'string' ? roleWord(role, null, locale) : role.name

async function customRoleOf(
  { control, access }: Pick<RightsContext, 'control' | 'access'>,
  id: string,
): Promise<CustomRole> {
  const found = (await readCustomRoles(control, access.id)).find((role) => role.id === id)
  if (!found) throw new Problem(404, 'role/unknown')
  return found
}

async function judge({ access }: RightsContext, wanted: NewRole, id: string) {
  const permissions = withNeeded(wanted.permissions)
  if (!isWithin({ permissions }, access)) throw new Problem(403, 'permission/missing')
  return { id, name: wanted.name.trim(), permissions }
}

const note = ({ db, at, by }: RightsContext, type: string, subject: string, changes: Changes) =>
  db.batch([insertEvents({ type, at, by, subject, changes })], 'write')

async function write(
  ctx: RightsContext,
  { id, name }: Pick<CustomRole, 'id' | 'name'>,
  type: string,
  changes: Changes,
  statement: InStatement,
) {
  const alert = { kind: 'rights-changed', subject: id, params: { by: ctx.byName, name, role: '' }, at: ctx.at } as const
  try {
    const noted = insertControlEntriesIfChanged(entryOf(ctx, { type, subject: id, changes }))
    const told = alertAdministrators(alert, ctx.access.id, { ifChanged: true })
    const [done] = await ctx.control.batch([statement, noted, told], 'write')
    return done!.rowsAffected
  } catch (error) {
    const refusal = refusalOf(error)
    if (refusal?.kind === 'taken') throw new Problem(422, 'role/exists', { params: { name } })
    if (refusal?.kind === 'rule' && refusal.code === 'role/in-use')
      throw new Problem(422, 'role/in-use', { params: { name } })
    throw error
  }
}
