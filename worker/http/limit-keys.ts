import type { Context } from 'hono'
import { Problem } from '#worker/core/problem.ts'
import type { Env } from './env.ts'

/** Requests that one key may make in a minute through one isolate; what a script sends in bulk goes many rows a request. */
const MOST = 3_000
const MINUTE_MS = 60_000
const windows = new Map<string, { since: number; count: number }>()

/**
 * Holds a key to its share. Counted in the isolate's memory: a write to a database for each request would cost everybody more
 * than a greedy key does. @throws Problem 429 request/too-many.
 */
export function limitKey(c: Context<Env>, key: string, now: number): void {
  const most = Number(c.env.KEY_REQUESTS_PER_MINUTE ?? MOST)
  const window = windows.get(key)
  if (!window || now - window.since >= MINUTE_MS) {
    if (windows.size > 5_000) windows.clear()
    windows.set(key, { since: now, count: 1 })
    return
  }
  window.count++
  if (window.count <= most) return
  const seconds = Math.ceil((window.since + MINUTE_MS - now) / 1_000)
  throw new Problem(429, 'request/too-many', { params: { seconds } })
}
