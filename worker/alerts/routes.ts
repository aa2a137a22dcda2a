import { Hono } from 'hono'
import * as z from 'zod/mini'
import { alertText } from '#i18n/alert-text.ts'
import type { Instant } from '#worker/core/dates.ts'
import type { Env } from '#worker/http/env.ts'
import { operation } from '#worker/http/operation.ts'
import { countUnseen, markSeen, readAlerts } from './store.ts'

const MOST = 200
const AlertAnswer = z.object({
  id: z.string(),
  kind: z.string(),
  text: z.string(),
  company: z.nullable(z.object({ id: z.string(), name: z.string() })),
  office: z.nullable(z.object({ id: z.string(), name: z.string() })),
  subject: z.string(),
  raisedAt: z.string(),
  seenAt: z.nullable(z.string()),
})

/** What a person should know of, in all their companies. Mounted at /api/v1. */
export const alerts = new Hono<Env>()
  .get(
    '/me/alerts',
    operation({
      summary: 'Your alerts, in all companies',
      access: 'signed-in',
      answer: {
        status: 200,
        schema: z.object({ alerts: z.array(AlertAnswer), unseen: z.int() }),
        description: 'Newest first, at most 200; those whose cause is gone are left out',
      },
    }),
    async (c) => {
      const { control, principal, locale } = c.var
      const [found, unseen] = await Promise.all([
        readAlerts(control, principal.id, MOST),
        countUnseen(control, principal.id),
      ])
      const told = found.map(({ params, ...alert }) => ({ ...alert, text: alertText(alert.kind, params, locale) }))
      return c.json({ alerts: told, unseen })
    },
  )
  .post(
    '/me/alerts/seen',
    operation({
      summary: 'Say that you have seen your alerts',
      access: 'signed-in',
      answer: { status: 204, description: 'None is unseen' },
    }),
    async (c) => {
      const now = new Date().toISOString() as Instant
      await c.var.control.batch([markSeen(c.var.principal.id, now, now)], 'write')
      return c.body(null, 204)
    },
  )
