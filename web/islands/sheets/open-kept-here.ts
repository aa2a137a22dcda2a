import { hold } from './hold.ts'
import type { KeptHere } from './kept-here.ts'

/** Several windows may be open, and each keeps its own. */
const PLACES = 8

/** Opens the first place that no other window holds, those with something in them first. */
export async function openKeptHere(name: string): Promise<KeptHere> {
  const keys = Array.from({ length: PLACES }, (_, place) => `hovedbok sheet ${name} ${place}`)
  const text = (key: string) => localStorage.getItem(key) ?? undefined
  for (const key of keys.toSorted((a, b) => Number(text(a) === undefined) - Number(text(b) === undefined)))
    if (await hold(key))
      return {
        text: text(key),
        save(kept) {
          try {
            localStorage.setItem(key, kept)
            return true
          } catch {
            return false
          }
        },
        drop: () => localStorage.removeItem(key),
      }
  return { text: undefined, save: () => false, drop() {} }
}
