import { expect, test, vi } from 'vitest'
import { simpleDraft, testApp } from '#tests/support/app.ts'
import type { Instant } from '#worker/core/dates.ts'
import type { Database } from '#worker/database/connect.ts'
import type { Job } from '#worker/ledger/job.ts'
import { JobQueue } from '#worker/ledger/job-queue.ts'
import { readFacts } from '#worker/ledger/store.ts'
import { Writer } from '#worker/ledger/writer.ts'
import { readReadiness } from '#worker/operations/read-readiness.ts'

const { company, env } = testApp()
const databases = env.DATABASE_FETCH!

/** From now on one company's database gives this answer. */
function answersOf(id: string, answer: () => Response): void {
  env.DATABASE_FETCH = ((input: Request | string | URL, init?: RequestInit) => {
    const url = input instanceof Request ? input.url : String(input)
    return url.includes(id.replace('_', '-')) ? answer() : databases(input as Request, init)
  }) as typeof fetch
}
const error = (code: string) => () => Response.json({ code, message: '' }, { status: 503 })

test('a company whose file is set aside says so on every road, and the others go on', async () => {
  const [damaged, other] = [await company(), await company()]
  answersOf(damaged.id, error('DATABASE_QUARANTINED'))
  for (const [path, body] of [['/vouchers', simpleDraft()], ['/vouchers'], ['/accounts']] as const) {
    const answer = await damaged.call(path, body ? { body } : {})
    expect([path, answer.status, answer.json.code]).toEqual([path, 503, 'company/quarantined'])
    expect(answer.headers.get('retry-after')).toBe('600')
  }
  expect((await other.call('/vouchers', { body: simpleDraft() })).status).toBe(201)
  expect(await readReadiness(env)).toMatchObject({ ready: true, databases: true }) // the damaged one is the first there is
})

test('a database that has too much to do sends away, and says when to come back', async () => {
  const c = await company()
  for (const code of ['DATABASE_BUSY', 'SQLITE_BUSY', 'SERVER_ERROR']) {
    answersOf(c.id, code === 'SERVER_ERROR' ? () => new Response('bad gateway', { status: 502 }) : error(code))
    const answer = await c.call('/accounts')
    expect([code, answer.status, answer.json.code]).toEqual([code, 503, 'service/busy'])
    expect(answer.headers.get('retry-after')).toBe('2')
  }
  answersOf(c.id, error('AUTH_TOKEN_INVALID'))
  expect((await c.call('/accounts')).status).toBe(500) // it did answer: this is ours to mend
  answersOf(c.id, () => new Response('hm'))
  expect((await c.call('/accounts')).status).toBe(500)
})

test('the writer’s queue has an end, and nobody stands in it for ever', async () => {
  env.DATABASE_FETCH = databases
  const { db } = await company()
  const silent: Database = { execute: db.execute.bind(db), batch: db.batch.bind(db) }
  await readFacts(db)
  silent.batch = () => new Promise(() => {})
  vi.useFakeTimers()
  try {
    const writer = new Writer(silent, { signingKey: 'key' }, () => '2026-01-01T00:00:00.000Z' as Instant)
    const told: string[] = []
    const post = () => {
      const job = { do: 'post', drafts: [simpleDraft()], mode: 'all-or-nothing', single: true, by: 'x', rights: {} }
      return writer.run(job as unknown as Job).catch((problem) => void told.push(problem.code))
    }
    // One is on its way, and five hundred wait.
    const waiting = Array.from({ length: 501 }, post)
    await Promise.race([Promise.all(waiting), Promise.resolve()])
    await post()
    expect(told).toEqual(['service/busy'])
    await vi.advanceTimersByTimeAsync(10_000)
    await Promise.all(waiting)
    expect(told).toHaveLength(502)
    // There is room again.
    const later = post()
    await vi.advanceTimersByTimeAsync(10_000)
    await later
  } finally {
    vi.useRealTimers()
  }
})

test('the queue ends where what waits would take too long, by what the last commits took', async () => {
  const queue = new JobQueue()
  const job = () => ({ do: 'post', drafts: [simpleDraft()] }) as unknown as Job
  const come = async (count: number): Promise<number> => {
    let refused = 0
    for (let n = 0; n < count; n++) queue.add(job(), () => {}).catch((problem) => problem.status === 503 && refused++)
    await Promise.resolve()
    return refused
  }
  // Nothing is known of the pace: all wait.
  expect(await come(100)).toBe(0)
  const first = queue.takeGroup()
  queue.measure(first, 60_000)
  expect([first.length, await come(100)]).toEqual([100, 0]) // nobody waited meanwhile: that tells nothing of a crowd
  // Two hundred with others behind them took 20 s, 100 ms each: a hundred may wait however slow it is, and then nobody.
  await come(200)
  const group = queue.takeGroup()
  queue.measure(group, 20_000)
  expect([group.length, await come(30)]).toEqual([200, 30])
  queue.measure(queue.takeGroup(), 1)
  expect(await come(130)).toBe(30)
  // It goes fast again, 1 ms each: what is measured last counts most.
  for (let n = 0; n < 20; n++) {
    await come(200)
    const next = queue.takeGroup()
    await come(1)
    queue.measure(next, next.length)
  }
  queue.takeGroup()
  expect(await come(400)).toBe(0)
})
