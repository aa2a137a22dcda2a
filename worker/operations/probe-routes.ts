import { Hono } from 'hono'
import type { Instant } from '#worker/core/dates.ts'
import { sha256 } from '#worker/core/hash.ts'
import { openControl } from '#worker/database/open-control.ts'
import type { Bindings, Env } from '#worker/http/env.ts'
import { BUCKETS, counters, durations, requests } from '#worker/http/metrics.ts'
import { notFound } from '#worker/http/on-error.ts'
import { metricsText } from './metrics-text.ts'
import { readReadiness } from './read-readiness.ts'
import { readTotals } from './store.ts'

/**
 * What machines ask that watch the installation, before anyone is known and whether or not databases answer. `/health` and `/ready`
 * say nothing of anybody and are open; `/metrics` asks for a key.
 */
export const probes = new Hono<Env>()
  .get('/health', (c) => c.json({ live: true }))
  .get('/ready', async (c) => {
    const readiness = await readReadiness(c.env)
    return c.json(readiness, readiness.ready ? 200 : 503, readiness.ready ? {} : { 'retry-after': '2' })
  })
  .get('/metrics', async (c) => {
    const shown = /^Bearer (\S+)$/.exec(c.req.header('authorization') ?? '')?.[1]
    if (!(await mayRead(c.env, shown))) return notFound(c)
    const now = new Date().toISOString() as Instant
    const totals = await readTotals(await openControl(c.env), now)
    const text = metricsText({ requests, durations, buckets: BUCKETS, counters }, totals, now)
    return c.body(text, 200, { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' })
  })

/** `METRICS_KEY`, or the local operator's key on one's own machine. Compared by hash, so that time tells nothing. */
async function mayRead(env: Bindings, shown: string | undefined): Promise<boolean> {
  const keys = [env.METRICS_KEY, env.LOCAL_INSTANCE === '1' ? env.OPERATOR_KEY : undefined].filter(Boolean)
  if (shown === undefined) return false
  const hash = await sha256(shown)
  const hashes = await Promise.all(keys.map((key) => sha256(key!)))
  return hashes.includes(hash)
}
