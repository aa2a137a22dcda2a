// A thousand companies side by side, and an office's last hour of the month: 200 clients who post, paste, read and refresh together.
import { copyFileSync } from 'node:fs'
import { join } from 'node:path'
import { createClient } from '@libsql/client/web'
import { draftOf, vouchers } from './generated-ledger.ts'
import { type Company, type Instance, lastYear, voucherId } from './instance.ts'
import { type Figure, median } from './line.ts'
import { type Asked, openLoop, percentiles } from './open-loop.ts'
import { post } from './posting.ts'
import { rawLedger, rawPostsPerSecond } from './raw-commits.ts'

/** Companies that are alike: the file of one, copied. Each goes on with the chain under the id the first was begun with. */
async function alike(instance: Instance, count: number): Promise<Company[]> {
  const first = await instance.company()
  await first.db.execute('pragma wal_checkpoint(truncate)')
  const { bindings } = instance.platform.databases
  const control = createClient({ url: bindings.CONTROL_DATABASE_URL, authToken: instance.token })
  const ids = Array.from({ length: count }, () => `cmp_${voucherId().slice(4)}`)
  for (const id of ids) copyFileSync(first.file, join(instance.dir, 'databases', `${id.replace('_', '-')}.db`))
  await control.execute({
    sql: `insert into company (id, name, database, colour, status, created_at, books)
          select value, 'Benk AS', replace(value, '_', '-'), 'kobber', 'active', '2020', ? from json_each(?)`,
    args: [first.id, JSON.stringify(ids)],
  })
  control.close()
  return ids.map((id) => instance.companyOf(id))
}

const drafts = (count: number) => [...vouchers(count, lastYear)].map((v) => draftOf(v, voucherId()))

/** Fifty clients post in companies at random, and in one alone, in turn; beside the floor of P1 and P2. */
export async function measureCompanies(instance: Instance, companies: number, posts: number): Promise<Figure[]> {
  const all = await alike(instance, companies)
  const one = await instance.company()
  const connections = await Promise.all(Array.from({ length: 50 }, () => instance.connect()))
  const raw = rawLedger(instance.dir, 'raw-companies')
  const list = [...vouchers(1_500, lastYear)]
  const floors: number[] = []
  const rates: number[] = []
  const alone: number[] = []
  const p99: number[] = []
  const counts = new Map<string, number>()
  let failed = 0
  let place = 0
  // Each company is opened once before: that is measured by itself.
  const opened = performance.now()
  failed += (await post(connections, () => all[place++ % companies]!, drafts(companies))).failed
  const openMs = (performance.now() - opened) / companies
  for (const { id } of all) counts.set(id, 1)
  for (let block = 0; block < 3; block++) {
    floors.push(rawPostsPerSecond(raw, list.slice(block * 500, block * 500 + 500)))
    const at = () => {
      place = (place * 7919 + 13) % 1_000_003
      const company = all[place % companies]!
      counts.set(company.id, counts.get(company.id)! + 1)
      return company
    }
    const spread = await post(connections, at, drafts(Math.ceil(posts / 3)))
    const single = await post(connections, one, drafts(Math.ceil(posts / 3)))
    rates.push(spread.rate)
    alone.push(single.rate)
    p99.push(spread.p99)
    failed += spread.failed + single.failed
  }
  for (const connection of connections) connection.close()
  raw.close()
  let wrong = failed
  for (const company of all) {
    const { rows } = await company.db.execute('select count(*) as n from voucher')
    wrong += Math.abs(Number(rows[0]!.n) - counts.get(company.id)!)
    company.db.close()
  }
  const shared = { id: 'COMPANIES', n: posts, vouchers: posts }
  const value = median(rates)
  return [
    {
      ...shared,
      what: `durable posts spread over ${companies} companies, 50 clients / raw libsql commits in one file`,
      value,
      unit: 'posts/s',
      floor: median(floors),
      ratio: value / median(floors),
      goal: null,
      more: { p99Ms: median(p99), firstPostMs: openMs },
    },
    {
      ...shared,
      what: `the same / in one company`,
      value,
      unit: 'posts/s',
      floor: median(alone),
      ratio: value / median(alone),
      goal: null,
    },
    {
      ...shared,
      what: `vouchers missing or too many in ${companies} companies, refused posts`,
      value: wrong,
      unit: 'count',
      floor: null,
      ratio: null,
      goal: 'value <= 0',
    },
  ]
}

