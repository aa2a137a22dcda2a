import { setCookie } from 'hono/cookie'
import type { Locale } from '#i18n/format.ts'
import { setLocale } from '#worker/identity/user-store.ts'
import { ownPath, readForm } from '../form.ts'
import { type Page, SCHEME_COOKIE } from '../page.tsx'
import { SCHEMES } from '../shell.tsx'

const YEAR_S = 365 * 24 * 3600

/** Keeps a choice of language or appearance in a cookie, so that the server writes it into the page and nothing flashes. */
export async function savePreferences(c: Page): Promise<Response> {
  const fields = await readForm(c)
  if (fields.language === 'nb' || fields.language === 'en') {
    setLanguage(c, fields.language)
    if (c.var.principal.kind === 'user') await c.var.control.execute(setLocale(c.var.principal.id, fields.language))
  }
  const scheme = SCHEMES.find((one) => one === fields.scheme)
  if (scheme) setCookie(c, SCHEME_COOKIE, scheme, preference(c))
  return c.redirect(ownPath(fields.return), 303)
}

export const setLanguage = (c: Page, language: Locale): void => setCookie(c, 'language', language, preference(c))

const preference = (c: Page) =>
  ({ path: '/', maxAge: YEAR_S, sameSite: 'Lax', httpOnly: true, secure: c.req.url.startsWith('https:') }) as const
