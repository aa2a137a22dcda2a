import { base64url, fromBase64url } from './random-token.ts'

const utf8 = new TextEncoder()
const IV_BYTES = 12

/** A key of its own for each purpose, from the instance's secret (HKDF, RFC 5869). */
async function material(secret: string): Promise<CryptoKey> {
  return crypto.subtle.importKey('raw', utf8.encode(secret), 'HKDF', false, ['deriveKey'])
}
const derivation = (purpose: string) => ({
  name: 'HKDF',
  hash: 'SHA-256',
  salt: new Uint8Array(32),
  info: utf8.encode(`hovedbok ${purpose}`),
})

/** Text that only this instance can read and nobody can change unseen: AES-256-GCM, in base64url. */
export async function seal(text: string, secret: string, purpose: string): Promise<string> {
  const key = await sealingKey(secret, purpose)
  const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES))
  const sealed = new Uint8Array(await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, key, utf8.encode(text)))
  return base64url(Uint8Array.of(...iv, ...sealed))
}

/** What was sealed for this purpose; undefined for anything else. */
export async function unseal(sealed: string, secret: string, purpose: string): Promise<string | undefined> {
  try {
    const bytes = fromBase64url(sealed)
    const algorithm = { name: 'AES-GCM', iv: bytes.subarray(0, IV_BYTES) }
    const key = await sealingKey(secret, purpose)
    return new TextDecoder().decode(await crypto.subtle.decrypt(algorithm, key, bytes.subarray(IV_BYTES)))
  } catch {
    return undefined
  }
}

const sealingKey = async (secret: string, purpose: string): Promise<CryptoKey> =>
  crypto.subtle.deriveKey(derivation(purpose), await material(secret), { name: 'AES-GCM', length: 256 }, false, [
    'encrypt',
    'decrypt',
  ])

const signingKey = async (secret: string, purpose: string): Promise<CryptoKey> =>
  crypto.subtle.deriveKey(
    derivation(purpose),
    await material(secret),
    { name: 'HMAC', hash: 'SHA-256', length: 256 },
    false,
    ['sign', 'verify'],
  )

/** HMAC-SHA-256 of a text, in base64url: as a hash that cannot be tried against without the instance's secret. */
export const codeOf = async (text: string, secret: string, purpose: string): Promise<string> =>
  base64url(new Uint8Array(await crypto.subtle.sign('HMAC', await signingKey(secret, purpose), utf8.encode(text))))

export async function isCodeOf(code: string, text: string, secret: string, purpose: string): Promise<boolean> {
  try {
    const key = await signingKey(secret, purpose)
    return await crypto.subtle.verify('HMAC', key, fromBase64url(code), utf8.encode(text))
  } catch {
    return false
  }
}
