import { globSync, readFileSync } from 'node:fs'
import { build } from 'esbuild'
import { expect, test } from 'vitest'

/** The files whose code a bundle carries, by path from the project's root. */
async function inputsOf(entryPoint: string): Promise<string[]> {
  const { metafile } = await build({
    entryPoints: [entryPoint],
    bundle: true,
    write: false,
    metafile: true,
    outdir: 'out',
    format: 'esm',
    platform: 'neutral',
    conditions: ['workerd', 'worker', 'browser'],
    mainFields: ['browser', 'module', 'main'],
    external: ['node:*', 'cloudflare:*', '#web/assets.ts'], // a product of the build, which a fresh clone does not have
    loader: { '.sql': 'text', '.md': 'text', '.woff2': 'empty', '.woff': 'empty' },
    logLevel: 'silent',
  })
  const carried = Object.values(metafile.outputs).flatMap(({ inputs }) => Object.entries(inputs))
  return carried.flatMap(([path, { bytesInOutput }]) => (bytesInOutput > 0 ? [path] : []))
}

const DOORS = ['web/islands/voucher-grid.ts', 'worker/index.ts', ...globSync('addin/sheet/sheet-voucher.ts')]
const RULES = [
  'worker/ledger/voucher.ts',
  'worker/ledger/voucher-line.ts',
  'worker/ledger/voucher-draft.ts',
  'worker/ledger/entry.ts',
  'worker/vat/vat.ts',
]

test('grid, add-in and Worker check a voucher by the very same files', async () => {
  for (const door of DOORS) {
    const inputs = await inputsOf(door)
    expect(inputs, door).toEqual(expect.arrayContaining(RULES))
  }
  // And nobody has a second one: the name is declared once, and what imports it means that file.
  const sources = globSync('{worker,web,addin}/**/*.{ts,tsx}').map(
    (path) => [path, readFileSync(path, 'utf8')] as const,
  )
  const declared = sources.filter(([, text]) => /(function|const|let) checkVoucher\b/.test(text)).map(([path]) => path)
  expect(declared).toEqual(['worker/ledger/voucher.ts'])
  const imported = sources.flatMap(([path, text]) =>
    [...text.matchAll(/import \{[^}]*\bcheckVoucher\b[^}]*\} from '([^']+)'/g)].map((m) => [path, m[1]!] as const),
  )
  expect(imported.map(([path]) => path)).toContain('web/islands/voucher/judge.ts')
  for (const [path, from] of imported) expect([path, from.endsWith('/voucher.ts')]).toEqual([path, true])
})

test('the island carries no server code, and only the parts of the grid that it uses', async () => {
  const inputs = await inputsOf('web/islands/voucher-grid.ts')
  const server = inputs.filter((path) =>
    /^(worker\/(http|database|access|api)\/|db\/)|\/(store|routes)\.ts$|node_modules\/(hono|@libsql|drizzle-orm|saxes)\//.test(
      path,
    ),
  )
  expect(server).toEqual([])
  const plugins = new Set(inputs.flatMap((path) => /handsontable\/plugins\/(\w+)\/\1\.mjs$/.exec(path)?.[1] ?? []))
  expect([...plugins].sort()).toEqual(['autofill', 'base', 'manualColumnMove', 'manualColumnResize'])
})
