import { readFileSync } from 'node:fs'
import { defineConfig } from 'vitest/config'

/** Wrangler and esbuild import .sql as text by a setting; Vitest needs these lines. */
const textAsText = {
  name: 'text-as-text',
  transform: (code: string, id: string) => (/\.sql$/.test(id) ? `export default ${JSON.stringify(code)}` : undefined),
}

/** The same of fonts, as bytes. */
const fontsAsBytes = {
  name: 'fonts-as-bytes',
  enforce: 'pre' as const,
  load: (id: string) =>
    id.endsWith('.woff')
      ? `export default Uint8Array.from(atob(${JSON.stringify(readFileSync(id).toString('base64'))}), (c) => c.charCodeAt(0))`
      : undefined,
}

/** In Node passwords cost a thirtieth: hundreds are made and tried. On the running platform they cost what they cost. */
const cheapPasswords = {
  name: 'cheap-passwords',
  transform: (code: string, id: string) =>
    id.endsWith('/worker/identity/password.ts') ? code.replace('2 ** logN', '2 ** (logN - 5)') : undefined,
}

/** Tests in Node import modules that also hold a Durable Object; its base class is workerd's. */
const cloudflareInNode = {
  name: 'cloudflare-in-node',
  resolveId: (id: string) => (id === 'cloudflare:workers' ? '\0cloudflare:workers' : undefined),
  load: (id: string) =>
    id === '\0cloudflare:workers'
      ? 'export class DurableObject { constructor(ctx, env) { this.ctx = ctx; this.env = env } }\nexport const env = {}'
      : undefined,
}

/** On the running platform: workerd, database processes and a browser, one platform for all files. */
const onPlatform = {
  setupFiles: process.env.PLATFORM_LIMITS ? ['tests/support/platform-limits.ts'] : [],
  globalSetup: 'tests/support/platform.ts',
  testTimeout: 60_000,
  hookTimeout: 120_000,
  // One file after the other: two browsers and workerd on two cores only make each other late.
  fileParallelism: false,
  sequence: { groupOrder: 1 },
}

const slow = [
  'tests/dev/start.test.ts',
  'tests/dev/supervisor.test.ts',
  'tests/faults/faults.test.ts',
  'tests/properties/**/*.test.ts',
  'tests/reports/history.test.ts',
  'tests/addin/fault-runs.test.ts',
  'tests/addin/post-vouchers.test.ts',
  'tests/addin/never-twice.test.ts',
  'tests/addin/correct-vouchers.test.ts',
]

export default defineConfig({
  plugins: [textAsText, fontsAsBytes, cheapPasswords, cloudflareInNode],
  test: {
    // As many as there are cores; the default leaves one idle, which on two is half the machine.
    maxWorkers: '100%',
    // A process keeps the product's modules from file to file: loading them anew for each took half of the time. What a module
    // remembers is by address, company or key, and each file has its own of those.
    isolate: false,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['tests/**/*.test.ts', 'tests/**/*.test.tsx'],
          exclude: ['tests/worker/**', 'tests/e2e/**', ...slow],
          testTimeout: 30_000,
          hookTimeout: 30_000,
        },
      },
      // In Node too, but they start instances or run many seeded histories: part of `npm test`, not of the quick gate.
      {
        extends: true,
        // One of them takes the place of the clock for the rest of its process.
        test: { name: 'slow', include: slow, isolate: true, testTimeout: 120_000, hookTimeout: 60_000 },
      },
      { extends: true, test: { name: 'worker', include: ['tests/worker/**/*.test.ts'], ...onPlatform } },
      { extends: true, test: { name: 'e2e', include: ['tests/e2e/**/*.test.ts'], ...onPlatform } },
    ],
  },
})
