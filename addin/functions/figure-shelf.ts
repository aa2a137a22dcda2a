import { browserDatabase } from '../browser-database.ts'
import type { Keeper, KeptFigures } from './figure-source.ts'

/** Figures are kept for a week: in milliseconds. */
const LONGEST = 7 * 24 * 60 * 60 * 1_000
const KEY = 'key'
const asked = browserDatabase('hovedbok-figures', 'kept')
type Sealed = { savedAt: number; iv: Uint8Array<ArrayBuffer>; bytes: ArrayBuffer }

/**
 * A company's figures in the browser's own database, encrypted with a key that never leaves it and that signing out destroys.
 * `shelf` tells apart the sites that embed Excel.
 */
export const keeperOf = (shelf: string, now: () => number): Keeper => ({
  async load() {
    const sealed = (await asked('readonly', (store) => store.get(shelf))) as Sealed | undefined
    const key = sealed && ((await asked('readonly', (store) => store.get(KEY))) as CryptoKey | undefined)
    if (!key || sealed.savedAt < now() - LONGEST) return undefined
    const bytes = await crypto.subtle.decrypt({ name: 'AES-GCM', iv: sealed.iv }, key, sealed.bytes)
    return JSON.parse(new TextDecoder().decode(bytes)) as KeptFigures
  },
  async save(kept) {
    const key = await ownKey()
    const iv = crypto.getRandomValues(new Uint8Array(12))
    const bytes = await crypto.subtle.encrypt(
      { name: 'AES-GCM', iv },
      key,
      new TextEncoder().encode(JSON.stringify(kept)),
    )
    await asked('readwrite', (store) => store.put({ savedAt: now(), iv, bytes } satisfies Sealed, shelf))
  },
})

/** Nothing is left of what was kept, nor of the key to it. */
export const forgetFigures = async (): Promise<void> => {
  await asked('readwrite', (store) => store.clear())
}

async function ownKey(): Promise<CryptoKey> {
  const found = (await asked('readonly', (store) => store.get(KEY))) as CryptoKey | undefined
  if (found) return found
  const made = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt'])
  await asked('readwrite', (store) => store.put(made, KEY))
  return made
}
