import type { Context } from 'hono'
import { getCookie } from 'hono/cookie'
import { createMiddleware } from 'hono/factory'
import { routePath } from 'hono/route'
import type { Locale } from '#i18n/format.ts'
import { idOf } from '#worker/core/ids.ts'
import type { Env } from './env.ts'
import { rateLimitHeaders } from './limit-requests.ts'
import { log, REQUEST_ID } from './log.ts'
import { countRequest } from './metrics.ts'

/** Gives each request its id and language, each answer the headers that keep it safe, and counts both. */
export const prepare = createMiddleware<Env>(async (c, next) => {
  const began = performance.now()
  const given = c.req.header('x-request-id') ?? ''
  const requestId = REQUEST_ID.test(given) ? given : idOf('req', crypto.getRandomValues(new Uint8Array(17)))
  const trace = { id: requestId, roundTrips: 0 }
  c.env = { ...c.env, TRACE: trace }
  keepVariables(c)
  c.set('requestId', requestId)
  c.set('locale', localeOf(c.req.query('language') ?? getCookie(c, 'language') ?? c.req.header('accept-language')))
  // fail point: arrived
  await next()
  const headers = c.res.headers
  headers.set('x-request-id', requestId)
  headers.set('x-content-type-options', 'nosniff')
  headers.set('referrer-policy', 'same-origin')
  if (c.req.url.startsWith('https:')) headers.set('strict-transport-security', 'max-age=63072000; includeSubDomains')
  for (const [name, value] of Object.entries(c.var.allowances ? rateLimitHeaders(c.var.allowances) : {}))
    headers.set(name, value)
  if (!headers.has('cache-control')) headers.set('cache-control', 'no-store')
  tell(c, performance.now() - began)
})

/** Hono makes an object of all variables each time one of them is read; this one is made once and kept. */
function keepVariables(c: Context<Env>): void {
  const kept: Record<string, unknown> = { ...c.var }
  const { set } = c
  c.set = ((name: string, value: unknown) => {
    kept[name] = value
    set(name as never, value as never)
  }) as typeof c.set
  Object.defineProperty(c, 'var', { value: kept })
}

/** The request as it is counted and logged: by the route it met, never by its address. */
function tell(c: Context<Env>, elapsedMs: number): void {
  const { method } = c.req
  const route = routePath(c) // of the handler that answered
  const { status } = c.res
  const { roundTrips } = c.env.TRACE!
  countRequest(method, route, status, elapsedMs / 1000)
  c.env.ANALYTICS?.writeDataPoint({
    indexes: [route],
    blobs: [method, route, String(status)],
    doubles: [elapsedMs, roundTrips],
  })
  if (c.env.LOG !== 'requests') return
  const { requestId, company, principal } = c.var
  const ms = Math.ceil(elapsedMs)
  log('info', 'request', { requestId, method, route, status, ms, roundTrips, company, as: principal?.kind })
}

/** Norwegian unless English is asked for first. */
export const localeOf = (wanted: string | undefined): Locale => (/^\s*en\b/i.test(wanted ?? '') ? 'en' : 'nb')
