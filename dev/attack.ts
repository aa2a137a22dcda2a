// `npm run fuzz -- [--corpus DIR] [--share 0..1] [--seed N]`: attack files at every route that takes such a thing.
// `npm run sec -- all|S4 S16 …`: attacks by threat class, attempts and successes counted.
import { spawnSync } from 'node:child_process'
import { parseArgs } from 'node:util'

const { values, positionals } = parseArgs({
  options: { corpus: { type: 'string' }, share: { type: 'string' }, seed: { type: 'string' } },
  allowPositionals: true,
})
const [suite, ...classes] = positionals
const env =
  suite === 'fuzz'
    ? {
        FUZZ_CORPUS: values.corpus ?? 'tests/fixtures/attacks',
        FUZZ_SHARE: values.share ?? '1',
        ...(values.seed && { FUZZ_SEED: values.seed }),
      }
    : { SEC: classes.join(',') || 'all' }
const test = `tests/security/${suite}.test.ts`
const { status } = spawnSync(
  process.execPath,
  ['node_modules/vitest/vitest.mjs', 'run', '--project', 'unit', '--reporter=default', test],
  { stdio: 'inherit', env: { ...process.env, ...env } },
)
process.exit(status ?? 1)
