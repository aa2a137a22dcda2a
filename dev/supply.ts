// `npm run supply`: what we depend on, held against the rules. `-- --write` writes the bill of materials anew. `-- --ask` asks the registry
// for advisories and writes them down with the day.
import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { billOf, type Lock, type Manifest, supplyFaults } from './supply-rules.ts'

const read = <T>(path: string): T => JSON.parse(readFileSync(path, 'utf8')) as T
const manifest = read<Manifest>('package.json')
const lock = read<Lock>('package-lock.json')
const folder = 'docs/supply'

if (process.argv.includes('--write'))
  writeFileSync(`${folder}/bill-of-materials.json`, `${JSON.stringify(billOf(lock), null, 1)}\n`)
if (process.argv.includes('--ask')) {
  const day = new Date().toISOString().slice(0, 10)
  let found: { advisories: object; asked: boolean }
  try {
    const answer = JSON.parse(
      execFileSync('npm', ['audit', '--json'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }),
    )
    found = { asked: answer.vulnerabilities !== undefined, advisories: answer.vulnerabilities ?? {} }
  } catch (error) {
    const text = String((error as { stdout?: string }).stdout ?? '')
    const answer = text.startsWith('{') ? JSON.parse(text) : {}
    found = { asked: answer.vulnerabilities !== undefined, advisories: answer.vulnerabilities ?? {} }
  }
  writeFileSync(`${folder}/advisories-${day}.json`, `${JSON.stringify(found, null, 1)}\n`)
}

const faults = supplyFaults(manifest, lock)
const packages = Object.entries(lock.packages).filter(([path]) => path !== '')
const snapshot = readdirSync(folder)
  .filter((name) => name.startsWith('advisories-'))
  .sort()
  .at(-1)
const { asked, advisories } = snapshot
  ? read<{ asked: boolean; advisories: Record<string, { severity: string }> }>(`${folder}/${snapshot}`)
  : { asked: false, advisories: {} }
const high = Object.entries(advisories).filter(([, { severity }]) => severity === 'high' || severity === 'critical')
console.log(`${packages.length} packages, ${packages.filter(([, p]) => !p.dev).length} of them shipped or optional`)
console.log(
  `${packages.filter(([, p]) => p.hasInstallScript).length} with install scripts: ${Object.keys(manifest.allowScripts).join(', ')}`,
)
console.log(
  asked
    ? `advisories in ${snapshot}: ${Object.keys(advisories).length}, high or critical: ${high.length}`
    : `advisories: NOT ASKED (${snapshot ?? 'no snapshot'}): the registry in use does not answer about them`,
)
for (const [name, { severity }] of high) faults.push(`${name} has an open advisory: ${severity}`)
for (const fault of faults) console.log(`FAULT ${fault}`)
console.log(faults.length === 0 ? 'supply: ok' : `supply: ${faults.length} faults`)
process.exit(faults.length === 0 ? 0 : 1)
