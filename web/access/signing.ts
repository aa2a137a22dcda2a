import { getCookie, setCookie } from 'hono/cookie'
import { sessionCookie } from '#worker/access/identify.ts'
import { faultOf, log } from '#worker/http/log.ts'
import { deviceCookie } from '#worker/identity/request.ts'
import type { Progress } from '#worker/identity/sign-in.ts'
import type { SignedIn } from '#worker/identity/start-session.ts'
import type { Page } from '../page.tsx'
import { setLanguage } from './preferences.ts'

const YEAR_S = 365 * 24 * 3600
const STEP_S = 600

/** Done behind the answer, so that its time tells nothing. */
export function later(c: Page, work: () => Promise<void>): void {
  const done = work().catch((error: Error) => log('error', 'behind', { requestId: c.var.requestId, ...faultOf(error) }))
  try {
    c.executionCtx.waitUntil(done)
  } catch {} // in Node nothing ends the process before it is done
}

/** Sets the session's cookie, which ends with the browser, and goes on. */
export function letIn(c: Page, { token, user, device }: SignedIn, to: string): Response {
  setCookie(c, sessionCookie(c.req.url), token, cookieOf(c))
  setCookie(c, deviceCookie(c.req.url), device, { ...cookieOf(c), maxAge: YEAR_S })
  dropCookie(c, 'step')
  if (!getCookie(c, 'language')) setLanguage(c, user.locale)
  return c.redirect(to, 303)
}

/** In, or on to the second factor. */
export function goOn(c: Page, progress: Progress, to: string): Response {
  if ('signedIn' in progress) return letIn(c, progress.signedIn, to)
  setCookie(c, cookieName(c, 'step'), progress.step, { ...cookieOf(c), maxAge: STEP_S })
  return c.redirect(`/sign-in/step?to=${encodeURIComponent(to)}`, 303)
}

/** Short-lived cookies of signing in: between two factors, and on the way to a provider. */
type Short = 'step' | 'round'
const cookieName = (c: Page, name: Short): string =>
  `${c.req.url.startsWith('https:') ? '__Host-' : ''}hovedbok_${name}`
export const shortCookie = (c: Page, name: Short): string | undefined => getCookie(c, cookieName(c, name))
export const setShortCookie = (c: Page, name: Short, value: string): void =>
  setCookie(c, cookieName(c, name), value, { ...cookieOf(c), maxAge: STEP_S })
export const dropCookie = (c: Page, name: Short): void =>
  setCookie(c, cookieName(c, name), '', { ...cookieOf(c), maxAge: 0 })

export const cookieOf = (c: Page) =>
  ({ path: '/', httpOnly: true, sameSite: 'Lax', secure: c.req.url.startsWith('https:') }) as const

/** A local instance, reached by a name of this machine: a foreign name that leads here is somebody's trick. */
export const isOwnMachine = (c: Page): boolean =>
  c.env.LOCAL_INSTANCE === '1' && /^(localhost|127\.0\.0\.1|\[::1\])$/.test(new URL(c.req.url).hostname)
