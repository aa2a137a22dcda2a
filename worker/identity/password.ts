import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto'
import { Problem } from '#worker/core/problem.ts'

/** Source: reliability.md S11 and section 5: N = 2^15, r = 8, p = 3 takes 32 MB and some tenths of a second. */
const CURRENT = { logN: 15, r: 8, p: 3 }
type Parameters = typeof CURRENT
const SALT_BYTES = 16
const KEY_BYTES = 64
/** Hashes at once in an isolate, which has 128 MB; who comes later waits this long at most, in milliseconds. */
const AT_ONCE = 2
const PATIENCE_MS = 10_000
let busy = 0

/**
 * A password as it is stored: `scrypt$15$8$3$salt$hmac`, both in base64. The pepper is a secret of the instance, so a stolen
 * table alone cannot be tried against.
 */
export async function hashPassword(password: string, pepper: string): Promise<string> {
  const salt = randomBytes(SALT_BYTES)
  const { logN, r, p } = CURRENT
  return ['scrypt', logN, r, p, toBase64(salt), await peppered(password, salt, CURRENT, pepper)].join('$')
}

/** Whether the password is the stored one. Without a stored one it takes the same time and says no. */
export async function isPassword(password: string, stored: string | null, pepper: string): Promise<boolean> {
  const [, logN, r, p, salt, hmac] = stored?.split('$') ?? []
  const parameters = stored ? { logN: Number(logN), r: Number(r), p: Number(p) } : CURRENT
  const salted = salt ? fromBase64(salt) : new Uint8Array(SALT_BYTES)
  const computed = await peppered(password, salted, parameters, pepper)
  const wanted = hmac ?? computed
  const same = wanted.length === computed.length && timingSafeEqual(Buffer.from(wanted), Buffer.from(computed))
  return same && stored !== null
}

/** Whether it was hashed with other parameters than today's, and should be hashed again at the next sign-in. */
export const isOutdated = (stored: string): boolean =>
  !stored.startsWith(`scrypt$${CURRENT.logN}$${CURRENT.r}$${CURRENT.p}$`)

async function peppered(password: string, salt: Uint8Array, of: Parameters, pepper: string): Promise<string> {
  const key = await inTurn(() => derive(password.normalize('NFKC'), salt, of))
  const algorithm = { name: 'HMAC', hash: 'SHA-256' }
  const secret = await crypto.subtle.importKey('raw', new TextEncoder().encode(pepper), algorithm, false, ['sign'])
  return toBase64(new Uint8Array(await crypto.subtle.sign('HMAC', secret, key)))
}

const derive = (password: string, salt: Uint8Array, { logN, r, p }: Parameters): Promise<Uint8Array<ArrayBuffer>> =>
  new Promise((resolve, reject) =>
    scrypt(password, salt, KEY_BYTES, { N: 2 ** logN, r, p, maxmem: 64 * 2 ** 20 }, (error, key) =>
      error ? reject(error) : resolve(new Uint8Array(key)),
    ),
  )

/** Waits by looking again: a promise of one request must not be awaited by another in workerd. */
async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  for (let waited = 0; busy >= AT_ONCE; waited += 25) {
    if (waited > PATIENCE_MS) throw new Problem(503, 'service/busy')
    await new Promise((resume) => setTimeout(resume, 25))
  }
  busy++
  try {
    return await work()
  } finally {
    busy--
  }
}

const toBase64 = (bytes: Uint8Array): string => btoa(String.fromCharCode(...bytes))
const fromBase64 = (text: string): Uint8Array => Uint8Array.from(atob(text), (c) => c.charCodeAt(0))
