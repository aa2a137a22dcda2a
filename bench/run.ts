// `npm run bench`, `npm run bench -- P1 P2`, `-- --quick`: one JSON line a figure on standard output, the rest on standard error.
import { rmSync } from 'node:fs'
import { loadavg } from 'node:os'
import { measureAddin } from './addin.ts'
import { measureBulk, measureKeptBalances } from './bulk.ts'
import { measureCompanies, measureMonthEnd } from './companies.ts'
import { measureDrill } from './drill.ts'
import { benchFolder, startInstance } from './instance.ts'
import { type Figure, print, reaches, readEnvironment, type Skipped } from './line.ts'
import { measureOpenLoop, measureOverload } from './load.ts'
import { measurePages } from './pages.ts'
import { measurePaste } from './paste.ts'
import { measurePosting } from './posting.ts'
import { measurePostingBatch } from './posting-batch.ts'
import { measureReports } from './reports.ts'
import { measureSaft, measureSaftMemory } from './saft.ts'
import { measureSaftExport } from './saft-export.ts'
import { measureWriters } from './writers.ts'

const wanted = process.argv
  .slice(2)
  .filter((a) => /^(P\d+|SAFT|WRITERS|XLS|OPEN|OVERLOAD|COMPANIES|MONTHEND|DRILL)$/i.test(a))
  .map((a) => a.toUpperCase())
const quick = process.argv.includes('--quick')
/** Posts a second, or at most 1: so much of what fifty clients get done. */
const rate = Number(/--rate[= ]([\d.]+)/.exec(process.argv.join(' '))?.[1] ?? 0.5)
/** Companies side by side. */
const companies = Number(/--companies[= ](\d+)/.exec(process.argv.join(' '))?.[1] ?? (quick ? 100 : 1_000))
const wants = (...ids: string[]) => wanted.length === 0 || ids.some((id) => wanted.includes(id))

const probe = benchFolder()
const { loadBefore } = readEnvironment(probe)
rmSync(probe, { recursive: true, force: true })

let wrong = 0
function report(figures: readonly (Figure | Skipped)[]) {
  for (const figure of figures) {
    print(figure)
    if ('skipped' in figure) continue
    if (figure.unit === 'count' && reaches(figure) === false) wrong++
  }
}

/** What measures the whole machine at work says nothing on a busy one. */
const LOADS = {
  P1: 'durable posts',
  P2: 'durable posts',
  OPEN: 'posts at a fixed rate',
  OVERLOAD: 'posts at more than can be done',
  COMPANIES: 'a thousand companies side by side',
  MONTHEND: 'an office’s month-end hour',
} as const
const loads = (Object.keys(LOADS) as (keyof typeof LOADS)[]).filter((id) => wants(id))
if (loadBefore > 2 && !process.env.BENCH_ANYWAY)
  for (const id of loads)
    print({ id, what: LOADS[id], skipped: `the load was ${loadBefore} before the start; 2 is the most` })
else if (loads.length > 0) {
  const instance = await startInstance()
  try {
    if (wants('P1')) report(await measurePosting(instance, 1, quick ? 1_500 : 10_000))
    if (wants('P2')) report(await measurePosting(instance, 50, quick ? 3_000 : 10_000))
    if (wants('OPEN')) report(await measureOpenLoop(instance, rate, quick ? 10 : 60))
    if (wants('OVERLOAD')) report(await measureOverload(instance, quick ? 10 : 60))
    if (wants('COMPANIES')) report(await measureCompanies(instance, companies, quick ? 1_500 : 10_000))
    if (wants('MONTHEND')) report(await measureMonthEnd(instance, quick ? 50 : 200, quick ? 60 : 240))
  } finally {
    await instance.close()
  }
}
if (wants('P13')) {
  const instance = await startInstance()
  try {
    report(await measurePaste(instance))
  } finally {
    await instance.close()
  }
}
if (wants('P3', 'P9', 'WRITERS', 'XLS')) {
  const instance = await startInstance()
  try {
    if (wants('XLS')) report(await measureAddin(instance))
    if (wants('P3')) report(await measureBulk(instance))
    if (wants('P9')) report(await measureKeptBalances(instance))
    if (wants('WRITERS')) report(await measureWriters(instance))
  } finally {
    await instance.close()
  }
}
if (wants('P4', 'P5', 'P6', 'P7', 'P8', 'P10', 'P11', 'P12', 'SAFT', 'DRILL')) {
  const instance = await startInstance()
  try {
    if (wants('P11')) report(await measurePages(instance))
    if (wants('SAFT')) {
      const batch = await measurePostingBatch(instance)
      report(batch)
      report(await measureSaft(instance, quick ? 10_000 : 100_000, batch[0]!.floor!))
    }
    if (wants('SAFT')) report(await measureSaftMemory(instance, quick ? [1_000, 10_000] : [11_500, 350_000]))
    if (wants('DRILL')) report(await measureDrill(instance, quick ? 10_000 : 100_000))
    if (wants('P10')) report(await measureSaftExport(instance, quick))
    if (wants('P4', 'P5', 'P6', 'P7', 'P8', 'P12')) report(await measureReports(instance, quick))
  } finally {
    await instance.close()
  }
}
report(
  [
    [
      'P14',
      '10,000 lines in bulk in a Worker, memory and CPU',
      'one request takes 2,000 lines; the import of SAF-T prints its memory',
    ],
  ].flatMap(([id, what, skipped]) => (wants(id!) ? [{ id: id!, what: what!, skipped: skipped! }] : [])),
)
console.error(`load ${loadavg()[0]!.toFixed(2)} at the end`)
// A figure never fails a run by being slow; a wrong ledger does.
process.exit(wrong > 0 ? 1 : 0)
