// P4 to P8 and P12: reports over HTTP at 10k, 100k and 1M vouchers, against a scan of the covering index and against themselves.
import Database from 'libsql'
import type { Connection } from './connection.ts'
import { type Company, type Instance, lastYear, voucherId } from './instance.ts'
import { type Figure, median, type Skipped } from './line.ts'
import { measurePeers } from './peers.ts'
import { seededCompany } from './seeded-ledger.ts'

type Size = { vouchers: number; company: Company; ms: Record<Report, number> }
type Report = 'trial-balance' | 'profit-and-loss' | 'customers' | 'any-date' | 'one-department' | 'cells'

const range = `fromDate=${lastYear}-01-01&toDate=${lastYear}-12-31`
const GETS: Partial<Record<Report, string>> = {
  'trial-balance': `/reports/trial-balance?${range}`,
  customers: `/reports/party-balances?kind=customer&${range}`,
  'any-date': `/reports/trial-balance?fromDate=${lastYear}-01-01&toDate=${lastYear}-09-17`,
  'one-department': `/reports/trial-balance?${range}&department=1`,
}
const months = Array.from({ length: 12 }, (_, i) => `${lastYear}-${String(i + 1).padStart(2, '0')}`)
/** Income and cost, class by class and month by month, in one request. */
const PROFIT_AND_LOSS = JSON.stringify({
  groups: [
    {
      measure: 'movement',
      accounts: ['3000:3999', '4000:4999', '5000:5999', '6000:6999', '7000:7999', '8000:8999'],
      periods: months,
      cells: Array.from({ length: 72 }, (_, i) => [i % 6, Math.floor(i / 6)]),
    },
  ],
})

/** 10,000 cells as a workbook asks for them: 247 accounts by up to 41 periods. */
function manyCells(accounts: readonly string[]): { body: string; cells: [string, string][] } {
  const years = [lastYear - 2, lastYear - 1, lastYear]
  const periods = years.flatMap((y) => [...months.map((m) => `${y}${m.slice(4)}`), `${y}-Q1`, `${y}`])
  const cells: [number, number][] = []
  for (let p = 0; p < periods.length && cells.length < 10_000; p++)
    for (let a = 0; a < accounts.length && cells.length < 10_000; a++) cells.push([a, p])
  return {
    body: JSON.stringify({ groups: [{ measure: 'movement', accounts, periods, cells }] }),
    cells: cells.map(([a, p]) => [accounts[a]!, periods[p]!]),
  }
}

/** Posts a voucher, so that no answer that was kept from before is measured. */
async function move(connection: Connection, company: Company): Promise<void> {
  const draft = {
    id: voucherId(),
    type: 'general',
    voucherDate: `${lastYear}-10-15`,
    text: 'Benk',
    lines: [
      { account: '1920', amount: 100 },
      { account: '2960', amount: -100 },
    ],
  }
  const { status, body } = await connection.send('POST', `${company.path}/vouchers`, JSON.stringify(draft))
  if (status !== 201) throw new Error(body)
}

type Asked = readonly [method: string, path: string, body?: string]

/** Median milliseconds of so many requests, each answered 200, and each after a post. */
async function timed(
  connection: Connection,
  company: Company,
  times: number,
  [method, rest, body]: Asked,
): Promise<number> {
  const taken: number[] = []
  const path = company.path + rest
  for (let i = 0; i < times + 3; i++) {
    await move(connection, company)
    const reply = await connection.send(method, path, body)
    if (reply.status !== 200) throw new Error(`${path}: ${reply.status} ${reply.body.slice(0, 200)}`)
    if (i >= 3) taken.push(reply.ms)
  }
  return median(taken)
}

async function measure(instance: Instance, vouchers: number): Promise<Size> {
  const company = await seededCompany(instance, vouchers)
  const connection = await instance.connect()
  await verified(connection, company, vouchers)
  const ms = {} as Size['ms']
  for (const [report, path] of Object.entries(GETS))
    ms[report as Report] = await timed(connection, company, 100, ['GET', path])
  ms['profit-and-loss'] = await timed(connection, company, 100, ['POST', '/reports/batch', PROFIT_AND_LOSS])
  const { rows } = await company.db.execute('select distinct account from balance order by 1')
  const { body } = manyCells(rows.map((r) => String(r.account)))
  ms.cells = await timed(connection, company, 10, ['POST', '/reports/batch', body])
  connection.close()
  return { vouchers, company, ms }
}

/** What was written past the API must be what posting would have left. The whole chain up to 100,000 vouchers. */
async function verified(connection: Connection, company: Company, vouchers: number): Promise<void> {
  const began = performance.now()
  const { body } = await connection.send('GET', `${company.path}/verify${vouchers > 100_000 ? '' : '?full'}`)
  const { ok, checks } = JSON.parse(body)
  if (!ok) throw new Error(`${vouchers} vouchers do not verify: ${body.slice(0, 3_000)}`)
  const chain = checks.find((check: { key: string }) => check.key === 'hash-chain')
  const rate = Math.round((chain.rows / chain.ms) * 1000)
  console.error(`${vouchers} vouchers verify in ${Math.round(performance.now() - began)} ms, ${rate} hashes a second`)
}

