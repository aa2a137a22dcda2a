// A ledger of N generated vouchers, written straight into a company's file as posting would have left it: same entries by the
// product's own rules, same hashes, balances, open items and events. Posting a million by the API would take an hour; what
// this writes is held against `verify` before anything is measured on it.
import { createHash } from 'node:crypto'
import { copyFileSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'libsql'
import type { CompanyId } from '#worker/core/ids.ts'
import { balanceRowsOf } from '#worker/ledger/balance.ts'
import type { Books } from '#worker/ledger/books.ts'
import type { Entry } from '#worker/ledger/entry.ts'
import type { Posted } from '#worker/ledger/hash-chain.ts'
import type { NewVoucher } from '#worker/ledger/store.ts'
import { vouchers } from './generated-ledger.ts'
import { type Company, type Instance, lastYear } from './instance.ts'
import { follow, readBooks } from './posted-voucher.ts'

const cache = 'node_modules/.cache/bench-ledgers'
const AT_ONCE = 1_000
const sha = (text: string): string => createHash('sha256').update(text).digest('hex')

/** A company of the instance that holds N vouchers. Its file is made once and kept for the next run. */
export async function seededCompany(instance: Instance, count: number): Promise<Company> {
  const fresh = await instance.company()
  await fresh.db.execute('pragma wal_checkpoint(truncate)')
  const { rows } = await fresh.db.execute('select sql from sqlite_schema where sql is not null order by name')
  const key = sha(JSON.stringify([rows.map((r) => r.sql), lastYear, 2])).slice(0, 12)
  const kept = join(cache, `${count}-${key}.db`)
  if (!existsSync(kept)) {
    const books = await readBooks(fresh)
    mkdirSync(cache, { recursive: true })
    // Ledgers of an older schema are of no use any more, and large.
    for (const old of readdirSync(cache)) if (old.startsWith(`${count}-`)) rmSync(join(cache, old), { force: true })
    copyFileSync(fresh.file, `${kept}.partial`)
    const began = performance.now()
    // A name of its own: the company that lent its file has the other.
    const id = `cmp_${sha(kept).slice(0, 26)}` as CompanyId
    seed(`${kept}.partial`, { ...books, company: { ...books.company, id } }, count)
    renameSync(`${kept}.partial`, kept)
    console.error(`${count} vouchers written in ${Math.round((performance.now() - began) / 1000)} s`)
  }
  return instance.adopt(kept)
}

function seed(file: string, books: Books, count: number) {
  const db = new Database(file)
  db.exec('pragma journal_mode = off; pragma synchronous = off; pragma foreign_keys = off; pragma cache_size = -400000')
  const objects = db
    .prepare("select type, name, sql from sqlite_schema where type in ('trigger', 'index') and sql is not null")
    .all() as {
    type: string
    name: string
    sql: string
  }[]
  for (const { type, name } of objects) db.exec(`drop ${type} ${name}`)
  db.prepare('update company set id = ?').run(books.company.id)
  const columnsOf = (table: string) =>
    (db.prepare(`select name from pragma_table_info('${table}')`).all() as { name: string }[]).map((c) => c.name)
  const inserter = (table: string) => {
    const columns = columnsOf(table)
    const places = columns.map((_, i) => `value->>${i}`).join(', ')
    const statement = db.prepare(`insert into ${table} (${columns.join(', ')}) select ${places} from json_each(?)`)
    return (rows: readonly Record<string, unknown>[]) =>
      statement.run(JSON.stringify(rows.map((row) => columns.map((c) => row[c] ?? null))))
  }
  const [putVouchers, putEntries, putEvents] = [inserter('voucher'), inserter('entry'), inserter('event')]
  const balances = new Balances()
  const numbers = new Map<string, number>()
  const next = follow(books)
  let waiting: NewVoucher[] = []
  const flush = () => {
    db.exec('begin')
    putVouchers(waiting.map((v) => ({ ...inSnake(v), entry_count: v.entries.length })))
    putEntries(waiting.flatMap(entryRows))
    putEvents(waiting.map(eventRow))
    db.exec('commit')
    waiting = []
  }
  for (const generated of vouchers(count, lastYear)) {
    const [voucher] = next([generated])
    balances.add(voucher!.voucherDate, voucher!.entries)
    numbers.set(`${voucher!.series} ${voucher!.fiscalYear}`, voucher!.number)
    waiting.push(voucher!)
    if (waiting.length === AT_ONCE) flush()
  }
  flush()
  balances.write(db)
  const series = db.prepare('insert into number_series values (?, ?, ?)')
  for (const [key, last] of numbers) series.run(key.split(' ')[0], Number(key.split(' ')[1]), last)
  db.exec(`insert into open_item (ledger_version, line, party_kind, party, account, voucher_date, due_date, invoice_number,
      payment_reference, amount, rest)
    select ledger_version, line, party_kind, party, account, voucher_date, due_date, invoice_number, payment_reference, amount, amount
    from entry where party is not null`)
  for (const { sql } of objects.sort((a, b) => (a.type < b.type ? -1 : 1))) db.exec(sql)
  db.close()
}

const entryRows = (v: NewVoucher): Record<string, unknown>[] =>
  v.entries.map((e, i) => ({
    ...inSnake(e),
    ledger_version: v.ledgerVersion,
    line: i + 1,
    voucher_date: v.voucherDate,
    vat_overridden: e.vatOverridden ? 1 : 0,
    dimensions: e.dimensions && JSON.stringify(e.dimensions),
  }))
const eventRow = (v: NewVoucher): Record<string, unknown> => ({
  sequence: v.ledgerVersion,
  type: 'voucher.posted',
  recorded_at: v.recordedAt,
  by: v.by,
  ledger_version: v.ledgerVersion,
  subject: v.id,
  touched: '[]',
})

/** Sums by key, kept as the product keeps them. */
class Balances {
  private readonly tables = {
    account: new Map<string, [number, number]>(),
    party: new Map<string, [number, number]>(),
    dimension: new Map<string, [number, number]>(),
  }

  add(voucherDate: Posted['voucherDate'], entries: readonly Entry[]) {
    const rows = balanceRowsOf([{ voucherDate, entries }])
    for (const table of ['account', 'party', 'dimension'] as const)
      for (const row of rows[table]) {
        const key = JSON.stringify(row.slice(0, -2))
        const sums = this.tables[table].get(key) ?? [0, 0]
        this.tables[table].set(key, [sums[0] + (row.at(-2) as number), sums[1] + (row.at(-1) as number)])
      }
  }

  write(db: Database.Database) {
    const into = { account: 'balance', party: 'party_balance', dimension: 'dimension_balance' } as const
    for (const table of ['account', 'party', 'dimension'] as const) {
      const rows = [...this.tables[table]].map(([key, sums]) => [...JSON.parse(key), ...sums])
      if (rows.length === 0) continue
      const places = rows[0]!.map((_: unknown, i: number) => `value->>${i}`).join(', ')
      db.prepare(`insert into ${into[table]} select ${places} from json_each(?)`).run(JSON.stringify(rows))
    }
  }
}

const snake = new Map<string, string>()
function inSnake(of: object): Record<string, unknown> {
  const made: Record<string, unknown> = {}
  for (const [key, value] of Object.entries(of)) {
    const name = snake.get(key) ?? key.replace(/[A-Z]/g, (c) => `_${c.toLowerCase()}`)
    snake.set(key, name)
    made[name] = value
  }
  return made
}
