// A small set of books with something of every kind, and copies of its file to plant faults in.
import { copyFileSync, openSync, readSync, writeSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { type Client, createClient } from '@libsql/client/web'
import { simpleDraft, type testApp, voucherId } from '#tests/support/app.ts'
import type { IsoDate } from '#worker/core/dates.ts'
import { balanceRowsOf } from '#worker/ledger/balance.ts'
import { GENESIS, hashVoucher } from '#worker/ledger/hash-chain.ts'
import { readLinks } from '#worker/verify/store.ts'
import { verifyLedger } from '#worker/verify/verify-ledger.ts'

export const year = new Date().getFullYear()
const day = (month: string, d: string, y = year) => `${y}-${month}-${d}`

type App = ReturnType<typeof testApp>
export type Books = { id: string; file: string; app: App }

/** Sales with VAT, a purchase with typed VAT, reverse charge, currency, dimensions, a reversal, payments, two years and locks. */
export async function makeBooks(app: App): Promise<Books> {
  const c = await app.company()
  const must = async (path: string, body: object, status = 201) => {
    const answer = await c.call(path, { body })
    if (answer.status !== status) throw new Error(`${path} ${answer.status} ${answer.text}`)
    return answer.json
  }
  await c.db.batch(
    [
      `insert into party (kind, number, name, control_account, created_at) values
        ('customer', '10001', 'Kunde AS', '1500', '2020'), ('supplier', '20001', 'Leverandør AS', '2400', '2020')`,
      `insert into dimension_value (dimension, code, name) values ('department', '10', 'Verksted'), ('project', 'P1', 'Hytte')`,
    ],
    'write',
  )
  const dimensions = { department: '10', project: 'P1' }
  const post = (voucherDate: string, type: string, lines: object[], more: object = {}) =>
    must('/vouchers', { id: voucherId(), type, voucherDate, text: `Bilag ${voucherDate}`, lines, ...more })
  await post(day('01', '01', year - 1), 'opening-balance', [
    { account: '1920', amount: 50_000_000 },
    { account: '2050', amount: -50_000_000 },
  ])
  await post(day('03', '10', year - 1), 'outgoing-invoice', [
    { account: '1500:10001', amount: 1_250_000, invoiceNumber: '1', dueDate: day('04', '10', year - 1) },
    { account: '3000', amount: -1_250_000, vatCode: '3', dimensions },
  ])
  await post(day('12', '20', year - 1), 'payment-in', [
    { account: '1920', amount: 1_250_000 },
    { account: '1500:10001', amount: -1_250_000, invoiceNumber: '1' },
  ])
  await post(day('01', '10'), 'incoming-invoice', [
    { account: '4000', amount: 250_000, vatCode: '1', dimensions },
    { account: '6800', amount: 125_001, vatCode: '1', vatAmount: 25_040, dimensions: { department: '10' } },
    { account: '2400:20001', amount: -375_001, invoiceNumber: 'A7', dueDate: day('02', '10') },
  ])
  await post(day('01', '12'), 'incoming-invoice', [
    { account: '6425', currency: 'EUR', currencyAmount: 10_000, rate: '11.5', vatCode: '86', dimensions },
    { account: '2400:20001', currency: 'EUR', currencyAmount: -10_000, rate: '11.5' },
  ])
  await post(day('02', '01'), 'payment-out', [
    { account: '2400:20001', amount: 375_001, invoiceNumber: 'A7' },
    { account: '1920', amount: -375_001 },
  ])
  const wrong = await post(day('02', '05'), 'general', [
    { account: '7770', amount: 5_000, vatCode: '0' },
    { account: '1920', amount: -5_000 },
  ])
  await must(`/vouchers/${wrong.id}/reversal`, { id: voucherId(), voucherDate: day('02', '06'), reason: 'Feil konto' })
  for (let i = 0; i < 6; i++) await must('/vouchers', simpleDraft({ voucherDate: day('05', `0${i + 1}`) }))
  await must('/locks', { fromMonth: `${year - 1}-01`, toMonth: `${year - 1}-12`, level: 'hard', reason: 'Avsluttet' })
  await must('/locks', { fromMonth: `${year}-01`, toMonth: `${year}-02`, level: 'soft', reason: 'Mva levert' })
  await post(day('01', '31'), 'general', simpleDraft().lines, { reason: 'Etter lås' })
  const filed = {
    fromMonth: `${year}-03`,
    toMonth: `${year}-04`,
    level: 'hard',
    scope: 'vat',
    reason: 'Mva-melding levert',
  }
  await must('/locks', filed)
  const late = [
    { account: '6540', amount: 12_500, vatCode: '1' },
    { account: '1920', amount: -12_500 },
  ]
  await post(day('06', '01'), 'general', late, { documentDate: day('03', '10') })
  const { rows } = await c.db.execute('pragma database_list')
  return { id: c.id, file: String(rows[0]!.file), app }
}

export type Copy = { id: string; db: Client; file: string }
let copies = 0

/** A copy of the books' file under a name of its own. */
export async function copyOf({ id, file, app }: Books): Promise<Copy> {
  const source = clientOf(app, id.replace('_', '-'))
  await source.execute('pragma wal_checkpoint(truncate)')
  const name = `mutant-${++copies}`
  const copy = join(dirname(file), `${name}.db`)
  copyFileSync(file, copy)
  return { id, db: clientOf(app, name), file: copy }
}

const clientOf = ({ env }: App, database: string): Client =>
  createClient({
    url: env.DATABASE_URL.replace('{database}', database),
    authToken: env.DATABASE_TOKEN,
    fetch: env.DATABASE_FETCH,
  })

/** Runs statements that nothing stops: without foreign keys, and with all triggers gone meanwhile. */
export async function plant({ db }: Copy, statements: readonly string[]): Promise<void> {
  const { rows } = await db.execute("select name, sql from sqlite_schema where type = 'trigger'")
  await db.migrate([...rows.map((r) => `drop trigger ${r.name}`), ...statements, ...rows.map((r) => String(r.sql))])
}

/** What a careful forger would do afterwards: kept balances as the entries now sum, and every hash computed again. */
export async function cover(copy: Copy): Promise<void> {
  const links = await readLinks(copy.db, 0, 10_000)
  const balances = balanceRowsOf(links.map(([v, entries]) => ({ voucherDate: v.voucherDate, entries })))
  const json = (rows: readonly unknown[]) => `'${JSON.stringify(rows).replaceAll("'", "''")}'`
  const statements = [
    'delete from balance',
    'delete from party_balance',
    'delete from dimension_balance',
    'delete from open_item where false',
  ]
  const places = (n: number) => Array.from({ length: n }, (_, i) => `value->>${i}`).join(', ')
  statements.push(
    `insert into balance select ${places(4)} from json_each(${json(balances.account)})`,
    `insert into party_balance select ${places(6)} from json_each(${json(balances.party)})`,
    `insert into dimension_balance select ${places(6)} from json_each(${json(balances.dimension)})`,
  )
  let head = GENESIS.hash
  for (const [v, entries] of links) {
    const hash = await hashVoucher(copy.id, head, v, entries)
    statements.push(
      `update voucher set prev_hash = '${head}', hash = '${hash}' where ledger_version = ${v.ledgerVersion}`,
    )
    head = hash
  }
  await plant(copy, statements)
}

/** Keys of the checks that do not hold. */
export async function failing(
  { id, db }: Copy,
  more: { relaxed?: boolean; full?: boolean; since?: number } = {},
): Promise<string[]> {
  const today = `${year}-11-21` as IsoDate
  const { ok, checks } = await verifyLedger({ db, company: id, today, full: true, relaxed: true, ...more })
  const failed = checks.filter((check) => !check.holds).map((check) => check.key)
  if (ok !== (failed.length === 0)) throw new Error('ok says other than the checks')
  return failed
}

/** Writes over one byte of a file. */
export function flip(file: string, offset: number): void {
  const fd = openSync(file, 'r+')
  const byte = Buffer.alloc(1)
  readSync(fd, byte, 0, 1, offset)
  byte[0]! ^= 0x01
  writeSync(fd, byte, 0, 1, offset)
}
