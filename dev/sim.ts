// `npm run sim -- [--minutes 3] [--seed N] [--sequences N] [--commands N]`: random histories of a company against a model that shares nothing
// with the product, for as long as wanted, on every core with seeds of its own. A number of sequences is run on one core: the same seed and
// number give the same trace. docs/faults.md
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'

const text = { type: 'string' } as const
const { values } = parseArgs({ options: { minutes: text, seed: text, sequences: text, commands: text } })
const seed = Number(values.seed ?? 20261121)
/** Seeds of one core; each run of 25 sequences takes the next. */
const SEEDS_A_CORE = 1_000_000
const asked = [
  'node_modules/vitest/vitest.mjs',
  ...['run', '--project', 'slow', '--reporter=default', 'tests/properties/ledger.test.ts'],
]

/** The output of one core, once all of it is read. */
function simulate(core: number): Promise<{ status: number; output: string }> {
  const child = spawn(process.execPath, asked, {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      ...process.env,
      SIM_MINUTES: values.minutes ?? (values.sequences ? '0' : '3'),
      SEED: String(seed + core * SEEDS_A_CORE),
      SIM_COMMANDS: values.commands ?? '68',
      SEQUENCES: values.sequences ?? '25',
      // In memory where there is such a place: what is tried is the ledger, and not the disk.
      ...(existsSync('/dev/shm') && { TEST_FOLDER: '/dev/shm/hovedbok-sim' }),
    },
  })
  let output = ''
  child.stdout.on('data', (chunk) => {
    output += chunk
    process.stdout.write(chunk)
  })
  return new Promise((resolve) => child.once('close', (status) => resolve({ status: status ?? 1, output })))
}

const cores = values.sequences ? 1 : availableParallelism()
const runs = await Promise.all(Array.from({ length: cores }, (_, core) => simulate(core)))
const sums = runs.map(({ output }) => /: (\d+) sequences, (\d+) operations in/.exec(output))
const total = (place: number) => sums.reduce((sum, found) => sum + Number(found?.[place] ?? 0), 0)
console.log(`${total(1)} sequences, ${total(2)} operations on ${cores} cores, seed ${seed}`)
const isWhole = sums.every(Boolean) && runs.every(({ status }) => status === 0)
if (!isWhole) console.error('A core failed, or did not say what it came to.')
process.exit(isWhole ? 0 : 1)
