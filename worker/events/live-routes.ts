import { Hono } from 'hono'
import * as z from 'zod/mini'
import { acceptQuery } from '#worker/http/accept.ts'
import type { Env } from '#worker/http/env.ts'
import { operation } from '#worker/http/operation.ts'
import { writerOf } from '#worker/ledger/run-job.ts'
import { readHead } from '#worker/ledger/store.ts'

const LiveQuery = z.strictObject({
  tab: z.optional(z.string().check(z.regex(/^[0-9a-z]{1,40}$/, 'field/invalid'))),
  draft: z.optional(z.string().check(z.regex(/^dra_[0-9a-z]{26}$/, 'field/invalid'))),
})

/** What happens right now, for pages that are open. Mounted at /companies/:company. */
export const live = new Hono<Env>().get(
  '/live',
  operation({
    summary: 'What happens right now',
    description:
      'Server-sent events with Accept: text/event-stream: who is here, which draft was written in, what was posted. Nothing is kept: after a pause, read the draft or the event feed.',
    access: 'ledger:read',
    query: LiveQuery,
    answer: {
      status: 200,
      schema: z.object({ ledgerVersion: z.int() }),
      description: 'The stream, or the version now',
    },
  }),
  async (c) => {
    const { tab = '', draft = '' } = acceptQuery(c, LiveQuery)
    if (!c.req.header('accept')?.includes('text/event-stream'))
      return c.json({ ledgerVersion: (await readHead(c.var.db)).ledgerVersion })
    const { principal, access } = c.var
    // What happens now is of no year: an auditor's browser is told not to come back.
    if (access.audit) return c.body(null, 204)
    const who = new URLSearchParams({ tab, draft, user: principal.id, name: principal.name })
    const stream = await writerOf(c.env, access.id).fetch(`https://writer/live?${who}`)
    if (stream.status === 204) return c.body(null, 204)
    return new Response(stream.body, { headers: { 'content-type': 'text/event-stream', 'cache-control': 'no-store' } })
  },
)
