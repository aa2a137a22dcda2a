import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'

test('memory does not grow with the file: 58 MB are read with a heap of 32 MB', () => {
  const args = ['--max-old-space-size=32', '--max-semi-space-size=4', '--disable-warning=ExperimentalWarning']
  const out = execFileSync(process.execPath, [...args, 'tests/saft/read-large.ts', '60000'], { encoding: 'utf8' })
  const { mb, transactions, lines } = JSON.parse(out)
  expect(mb).toBeGreaterThan(50)
  expect([transactions, lines]).toEqual([60_000, 150_000])
}, 60_000)
