// The floor of P1 and P2: one connection's durable posts straight through raw libsql, WAL and FULL, one voucher a transaction,
// voucher and line tables with two indexes and account × period. Its schema stays as it is while the product's grows.
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'libsql'
import type { Voucher } from './generated-ledger.ts'

const SCHEMA = `
  create table voucher (id integer primary key, date text not null, period text not null, type text not null, text text not null) strict;
  create table line (id integer primary key, voucher_id integer not null, line_no integer not null, account text not null,
    date text not null, amount integer not null, vat_code text, department text, project text, customer text, supplier text) strict;
  create index line_account on line (account, date, amount);
  create index line_voucher on line (voucher_id);
  create table balance (account text not null, period text not null, amount integer not null, primary key (account, period))
    strict, without rowid;`

export type RawLedger = { post(vouchers: readonly Voucher[]): void; close(): void }

/** A fresh file; `post` commits its vouchers together. */
export function rawLedger(dir: string, name = 'raw'): RawLedger {
  const file = join(dir, `${name}.db`)
  for (const end of ['', '-wal', '-shm']) rmSync(file + end, { force: true })
  const db = new Database(file)
  db.exec('pragma journal_mode = wal; pragma synchronous = full')
  const pragma = (name: string) => String(Object.values(db.prepare(`pragma ${name}`).get() as object)[0])
  if (pragma('journal_mode') !== 'wal' || pragma('synchronous') !== '2') throw new Error('the floor is not durable')
  db.exec(SCHEMA)
  const [begin, commit] = [db.prepare('begin immediate'), db.prepare('commit')]
  const voucher = db.prepare('insert into voucher (date, period, type, text) values (?, ?, ?, ?)')
  const line = db.prepare(
    'insert into line (voucher_id, line_no, account, date, amount, vat_code, department, project, customer, supplier) values (?, ?, ?, ?, cast(? as integer), ?, ?, ?, ?, ?)',
  )
  const balance = db.prepare(
    'insert into balance values (?, ?, cast(? as integer)) on conflict do update set amount = amount + excluded.amount',
  )
  const one = (v: Voucher) => {
    const period = v.date.slice(0, 7)
    const { lastInsertRowid: id } = voucher.run(v.date, period, v.type, v.text)
    v.lines.forEach((l, i) => {
      line.run(
        id,
        i + 1,
        l.account,
        v.date,
        l.amount,
        l.vatCode ?? null,
        l.department ?? null,
        l.project ?? null,
        l.customer ?? null,
        l.supplier ?? null,
      )
      balance.run(l.account, period, l.amount)
    })
  }
  return {
    post(vouchers) {
      begin.run()
      for (const v of vouchers) one(v)
      commit.run()
    },
    close: () => db.close(),
  }
}

/** Posts a second over `count` vouchers, one transaction each. */
export function rawPostsPerSecond(ledger: RawLedger, vouchers: readonly Voucher[]): number {
  const began = performance.now()
  for (const v of vouchers) ledger.post([v])
  return (vouchers.length / (performance.now() - began)) * 1000
}
