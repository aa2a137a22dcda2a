// A whole instance of the product in a folder of its own, with companies that hold the generated ledger's registers.
import { randomBytes } from 'node:crypto'
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { type Client, createClient } from '@libsql/client/web'
import Database from 'libsql'
import { type Platform, startPlatform } from '#dev/platform.ts'
import { shardOf } from '#worker/database/shard.ts'
import { Connection } from './connection.ts'
import { accounts, customers, departments, projects, suppliers } from './generated-ledger.ts'

export type Instance = {
  platform: Platform
  dir: string
  /** What the databases ask for. */
  token: string
  connect(): Promise<Connection>
  company(): Promise<Company>
  /** A company that is there. */
  companyOf(id: string): Company
  /** A company whose file was made elsewhere; the file is copied. */
  adopt(file: string): Promise<Company>
  close(): Promise<void>
}
export type Company = { id: string; path: string; db: Client; file: string; database: string }

/** Files are made under node_modules/.cache, on the disk that the product would use here. */
export function benchFolder(): string {
  mkdirSync('node_modules/.cache', { recursive: true })
  return mkdtempSync('node_modules/.cache/bench-')
}

export async function startInstance(): Promise<Instance> {
  const dir = benchFolder()
  const platform = await startPlatform({ dir, port: 0, sync: 'FULL' })
  const headers = { authorization: `Bearer ${platform.operatorKey}` }
  const first = await fetch(`${platform.url}/api/v1/instance/first-run`, { method: 'POST', headers })
  if (!first.ok) throw new Error(await first.text())
  return around(platform, dir)
}

/** A running platform as the benchmarks use it. */
export function around(platform: Platform, dir: string): Instance {
  const headers = { authorization: `Bearer ${platform.operatorKey}` }
  const token = JSON.parse(readFileSync(join(dir, 'secrets.json'), 'utf8')).DATABASE_TOKEN as string
  const companyOf = (id: string): Company => {
    const database = id.replace('_', '-')
    const url = addresses[shardOf(database, addresses.length)]!.replace('{database}', database)
    const db = createClient({ url, authToken: token })
    return { id, path: `/api/v1/companies/${id}`, db, database, file: join(dir, 'databases', `${database}.db`) }
  }
  const addresses = platform.databases.bindings.DATABASE_URL.split(' ')
  return {
    platform,
    dir,
    token,
    companyOf,
    connect: () => Connection.open(platform.url, headers),
    async company() {
      const answer = await fetch(`${platform.url}/api/v1/companies`, {
        method: 'POST',
        headers: { ...headers, 'content-type': 'application/json' },
        body: JSON.stringify({ name: 'Benk AS', fromYear: lastYear - 2, toYear: lastYear }),
      })
      if (answer.status !== 201) throw new Error(await answer.text())
      const { id } = (await answer.json()) as { id: string }
      const company = companyOf(id)
      await insertRegisters(company.db)
      return company
    },
    async adopt(file) {
      const reading = new Database(file)
      const { id } = reading.prepare('select id from company').get() as { id: string }
      reading.close()
      const company = companyOf(id)
      // Two figures may ask for the same ledger; the file is open by then.
      if (existsSync(company.file)) return company
      copyFileSync(file, company.file)
      const control = createClient({ url: platform.databases.bindings.CONTROL_DATABASE_URL, authToken: token })
      await control.execute({
        sql: `insert into company (id, name, database, colour, status, created_at) values (?, 'Benk AS', ?, 'kobber', 'active', '2020')`,
        args: [id, company.database],
      })
      return company
    },
    async close() {
      await platform.close()
      rmSync(dir, { recursive: true, force: true })
    },
  }
}

/** The generated ledger's last year. */
export const lastYear = new Date().getFullYear()

/** Accounts, parties, departments and projects that the generated vouchers name. */
export async function insertRegisters(db: Client): Promise<void> {
  const missing = accounts.map((number) => [number, typeOf(number)])
  await db.batch(
    [
      {
        sql: `insert into account (number, name_nb, name_en, type) select value->>0, 'Konto ' || (value->>0), 'Account ' || (value->>0), value->>1
              from json_each(?) where true on conflict do nothing`,
        args: [JSON.stringify(missing)],
      },
      {
        sql: `insert into party (kind, number, name, control_account, created_at)
              select value->>0, value->>1, value->>2, value->>3, '2020-01-01T00:00:00.000Z' from json_each(?)`,
        args: [
          JSON.stringify([
            ...customers.map((n) => ['customer', n, `Kunde ${n} AS`, '1500']),
            ...suppliers.map((n) => ['supplier', n, `Leverandør ${n} AS`, '2400']),
          ]),
        ],
      },
      {
        sql: 'insert into dimension_value (dimension, code, name) select value->>0, value->>1, value->>1 from json_each(?)',
        args: [JSON.stringify([...departments.map((d) => ['department', d]), ...projects.map((p) => ['project', p])])],
      },
    ],
    'write',
  )
}

const typeOf = (number: string): string =>
  number < '2'
    ? 'asset'
    : number < '21'
      ? 'equity'
      : number < '3'
        ? 'liability'
        : number < '4' || number.startsWith('80')
          ? 'income'
          : 'expense'

/** A new voucher id. */
export const voucherId = (): string => `vch_${randomBytes(13).toString('hex')}`
