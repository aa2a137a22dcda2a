import type { Context } from 'hono'
import { Problem } from '#worker/core/problem.ts'
import type { Env } from './env.ts'

/** Requests in a minute through one isolate; what a script sends in bulk goes many rows a request. */
const MOST = { caller: 3_000, company: 12_000 } as const
const MINUTE_MS = 60_000
type Share = keyof typeof MOST
/** What is left of a share of the minute: told in the answer's headers. */
export type Allowance = { share: Share; most: number; left: number; seconds: number }

const windows = new Map<string, { since: number; count: number }>()

/**
 * Holds whoever calls, or all who call one company, to a share of requests. Counted in the isolate's memory: a write to a database
 * for each request would cost everybody more than a greedy caller does. @throws Problem 429 request/too-many.
 */
export function limitRequests(c: Context<Env>, share: Share, whose: string, now: number): void {
  const told = { caller: c.env.KEY_REQUESTS_PER_MINUTE, company: c.env.COMPANY_REQUESTS_PER_MINUTE }[share]
  const most = Number(told ?? MOST[share])
  const before = windows.get(whose)
  const window = before && now - before.since < MINUTE_MS ? before : { since: now, count: 0 }
  if (window !== before) {
    if (windows.size > 5_000) windows.clear()
    windows.set(whose, window)
  }
  window.count++
  const seconds = Math.ceil((window.since + MINUTE_MS - now) / 1_000)
  const left = Math.max(most - window.count, 0)
  const others = (c.var.allowances ?? []).filter((allowance) => allowance.share !== share)
  c.set('allowances', [...others, { share, most, left, seconds }])
  if (window.count > most) throw new Problem(429, 'request/too-many', { params: { seconds } })
}

/** What is left, as draft-ietf-httpapi-ratelimit-headers writes it. */
export const rateLimitHeaders = (allowances: readonly Allowance[]): Record<string, string> => ({
  'ratelimit-policy': allowances.map(({ share, most }) => `"${share}";q=${most};w=60`).join(', '),
  ratelimit: allowances.map(({ share, left, seconds }) => `"${share}";r=${left};t=${seconds}`).join(', '),
})
