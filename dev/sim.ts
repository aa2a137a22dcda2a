// `npm run sim -- [--minutes 3] [--seed N] [--sequences N] [--commands N]`: random histories of a company against a model that shares nothing
// with the product, for as long as wanted. The same seed and number of sequences give the same trace. docs/faults.md
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { parseArgs } from 'node:util'

const text = { type: 'string' } as const
const { values } = parseArgs({ options: { minutes: text, seed: text, sequences: text, commands: text } })
const { status } = spawnSync(
  process.execPath,
  [
    'node_modules/vitest/vitest.mjs',
    'run',
    '--project',
    'slow',
    '--reporter=default',
    'tests/properties/ledger.test.ts',
  ],
  {
    stdio: 'inherit',
    env: {
      ...process.env,
      SIM_MINUTES: values.minutes ?? (values.sequences ? '0' : '3'),
      SEED: values.seed ?? '20261121',
      SIM_COMMANDS: values.commands ?? '100',
      SEQUENCES: values.sequences ?? '25',
      // In memory where there is such a place: what is tried is the ledger, and not the disk.
      ...(existsSync('/dev/shm') && { TEST_FOLDER: '/dev/shm/hovedbok-sim' }),
    },
  },
)
process.exit(status ?? 1)
