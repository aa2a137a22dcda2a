// The probe pack in the simulated Excel: what it answers is what we assume of Excel. Where somebody has run the pack in a real
// one (docs/excel.md, 8), the recording lies in tests/fixtures/excel-probes, and the two must agree.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Run } from '#addin/excel/run.ts'
import { PROBES } from '#addin/probes/probes.ts'
import { runProbes } from '#addin/probes/run-probes.ts'
import { openWindow } from './host/client-in-node.ts'
import { Workbook } from './host/workbook.ts'

const folder = 'tests/fixtures/excel-probes'
const assumed = join(folder, 'assumed.json')
const window = openWindow(new Workbook())
const run: Run = (work) => window.Excel.run(work) as Promise<any>
const answers = await runProbes(run)

test('every probe is modelled, and named once', () => {
  expect(new Set(PROBES.map(({ name }) => name)).size).toBe(PROBES.length)
  expect(PROBES.length).toBeGreaterThanOrEqual(60)
  const unknown = Object.entries(answers).filter(([, answer]) => JSON.stringify(answer).includes('HostNotImplemented'))
  expect(unknown).toEqual([])
})

test('the simulated Excel answers as it did', () => {
  if (!existsSync(assumed) || process.env.RECORD_PROBES) writeFileSync(assumed, `${JSON.stringify(answers, null, 2)}\n`)
  expect(answers).toEqual(JSON.parse(readFileSync(assumed, 'utf8')))
})

const recordings = readdirSync(folder).filter((name) => name.endsWith('.json') && name !== 'assumed.json')
test.each(recordings)('as Excel itself does: %s', (name) => {
  const { answers: recorded } = JSON.parse(readFileSync(join(folder, name), 'utf8')) as { answers: object }
  for (const [probe, answer] of Object.entries(recorded)) expect([probe, answers[probe]]).toEqual([probe, answer])
})
