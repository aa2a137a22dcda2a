// `npm run check`: the quick gate before a commit. Format and lint, types of both programs, tests that need no platform.
// `-- --static` leaves the tests out, for whoever runs all of them next.
import { spawnSync } from 'node:child_process'

const steps = {
  'format and lint': ['node_modules/@biomejs/biome/bin/biome', 'check', '--error-on-warnings'],
  types: ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.json'],
  'types in the browser': ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.browser.json'],
  // Tests that run the grid against the app need the types of both.
  'types of grid and app': ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.grid.json'],
  tests: ['node_modules/vitest/vitest.mjs', 'run', '--project', 'unit'],
}

const wanted = Object.entries(steps).filter(([name]) => name !== 'tests' || !process.argv.includes('--static'))
const failed = wanted.filter(([name, command]) => {
  const began = performance.now()
  const { status } = spawnSync(process.execPath, command, { stdio: 'inherit' })
  console.log(`${status === 0 ? 'ok    ' : 'FAILED'} ${name} (${((performance.now() - began) / 1000).toFixed(1)} s)`)
  return status !== 0
})
process.exit(failed.length === 0 ? 0 : 1)
