import { Hono } from 'hono'
import * as z from 'zod/mini'
import { accept, pathText } from '#worker/http/accept.ts'
import { etagOf, ifMatch } from '#worker/http/acting.ts'
import type { Env } from '#worker/http/env.ts'
import { operation } from '#worker/http/operation.ts'
import { forgetAccess } from './allow.ts'
import { changeRole, createRole, removeRole } from './change-roles.ts'
import { NewRole } from './custom-role.ts'
import { permissionsOf, ROLES } from './permission.ts'
import { rightsContextOf } from './rights-context.ts'
import { readCustomRoles } from './role-store.ts'

const RoleAnswer = z.object({
  id: z.string(),
  name: z.string(),
  permissions: z.array(z.string()),
  version: z.int(),
  /** How many have it. */
  members: z.int(),
})

/** Roles of a company: those of the table, and its own. Mounted at /companies/:company. */
export const roles = new Hono<Env>()
  .get(
    '/roles',
    operation({
      summary: 'Roles and what each may do',
      access: 'member:read',
      answer: {
        status: 200,
        schema: z.object({
          roles: z.array(z.object({ id: z.string(), permissions: z.array(z.string()) })),
          own: z.array(RoleAnswer),
        }),
        description: 'The roles that every company has, and the company’s own by name',
      },
    }),
    async (c) =>
      c.json({
        roles: ROLES.map((id) => ({ id, permissions: [...permissionsOf(id)] })),
        own: (await readCustomRoles(c.var.control, c.var.access.id)).map((role) => ({
          ...role,
          permissions: [...role.permissions],
        })),
      }),
  )
  .post(
    '/roles',
    operation({
      summary: 'Put a role of the company’s own together',
      description: 'What a permission rests on is added: who posts vouchers sees them, too.',
      access: 'member:write',
      stepUp: true,
      body: NewRole,
      answer: { status: 201, schema: RoleAnswer, description: 'The role' },
      problems: ['role/exists'],
    }),
    async (c) => c.json(await createRole(rightsContextOf(c), await accept(c, NewRole)), 201),
  )
  .put(
    '/roles/:role',
    operation({
      summary: 'Change a role of the company’s own',
      description: 'It counts within a second for everyone who has it. Send the version you read as If-Match.',
      access: 'member:write',
      stepUp: true,
      body: NewRole,
      answer: { status: 200, schema: RoleAnswer, description: 'As it is now' },
      problems: ['role/unknown', 'role/exists', 'version/stale'],
    }),
    async (c) => {
      const wanted = await accept(c, NewRole)
      const role = await changeRole(rightsContextOf(c), pathText(c, 'role'), wanted, ifMatch(c))
      forgetAccess(c.var.access.id)
      return c.json(role, 200, etagOf(role.version))
    },
  )
  .delete(
    '/roles/:role',
    operation({
      summary: 'Take away a role of the company’s own that nobody has',
      access: 'member:write',
      stepUp: true,
      answer: { status: 204, description: 'Gone' },
      problems: ['role/unknown', 'role/in-use'],
    }),
    async (c) => {
      await removeRole(rightsContextOf(c), pathText(c, 'role'))
      return c.body(null, 204)
    },
  )
