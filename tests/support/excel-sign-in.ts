// Excel signed in as somebody, as the pane does it: a code, its secret, and a key that never leaves the browser.
import { createHash, randomBytes } from 'node:crypto'
import { ALL_SCOPES } from '#worker/access/addin-token.ts'
import type { Granted } from '#worker/access/addin-token-store.ts'
import { giveAddinCode } from '#worker/access/give-addin-tokens.ts'
import type { Instant } from '#worker/core/dates.ts'
import type { Database } from '#worker/database/connect.ts'
import type { testApp } from './app.ts'

type App = Pick<ReturnType<typeof testApp>, 'call'>
const CURVE = { name: 'ECDSA', namedCurve: 'P-256' }
const base64url = (bytes: ArrayBuffer) => Buffer.from(bytes).toString('base64url')

/** A browser's key, as the add-in keeps one. */
export async function browserKey() {
  const made = await crypto.subtle.generateKey(CURVE, false, ['sign', 'verify'])
  const { privateKey, publicKey } = made as CryptoKeyPair
  return {
    publicKey: base64url((await crypto.subtle.exportKey('raw', publicKey)) as ArrayBuffer),
    sign: async (text: string) =>
      base64url(
        await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, privateKey, new TextEncoder().encode(text)),
      ),
  }
}

export const newVerifier = (): string => randomBytes(48).toString('base64url')
export const challengeOf = (verifier: string): string => createHash('sha256').update(verifier).digest('base64url')

/** What somebody who signs in now, and lets Excel do all it can, gives it. */
export const grantedTo = (user: string): Granted => ({
  user,
  scopes: ALL_SCOPES,
  signedInAt: new Date().toISOString() as Instant,
})

/** Signs in, and gives what the pane is given. `renew` is what the same browser does with a token. */
export async function excelSignIn(app: App, control: Database, granted: Granted) {
  const [key, verifier] = [await browserKey(), newVerifier()]
  const ctx = { control, now: new Date().toISOString() as Instant }
  const code = await giveAddinCode(ctx, granted, challengeOf(verifier))
  const exchange = (body: object) => app.call('/api/v1/addin/tokens', { body, key: null })
  const { json } = await exchange({ code, verifier, key: key.publicKey })
  const tokens = json as { accessToken: string; refreshToken: string; expiresIn: number; scopes: string[] }
  const renew = async (refreshToken: string) => exchange({ refreshToken, proof: await key.sign(refreshToken) })
  return { ...tokens, renew, sign: key.sign }
}
