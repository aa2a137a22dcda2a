import { Hono } from 'hono'
import * as z from 'zod/mini'
import { accept, pathText } from '#worker/http/accept.ts'
import type { Env } from '#worker/http/env.ts'
import { operation } from '#worker/http/operation.ts'
import { forgetAccess } from './allow.ts'
import { NewKey, NewMember } from './api-key.ts'
import { addMember, removeMember } from './change-members.ts'
import { createKey, removeKey } from './create-key.ts'
import { readKeys } from './key-store.ts'
import { readMembers } from './member-store.ts'
import { rightsContextOf } from './rights-context.ts'
import { readCompanies } from './store.ts'

export const KeyAnswer = z.object({
  id: z.string(),
  name: z.string(),
  role: z.string(),
  scopes: z.nullable(z.array(z.string())),
  networks: z.array(z.string()),
  start: z.nullable(z.string()),
  createdBy: z.string(),
  createdAt: z.string(),
  expiresAt: z.nullable(z.string()),
  revokedAt: z.nullable(z.string()),
  lastUsedAt: z.nullable(z.string()),
  lastUsedFrom: z.nullable(z.string()),
  /** The app that it lets in, when it was made by consenting to one: it has tokens, and no key. */
  app: z.nullable(z.string()),
})
const MemberAnswer = z.object({
  user: z.string(),
  name: z.string(),
  email: z.string(),
  /** A role of the table, or the id of one of the company’s own, which `roleName` names. */
  role: z.string(),
  roleName: z.nullable(z.string()),
  since: z.string(),
  /** What gives access: a role in the company, or work for the office that keeps its books. */
  through: z.enum(['company', 'office']),
  duty: z.nullable(z.enum(['responsible', 'team'])),
})
const Me = z.object({
  kind: z.enum(['operator', 'user', 'key']),
  id: z.string(),
  name: z.string(),
  email: z.optional(z.string()),
  companies: z.array(
    z.object({ id: z.string(), name: z.string(), organisationNumber: z.nullable(z.string()), role: z.string() }),
  ),
})

/** Who the caller is. Mounted at /api/v1. */
export const me = new Hono<Env>().get(
  '/me',
  operation({
    summary: 'Who you are, and the companies you may reach',
    access: 'signed-in',
    answer: { status: 200, schema: Me, description: 'The user, the key or the local operator' },
  }),
  async (c) => {
    const { principal, control } = c.var
    const companies = await readCompanies(control, principal)
    return c.json({
      kind: principal.kind,
      id: principal.id,
      name: principal.name,
      ...(principal.kind === 'user' && { email: principal.email }),
      companies: companies.map(({ id, name, organisationNumber, role }) => ({ id, name, organisationNumber, role })),
    })
  },
)

/** Keys and members of a company. Mounted at /companies/:company. */
export const access = new Hono<Env>()
  .get(
    '/keys',
    operation({
      summary: 'API keys',
      access: 'key:write',
      answer: {
        status: 200,
        schema: z.object({ keys: z.array(KeyAnswer) }),
        description: 'Newest first, revoked ones included; never the keys themselves',
      },
    }),
    async (c) => c.json({ keys: await readKeys(c.var.control, c.var.access.id) }),
  )
  .post(
    '/keys',
    operation({
      summary: 'Make an API key',
      description:
        'The key is told once. It reaches this company only, with the rights of its role, or with exactly the permissions in `scopes`; from `networks` only when there are any.',
      secrets: ['key'],
      access: 'key:write',
      stepUp: true,
      body: NewKey,
      answer: {
        status: 201,
        schema: z.extend(KeyAnswer, { key: z.string() }),
        description: 'Keep `key`: it cannot be read again',
      },
    }),
    async (c) => c.json(await createKey(rightsContextOf(c), await accept(c, NewKey)), 201),
  )
  .delete(
    '/keys/:key',
    operation({
      summary: 'Revoke an API key',
      access: 'key:write',
      whileDeleting: true,
      answer: { status: 204, description: 'It works no more, within a second' },
      problems: ['key/unknown'],
    }),
    async (c) => {
      await removeKey(rightsContextOf(c), pathText(c, 'key'))
      return c.body(null, 204)
    },
  )
  .get(
    '/members',
    operation({
      summary: 'Who has access to the company',
      access: 'member:read',
      answer: {
        status: 200,
        schema: z.object({ members: z.array(MemberAnswer) }),
        description: 'Those with a role in the company by name, then those of its office',
      },
    }),
    async (c) => c.json({ members: await readMembers(c.var.control, c.var.access.id) }),
  )
  .post(
    '/members',
    operation({
      summary: 'Give a member another role, or a user access',
      description: 'Whoever has not shown that their e-mail address is their own is invited instead.',
      access: 'member:write',
      stepUp: true,
      body: NewMember,
      answer: { status: 201, schema: MemberAnswer, description: 'The member; it counts within a second' },
      problems: [
        'user/unknown',
        'user/email-unverified',
        'member/last-administrator',
        'member/auditor-is-ordered',
        'role/unknown',
      ],
    }),
    async (c) => {
      const member = await addMember(rightsContextOf(c), await accept(c, NewMember))
      forgetAccess(c.var.access.id)
      return c.json(member, 201)
    },
  )
  .delete(
    '/members/:user',
    operation({
      summary: 'Take a member’s access away',
      access: 'member:write',
      whileDeleting: true,
      stepUp: true,
      answer: { status: 204, description: 'Gone within a second, and the keys they made with it' },
      problems: ['member/unknown', 'member/last-administrator'],
    }),
    async (c) => {
      await removeMember(rightsContextOf(c), pathText(c, 'user'))
      forgetAccess(c.var.access.id)
      return c.body(null, 204)
    },
  )
