// P3: many lines at once through the whole stack, in rows a CPU second, against raw inserts. P9: what kept balances cost.

import { rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Client, InStatement } from '@libsql/client/web'
import Database from 'libsql'
import { insertPosted, type NewVoucher } from '#worker/ledger/store.ts'
import { draftOf, type Voucher, vouchers } from './generated-ledger.ts'
import { type Company, type Instance, lastYear, voucherId } from './instance.ts'
import { cpuMs, type Figure, median } from './line.ts'
import { postedOf } from './posted-voucher.ts'

const LINES = 10_000
/** As many lines as one batch request takes. */
const A_REQUEST = 2_000

export async function measureBulk(instance: Instance): Promise<Figure[]> {
  const company = await instance.company()
  const connection = await instance.connect()
  const processes = () => cpuMs([...instance.platform.workerPids(), ...instance.platform.databases.pids()])
  const rates: number[] = []
  const floors: number[] = []
  for (let round = 0; round < 4; round++) {
    const requests = inRequests(LINES)
    const before = processes()
    for (const body of requests) {
      const answer = await connection.send('POST', `${company.path}/vouchers/batch`, body)
      if (answer.status !== 201) throw new Error(answer.body.slice(0, 500))
    }
    const seconds = (processes() - before) / 1000
    const raw = rawBulk(instance.dir)
    if (round === 0) continue // warm-up
    rates.push(LINES / seconds)
    floors.push(raw)
  }
  connection.close()
  return [
    {
      id: 'P3',
      what: `lines posted over HTTP in requests of ${A_REQUEST} / raw libsql bulk insert with 4 indexes`,
      value: median(rates),
      unit: 'rows/cpu-s',
      floor: median(floors),
      ratio: median(rates.map((rate, i) => rate / floors[i]!)),
      goal: 'ratio >= 0.45',
      n: rates.length,
      vouchers: Math.round(LINES / 3.5),
      more: { requests: Math.ceil(LINES / A_REQUEST) },
    },
  ]
}

function inRequests(lines: number): string[] {
  const bodies: string[] = []
  let drafts: object[] = []
  let held = 0
  let all = 0
  for (const v of vouchers(lines, lastYear)) {
    const draft = draftOf(v, voucherId())
    if (held + draft.lines.length > A_REQUEST || all + draft.lines.length > lines) {
      bodies.push(JSON.stringify({ vouchers: drafts }))
      drafts = []
      held = 0
    }
    if (all + draft.lines.length > lines) return bodies
    drafts.push(draft)
    held += draft.lines.length
    all += draft.lines.length
  }
  return bodies
}

/** Lines a CPU second into a line table with four indexes, one transaction. */
function rawBulk(dir: string): number {
  const file = join(dir, 'raw-bulk.db')
  for (const end of ['', '-wal', '-shm']) rmSync(file + end, { force: true })
  const db = new Database(file)
  db.exec(`pragma journal_mode = wal; pragma synchronous = full;
    create table voucher (id integer primary key, date text not null, type text not null, text text not null) strict;
    create table line (id integer primary key, voucher_id integer not null, line_no integer not null, account text not null,
      date text not null, amount integer not null, vat_code text, department text, project text, customer text, supplier text) strict;
    create index line_account on line (account, date, amount);
    create index line_voucher on line (voucher_id);
    create index line_customer on line (customer, date, amount) where customer is not null;
    create index line_supplier on line (supplier, date, amount) where supplier is not null`)
  const voucher = db.prepare('insert into voucher (date, type, text) values (?, ?, ?)')
  const line = db.prepare(
    'insert into line (voucher_id, line_no, account, date, amount, vat_code, department, project, customer, supplier) values (?, ?, ?, ?, cast(? as integer), ?, ?, ?, ?, ?)',
  )
  const list = [...vouchers(LINES, lastYear)]
  let rows = 0
  const before = process.cpuUsage()
  db.exec('begin')
  for (const v of list) {
    if (rows >= LINES) break
    const { lastInsertRowid: id } = voucher.run(v.date, v.type, v.text)
    v.lines.forEach((l, i) => {
      const { vatCode, department, project, customer, supplier } = l
      line.run(
        id,
        i + 1,
        l.account,
        v.date,
        l.amount,
        vatCode ?? null,
        department ?? null,
        project ?? null,
        customer ?? null,
        supplier ?? null,
      )
    })
    rows += v.lines.length
  }
  db.exec('commit')
  const used = process.cpuUsage(before)
  db.close()
  return (rows / (used.user + used.system)) * 1e6
}

const KEPT = /^insert into (balance|party_balance|dimension_balance) /

/** The posting batch as it is, and without the statements that keep balances; in turn, in blocks of 25. */
export async function measureKeptBalances(instance: Instance): Promise<Figure[]> {
  const builds = [
    { keeps: true, company: await instance.company(), ms: [] as number[] },
    { keeps: false, company: await instance.company(), ms: [] as number[] },
  ]
  const list = [...vouchers(4_000, lastYear)]
  const makers = new Map(await Promise.all(builds.map(async (b) => [b, await postedOf(b.company)] as const)))
  const statements = (build: (typeof builds)[number], of: readonly Voucher[]): InStatement[] => {
    const made: NewVoucher[] = makers.get(build)!(of)
    return insertPosted(made).filter((s) => build.keeps || !KEPT.test((s as { sql: string }).sql))
  }
  for (let block = 0; block < 40; block++)
    for (const build of builds)
      for (let i = 0; i < 25; i++) {
        const sql = statements(build, [list[block * 25 + i]!])
        const began = performance.now()
        await build.company.db.batch(sql, 'write')
        if (block > 2) build.ms.push(performance.now() - began)
      }
  const [kept, bare] = builds.map((b) => median(b.ms)) as [number, number]
  const cpu = { kept: [] as number[], bare: [] as number[] }
  for (let round = 0; round < 5; round++)
    for (const build of builds) {
      const sql = statements(build, list.slice(1_000 + round * 500, 1_500 + round * 500))
      cpu[build.keeps ? 'kept' : 'bare'].push(await databaseCpu(instance, build.company, sql))
    }
  return [
    {
      id: 'P9',
      what: 'durable posting batch, p50, with kept balances / without',
      value: kept,
      unit: 'ms',
      floor: bare,
      ratio: kept / bare,
      goal: 'ratio <= 1.5',
      n: 925,
    },
    {
      id: 'P9',
      what: 'CPU of the database for 500 vouchers in one commit, with kept balances / without',
      value: median(cpu.kept) / 1000,
      unit: 'cpu-s',
      floor: median(cpu.bare) / 1000,
      ratio: median(cpu.kept) / median(cpu.bare),
      goal: 'ratio <= 1.8',
      n: 5,
      vouchers: 500,
    },
  ]
}

async function databaseCpu(
  { platform }: Instance,
  { db }: { db: Client } & Company,
  sql: InStatement[],
): Promise<number> {
  const before = cpuMs(platform.databases.pids())
  await db.batch(sql, 'write')
  return cpuMs(platform.databases.pids()) - before
}
