import { Hono } from 'hono'
import * as z from 'zod/mini'
import { acceptQuery } from '#worker/http/accept.ts'
import type { Env } from '#worker/http/env.ts'
import { operation } from '#worker/http/operation.ts'
import { writerOf } from '#worker/ledger/run-job.ts'
import { readHead } from '#worker/ledger/store.ts'
import { readChanged } from './store.ts'

const digits = z.string().check(z.regex(/^\d{1,15}$/, 'field/invalid'))

const LiveQuery = z.strictObject({
  tab: z.optional(z.string().check(z.regex(/^[0-9a-z]{1,40}$/, 'field/invalid'))),
  /** Of the answer without a stream. */
  after: z.optional(digits),
  /** The ledger version one has: whoever is behind it is not told what else changed. */
  version: z.optional(digits),
  draft: z.optional(z.string().check(z.regex(/^dra_[0-9a-z]{26}$/, 'field/invalid'))),
})

/** What happens right now, for pages that are open. Mounted at /companies/:company. */
export const live = new Hono<Env>().get(
  '/live',
  operation({
    summary: 'What happens right now',
    description:
      'Server-sent events with Accept: text/event-stream: who is here, which draft was written in, what was posted. Nothing is kept: after a pause, read the draft or the event feed. Without that header the version now, and, `after` an event, what changed since that pages are drawn from: `match`, `budget` and ids of budgets, with the newest event, to ask `after` next. Not where the ledger has passed the `version` one has.',
    access: 'ledger:read',
    query: LiveQuery,
    answer: {
      status: 200,
      schema: z.object({
        ledgerVersion: z.int(),
        changed: z.optional(z.array(z.string())),
        newestEvent: z.optional(z.int()),
      }),
      description: 'The stream, or the version now',
    },
  }),
  async (c) => {
    const { tab = '', draft = '', after, version } = acceptQuery(c, LiveQuery)
    if (!c.req.header('accept')?.includes('text/event-stream')) {
      const { ledgerVersion } = await readHead(c.var.db)
      const isBehind = version !== undefined && ledgerVersion > Number(version)
      return c.json({ ledgerVersion, ...(after && !isBehind && (await readChanged(c.var.db, Number(after)))) })
    }
    const { principal, access } = c.var
    // What happens now is of no year: an auditor's browser is told not to come back.
    if (access.audit) return c.body(null, 204)
    const who = new URLSearchParams({ tab, draft, user: principal.id, name: principal.name })
    const stream = await writerOf(c.env, access.id).fetch(`https://writer/live?${who}`)
    if (stream.status === 204) return c.body(null, 204)
    return new Response(stream.body, { headers: { 'content-type': 'text/event-stream', 'cache-control': 'no-store' } })
  },
)