/** What one client does in that hour. */
const HOUR = { post: 40, report: 10, refresh: 6, paste: 2 } as const
type Kind = keyof typeof HOUR
const A_PASTE = 40
const REPORTS = ['/reports/trial-balance', '/reports/income-statement', '/open-items?limit=100', '/vouchers?limit=100']

/** The hour pressed into some seconds: everything comes as often, in less time. Each kind is timed from when it was due. */
export async function measureMonthEnd(instance: Instance, clients: number, seconds: number): Promise<Figure[]> {
  const all = await alike(instance, clients)
  const kinds = Object.entries(HOUR).flatMap(([kind, count]) => Array<Kind>(count).fill(kind as Kind))
  const rate = (clients * kinds.length) / seconds
  const list = [...vouchers(5_000, lastYear)]
  let voucher = 0
  const draft = () => draftOf(list[voucher++ % list.length]!, voucherId())
  const periods = Array.from({ length: 12 }, (_, i) => `${lastYear}-${String(i + 1).padStart(2, '0')}`)
  const refresh = JSON.stringify({
    groups: [
      {
        measure: 'movement',
        accounts: ['1500', '1920', '2400', '3000', '4300', '6300'],
        periods,
        cells: cellsOf(6, 12),
      },
    ],
  })
  const asked = (i: number): Asked => {
    // Kinds and clients in an order that is the same each time and has no pattern.
    const kind = kinds[(i * 31) % kinds.length]!
    const { path } = all[(i * 7919) % clients]!
    if (kind === 'post') return { kind, method: 'POST', path: `${path}/vouchers`, body: JSON.stringify(draft()) }
    if (kind === 'refresh') return { kind, method: 'POST', path: `${path}/reports/batch`, body: refresh }
    if (kind === 'report') return { kind, method: 'GET', path: path + REPORTS[i % REPORTS.length] }
    const body = JSON.stringify({ vouchers: Array.from({ length: A_PASTE }, draft) })
    return { kind, method: 'POST', path: `${path}/vouchers/batch`, body }
  }
  // One after the other, with nobody else there: what the rush is held against.
  const connection = await instance.connect()
  const quiet = new Map<string, number[]>()
  for (let i = 0; i < kinds.length * 2; i++) {
    const { kind, method, path, body } = asked(i)
    const { ms } = await connection.send(method, path, body)
    if (i >= kinds.length) quiet.set(kind, [...(quiet.get(kind) ?? []), ms])
  }
  connection.close()
  const answers = await openLoop(instance.connect, { perSecond: rate, seconds, next: asked })
  const figures = Object.keys(HOUR).map((kind): Figure => {
    const of = answers.filter((a) => a.kind === kind)
    const { p99Ms, ...others } = percentiles(of)
    const floor = median(quiet.get(kind)!)
    return {
      id: 'MONTHEND',
      what: `${kind}: p99 in an office’s month-end hour, ${clients} clients in ${seconds} s / alone, p50`,
      value: p99Ms,
      unit: 'ms',
      floor,
      ratio: p99Ms / floor,
      goal: null,
      n: of.length,
      vouchers: voucher,
      more: { perSecond: Math.round(rate), ...others },
    }
  })
  const wrong = answers.filter(({ status }) => status !== 200 && status !== 201)
  for (const { kind, status, body } of wrong.slice(0, 3)) console.error(kind, status, body.slice(0, 300))
  return [
    ...figures,
    {
      id: 'MONTHEND',
      what: 'requests of the hour that were not done',
      value: wrong.length,
      unit: 'count',
      floor: null,
      ratio: null,
      goal: 'value <= 0',
      n: answers.length,
    },
  ]
}

const cellsOf = (accounts: number, periods: number): [number, number][] =>
  Array.from({ length: accounts * periods }, (_, i) => [i % accounts, Math.floor(i / accounts)])
