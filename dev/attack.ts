// `npm run fuzz -- [--corpus DIR] [--share 0..1] [--seed N]`: attack files at every route that takes such a thing.
// `npm run sec -- all|S4 S16|idor …`: attacks by threat class, attempts and successes counted; another word ends with 2.
import { spawnSync } from 'node:child_process'
import { parseArgs } from 'node:util'

const { values, positionals } = parseArgs({
  options: { corpus: { type: 'string' }, share: { type: 'string' }, seed: { type: 'string' } },
  allowPositionals: true,
})
const [suite, ...classes] = positionals
const CLASS = /^(all|S([1-9]|1\d|2[0-4]))$/
/** The matrix of callers and objects, S1 and S2, is a suite of its own: `npm run probes`. */
const PROBES = 'idor'
const unknown = suite === 'sec' ? classes.filter((name) => !CLASS.test(name) && name !== PROBES) : []
if (unknown.length > 0) {
  console.error(`Unknown: ${unknown.join(', ')}. There are all, ${PROBES} and S1 to S24.`)
  process.exit(2)
}
const probes = classes.includes(PROBES)
const env =
  suite === 'fuzz'
    ? {
        FUZZ_CORPUS: values.corpus ?? 'tests/fixtures/attacks',
        FUZZ_SHARE: values.share ?? '1',
        ...(values.seed && { FUZZ_SEED: values.seed }),
      }
    : { SEC: classes.join(',') || 'all', ...(probes && { PROBES: 'all' }) }
const sec = !probes || classes.length > 1 ? [`tests/security/${suite}.test.ts`] : []
const tests = [...sec, ...(probes ? ['tests/access/idor.test.ts'] : [])]
const { status } = spawnSync(
  process.execPath,
  ['node_modules/vitest/vitest.mjs', 'run', '--project', 'unit', '--reporter=default', ...tests],
  { stdio: 'inherit', env: { ...process.env, ...env } },
)
process.exit(status ?? 1)
