import type { Context } from 'hono'
import { Hono } from 'hono'
import * as z from 'zod/mini'
import {
  InvitationAnswer,
  InvitedAnswer,
  invitationAnswer,
  invitedAnswer,
  NewOfficeInvitation,
} from '#worker/access/invitation.ts'
import { readOffices } from '#worker/access/office-access.ts'
import { approvingOf } from '#worker/access/rights-context.ts'
import { accept, pathText } from '#worker/http/accept.ts'
import type { Env } from '#worker/http/env.ts'
import { operation } from '#worker/http/operation.ts'
import {
  answerMove,
  assignStaff,
  changeOffice,
  changeStaff,
  inviteStaff,
  inviteStaffAgain,
  openOffice,
  readStaffInvitations,
  removeStaff,
  withdrawStaffInvitation,
} from './change-office.ts'
import { ClientStaff, type OfficeClient, OfficeDetails, StaffChange } from './office.ts'
import { readMovesTo, readOfficeClients, readStaff } from './office-store.ts'

const OfficeAnswer = z.object({
  id: z.string(),
  name: z.string(),
  organisationNumber: z.nullable(z.string()),
  role: z.string(),
})
const StaffAnswer = z.object({
  user: z.string(),
  name: z.string(),
  email: z.string(),
  role: z.string(),
  since: z.string(),
  clients: z.int(),
  responsibleFor: z.int(),
})
const ClientAnswer = z.object({
  id: z.string(),
  name: z.string(),
  organisationNumber: z.nullable(z.string()),
  colour: z.string(),
  test: z.boolean(),
  staff: z.array(
    z.object({
      user: z.string(),
      name: z.string(),
      duty: z.enum(['responsible', 'team']),
      role: z.string(),
      roleName: z.nullable(z.string()),
    }),
  ),
})
const MoveAnswer = z.object({
  id: z.string(),
  company: z.string(),
  companyName: z.string(),
  fromName: z.nullable(z.string()),
  askedBy: z.string(),
  askedAt: z.string(),
})

export const officingOf = (c: Context<Env>) => ({ ...approvingOf(c), principal: c.var.principal })
export const inOffice = (c: Context<Env>) => ({ ...officingOf(c), office: c.var.office })
const clientTold = ({ id, name, organisationNumber, colour, test, staff }: OfficeClient) => ({
  id,
  name,
  organisationNumber,
  colour,
  test,
  staff,
})

