import type { Context } from 'hono'
import { getCookie } from 'hono/cookie'
import { createMiddleware } from 'hono/factory'
import { CONTROL_LOG_INSERTS } from '#worker/control-log/store.ts'
import { sha256 } from '#worker/core/hash.ts'
import { Problem } from '#worker/core/problem.ts'
import { openControl } from '#worker/database/open-control.ts'
import { originOf } from '#worker/events/origin.ts'
import { withOrigin } from '#worker/events/store.ts'
import type { Env } from '#worker/http/env.ts'
import { limitRequests } from '#worker/http/limit-requests.ts'
import { ADDIN_TOKEN } from './addin-token.ts'
import { readAddinAccess } from './addin-token-store.ts'
import { OAUTH_TOKEN } from './api-key.ts'
import { isWithinNetworks } from './network.ts'
import type { Principal } from './permission.ts'
import { noteKeyUse, readKey, readSession } from './store.ts'

/** The session's cookie. Over https its name itself makes the browser keep it to this very host. */
export const sessionCookie = (url: string): string =>
  url.startsWith('https:') ? '__Host-hovedbok_session' : 'hovedbok_session'
const NOBODY: Principal = { kind: 'nobody', id: 'nobody', name: '' }

/** A whole key of ours anywhere in an address: logs and histories keep addresses. */
const KEY_IN_ADDRESS = /hbk_[0-9a-z]{58}|hbo_[\w-]{43}/

/** How long a token that was found good is believed, in milliseconds. */
const BELIEVED_MS = 1_000
const believed = new Map<string, { principal: Principal; until: number }>()

/**
 * Finds out who calls: a bearer key, or a browser session. A session changes nothing across sites: a request that writes
 * must come from our own pages. A key, and a person whatever the browser or workbook, is held to a share of requests.
 * @throws Problem 401 sign-in/required for a bearer key that is not valid; 403 request/cross-site; 400 request/key-in-address;
 * 429 request/too-many.
 */
export const identify = createMiddleware<Env>(async (c, next) => {
  const { city, country } = (c.req.raw.cf ?? {}) as { city?: string; country?: string }
  const place = [city, country].filter(Boolean).join(', ')
  c.set('origin', { ...originOf(c.req.raw.headers), ...(place !== '' && { place }) })
  c.set('control', withOrigin(await openControl(c.env), JSON.stringify(c.var.origin), CONTROL_LOG_INSERTS))
  if (KEY_IN_ADDRESS.test(c.req.url)) throw new Problem(400, 'request/key-in-address')
  const { bearer, cookie } = tokensOf(c)
  if (cookie && !isSafe(c.req.method) && !isSameSite(c.req.raw)) throw new Problem(403, 'request/cross-site')
  await recognise(c)
  const { principal } = c.var
  if (bearer && principal.kind === 'nobody') throw new Problem(401, 'sign-in/required')
  if (principal.kind === 'key' && !mayCallFrom(c, principal)) throw new Problem(403, 'key/elsewhere')
  if (principal.kind === 'key' || principal.kind === 'user') limitRequests(c, 'caller', principal.id, Date.now())
  // fail point: identified
  await next()
})

const mayCallFrom = (c: Context<Env>, { networks }: Principal & { kind: 'key' }): boolean =>
  networks.length === 0 || isWithinNetworks(c.req.header('cf-connecting-ip') ?? '', networks)

/** Looks up whose key or session it is. A long answer asks again on its way: a revoked key ends it within a second. */
export async function recognise(c: Context<Env>): Promise<void> {
  const { bearer, cookie } = tokensOf(c)
  const { control } = c.var
  if (bearer) c.set('principal', await principalOf(`key ${bearer}`, () => byKey(c, bearer)))
  else if (cookie) c.set('principal', await principalOf(`session ${cookie}`, () => bySession(control, cookie)))
  else c.set('principal', NOBODY)
}

function tokensOf(c: Context<Env>): { bearer: string | undefined; cookie: string | undefined } {
  const bearer = /^Bearer (\S+)$/.exec(c.req.header('authorization') ?? '')?.[1]
  return { bearer, cookie: bearer ? undefined : getCookie(c, sessionCookie(c.req.url)) }
}

async function principalOf(token: string, find: () => Promise<Principal | undefined>): Promise<Principal> {
  const now = Date.now()
  const before = believed.get(token)
  if (before && before.until > now) return before.principal
  const principal = (await find()) ?? NOBODY
  if (believed.size > 5_000) believed.clear()
  if (principal.kind === 'nobody') believed.delete(token)
  else believed.set(token, { principal, until: now + BELIEVED_MS })
  return principal
}

/** Signing out works at once in this isolate, and within a second in the others. */
export const forgetSession = (cookie: string): boolean => believed.delete(`session ${cookie}`)
/** Nobody is believed without being looked up: a session of another browser has ended. */
export const forgetSessions = (): void => believed.clear()

async function byKey(c: Context<Env>, key: string): Promise<Principal | undefined> {
  const { env } = c
  const { control } = c.var
  const hash = await sha256(key)
  if (env.OPERATOR_KEY && env.LOCAL_INSTANCE === '1' && hash === (await sha256(env.OPERATOR_KEY)))
    return { kind: 'operator', id: 'operator', name: 'operator' }
  const now = new Date().toISOString()
  if (key.startsWith(ADDIN_TOKEN)) return readAddinAccess(control, hash, now)
  const found = await readKey(control, hash, now, { byToken: key.startsWith(OAUTH_TOKEN) })
  // One that is refused where it was tried has not been used.
  if (found?.unnoted && mayCallFrom(c, found.key))
    await control.execute(noteKeyUse(found.key.id, now, c.var.origin.network))
  return found?.key
}

const bySession = async (control: Env['Variables']['control'], cookie: string): Promise<Principal | undefined> =>
  readSession(control, await sha256(cookie), new Date().toISOString())

const isSafe = (method: string): boolean => method === 'GET' || method === 'HEAD' || method === 'OPTIONS'

/** A request that writes comes from a page of ours: same origin, as the browser itself says. */
export function isSameSite(request: Request): boolean {
  const site = request.headers.get('sec-fetch-site')
  if (site && site !== 'same-origin') return false
  const origin = request.headers.get('origin')
  return origin !== null && origin === new URL(request.url).origin
}
