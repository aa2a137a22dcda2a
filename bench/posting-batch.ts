// What the posting batch costs the database in process: against raw inserts of the same entries, vouchers and balances in three json_each
// statements, into the same tables with the same indexes, without triggers, foreign keys, open items and events.
import { copyFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'libsql'
import { insertPosted } from '#worker/ledger/store.ts'
import { vouchers } from './generated-ledger.ts'
import { type Instance, lastYear } from './instance.ts'
import type { Figure } from './line.ts'
import { postedOf } from './posted-voucher.ts'

const COUNT = 3_000
/** As many as an import commits. */
const A_COMMIT = 500
const ROUNDS = 5
const RAW = /^insert into (entry|voucher|balance) /

type Statement = { sql: string; args: string[] }

/** Microseconds of CPU a voucher, the least of some rounds in turn. */
export async function measurePostingBatch(instance: Instance): Promise<Figure[]> {
  const company = await instance.company()
  const next = await postedOf(company)
  const list = [...vouchers(COUNT, lastYear)]
  const batches: Statement[][] = []
  for (let i = 0; i < COUNT; i += A_COMMIT) batches.push(insertPosted(next(list.slice(i, i + A_COMMIT))) as Statement[])
  await company.db.execute('pragma wal_checkpoint(truncate)')
  const least = { whole: Number.POSITIVE_INFINITY, raw: Number.POSITIVE_INFINITY }
  for (let round = 0; round < ROUNDS; round++)
    for (const build of ['whole', 'raw'] as const) {
      const file = join(instance.dir, `${build}-${round}.db`)
      copyFileSync(company.file, file)
      least[build] = Math.min(least[build], cpuOf(file, build === 'raw', batches) / COUNT)
      for (const end of ['', '-wal', '-shm']) rmSync(file + end, { force: true })
    }
  return [
    {
      id: 'SAF-T',
      what: `CPU of the posting batch in the database, ${A_COMMIT} vouchers a commit / raw inserts of the same rows and indexes`,
      value: least.whole,
      unit: 'us/voucher',
      floor: least.raw,
      ratio: least.whole / least.raw,
      goal: null,
      n: ROUNDS,
      vouchers: COUNT,
    },
  ]
}

function cpuOf(file: string, raw: boolean, batches: readonly Statement[][]): number {
  const db = new Database(file)
  db.defaultSafeIntegers(true)
  db.exec(
    'pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = on; pragma temp_store = memory; pragma cache_size = -16000',
  )
  if (raw) {
    db.exec('pragma foreign_keys = off')
    const triggers = db.prepare("select name from sqlite_schema where type = 'trigger'").all() as { name: string }[]
    for (const { name } of triggers) db.exec(`drop trigger ${name}`)
  }
  const prepared = new Map<string, Database.Statement>()
  const began = process.cpuUsage()
  for (const batch of batches) {
    db.exec('begin immediate')
    for (const { sql, args } of batch) {
      if (raw && !RAW.test(sql)) continue
      const statement = prepared.get(sql) ?? db.prepare(sql)
      prepared.set(sql, statement)
      statement.run(args)
    }
    db.exec('commit')
  }
  const { user, system } = process.cpuUsage(began)
  db.close()
  return user + system
}
