import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { faultOf, requirementsIn } from '#dev/asvs-rules.ts'

test('each requirement of ASVS is mapped once, and each test it names is there', () => {
  const all = requirementsIn(readFileSync('docs/asvs.csv', 'utf8'))
  expect(all.map(faultOf).filter(Boolean)).toEqual([])
  expect([all.length, new Set(all.map(({ id }) => id)).size]).toEqual([253, 253])
  // A control that is built and loses its test, or one that is called built without any, is seen.
  expect(faultOf({ ...all[0]!, test: 'tests/none.test.ts' })).toContain('is no file')
  expect(faultOf({ ...all[0]!, state: 'built', test: 'tests/architecture.test.ts#not a test of ours' })).toContain(
    'no test',
  )
})
