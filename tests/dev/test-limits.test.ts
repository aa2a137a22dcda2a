import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { limitsOf } from '#dev/test-limits.ts'

test('npm test -- --limits bounds an isolate’s memory and hands the rest to Vitest; without it nothing is bound', () => {
  expect(JSON.parse(readFileSync('package.json', 'utf8')).scripts.test).toContain('dev/test.ts')
  expect(limitsOf(['--project', 'worker', '--limits', 'posting'])).toEqual({
    args: ['--project', 'worker', 'posting'],
    env: { PLATFORM_LIMITS: '1', MINIFLARE_WORKERD_V8_FLAGS: '--max-old-space-size=128' },
  })
  expect(limitsOf(['posting'])).toEqual({ args: ['posting'], env: {} })
  // Miniflare hands them to workerd by this name, which it documents nowhere.
  expect(readFileSync('node_modules/miniflare/dist/src/index.js', 'utf8')).toContain(
    'process.env.MINIFLARE_WORKERD_V8_FLAGS',
  )
})
