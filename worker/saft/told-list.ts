import type { ToldCode } from '#i18n/import-text.ts'

/** Something an import tells of, how many times it met it, and of what. */
export type Told = { code: ToldCode; params: Record<string, string | number | null>; count: number }

/** Kinds of things told apart by what they are about; beyond this many they are counted together. */
const APART = 200

/** Gathers what an import has to tell, so that a file with a million odd lines tells each oddity once, with its count. */
export class ToldList {
  private readonly items = new Map<string, Told>()
  private readonly kinds = new Map<ToldCode, number>()

  add(code: ToldCode, params: Told['params'] = {}, count = 1) {
    const key = `${code} ${JSON.stringify(params)}`
    const known = this.items.get(key)
    if (known) {
      known.count += count
      return
    }
    const kinds = (this.kinds.get(code) ?? 0) + 1
    this.kinds.set(code, kinds)
    if (kinds <= APART) this.items.set(key, { code, params, count })
    else this.addTo(code, count)
  }

  private addTo(code: ToldCode, count: number) {
    const rest = this.items.get(code)
    if (rest) rest.count += count
    else this.items.set(code, { code, params: { more: 1 }, count })
  }

  list(): Told[] {
    return [...this.items.values()].sort((a, b) => (a.code < b.code ? -1 : a.code > b.code ? 1 : 0))
  }
}
