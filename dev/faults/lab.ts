// A whole instance of its own for a fault: supervisor, database processes and workerd on a free port and in a folder of its own, with a
// proxy before each database where the fault needs one.
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { join } from 'node:path'
import { type Client, createClient } from '@libsql/client/web'
import type { Sync } from '#dev/hrana/connection.ts'
import { type Platform, startPlatform } from '#dev/platform.ts'
import { shardOf } from '#worker/database/shard.ts'
import { type Acknowledged, type Caller, callerOf } from './client.ts'
import { pause } from './fault.ts'
import { type FaultyProxy, startProxy } from './proxy.ts'

export interface Lab {
  readonly platform: Platform
  readonly dir: string
  readonly caller: Caller
  /** Before each database process, the control database's first; none without `proxied`. */
  readonly proxies: readonly FaultyProxy[]
  company(name?: string): Promise<LabCompany>
  close(): Promise<void>
}

export interface LabCompany {
  id: string
  path: string
  /** Straight to the database process, past the proxy. */
  db: Client
  file: string
  database: string
  /** Which of the processes that share the companies has it: `platform.databases.pids()[1 + shard]`. */
  shard: number
}

export interface LabOptions {
  sync?: Sync
  proxied?: boolean
  /** A folder that is there already, and is left there. */
  dir?: string
  /** Asked at each fail point of a test build: host and port. */
  failPoints?: string
}

/** A port nobody has, so that a Worker that starts again is found where it was. */
export function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo
      probe.close(() => resolve(port))
    })
  })
}

export function labFolder(): string {
  mkdirSync('node_modules/.cache', { recursive: true })
  return mkdtempSync('node_modules/.cache/fault-')
}

export async function startLab({ sync = 'FULL', proxied = false, dir, failPoints }: LabOptions = {}): Promise<Lab> {
  const folder = dir ?? labFolder()
  const proxies: FaultyProxy[] = []
  const platform = await startPlatform({
    dir: folder,
    port: await freePort(),
    sync,
    faults: {
      async hostOf(host) {
        if (!proxied) return host
        const proxy = await startProxy(host)
        proxies.push(proxy)
        return proxy.host
      },
      ...(failPoints && { failPoints }),
      // What a fault does is told by its row.
      log: () => {},
    },
  })
  const caller = callerOf(platform.url, platform.operatorKey)
  await until(async () => (await caller.send('GET', '/api/v1/companies'))?.status === 200, 20_000)
  return {
    platform,
    dir: folder,
    caller,
    proxies,
    async company(name = 'Prøve AS') {
      const made = await caller.send('POST', '/api/v1/companies', { name })
      if (made?.status !== 201) throw new Error(made?.text ?? 'no answer')
      return companyOf(platform, folder, made.json.id)
    },
    async close() {
      caller.close()
      await platform.close()
      for (const proxy of proxies) await proxy.close()
      if (!dir) rmSync(folder, { recursive: true, force: true })
    },
  }
}

export function companyOf(platform: Pick<Platform, 'databases'>, dir: string, id: string): LabCompany {
  const database = id.replace('_', '-')
  const addresses = platform.databases.bindings.DATABASE_URL.split(' ')
  const shard = shardOf(database, addresses.length)
  const token = JSON.parse(readFileSync(join(dir, 'secrets.json'), 'utf8')).DATABASE_TOKEN as string
  const db = createClient({ url: addresses[shard]!.replace('{database}', database), authToken: token })
  return { id, path: `/api/v1/companies/${id}`, db, database, shard, file: join(dir, 'databases', `${database}.db`) }
}

/** Waits for something, asking often. Gives how long it took, in milliseconds. */
export async function until(asked: () => Promise<boolean>, atMostMs: number): Promise<number> {
  const began = performance.now()
  while (!(await asked().catch(() => false))) {
    if (performance.now() - began > atMostMs) throw new Error(`not within ${atMostMs} ms`)
    await pause(10)
  }
  return performance.now() - began
}

/** Reads what may fail once, on a connection to a process that is gone. */
async function stubborn<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await work()
    } catch (error) {
      if (attempt >= 20) throw error
      await pause(100)
    }
  }
}

/**
 * What does not hold after a fault: acknowledged vouchers that are not there or are others, numbers with gaps or twice, and every
 * invariant by `verify --full`. Empty is right.
 */
export async function reckon(
  { caller }: Pick<Lab, 'caller'>,
  company: Pick<LabCompany, 'db' | 'path'>,
  acknowledged: readonly Acknowledged[],
): Promise<string[]> {
  const wrong: string[] = []
  const { rows } = await stubborn(() =>
    company.db.execute(
      'select id, series, fiscal_year, number, ledger_version, hash from voucher order by series, fiscal_year, number',
    ),
  )
  const stored = new Map(rows.map((row) => [String(row.id), row]))
  for (const { id, number, series, ledgerVersion, hash } of acknowledged) {
    const row = stored.get(id)
    if (!row) wrong.push(`${id}: acknowledged and lost`)
    else if (
      row.number !== number ||
      row.series !== series ||
      row.hash !== hash ||
      row.ledger_version !== ledgerVersion
    )
      wrong.push(`${id}: acknowledged as ${series} ${number}, stored as ${row.series} ${row.number}`)
  }
  const last = new Map<string, number>()
  for (const { series, fiscal_year: year, number } of rows) {
    const before = last.get(`${series} ${year}`) ?? 0
    if (Number(number) !== before + 1) wrong.push(`${series} ${year}: ${number} follows ${before}`)
    last.set(`${series} ${year}`, Number(number))
  }
  wrong.push(...(await verified(caller, company.path)))
  return wrong
}

/** The invariants that do not hold. */
export async function verified(caller: Caller, path: string): Promise<string[]> {
  const answer = await stubborn(async () => {
    const found = await caller.send('GET', `${path}/verify?full`)
    if (found?.status !== 200) throw new Error(`verify: ${found?.status} ${found?.text.slice(0, 200)}`)
    return found
  })
  return answer.json.checks
    .filter((check: { holds: boolean }) => !check.holds)
    .map((check: { key: string; offenders: object[] }) => `${check.key}: ${JSON.stringify(check.offenders[0])}`)
}

export const quantile = (values: readonly number[], q: number): number => {
  const sorted = [...values].sort((a, b) => a - b)
  return Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))] ?? 0)
}
