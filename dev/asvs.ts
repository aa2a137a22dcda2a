// `npm run asvs`: how much of ASVS 5.0.0, levels 1 and 2 without WebRTC and seven of level 3, is mapped to a test or a written reason.
import { readFileSync } from 'node:fs'
import { faultOf, requirementsIn } from './asvs-rules.ts'

const all = requirementsIn(readFileSync('docs/asvs.csv', 'utf8'))
const faults = all.flatMap((one) => faultOf(one) ?? [])
const inState = (state: string) => all.filter((one) => one.state === state)
for (const { id, control } of inState('open')) console.log(`open    ${id}: ${control}`)
for (const fault of faults) console.error(`fault   ${fault}`)
const [built, reasons] = [inState('built').length, inState('reason').length]
console.log(
  `mapped ${built + reasons} of ${all.length}: ${built} by a test, ${reasons} by a written reason, ${inState('open').length} open`,
)
process.exit(faults.length > 0 ? 1 : 0)
