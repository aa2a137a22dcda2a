// P1 and P2: durable posts through the whole stack against the same vouchers straight through raw libsql.
import type { Connection } from './connection.ts'
import { draftOf, type Voucher, vouchers } from './generated-ledger.ts'
import { startHello } from './hello-worker.ts'
import { type Company, type Instance, lastYear, voucherId } from './instance.ts'
import { type Figure, median, quantile } from './line.ts'
import { rawLedger, rawPostsPerSecond } from './raw-commits.ts'

export type Load = {
  rate: number
  p10: number
  p50: number
  p99: number
  acknowledged: Map<string, { number: number; type: string }>
  failed: number
  serverErrors: number
}

/** Posts the drafts with so many clients, each waiting for its answer before the next; in one company, or in one after the other. */
export async function post(
  connections: readonly Connection[],
  company: Company | (() => Company),
  drafts: readonly { id: string }[],
): Promise<Load> {
  const bodies = drafts.map((d) => JSON.stringify(d))
  const companyOfNext = typeof company === 'function' ? company : () => company
  const acknowledged: Load['acknowledged'] = new Map()
  const times: number[] = []
  let next = 0
  let failed = 0
  let serverErrors = 0
  const began = performance.now()
  await Promise.all(
    connections.map(async (connection) => {
      for (let i = next++; i < bodies.length; i = next++) {
        const { status, body, ms } = await connection.send('POST', `${companyOfNext().path}/vouchers`, bodies[i]!)
        times.push(ms)
        if (status === 201) {
          const { id, number, type } = JSON.parse(body)
          acknowledged.set(id, { number, type })
        } else {
          failed++
          if (status >= 500) serverErrors++
          if (failed < 4) console.error(status, body)
        }
      }
    }),
  )
  const rate = (bodies.length / (performance.now() - began)) * 1000
  return {
    rate,
    p10: quantile(times, 0.1),
    p50: median(times),
    p99: quantile(times, 0.99),
    acknowledged,
    failed,
    serverErrors,
  }
}

async function helloRate(connections: readonly Connection[], count: number): Promise<number> {
  let next = 0
  const began = performance.now()
  await Promise.all(
    connections.map(async (connection) => {
      while (next++ < count) await connection.send('POST', '/', '{}')
    }),
  )
  return (count / (performance.now() - began)) * 1000
}

/** Gaps, doubles, acknowledged vouchers that are not there, and refusals; 0 is right. */
export async function faults(
  company: Company,
  load: readonly Pick<Load, 'acknowledged' | 'failed'>[],
): Promise<number> {
  const { rows } = await company.db.execute(
    'select id, series, fiscal_year, number, type from voucher order by series, fiscal_year, number',
  )
  const stored = new Map(rows.map((r) => [String(r.id), r]))
  let wrong = 0
  const last = new Map<string, number>()
  for (const r of rows) {
    const series = `${r.series} ${r.fiscal_year}`
    if (Number(r.number) !== (last.get(series) ?? 0) + 1) wrong++
    last.set(series, Number(r.number))
  }
  for (const { acknowledged, failed } of load) {
    wrong += failed
    for (const [id, { number }] of acknowledged) if (Number(stored.get(id)?.number) !== number) wrong++
  }
  return wrong
}

export async function measurePosting(instance: Instance, clients: number, total: number): Promise<Figure[]> {
  const [id, goal] = clients === 1 ? ['P1', 'ratio >= 0.25'] : ['P2', 'ratio >= 0.5']
  const company = await instance.company()
  const hello = await startHello()
  const raw = rawLedger(instance.dir)
  const floorCount = Math.min(1_500, Math.ceil(total / 6))
  const ledger = [...vouchers(total + 500 + floorCount * 7, lastYear)]
  const take = (count: number): Voucher[] => ledger.splice(0, count)
  const drafts = (list: readonly Voucher[]) => list.map((v) => draftOf(v, voucherId()))
  const connections = await Promise.all(Array.from({ length: clients }, () => instance.connect()))
  const greeters = await Promise.all(Array.from({ length: clients }, () => hello.connect()))

  await post(connections, company, drafts(take(400)))
  await helloRate(greeters, 2_000)
  rawPostsPerSecond(raw, take(100))

  const blocks = 3
  const loads: Load[] = []
  const paired: { floor: number; ratio: number; hello: number }[] = []
  let before = rawPostsPerSecond(raw, take(floorCount))
  for (let block = 0; block < blocks; block++) {
    const load = await post(connections, company, drafts(take(Math.floor(total / blocks))))
    const after = rawPostsPerSecond(raw, take(floorCount))
    const floor = (before + after) / 2
    loads.push(load)
    paired.push({ floor, ratio: load.rate / floor, hello: await helloRate(greeters, Math.min(total, 4_000)) })
    before = after
  }
  const wrong = await faults(company, loads)
  for (const c of [...connections, ...greeters]) c.close()
  await hello.close()
  raw.close()
  const value = median(loads.map((l) => l.rate))
  const helloMedian = median(paired.map((p) => p.hello))
  const who = clients === 1 ? '1 client' : `${clients} clients`
  const shared = { id: id!, n: total, vouchers: total }
  return [
    {
      ...shared,
      what: `durable posts, ${who} / raw libsql commits, WAL FULL`,
      value,
      unit: 'posts/s',
      floor: median(paired.map((p) => p.floor)),
      ratio: median(paired.map((p) => p.ratio)),
      goal: goal!,
      more: {
        p50Ms: median(loads.map((l) => l.p50)),
        p99Ms: median(loads.map((l) => l.p99)),
        ratios: paired.map((p) => Number(p.ratio.toFixed(3))),
      },
    },
    {
      ...shared,
      what: `durable posts, ${who} / requests of a hello-world Worker`,
      value,
      unit: 'posts/s',
      floor: helloMedian,
      ratio: value / helloMedian,
      goal: null,
    },
    {
      ...shared,
      what: `gaps, doubles, lost and refused posts, ${who}`,
      value: wrong,
      unit: 'count',
      floor: null,
      ratio: null,
      goal: 'value <= 0',
    },
  ]
}
