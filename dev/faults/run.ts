// `npm run fault -- F2 F5 … | all [--json] [--seed N] [--quick]`: does to an instance of its own what the world may do, and says how
// often it was done and survived. What is not built is said as such. docs/faults.md
import { loadavg } from 'node:os'
import { parseArgs } from 'node:util'
import { randomFrom } from '#db/seed/demo/random.ts'
import './texts.ts'

const { FAULTS, NOT_BUILT } = await import('./list.ts')

const { values, positionals } = parseArgs({
  options: { json: { type: 'boolean' }, quick: { type: 'boolean' }, seed: { type: 'string' } },
  allowPositionals: true,
})
const wanted = positionals.map((id) => id.toUpperCase())
const all = wanted.length === 0 || wanted.includes('ALL')
const seed = Number(values.seed ?? Date.now() % 1_000_000)
const unknown = wanted.filter((id) => id !== 'ALL' && ![...FAULTS, ...NOT_BUILT].some((fault) => fault.id === id))
if (unknown.length > 0) {
  console.error(`There is no ${unknown.join(', ')}. There are ${FAULTS.map(({ id }) => id).join(' ')}.`)
  process.exit(2)
}

const tell = (row: { id: string; what: string; verdict: string } & Record<string, unknown>) => {
  if (values.json) return console.log(JSON.stringify({ ...row, seed }))
  const { id, what, verdict, injected, survived, seconds, wrong, more, why } = row
  const counts = injected === undefined ? '' : `  ${survived} of ${injected}`
  console.log(`${id.padEnd(4)} ${verdict}${counts}${seconds === undefined ? '' : `  ${seconds} s`}  ${what}`)
  if (why) console.log(`       ${why}`)
  if (more) console.log(`       ${JSON.stringify(more)}`)
  for (const one of (wrong as string[] | undefined) ?? []) console.log(`       ! ${one}`)
}

console.error(`seed ${seed}, load ${loadavg()[0]!.toFixed(2)}${values.quick ? ', a few of each' : ''}`)
let [injected, survived, failed] = [0, 0, 0]
for (const fault of FAULTS.filter(({ id }) => all || wanted.includes(id))) {
  const began = performance.now()
  const say = (text: string) => console.error(`  ${fault.id} ${text}`)
  try {
    const outcome = await fault.run({ random: randomFrom(seed), quick: values.quick ?? false, say })
    const seconds = Math.round((performance.now() - began) / 100) / 10
    const { id, what } = fault
    if ('skipped' in outcome) tell({ id, what, verdict: 'SKIPPED', why: outcome.skipped })
    else {
      injected += outcome.injected
      survived += outcome.survived
      const holds = outcome.injected > 0 && outcome.survived === outcome.injected && outcome.wrong.length === 0
      if (!holds) failed++
      tell({ id, what, verdict: holds ? 'holds  ' : 'FAILS  ', seconds, ...outcome })
    }
  } catch (error) {
    failed++
    const why = error instanceof Error ? (error.stack ?? error.message) : String(error)
    tell({ id: fault.id, what: fault.what, verdict: 'FAILS  ', why })
  }
}
for (const { id, what } of NOT_BUILT.filter(({ id }) => all || wanted.includes(id)))
  tell({ id, what, verdict: 'not built' })
if (values.json) console.log(JSON.stringify({ injected, survived, failed, seed }))
else console.log(`survived ${survived} of ${injected} injected faults, seed ${seed}`)
process.exit(failed === 0 ? 0 : 1)
