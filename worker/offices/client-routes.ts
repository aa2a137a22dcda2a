import type { Context } from 'hono'
import { Hono } from 'hono'
import * as z from 'zod/mini'
import { readOfficeName } from '#worker/access/office-access.ts'
import { accept } from '#worker/http/accept.ts'
import type { Env } from '#worker/http/env.ts'
import { operation } from '#worker/http/operation.ts'
import { askMove, callOffMove, leaveOwnOffice } from './change-office.ts'
import { MoveRequest } from './office.ts'
import { readMoveOf } from './office-store.ts'
import { officingOf } from './routes.ts'

const Move = z.object({ id: z.string(), toName: z.string(), askedBy: z.string(), askedAt: z.string() })
const OfficeOfCompany = z.object({
  office: z.nullable(z.object({ id: z.string(), name: z.string() })),
  move: z.nullable(Move),
})

export const inCompany = (c: Context<Env>) => ({ ...officingOf(c), access: c.var.access })

/** The office a company is a client of, and its way to another. Mounted at /companies/:company. */
export const officeOfCompany = new Hono<Env>()
  .get(
    '/office',
    operation({
      summary: 'The office that keeps the company’s books',
      access: 'member:read',
      answer: { status: 200, schema: OfficeOfCompany, description: 'And where it is on its way to, if anywhere' },
    }),
    async (c) => c.json(await standing(c)),
  )
  .post(
    '/office/move',
    operation({
      summary: 'Ask another office to take the company over',
      description: 'It moves when that office says yes.',
      access: 'member:write',
      stepUp: true,
      body: MoveRequest,
      answer: { status: 201, schema: OfficeOfCompany, description: 'Asked' },
      problems: ['office/unknown', 'client-move/open', 'client-move/same-office', 'organisation-number/invalid'],
    }),
    async (c) => {
      const { organisationNumber } = await accept(c, MoveRequest)
      await askMove(inCompany(c), organisationNumber)
      return c.json(await standing(c), 201)
    },
  )
  .delete(
    '/office/move',
    operation({
      summary: 'Call a move to another office off',
      access: 'member:write',
      whileDeleting: true,
      answer: { status: 204, description: 'It stays where it is' },
      problems: ['client-move/unknown'],
    }),
    async (c) => {
      await callOffMove(inCompany(c))
      return c.body(null, 204)
    },
  )
  .delete(
    '/office',
    operation({
      summary: 'Leave the office: the company keeps its own books',
      access: 'member:write',
      whileDeleting: true,
      stepUp: true,
      answer: { status: 204, description: 'Nobody of the office has access within a second' },
      problems: ['office/unknown', 'member/last-administrator'],
    }),
    async (c) => {
      await leaveOwnOffice(inCompany(c))
      return c.body(null, 204)
    },
  )

async function standing(c: Context<Env>) {
  const { control, access } = c.var
  const move = await readMoveOf(control, access.id)
  return {
    office: access.office === null ? null : { id: access.office, name: await readOfficeName(control, access.office) },
    move: move ? { id: move.id, toName: move.toName, askedBy: move.askedBy, askedAt: move.askedAt } : null,
  }
}
