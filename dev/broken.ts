// `npm run broken -- [NAME …]`: breaks one control at a time in a copy of the tree, and wants a test to fail. A check that stays green when
// what it checks is gone is no check, and one that is red before proves nothing. Run weekly; the lists are the switches of docs/security.md and docs/faults.md.
import { execFileSync, spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { ACCESS_SWITCHES } from './broken-access.ts'
import { LEDGER_SWITCHES } from './broken-ledger.ts'
import { SERVICE_SWITCHES } from './broken-service.ts'
import { type Broken, SWITCHES } from './broken-switches.ts'

const wanted = process.argv.slice(2)
const all = [...SWITCHES, ...LEDGER_SWITCHES, ...SERVICE_SWITCHES, ...ACCESS_SWITCHES]
const switches = all.filter(({ name }) => wanted.length === 0 || wanted.includes(name))
const copy = mkdtempSync(join(tmpdir(), 'hovedbok-broken-'))
const tracked = execFileSync('git', ['ls-files', '-z'], { encoding: 'utf8' })
for (const file of tracked.split('\0').filter(Boolean)) {
  mkdirSync(dirname(join(copy, file)), { recursive: true })
  cpSync(file, join(copy, file))
}
symlinkSync(resolve('node_modules'), join(copy, 'node_modules'))

/** Whether the tests of a switch are red because a test says so (and not because nothing could run), green, or neither. */
function run({ test, only, env }: Broken): 'green' | 'red' | 'not run' {
  const projects = ['--project', 'unit', '--project', 'slow']
  const asked = [
    'node_modules/vitest/vitest.mjs',
    'run',
    ...projects,
    '--bail',
    '1',
    // On a busy machine a test that is late would pass for one that is red.
    ...['--testTimeout', '120000', '--hookTimeout', '120000'],
    test,
    ...(only ? ['-t', only] : []),
  ]
  const { status, stdout } = spawnSync(process.execPath, asked, {
    cwd: copy,
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1', SEQUENCES: '10', ...env },
  })
  if (status === 0) return /Tests\s+.*passed/.test(stdout) ? 'green' : 'not run'
  return /AssertionError|Tests\s+.*failed/.test(stdout) ? 'red' : 'not run'
}

/** Tests that are red or do not run without any switch prove nothing. Each is tried once. */
const unbroken = new Map<string, boolean>()
function isGreenBefore(broken: Broken): boolean {
  const key = JSON.stringify([broken.test, broken.only, broken.env])
  if (!unbroken.has(key)) unbroken.set(key, run(broken) === 'green')
  return unbroken.get(key)!
}

/** Whether the tests of a switch fail once it is thrown. */
function isCaught(broken: Broken): boolean {
  const { file, from, to } = broken
  const path = join(copy, file)
  const whole = readFileSync(path, 'utf8')
  if (!whole.includes(from)) throw new Error(`${file} no longer holds: ${from}`)
  writeFileSync(
    path,
    whole.replace(from, () => to),
  )
  try {
    return run(broken) === 'red'
  } finally {
    writeFileSync(path, whole)
  }
}

const missed: string[] = []
try {
  for (const broken of switches) {
    const verdict = !isGreenBefore(broken) ? 'RED BEFORE' : isCaught(broken) ? 'caught' : 'MISSED'
    if (verdict !== 'caught') missed.push(broken.name)
    console.log(`${verdict} ${broken.name}: ${broken.what}`)
  }
} finally {
  rmSync(copy, { recursive: true, force: true })
}
console.log(`broken builds caught: ${switches.length - missed.length} of ${switches.length}`)
process.exit(missed.length === 0 ? 0 : 1)