/** What a request costs that reads next to nothing: taken off before growth is computed, so that HTTP does not flatter it. */
async function fixedCost(instance: Instance, company: Company): Promise<number> {
  const connection = await instance.connect()
  const ms = await timed(connection, company, 200, ['GET', '/periods'])
  connection.close()
  return ms
}

/** Sum by account over the index posting keeps, in this process: what the trial balance would cost without kept balances. */
function scanMs(company: Company): number {
  const db = new Database(company.file, { readonly: true } as never)
  const sum = db.prepare('select account, sum(amount) from entry indexed by entry_account group by account')
  const taken = Array.from({ length: 5 }, () => {
    const began = performance.now()
    sum.all()
    return performance.now() - began
  })
  db.close()
  return median(taken.slice(1))
}

/** Single-cell requests, six at once as a browser sends them, scaled to all cells. */
async function oneByOneMs(instance: Instance, company: Company): Promise<number> {
  const { rows } = await company.db.execute('select distinct account from balance order by 1')
  const { cells } = manyCells(rows.map((r) => String(r.account)))
  const sample = cells.filter((_, i) => i % 25 === 0)
  const connections = await Promise.all(Array.from({ length: 6 }, () => instance.connect()))
  let next = 0
  const began = performance.now()
  await Promise.all(
    connections.map(async (connection) => {
      for (let i = next++; i < sample.length; i = next++) {
        const [account, period] = sample[i]!
        const body = JSON.stringify({
          groups: [{ measure: 'movement', accounts: [account], periods: [period], cells: [[0, 0]] }],
        })
        await connection.send('POST', `${company.path}/reports/batch`, body)
      }
    }),
  )
  const ms = performance.now() - began
  for (const connection of connections) connection.close()
  return (ms / sample.length) * cells.length
}

export async function measureReports(instance: Instance, quick: boolean): Promise<(Figure | Skipped)[]> {
  const sizes: Size[] = []
  for (const vouchers of quick ? [10_000, 100_000] : [10_000, 100_000, 1_000_000])
    sizes.push(await measure(instance, vouchers))
  const [small, large] = [sizes[0]!, sizes.at(-1)!]
  const fixed = await fixedCost(instance, small.company)
  const growth = (report: Report): number =>
    Math.log(Math.max(large.ms[report] - fixed, 0.05) / Math.max(small.ms[report] - fixed, 0.05)) /
    Math.log(large.vouchers / small.vouchers)
  const n = { n: 100, vouchers: large.vouchers }
  const more = { fixedMs: Number(fixed.toFixed(2)), ms: Object.fromEntries(sizes.map((s) => [s.vouchers, s.ms])) }
  const exponent = (id: string, report: Report, limit: number): Figure => ({
    ...n,
    id,
    what: `growth of ${report}, ${small.vouchers} to ${large.vouchers} vouchers`,
    value: growth(report),
    unit: 'exponent',
    floor: 1,
    ratio: growth(report),
    goal: `value <= ${limit}`,
    more,
  })
  const scan = scanMs(large.company)
  const oneByOne = await oneByOneMs(instance, large.company)
  const tb = large.ms['trial-balance']
  return [
    ...measurePeers(large.company, large.vouchers, tb),
    {
      ...n,
      id: 'P5',
      what: 'trial balance over HTTP / sum over covering index in process',
      value: tb,
      unit: 'ms',
      floor: scan,
      ratio: tb / scan,
      goal: 'ratio <= 0.02',
    },
    exponent('P6', 'trial-balance', 0.15),
    exponent('P6', 'profit-and-loss', 0.15),
    exponent('P6', 'customers', 0.15),
    exponent('P7', 'any-date', 0.35),
    {
      ...n,
      id: 'P8',
      what: 'trial balance of one department / unfiltered',
      value: large.ms['one-department'],
      unit: 'ms',
      floor: tb,
      ratio: large.ms['one-department'] / tb,
      goal: 'ratio <= 3',
    },
    {
      ...n,
      n: 10,
      id: 'P12',
      what: '10,000 cells, requests',
      value: 1,
      unit: 'requests',
      floor: 10_000,
      ratio: 0.0001,
      goal: 'value <= 2',
    },
    {
      ...n,
      n: 10,
      id: 'P12',
      what: '10,000 cells in one request / one request a cell, 6 at once (400 cells, scaled)',
      value: large.ms.cells,
      unit: 'ms',
      floor: oneByOne,
      ratio: large.ms.cells / oneByOne,
      goal: 'ratio <= 0.05',
    },
  ]
}
