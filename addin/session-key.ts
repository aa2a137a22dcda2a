import { base64url } from '#worker/identity/random-token.ts'
import { browserDatabase } from './browser-database.ts'
import type { SessionKey } from './session.ts'

const CURVE = { name: 'ECDSA', namedCurve: 'P-256' }
const asked = browserDatabase('hovedbok-session', 'keys')

/** Kept by the browser, which lets nobody read the private half, not even this page. `shelf` tells apart the sites that embed Excel. */
export function sessionKey(shelf: string): SessionKey {
  // A browser that keeps nothing has it until the page is closed.
  let own: CryptoKey | undefined
  return {
    async make() {
      const { privateKey, publicKey } = await crypto.subtle.generateKey(CURVE, false, ['sign', 'verify'])
      return {
        publicKey: base64url(new Uint8Array(await crypto.subtle.exportKey('raw', publicKey))),
        async keep() {
          own = privateKey
          await asked('readwrite', (store) => store.put(privateKey, shelf)).catch(() => {})
        },
      }
    },
    async sign(text) {
      // Another window may have signed in meanwhile: what is kept goes before what is remembered.
      const kept = (await asked('readonly', (store) => store.get(shelf)).catch(() => undefined)) as
        | CryptoKey
        | undefined
      const key = kept ?? own
      if (!key) return undefined
      const bytes = new TextEncoder().encode(text)
      return base64url(new Uint8Array(await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, key, bytes)))
    },
    async forget() {
      own = undefined
      await asked('readwrite', (store) => store.delete(shelf)).catch(() => {})
    },
  }
}
