// `npm run weekly [-- broken probes fault sim] [--write]`: what is too long for each change, one after the other, on a machine with nothing else to
// do. Each part says what it came to; the line of the run, with its date, is added to .data/weekly.md, which no `git pull` meets, or with
// `--write` to docs/weekly.md, to be committed. How to schedule it: docs/faults.md
import { execFileSync, spawn } from 'node:child_process'
import { loadavg } from 'node:os'
import { addLine, COMMITTED, OWN } from './weekly-lines.ts'

/** `told`: what a part prints when it is through. */
const PARTS: Readonly<Record<string, { args: readonly string[]; told: RegExp }>> = {
  broken: { args: [], told: /broken builds caught: (\d+ of \d+)/ },
  probes: { args: [], told: /idor: (\d+ of \d+ probes, \d+ leaks)/ },
  fault: { args: ['all'], told: /survived (\d+ of \d+) injected faults/ },
  sim: { args: ['--minutes', '60'], told: /(\d+ sequences, \d+ operations) on/ },
}

const asked = process.argv.slice(2)
const wanted = asked.filter((name) => name !== '--write')
const unknown = wanted.filter((name) => !PARTS[name])
if (unknown.length > 0) {
  console.error(`There is no ${unknown.join(', ')}. There are ${Object.keys(PARTS).join(' ')}.`)
  process.exit(2)
}

/** How a part ended, and the last of what it says of itself. */
function run(name: string): Promise<{ holds: boolean; came: string }> {
  const { args, told } = PARTS[name]!
  const child = spawn('npm', ['run', '--silent', name, '--', ...args], { stdio: ['ignore', 'pipe', 'inherit'] })
  let output = ''
  child.stdout.on('data', (chunk) => {
    output += chunk
    process.stdout.write(chunk)
  })
  return new Promise((resolve) =>
    child.once('close', (status) => {
      const found = [...output.matchAll(new RegExp(told, 'g'))].at(-1)
      const came = found?.slice(1).find(Boolean) ?? 'nothing said'
      resolve({ holds: status === 0 && found !== undefined, came })
    }),
  )
}

const load = loadavg()[0]!.toFixed(1)
const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim()
const cells: string[] = []
let failed = 0
for (const name of Object.keys(PARTS)) {
  if (wanted.length > 0 && !wanted.includes(name)) {
    cells.push('–')
    continue
  }
  const { holds, came } = await run(name)
  if (!holds) failed++
  cells.push(holds ? came : `**fails**: ${came}`)
}
const line = `| ${[new Date().toISOString().slice(0, 10), commit, load, ...cells].join(' | ')} |`
addLine(asked.includes('--write') ? COMMITTED : OWN, line)
console.log(line)
process.exit(failed === 0 ? 0 : 1)
