import { idOf } from '#worker/core/ids.ts'
import { Problem } from '#worker/core/problem.ts'
import { checkVersion } from '#worker/core/version.ts'
import type { Database, InStatement } from '#worker/database/connect.ts'
import { refusalOf } from '#worker/database/refusal.ts'
import { type Changes, changesOf } from '#worker/events/event.ts'
import { insertEvents } from '#worker/events/store.ts'
import type { Acting } from '#worker/http/acting.ts'
import { type CustomRole, isCustom, type NewRole, withNeeded } from './custom-role.ts'
import { type Holder, isWithin, ROLES, type Role } from './permission.ts'
import { deleteRole, insertRole, readCustomRoles, updateRole } from './role-store.ts'
import type { CompanyAccess } from './store.ts'

type Context = Acting & { control: Database; access: CompanyAccess }

/**
 * Makes a role of the company's own. The event is written first: rights cannot change without a trace.
 * @throws Problem 403 permission/missing when it would hold more than who makes it; 422 role/exists.
 */
export async function createRole(ctx: Context, wanted: NewRole): Promise<CustomRole> {
  const id = idOf('rol', crypto.getRandomValues(new Uint8Array(17)))
  const role = await judge(ctx, wanted, id)
  const changes = changesOf(undefined, { name: role.name, permissions: role.permissions.join(' ') })
  await note(ctx, 'role.created', id, changes)
  await write(ctx, role.name, insertRole({ ...role, company: ctx.access.id, by: ctx.by, at: ctx.at }))
  return { ...role, version: 1, members: 0 }
}

/**
 * Changes a role; whoever has it may do the new at once, and the old no more within a second.
 * @throws Problem as `createRole`; 404 role/unknown; 409 version/stale.
 */
export async function changeRole(
  ctx: Context,
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
  await note(ctx, 'role.changed', id, changes)
  const kept = { ...role, company: ctx.access.id, by: ctx.by, at: ctx.at }
  if ((await write(ctx, role.name, updateRole(kept, found.version))) === 0) throw new Problem(409, 'version/stale')
  return { ...role, version: found.version + 1, members: found.members }
}

/** Takes a role away that nobody has. @throws Problem 404 role/unknown; 422 role/in-use. */
export async function removeRole(ctx: Context, id: string): Promise<void> {
  const found = await customRoleOf(ctx, id)
  if (found.members > 0) throw new Problem(422, 'role/in-use', { params: { name: found.name } })
  await note(ctx, 'role.deleted', id, { name: [found.name, null] })
  await write(ctx, found.name, deleteRole(id, ctx.access.id))
}

/**
 * What a role of the table or of the company's own allows.
 * @throws Problem 404 role/unknown; 422 member/auditor-is-ordered: an auditor's access has an end and fiscal years.
 */
export async function holderOf(ctx: Pick<Context, 'control' | 'access'>, role: string): Promise<Holder> {
  if (role === 'auditor') throw new Problem(422, 'member/auditor-is-ordered')
  if (isCustom(role)) return customRoleOf(ctx, role)
  if (!(ROLES as readonly string[]).includes(role)) throw new Problem(404, 'role/unknown')
  return role as Role
}

async function customRoleOf({ control, access }: Pick<Context, 'control' | 'access'>, id: string): Promise<CustomRole> {
  const found = (await readCustomRoles(control, access.id)).find((role) => role.id === id)
  if (!found) throw new Problem(404, 'role/unknown')
  return found
}

async function judge({ access }: Context, wanted: NewRole, id: string) {
  const permissions = withNeeded(wanted.permissions)
  if (!isWithin({ permissions }, access)) throw new Problem(403, 'permission/missing')
  return { id, name: wanted.name.trim(), permissions }
}

const note = ({ db, at, by }: Context, type: string, subject: string, changes: Changes) =>
  db.batch([insertEvents({ type, at, by, subject, changes })], 'write')

async function write({ control }: Context, name: string, statement: InStatement) {
  try {
    return (await control.execute(statement)).rowsAffected
  } catch (error) {
    const refusal = refusalOf(error)
    if (refusal?.kind === 'taken') throw new Problem(422, 'role/exists', { params: { name } })
    if (refusal?.kind === 'rule' && refusal.code === 'role/in-use')
      throw new Problem(422, 'role/in-use', { params: { name } })
    throw error
  }
}