/** Accounting offices: staff, clients and who works for whom. Mounted at /api/v1. */
export const offices = new Hono<Env>()
  .get(
    '/offices',
    operation({
      summary: 'The offices you work in',
      access: 'signed-in',
      answer: { status: 200, schema: z.object({ offices: z.array(OfficeAnswer) }), description: 'By name' },
    }),
    async (c) => c.json({ offices: await readOffices(c.var.control, c.var.principal) }),
  )
  .post(
    '/offices',
    operation({
      summary: 'Make an accounting office',
      description: 'You become its administrator.',
      access: 'signed-in',
      body: OfficeDetails,
      answer: { status: 201, schema: OfficeAnswer, description: 'The office' },
      problems: ['permission/missing', 'organisation-number/invalid'],
    }),
    async (c) => c.json(await openOffice(officingOf(c), await accept(c, OfficeDetails)), 201),
  )
  .get(
    '/offices/:office',
    operation({
      summary: 'An office',
      access: 'office:read',
      answer: { status: 200, schema: OfficeAnswer, description: 'Its name and number, and your role in it' },
      problems: ['office/unknown'],
    }),
    (c) => c.json(c.var.office),
  )
  .put(
    '/offices/:office',
    operation({
      summary: 'Change an office’s name and number',
      access: 'office:write',
      stepUp: true,
      body: OfficeDetails,
      answer: { status: 200, schema: OfficeAnswer, description: 'As it is now' },
      problems: ['office/unknown', 'organisation-number/invalid'],
    }),
    async (c) => c.json(await changeOffice(inOffice(c), await accept(c, OfficeDetails))),
  )
  .get(
    '/offices/:office/staff',
    operation({
      summary: 'Who works in an office',
      access: 'office:read',
      answer: { status: 200, schema: z.object({ staff: z.array(StaffAnswer) }), description: 'By name' },
      problems: ['office/unknown'],
    }),
    async (c) => c.json({ staff: await readStaff(c.var.control, c.var.office.id) }),
  )
  .put(
    '/offices/:office/staff/:user',
    operation({
      summary: 'Give somebody another role in an office',
      access: 'office:write',
      stepUp: true,
      body: StaffChange,
      answer: { status: 200, schema: StaffAnswer, description: 'As it is now; it counts within a second' },
      problems: ['office/unknown', 'office-member/unknown', 'office/last-administrator'],
    }),
    async (c) => {
      const { role } = await accept(c, StaffChange)
      return c.json(await changeStaff(inOffice(c), pathText(c, 'user'), role))
    },
  )
  .delete(
    '/offices/:office/staff/:user',
    operation({
      summary: 'Take somebody out of an office',
      description: 'Within a second they reach none of its clients, and the keys they made for them work no more.',
      access: 'office:write',
      stepUp: true,
      answer: { status: 204, description: 'Gone' },
      problems: ['office/unknown', 'office-member/unknown', 'office/last-administrator'],
    }),
    async (c) => {
      await removeStaff(inOffice(c), pathText(c, 'user'))
      return c.body(null, 204)
    },
  )
  .get(
    '/offices/:office/invitations',
    operation({
      summary: 'Invitations to an office nobody has taken up',
      access: 'office:write',
      answer: {
        status: 200,
        schema: z.object({ invitations: z.array(InvitationAnswer) }),
        description: 'Newest first',
      },
      problems: ['office/unknown'],
    }),
    async (c) => c.json({ invitations: (await readStaffInvitations(inOffice(c))).map(invitationAnswer) }),
  )
  .post(
    '/offices/:office/invitations',
    operation({
      summary: 'Invite somebody to an office',
      secrets: ['path'],
      access: 'office:write',
      stepUp: true,
      body: NewOfficeInvitation,
      answer: {
        status: 201,
        schema: InvitedAnswer,
        description: 'The link goes by e-mail; where none can be sent, keep `path`: it cannot be read again',
      },
      problems: ['office/unknown', 'member/exists'],
    }),
    async (c) => {
      const { name = '', language = c.var.locale, ...wanted } = await accept(c, NewOfficeInvitation)
      return c.json(invitedAnswer(await inviteStaff(inOffice(c), { ...wanted, name, language })), 201)
    },
  )
  .post(
    '/offices/:office/invitations/:invitation/link',
    operation({
      summary: 'A new link for an invitation to an office',
      secrets: ['path'],
      access: 'office:write',
      stepUp: true,
      answer: { status: 200, schema: InvitedAnswer, description: 'The link before works no more' },
      problems: ['office/unknown', 'invitation/unknown'],
    }),
    async (c) => c.json(invitedAnswer(await inviteStaffAgain(inOffice(c), pathText(c, 'invitation')))),
  )
  .delete(
    '/offices/:office/invitations/:invitation',
    operation({
      summary: 'Withdraw an invitation to an office',
      access: 'office:write',
      answer: { status: 204, description: 'Its link works no more' },
      problems: ['office/unknown', 'invitation/unknown'],
    }),
    async (c) => {
      await withdrawStaffInvitation(inOffice(c), pathText(c, 'invitation'))
      return c.body(null, 204)
    },
  )
  .get(
    '/offices/:office/clients',
    operation({
      summary: 'The clients of an office, and who works for each',
      access: 'office:read',
      answer: { status: 200, schema: z.object({ clients: z.array(ClientAnswer) }), description: 'By name' },
      problems: ['office/unknown'],
    }),
    async (c) => c.json({ clients: (await readOfficeClients(c.var.control, c.var.office.id)).map(clientTold) }),
  )
  .put(
    '/offices/:office/clients/:client/staff',
    operation({
      summary: 'Say who of the office works for a client',
      description: 'In the place of those who did. One at most is responsible. It counts within a second.',
      access: 'office:write',
      stepUp: true,
      body: ClientStaff,
      answer: { status: 200, schema: ClientAnswer, description: 'The client as it is now' },
      problems: [
        'office/unknown',
        'company/unknown',
        'office-member/unknown',
        'role/unknown',
        'client-staff/one-responsible',
      ],
    }),
    async (c) => {
      const { staff } = await accept(c, ClientStaff)
      return c.json(clientTold(await assignStaff(inOffice(c), pathText(c, 'client'), staff)))
    },
  )
  .get(
    '/offices/:office/moves',
    operation({
      summary: 'Clients on their way to an office',
      access: 'office:read',
      answer: { status: 200, schema: z.object({ moves: z.array(MoveAnswer) }), description: 'Oldest first' },
      problems: ['office/unknown'],
    }),
    async (c) => {
      const moves = await readMovesTo(c.var.control, c.var.office.id)
      return c.json({ moves: moves.map(({ to: _, toName: __, ...move }) => move) })
    },
  )
  .post(
    '/offices/:office/moves/:move/acceptance',
    operation({
      summary: 'Take a client over',
      description: 'Whoever worked for it in the office it came from has no access within a second.',
      access: 'office:write',
      stepUp: true,
      answer: { status: 204, description: 'The client is this office’s' },
      problems: ['office/unknown', 'client-move/unknown'],
    }),
    async (c) => {
      await answerMove(inOffice(c), pathText(c, 'move'), true)
      return c.body(null, 204)
    },
  )
  .delete(
    '/offices/:office/moves/:move',
    operation({
      summary: 'Say no to a client',
      access: 'office:write',
      answer: { status: 204, description: 'It stays where it is' },
      problems: ['office/unknown', 'client-move/unknown'],
    }),
    async (c) => {
      await answerMove(inOffice(c), pathText(c, 'move'), false)
      return c.body(null, 204)
    },
  )
