import type { Instant } from '#worker/core/dates.ts'
import { sha256 } from '#worker/core/hash.ts'
import { Problem } from '#worker/core/problem.ts'
import { isStorable } from '#worker/core/text.ts'
import type { Database } from '#worker/database/connect.ts'
import type { Bindings } from '#worker/http/env.ts'
import { DEMO_USER } from './create-demo-user.ts'
import { hashPassword, isOutdated, isPassword } from './password.ts'
import { SESSION_IDLE_MS } from './store.ts'
import {
  countTry,
  deleteExpiredSessions,
  forgetOldTries,
  forgetTries,
  insertSession,
  readFirstTry,
  readUser,
  setPassword,
  type User,
} from './user-store.ts'

const WINDOW_MS = 15 * 60_000
/** Wrong passwords in 15 minutes: for an account, and from a network. Source: reliability.md S11. */
const ACCOUNT_TRIES = 10
const NETWORK_TRIES = 100

type Context = { env: Pick<Bindings, 'PASSWORD_PEPPER' | 'LOCAL_INSTANCE'>; control: Database; now: Instant }
export type Credentials = {
  email: string
  password: string
  network: string
  /** What this browser was given when it last signed in. */
  device: string | undefined
}
export type SignedIn = { token: string; until: Instant; user: User; device: string }

/**
 * Signs a user in by e-mail and password. Whatever is wrong, the answer and its time are the same.
 * @throws Problem 401 sign-in/failed; 429 request/too-many.
 */
export async function signIn(ctx: Context, { email, password, network, device }: Credentials): Promise<SignedIn> {
  const { control, env, now } = ctx
  const address = email.trim().toLowerCase()
  const known = device !== undefined && (await deviceOf(address, device, env.PASSWORD_PEPPER)) ? device : undefined
  // A browser that has signed in to this account before has tries of its own, so that strangers cannot use up its owner's.
  const account = await sha256(known ? `device ${known}` : `account ${address}`)
  const tries = [
    { subject: `account:${account}`, limit: ACCOUNT_TRIES },
    { subject: `network:${networkOf(network)}`, limit: NETWORK_TRIES },
  ]
  const at = `${now}~${randomToken(6)}`
  await refuseTooMany(control, tries, at, now)
  const storable = isStorable(address) && address.length <= 256 && password.length <= 1_024
  const user = storable ? await readUser(control, address) : undefined
  if (!(await isPassword(storable ? password : '', user?.passwordHash ?? null, env.PASSWORD_PEPPER)) || !user)
    throw new Problem(401, 'sign-in/failed')
  const outdated = isOutdated(user.passwordHash!)
  await control.batch(
    [
      forgetTries([tries[0]!.subject], at),
      { sql: 'delete from sign_in_failure where at = ?', args: [at] },
      ...(outdated ? [setPassword(user.id, await hashPassword(password, env.PASSWORD_PEPPER))] : []),
    ],
    'write',
  )
  return startSession(ctx, user)
}

/**
 * Lets the demo company's user in with one click, on an instance on one's own machine only.
 * @throws Problem 404 request/not-found anywhere else, or when there is no demo company.
 */
export async function signInToDemo(ctx: Context): Promise<SignedIn> {
  const user = ctx.env.LOCAL_INSTANCE === '1' ? await readUser(ctx.control, DEMO_USER.email) : undefined
  if (!user) throw new Problem(404, 'request/not-found')
  return startSession(ctx, user)
}

/** A new session for a user who has shown who they are. */
export async function startSession({ control, env, now }: Context, user: User): Promise<SignedIn> {
  const token = randomToken(32)
  const until = new Date(Date.parse(now) + SESSION_IDLE_MS).toISOString() as Instant
  await control.batch([insertSession(await sha256(token), user.id, now, until), deleteExpiredSessions(now)], 'write')
  return { token, until, user, device: await newDevice(user.email, env.PASSWORD_PEPPER) }
}

async function refuseTooMany(
  control: Database,
  tries: readonly { subject: string; limit: number }[],
  at: string,
  now: Instant,
): Promise<void> {
  const since = new Date(Date.parse(now) - WINDOW_MS).toISOString() as Instant
  const [, counted, first] = await control.batch(
    [forgetOldTries(since), countTry(tries, at, since), readFirstTry(tries, since)],
    'write',
  )
  if (counted!.rowsAffected > 0) return
  const oldest = String(first!.rows[0]?.first ?? now).split('~')[0]!
  const seconds = Math.max(1, Math.ceil((Date.parse(oldest) + WINDOW_MS - Date.parse(now)) / 1_000))
  throw new Problem(429, 'request/too-many', { params: { seconds } })
}

/** An IPv6 customer has a whole /64, so the first four groups count as one network; the 1,000 in it are one. */
export function networkOf(address: string): string {
  if (!address.includes(':')) return address
  const [head = '', tail] = address.toLowerCase().split('%')[0]!.split('::')
  const left = head === '' ? [] : head.split(':')
  const right = tail ? tail.split(':') : []
  const zeros = tail === undefined ? [] : Array.from({ length: Math.max(0, 8 - left.length - right.length) }, () => '0')
  return `${[...left, ...zeros, ...right]
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':')}::/64`
}

const newDevice = async (email: string, pepper: string): Promise<string> => {
  const id = randomToken(16)
  return `${id}.${await sha256(`${pepper} device ${email} ${id}`)}`
}
async function deviceOf(email: string, device: string, pepper: string): Promise<boolean> {
  const [id = '', proof = ''] = device.split('.')
  return /^[\w-]{20,64}$/.test(id) && proof === (await sha256(`${pepper} device ${email} ${id}`))
}

/** Random bytes as text that stands in a cookie or an address as it is. */
export const randomToken = (bytes: number): string =>
  btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(bytes))))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')
