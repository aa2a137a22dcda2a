import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** What is to become of a file: taken, refused (with this problem code), or either, as long as nothing fails or hangs. */
export type Expected = { expect: 'accept' | 'refuse' | 'any'; code?: string }
export type AttackFile = Expected & { name: string; bytes: Buffer }
/** One folder of attack files. `kind` says where they are sent. */
export type Corpus = { folder: string; kind: string; files: AttackFile[] }

/** The corpora of a folder: itself, or the folders in it, each with its `expected.json`. */
export function corporaIn(dir: string): Corpus[] {
  const folders = existsSync(join(dir, 'expected.json')) ? [dir] : readdirSync(dir).map((name) => join(dir, name))
  return folders
    .filter((folder) => existsSync(join(folder, 'expected.json')))
    .map((folder) => {
      const { kind, files } = JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8'))
      return {
        folder,
        kind,
        files: Object.entries(files as Record<string, Expected>).map(([name, expected]) => ({
          ...expected,
          name,
          bytes: readFileSync(join(folder, name)),
        })),
      }
    })
}

/** The same choice each time for the same seed: numbers from 0 to 1. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}
