// P10: the SAF-T export route streamed away, against only reading the same rows in one process; and what it costs in memory.
import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import Database from 'libsql'
import { type Company, type Instance, lastYear } from './instance.ts'
import { cpuMs, type Figure, peakMiB } from './line.ts'
import { seededCompany } from './seeded-ledger.ts'

type Run = {
  vouchers: number
  MiB: number
  cpuSeconds: number
  seconds: number
  readSeconds: number
  workerMiB: number
  databaseMiB: number
  sha256: string
}

const months = `fromMonth=${lastYear - 2}-01&toMonth=${lastYear}-12`

/** The highest memory is counted from here on. */
function forgetPeaks(pids: readonly number[]) {
  for (const pid of pids) writeFileSync(`/proc/${pid}/clear_refs`, '5')
}

async function runExport(instance: Instance, company: Company, vouchers: number): Promise<Run> {
  const [workers, databases] = [instance.platform.workerPids(), instance.platform.databases.pids()]
  const all = [...workers, ...databases]
  const headers = { authorization: `Bearer ${instance.platform.operatorKey}` }
  const files = await parts(instance, company, headers)
  forgetPeaks(all)
  const hash = createHash('sha256')
  const [cpuBefore, began] = [cpuMs(all), performance.now()]
  let size = 0
  // A file a fiscal year, as they are handed over, plain: deflating is another matter.
  for (const file of files) {
    const path = `${company.path}/exports/saft?fromMonth=${file.fromDate.slice(0, 7)}&toMonth=${file.toDate.slice(0, 7)}`
    const answer = await fetch(instance.platform.url + path, { headers })
    if (answer.status !== 200) throw new Error(await answer.text())
    for await (const piece of answer.body!) {
      size += piece.length
      hash.update(piece)
    }
  }
  const seconds = (performance.now() - began) / 1000
  const cpuSeconds = (cpuMs(all) - cpuBefore) / 1000
  return {
    vouchers,
    MiB: size / 2 ** 20,
    cpuSeconds,
    seconds,
    readSeconds: readOnlySeconds(company),
    workerMiB: Math.max(...workers.map(peakMiB)),
    databaseMiB: Math.max(...databases.map(peakMiB)),
    sha256: hash.digest('hex'),
  }
}

async function parts(instance: Instance, company: Company, headers: Record<string, string>) {
  const answer = await fetch(`${instance.platform.url}${company.path}/exports/saft/files?${months}`, { headers })
  if (answer.status !== 200) throw new Error(await answer.text())
  return ((await answer.json()) as { files: { fromDate: string; toDate: string }[] }).files
}

/** CPU seconds of stepping through the same rows and columns, and doing nothing with them. */
function readOnlySeconds({ file }: Company): number {
  const db = new Database(file, { readonly: true } as never)
  const rows = db
    .prepare(
      `select v.ledger_version, v.number, v.type, v.voucher_date, v.document_date, v.vat_date, v.text as voucher_text, v.recorded_at, v.by,
         v.import_job, v.reversal_of, e.line, e.row_key, e.origin, e.account, e.party_kind, e.party, e.amount, e.vat_code, e.vat_rate,
         e.vat_side, e.vat_specification, e.dimensions, e.text, e.currency, e.currency_amount, e.rate, e.rate_unit, e.quantity,
         e.invoice_number, e.due_date, e.payment_reference
       from voucher v cross join entry e on e.ledger_version = v.ledger_version order by v.series, v.fiscal_year, v.number`,
    )
    .raw()
  const before = process.cpuUsage()
  let count = 0
  for (const _ of rows.iterate() as Iterable<unknown>) count++
  const used = process.cpuUsage(before)
  db.close()
  if (count === 0) throw new Error('no rows were read')
  return (used.user + used.system) / 1e6
}

export async function measureSaftExport(instance: Instance, quick: boolean): Promise<Figure[]> {
  const runs: Run[] = []
  for (const vouchers of quick ? [10_000, 100_000] : [100_000, 1_000_000]) {
    const company = await seededCompany(instance, vouchers)
    runs.push(await runExport(instance, company, vouchers))
  }
  const [small, large] = runs as [Run, Run]
  const shared = { id: 'P10', n: large.vouchers, vouchers: large.vouchers }
  const memory = (of: 'workerMiB' | 'databaseMiB', name: string): Figure => ({
    ...shared,
    what: `SAF-T export, peak memory of ${name} at ${large.vouchers} / at ${small.vouchers} vouchers`,
    value: large[of],
    unit: 'MiB',
    floor: small[of],
    ratio: large[of] / small[of],
    goal: 'ratio <= 1.2',
  })
  const { MiB, cpuSeconds, readSeconds, seconds, sha256 } = large
  return [
    {
      ...shared,
      what: 'SAF-T export, Worker and database server / stepping through the same rows in one process',
      value: MiB / cpuSeconds,
      unit: 'MiB/cpu-s',
      floor: MiB / readSeconds,
      ratio: readSeconds / cpuSeconds,
      goal: 'ratio >= 0.5',
      more: { MiB: Math.round(MiB), seconds, sha256 },
    },
    memory('workerMiB', 'workerd'),
    memory('databaseMiB', 'the database server'),
  ]
}
