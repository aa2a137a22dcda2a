// `npm run broken -- [NAME …]`: breaks one control at a time in a copy of the tree, and wants a test to fail. A check that stays green when
// what it checks is gone is no check. Run weekly; the lists are the switches of docs/security.md and docs/faults.md.
import { execFileSync, spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { ACCESS_SWITCHES } from './broken-access.ts'
import { LEDGER_SWITCHES } from './broken-ledger.ts'
import { type Broken, SWITCHES } from './broken-switches.ts'

const wanted = process.argv.slice(2)
const all = [...SWITCHES, ...LEDGER_SWITCHES, ...ACCESS_SWITCHES]
const switches = all.filter(({ name }) => wanted.length === 0 || wanted.includes(name))
const copy = mkdtempSync(join(tmpdir(), 'hovedbok-broken-'))
const tracked = execFileSync('git', ['ls-files', '-z'], { encoding: 'utf8' })
for (const file of tracked.split('\0').filter(Boolean)) {
  mkdirSync(dirname(join(copy, file)), { recursive: true })
  cpSync(file, join(copy, file))
}
symlinkSync(resolve('node_modules'), join(copy, 'node_modules'))

/** Whether the tests of a switch fail once it is thrown. */
function isCaught({ file, from, to, test, only, env }: Broken): boolean {
  const path = join(copy, file)
  const whole = readFileSync(path, 'utf8')
  if (!whole.includes(from)) throw new Error(`${file} no longer holds: ${from}`)
  writeFileSync(
    path,
    whole.replace(from, () => to),
  )
  try {
    const asked = [
      'node_modules/vitest/vitest.mjs',
      'run',
      '--project',
      'unit',
      '--project',
      'slow',
      '--bail',
      '1',
      test,
    ]
    const { status, stdout } = spawnSync(process.execPath, [...asked, ...(only ? ['-t', only] : [])], {
      cwd: copy,
      encoding: 'utf8',
      env: { ...process.env, NO_COLOR: '1', SEQUENCES: '10', ...env },
    })
    // Red because a test says so, not because nothing could run.
    return status !== 0 && /AssertionError|Tests\s+.*failed/.test(stdout)
  } finally {
    writeFileSync(path, whole)
  }
}

const missed: string[] = []
try {
  for (const broken of switches) {
    const caught = isCaught(broken)
    if (!caught) missed.push(broken.name)
    console.log(`${caught ? 'caught' : 'MISSED'} ${broken.name}: ${broken.what}`)
  }
} finally {
  rmSync(copy, { recursive: true, force: true })
}
console.log(`broken builds caught: ${switches.length - missed.length} of ${switches.length}`)
process.exit(missed.length === 0 ? 0 : 1)
