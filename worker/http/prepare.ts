import { getCookie } from 'hono/cookie'
import { createMiddleware } from 'hono/factory'
import type { Locale } from '#i18n/format.ts'
import { idOf } from '#worker/core/ids.ts'
import type { Env } from './env.ts'

/** Gives each request its id and language, and each answer the headers that keep it safe. */
export const prepare = createMiddleware<Env>(async (c, next) => {
  c.set('requestId', idOf('req', crypto.getRandomValues(new Uint8Array(17))))
  c.set('locale', localeOf(c.req.query('language') ?? getCookie(c, 'language') ?? c.req.header('accept-language')))
  await next()
  const headers = c.res.headers
  headers.set('x-content-type-options', 'nosniff')
  headers.set('referrer-policy', 'same-origin')
  if (c.req.url.startsWith('https:')) headers.set('strict-transport-security', 'max-age=63072000; includeSubDomains')
  if (!headers.has('cache-control')) headers.set('cache-control', 'no-store')
})

/** Norwegian unless English is asked for first. */
export const localeOf = (wanted: string | undefined): Locale => (/^\s*en\b/i.test(wanted ?? '') ? 'en' : 'nb')
