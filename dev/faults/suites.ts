// F8 and F18: what tests make happen to the whole app in this process; a row counts them, one by one.
import { spawnSync } from 'node:child_process'
import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Fault } from './fault.ts'
import { labFolder } from './lab.ts'

type Suite = { id: string; what: string; files: readonly string[] }
type Report = { testResults: { assertionResults: { fullName: string; status: string }[] }[] }

const suiteOf = ({ id, what, files }: Suite): Fault => ({
  id,
  what,
  async run() {
    const folder = labFolder()
    const written = join(folder, 'report.json')
    const asked = ['run', '--project', 'unit', '--reporter=json', `--outputFile=${written}`, ...files]
    spawnSync(process.execPath, ['node_modules/vitest/vitest.mjs', ...asked], { stdio: 'ignore' })
    const report = JSON.parse(readFileSync(written, 'utf8')) as Report
    rmSync(folder, { recursive: true })
    const tests = report.testResults.flatMap(({ assertionResults }) => assertionResults)
    const failed = tests.filter(({ status }) => status !== 'passed')
    return {
      injected: tests.length,
      survived: tests.length - failed.length,
      wrong: failed.slice(0, 20).map(({ fullName }) => fullName),
    }
  },
})

export const clocksSkewed = suiteOf({
  id: 'F8',
  what: 'clocks a day off or put back an hour, leap days, the turn of the year and the nights of summer time',
  files: ['tests/faults/clocks.test.ts', 'tests/core/dates.test.ts'],
})
export const codeAndSchemaApart = suiteOf({
  id: 'F18',
  what: 'code that is newer than a database’s schema, of every schema there was, and code that is older',
  files: ['tests/db/upgrade.test.ts'],
})
