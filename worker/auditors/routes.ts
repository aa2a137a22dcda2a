import type { Context } from 'hono'
import { Hono } from 'hono'
import * as z from 'zod/mini'
import { forgetAccess } from '#worker/access/allow.ts'
import { rightsContextOf } from '#worker/access/rights-context.ts'
import type { Instant } from '#worker/core/dates.ts'
import { accept, pathText } from '#worker/http/accept.ts'
import type { Env } from '#worker/http/env.ts'
import { operation } from '#worker/http/operation.ts'
import { type AuditAccess, AuditorOrder, CompanyOrder, Grant, stateOf } from './audit-order.ts'
import { endAudit, grantAudit, orderAsAuditor, orderFromCompany, withdrawAudit } from './change-audit-access.ts'
import { readAuditAccess, readOwnOrders } from './store.ts'

const AuditAnswer = z.object({
  id: z.string(),
  state: z.enum(['ordered', 'invited', 'active', 'over', 'refused', 'withdrawn', 'ended']),
  company: z.nullable(z.string()),
  organisationNumber: z.nullable(z.string()),
  email: z.string(),
  name: z.string(),
  firm: z.string(),
  message: z.string(),
  orderedFrom: z.enum(['auditor', 'company']),
  orderedAt: z.string(),
  firstYear: z.int(),
  lastYear: z.int(),
  days: z.int(),
  grantedAt: z.nullable(z.string()),
  endsAt: z.nullable(z.string()),
  endedAt: z.nullable(z.string()),
})

const told = (a: AuditAccess, now: Instant) => ({
  id: a.id,
  state: stateOf(a, now),
  company: a.company,
  organisationNumber: a.organisationNumber,
  email: a.email,
  name: a.name,
  firm: a.firm,
  message: a.message,
  orderedFrom: a.orderedFrom,
  orderedAt: a.orderedAt,
  firstYear: a.firstYear,
  lastYear: a.lastYear,
  days: a.days,
  grantedAt: a.grantedAt,
  endsAt: a.endsAt,
  endedAt: a.endedAt,
})
/** To the auditor, a company is named once it has answered: before that nobody is told whether it is here. */
const toldToAuditor = (a: AuditAccess, now: Instant) => ({
  ...told(a, now),
  company: a.grantedAt === null || a.outcome === 'refused' ? null : a.company,
})

const asAuditor = (c: Context<Env>) => ({
  env: c.env,
  control: c.var.control,
  principal: c.var.principal,
  at: new Date().toISOString() as Instant,
})

/** Auditors of a company. Mounted at /companies/:company. */
export const auditors = new Hono<Env>()
  .get(
    '/auditors',
    operation({
      summary: 'Auditors: orders, and who has access until when',
      access: 'auditor:order',
      answer: { status: 200, schema: z.object({ auditors: z.array(AuditAnswer) }), description: 'Newest first' },
    }),
    async (c) => {
      const { at } = asAuditor(c)
      const found = await readAuditAccess(c.var.control, c.var.access.id)
      return c.json({ auditors: found.map((one) => told(one, at)) })
    },
  )
  .post(
    '/auditors',
    operation({
      summary: 'Order access for an auditor',
      description: 'An administrator grants it.',
      access: 'auditor:order',
      body: CompanyOrder,
      answer: { status: 201, schema: AuditAnswer, description: 'The order' },
      problems: ['audit-access/years'],
    }),
    async (c) => {
      const ctx = rightsContextOf(c)
      return c.json(told(await orderFromCompany(ctx, await accept(c, CompanyOrder)), ctx.at), 201)
    },
  )
  .post(
    '/auditors/:auditor/grant',
    operation({
      summary: 'Grant an auditor access, read-only, for a period and fiscal years',
      description:
        'As ordered, or for other years and days. Somebody without a known address gets an invitation by e-mail, or a link where none can be sent.',
      secrets: ['path'],
      access: 'auditor:grant',
      stepUp: true,
      body: Grant,
      answer: {
        status: 200,
        schema: z.extend(AuditAnswer, { path: z.nullable(z.string()) }),
        description: 'It ends by itself at `endsAt`',
      },
      problems: ['audit-access/unknown', 'audit-access/closed', 'audit-access/years', 'audit-access/has-access'],
    }),
    async (c) => {
      const ctx = rightsContextOf(c)
      const { access, token } = await grantAudit(ctx, pathText(c, 'auditor'), await accept(c, Grant))
      forgetAccess(c.var.access.id)
      return c.json({ ...told(access, ctx.at), path: token === undefined ? null : `/invitation/${token}` })
    },
  )
  .delete(
    '/auditors/:auditor',
    operation({
      summary: 'Say no to an order, or end an auditor’s access',
      access: 'auditor:grant',
      whileDeleting: true,
      answer: { status: 204, description: 'Gone within a second' },
      problems: ['audit-access/unknown', 'audit-access/closed'],
    }),
    async (c) => {
      await endAudit(rightsContextOf(c), pathText(c, 'auditor'))
      forgetAccess(c.var.access.id)
      return c.body(null, 204)
    },
  )

/** What one has ordered as an auditor. Mounted at /api/v1. */
export const auditOrders = new Hono<Env>()
  .get(
    '/audit-orders',
    operation({
      summary: 'What you have ordered, or been given, as an auditor',
      access: 'signed-in',
      answer: { status: 200, schema: z.object({ orders: z.array(AuditAnswer) }), description: 'Newest first' },
    }),
    async (c) => {
      const { control, principal, at } = asAuditor(c)
      const found = await readOwnOrders(control, principal.id)
      return c.json({ orders: found.map((one) => toldToAuditor(one, at)) })
    },
  )
  .post(
    '/audit-orders',
    operation({
      summary: 'Order access to a company as its auditor',
      description: 'By organisation number. The answer is the same whether or not its books are kept here.',
      access: 'signed-in',
      body: AuditorOrder,
      answer: { status: 201, schema: AuditAnswer, description: 'Waiting for the company’s administrator' },
      problems: [
        'permission/missing',
        'user/email-unverified',
        'organisation-number/invalid',
        'audit-access/years',
        'audit-access/open',
      ],
    }),
    async (c) => {
      const ctx = asAuditor(c)
      return c.json(toldToAuditor(await orderAsAuditor(ctx, await accept(c, AuditorOrder)), ctx.at), 201)
    },
  )
  .delete(
    '/audit-orders/:order',
    operation({
      summary: 'Take an order back, or leave',
      access: 'signed-in',
      answer: { status: 204, description: 'Gone within a second' },
      problems: ['audit-access/unknown', 'audit-access/closed'],
    }),
    async (c) => {
      const ended = await withdrawAudit(asAuditor(c), pathText(c, 'order'))
      if (ended.company !== null) forgetAccess(ended.company)
      return c.body(null, 204)
    },
  )
