import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { ACCESS_SWITCHES } from '#dev/broken-access.ts'
import { LEDGER_SWITCHES } from '#dev/broken-ledger.ts'
import { SERVICE_SWITCHES } from '#dev/broken-service.ts'
import { SWITCHES } from '#dev/broken-switches.ts'

test('every switch of a broken build still fits the code it breaks, and has a test', () => {
  const all = [...SWITCHES, ...LEDGER_SWITCHES, ...SERVICE_SWITCHES, ...ACCESS_SWITCHES]
  const stale = all.filter(({ file, from, test }) => !existsSync(test) || !readFileSync(file, 'utf8').includes(from))
  expect(stale.map(({ name }) => name)).toEqual([])
  expect(new Set(all.map(({ name }) => name)).size).toBe(all.length)
})
