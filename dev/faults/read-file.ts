// Reads files of companies that may be damaged, one after the other, for flipped-bytes.ts and power-loss.ts: whether `verify` finds anything, and what each
// table now holds. It may die at any of them; whoever asked starts another. Started with texts.ts.
import { basename, dirname } from 'node:path'
import { createClient } from '@libsql/client/web'
import { databaseServer } from '#dev/hrana/server.ts'
import type { IsoDate } from '#worker/core/dates.ts'
import { sha256 } from '#worker/core/hash.ts'
import { verifyLedger } from '#worker/verify/verify-ledger.ts'

/** `wants`: what to tell of a file in which nothing is found: a hash of each table, or its vouchers. */
export type Asked = { file: string; company: string; wants?: 'vouchers' }
export type Read = { failed: string[]; tables: Record<string, string>; vouchers: Record<string, string> }

const token = 'fault'
const today = new Date().toISOString().slice(0, 10) as IsoDate

process.on('message', async ({ file, company, wants }: Asked) => {
  const server = databaseServer({ dir: dirname(file), sync: 'NORMAL', token })
  const url = `http://database/${basename(file, '.db')}/`
  const db = createClient({ url, authToken: token, fetch: server.fetch })
  const read: Read = { failed: [], tables: {}, vouchers: {} }
  try {
    const { checks } = await verifyLedger({ db, company, today, full: true, relaxed: true })
    read.failed = checks.filter(({ holds }) => !holds).map(({ key }) => key)
  } catch (error) {
    read.failed = [`thrown: ${(error as { code?: string }).code ?? (error as Error).name}`]
  }
  // What was found needs no second look; a process that dies here has told already.
  if (wants === 'vouchers') read.vouchers = await vouchersOf(db)
  else if (read.failed.length === 0) read.tables = await digests(db)
  await server.close()
  process.send!(read)
})

/** Number and hash of each voucher, by its id. */
async function vouchersOf(db: ReturnType<typeof createClient>): Promise<Record<string, string>> {
  const found = await db.execute('select id, number, hash from voucher').catch(() => undefined)
  return Object.fromEntries((found?.rows ?? []).map((r) => [String(r.id), `${r.number} ${r.hash}`]))
}

/** A hash of each table's rows; of one that cannot be read, what is said of it. */
async function digests(db: ReturnType<typeof createClient>): Promise<Record<string, string>> {
  const { rows } = await db.execute(
    "select name from sqlite_schema where type = 'table' and name not like 'sqlite_%' order by 1",
  )
  const found: Record<string, string> = {}
  for (const { name } of rows)
    found[String(name)] = await db
      .execute(`select * from "${name}" order by 1, 2`)
      .then(({ rows }) => sha256(JSON.stringify(rows.map((row) => Object.values(row)))))
      .catch((error) => String(error.code))
  return found
}
process.send!('ready')
