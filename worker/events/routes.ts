import type { Context } from 'hono'
import { Hono } from 'hono'
import { type SSEStreamingApi, streamSSE } from 'hono/streaming'
import * as z from 'zod/mini'
import { allow } from '#worker/access/allow.ts'
import { recognise } from '#worker/access/identify.ts'
import { Problem } from '#worker/core/problem.ts'
import { acceptQuery } from '#worker/http/accept.ts'
import type { Env } from '#worker/http/env.ts'
import { operation } from '#worker/http/operation.ts'
import { EventQuery, LONGEST_WAIT_MS } from './event-query.ts'
import { followEvents } from './follow-events.ts'
import { takePlace } from './open-streams.ts'
import { readNewest } from './store.ts'

/** How long one stream lives, in milliseconds. The browser opens the next by itself where the last ended. */
const STREAM_MS = 60_000
const HEARTBEAT_MS = 15_000

const EventAnswer = z.object({
  sequence: z.int(),
  type: z.string(),
  recordedAt: z.string(),
  by: z.string(),
  ledgerVersion: z.int(),
  subject: z.string(),
  touched: z.array(z.record(z.string(), z.unknown())),
  /** Old and new value of each field that changed: the audit trail. */
  changes: z.nullable(z.record(z.string(), z.array(z.unknown()))),
})

/** Everything that happens in a company, in order and without holes. Mounted at /companies/:company. */
export const events = new Hono<Env>().get(
  '/events',
  operation({
    summary: 'The event feed, which is also the audit trail',
    description:
      'Long poll with waitMs (25 000 at most), or server-sent events with Accept: text/event-stream and Last-Event-ID.',
    access: 'event:read',
    stream: true,
    query: EventQuery,
    answer: {
      status: 200,
      schema: z.object({ events: z.array(EventAnswer), next: z.int() }),
      description: 'Events in order; give `next` as `after` the next time',
    },
  }),
  async (c) => {
    const query = acceptQuery(c, EventQuery)
    const limit = Math.min(Math.max(query.limit ?? 500, 1), 5_000)
    const asked = query.after ?? 0
    const after = asked === 'newest' ? await readNewest(c.var.db) : asked
    if (c.req.header('accept')?.includes('text/event-stream')) return stream(c, lastSeen(c) ?? after, limit)
    const until = Date.now() + Math.min(query.waitMs ?? 0, LONGEST_WAIT_MS)
    const leave = query.waitMs ? takePlace(c.var.principal.id) : () => {}
    const found = await followEvents({
      db: c.var.db,
      after,
      limit,
      until,
      stillAllowed: () => allowAgain(c),
      signal: c.req.raw.signal,
    }).finally(leave)
    return c.json({ events: found, next: found.at(-1)?.sequence ?? after })
  },
)

/** What the browser saw last of the stream before this one. */
function lastSeen(c: Context<Env>): number | undefined {
  const id = c.req.header('last-event-id')
  return id !== undefined && /^\d{1,15}$/.test(id) ? Number(id) : undefined
}

async function allowAgain(c: Context<Env>): Promise<void> {
  await recognise(c)
  await allow(c, 'event:read')
}

function stream(c: Context<Env>, after: number, limit: number): Response {
  c.header('cache-control', 'no-store')
  const leave = takePlace(c.var.principal.id)
  return streamSSE(c, async (out) => {
    out.onAbort(leave)
    try {
      await follow(out)
    } finally {
      leave()
    }
  })

  async function follow(out: SSEStreamingApi): Promise<void> {
    const end = Date.now() + STREAM_MS
    const gone = new AbortController()
    out.onAbort(() => gone.abort())
    await out.write('retry: 1000\n\n')
    let place = after
    while (Date.now() < end && !gone.signal.aborted) {
      const until = Math.min(end, Date.now() + HEARTBEAT_MS)
      const next = { db: c.var.db, after: place, limit, until, signal: gone.signal }
      const found = await followEvents({ ...next, stillAllowed: () => allowAgain(c) }).catch((error) => {
        if (error instanceof Problem) return undefined // no longer allowed: the next stream is told why
        throw error
      })
      if (!found) return
      for (const event of found) await out.writeSSE({ id: String(event.sequence), data: JSON.stringify(event) })
      if (found.length === 0) await out.write(': waiting\n\n')
      place = found.at(-1)?.sequence ?? place
    }
  }
}
