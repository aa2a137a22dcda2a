// Places in the Worker where the fault runner may end its process. In the source they are comments, `// fail point: NAME`, on a line of
// their own in an async function; only a test build makes calls of them, so a release holds nothing (tests/faults/fail-points.test.ts).
import { readFileSync } from 'node:fs'
import type { Plugin } from 'esbuild'

const MARK = /^([ \t]*)\/\/ fail point: ([a-z-]+)$/gm

/** Every mark of a source text. */
export const marksIn = (source: string): string[] => [...source.matchAll(MARK)].map((found) => found[2]!)

export const withFailPoints: Plugin = {
  name: 'fail-points',
  setup: ({ onLoad }) =>
    onLoad({ filter: /[\\/]worker[\\/].*\.ts$/ }, ({ path }) => {
      const source = readFileSync(path, 'utf8')
      if (marksIn(source).length === 0) return undefined
      return { contents: source.replace(MARK, "$1await globalThis.failAt('$2')"), loader: 'ts' }
    }),
}

/** Asks outside at each point; whoever answers may end this process instead. */
export const FAIL_AT = `import { env as failEnv } from 'cloudflare:workers'
globalThis.failAt = async (name) => { await (await failEnv.FAIL_POINTS.fetch('http://fault/' + name)).text() }`
