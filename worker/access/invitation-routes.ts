import { Hono } from 'hono'
import * as z from 'zod/mini'
import { accept, pathText } from '#worker/http/accept.ts'
import type { Env } from '#worker/http/env.ts'
import { operation } from '#worker/http/operation.ts'
import { inviteAgain, inviteMember, withdrawMemberInvitation } from './change-members.ts'
import { InvitationAnswer, InvitedAnswer, invitationAnswer, invitedAnswer, NewInvitation } from './invitation.ts'
import { readInvitations } from './invitation-store.ts'
import { rightsContextOf } from './rights-context.ts'

/** Invitations to a company. Mounted at /companies/:company. */
export const invitations = new Hono<Env>()
  .get(
    '/invitations',
    operation({
      summary: 'Invitations nobody has taken up',
      access: 'member:read',
      answer: {
        status: 200,
        schema: z.object({ invitations: z.array(InvitationAnswer) }),
        description: 'Newest first; those that have run out among them',
      },
    }),
    async (c) => {
      const found = await readInvitations(c.var.control, { company: c.var.access.id })
      return c.json({ invitations: found.map(invitationAnswer) })
    },
  )
  .post(
    '/invitations',
    operation({
      summary: 'Invite somebody to the company',
      description:
        'The link gives access to this company alone and works once. A new invitation to the same address makes the old link worthless.',
      secrets: ['path'],
      access: 'member:write',
      stepUp: true,
      body: NewInvitation,
      answer: {
        status: 201,
        schema: InvitedAnswer,
        description: 'The link goes by e-mail; where none can be sent, keep `path`: it cannot be read again',
      },
      problems: ['member/exists', 'member/auditor-is-ordered', 'role/unknown'],
    }),
    async (c) => {
      const { name = '', language = c.var.locale, ...wanted } = await accept(c, NewInvitation)
      return c.json(invitedAnswer(await inviteMember(rightsContextOf(c), { ...wanted, name, language })), 201)
    },
  )
  .post(
    '/invitations/:invitation/link',
    operation({
      summary: 'A new link for an invitation',
      description: 'The link before works no more.',
      secrets: ['path'],
      access: 'member:write',
      stepUp: true,
      answer: {
        status: 200,
        schema: InvitedAnswer,
        description: 'The link goes by e-mail; where none can be sent, keep `path`: it cannot be read again',
      },
      problems: ['invitation/unknown'],
    }),
    async (c) => c.json(invitedAnswer(await inviteAgain(rightsContextOf(c), pathText(c, 'invitation')))),
  )
  .delete(
    '/invitations/:invitation',
    operation({
      summary: 'Withdraw an invitation',
      access: 'member:write',
      whileDeleting: true,
      answer: { status: 204, description: 'Its link works no more' },
      problems: ['invitation/unknown'],
    }),
    async (c) => {
      await withdrawMemberInvitation(rightsContextOf(c), pathText(c, 'invitation'))
      return c.body(null, 204)
    },
  )
