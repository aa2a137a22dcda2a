import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { billOf, type Lock, type Manifest, supplyFaults } from '#dev/supply-rules.ts'
import { secretsIn } from './secrets.ts'

const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as Manifest
const lock = JSON.parse(readFileSync('package-lock.json', 'utf8')) as Lock

test('what we depend on is pinned, approved and listed', () => {
  expect(supplyFaults(manifest, lock)).toEqual([])
  expect(JSON.parse(readFileSync('docs/supply/bill-of-materials.json', 'utf8'))).toEqual(billOf(lock))
})

test.each<[string, (m: Manifest, l: Lock) => void, string]>([
  ['a version that floats', (m) => (m.dependencies.hono = '^4.0.0'), 'hono is not pinned'],
  [
    'a script nobody approved',
    (_, l) => (l.packages['node_modules/hono']!.hasInstallScript = true),
    'hono runs a script',
  ],
  ['an approval without a script', (m) => (m.allowScripts.hono = true), 'hono may run a script'],
  ['no integrity', (_, l) => delete l.packages['node_modules/hono']!.integrity, 'hono has no integrity'],
  ['an address of a registry', (_, l) => (l.packages['node_modules/hono']!.resolved = 'https://x'), 'hono names where'],
  ['another licence', (_, l) => (l.packages['node_modules/hono']!.license = 'AGPL-3.0'), 'hono has a licence'],
  [
    'a tool’s licence in what is shipped',
    (_, l) => (l.packages['node_modules/hono']!.license = 'MPL-2.0'),
    'hono has a licence',
  ],
])('%s is found', (_, spoil, fault) => {
  const [m, l] = [structuredClone(manifest), structuredClone(lock)]
  spoil(m, l)
  expect(supplyFaults(m, l).join('\n')).toContain(fault)
})

test('a secret is known when it is seen', () => {
  const planted = [
    `hbk_${'a'.repeat(58)}`,
    `whsec_${'0'.repeat(64)}`,
    `AKIA${'A'.repeat(16)}`,
    `SIGNING_KEY="${'x'.repeat(32)}"`,
    `npm_${'a'.repeat(36)}`,
  ]
  for (const secret of planted) expect(secretsIn(`const x = '${secret}'`), secret.slice(0, 6)).toHaveLength(1)
})

test('a class of attacks that is not known is no attack that failed', () => {
  const { status, stderr } = spawnSync(process.execPath, ['dev/attack.ts', 'sec', 'S4', 'payments'], {
    encoding: 'utf8',
  })
  expect([status, stderr]).toEqual([2, 'Unknown: payments. There are all, idor and S1 to S24.\n'])
})
