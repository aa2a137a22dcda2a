import type { Context } from 'hono'
import { getCookie } from 'hono/cookie'
import type { Instant } from '#worker/core/dates.ts'
import { Problem } from '#worker/core/problem.ts'
import type { Env } from '#worker/http/env.ts'
import { deviceName } from './client.ts'
import type { SignInContext } from './sign-in.ts'
import { readUserById, type User } from './user-store.ts'

/** What a browser that has signed in is known by. Over https its name makes the browser keep it to this very host. */
export const deviceCookie = (url: string): string =>
  url.startsWith('https:') ? '__Host-hovedbok_device' : 'hovedbok_device'

/** What signing in needs to know of a request. */
export function contextOf(c: Context<Env>): SignInContext {
  const network = c.req.header('cf-connecting-ip') ?? 'unknown'
  const { city, country } = (c.req.raw.cf ?? {}) as { city?: string; country?: string }
  const place = [city, country].filter(Boolean).join(', ') || (network === 'unknown' ? '' : network)
  return {
    env: c.env,
    control: c.var.control,
    now: new Date().toISOString() as Instant,
    origin: new URL(c.req.url).origin,
    client: {
      network,
      device: deviceName(c.req.header('user-agent')),
      place,
      known: getCookie(c, deviceCookie(c.req.url)),
    },
  }
}

/** Who is signed in in this browser, and their session. @throws Problem 401 sign-in/required. */
export async function personOf(c: Context<Env>): Promise<{ user: User; session: string }> {
  const { principal, control } = c.var
  const user = principal.kind === 'user' ? await readUserById(control, principal.id) : undefined
  if (!user || principal.kind !== 'user' || principal.session === null) throw new Problem(401, 'sign-in/required')
  return { user, session: principal.session }
}
