import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { testApp } from '#tests/support/app.ts'
import { person } from '#tests/support/person.ts'
import { sendAlerts } from '#worker/alerts/send-alerts.ts'
import { alertUser } from '#worker/alerts/store.ts'
import { insertMembership } from '#worker/companies/store.ts'
import { insertControlEntries } from '#worker/control-log/store.ts'
import type { Instant } from '#worker/core/dates.ts'
import { goOnWithSchedule, runAllCompanies } from '#worker/cron/run-all-companies.ts'
import { sealControl } from '#worker/cron/run-each-minute.ts'
import { beginRun, leaveRun, setTaken, takeRun } from '#worker/cron/turn-store.ts'
import { controlDatabase, type Database } from '#worker/database/connect.ts'
import { dropCompanies } from '#worker/deletion/drop-companies.ts'
import { CONTROL_LOG } from '#worker/events/seal-store.ts'
import type { Bindings } from '#worker/http/env.ts'
import { checkAuditLog } from '#worker/verify/check-audit-log.ts'

const { company, call, env } = testApp()
const control = () => controlDatabase(env)
const lines: string[] = []
beforeEach(() => {
  lines.length = 0
  for (const way of ['log', 'error'] as const)
    vi.spyOn(console, way).mockImplementation((line) => void lines.push(line))
})
afterEach(() => vi.restoreAllMocks())
const records = () => lines.map((line) => JSON.parse(line))

test('what is done once a night for all waits for the companies, and one part that fails keeps nothing back', async () => {
  const c = await company()
  /** Statements on the deletions and on the seals of the control plane's log fail. */
  const broken = (async (url: string, init: RequestInit) => {
    const sent = String(init.body)
    const wrong = /company_deletion|control_seal/.test(sent) && String(url).includes('/control/')
    return wrong ? new Response('{}', { status: 500 }) : env.DATABASE_FETCH!(url, init)
  }) as typeof fetch
  await runAllCompanies({ ...env, DATABASE_FETCH: broken }, '2026-03-02T01:30:00.000Z' as Instant, '30 1 * * *')
  expect((await env.FILES.list({ prefix: `backups/${c.id}/` })).objects).toHaveLength(1)
  const failed = records().filter(({ event }) => event === 'night')
  expect(failed.map(({ where }) => where)).toEqual(['deletions', 'control-log'])
})

test('what one call cannot do the next minute goes on with, who has waited longest first; nobody keeps the others waiting', async () => {
  const made = [await company(), await company(), await company()]
  const HOURLY = '17 * * * *'
  const at = '2026-03-03T05:17:00.000Z' as Instant
  const left = async () => {
    const sql = `select t.company from schedule_run r join schedule_turn t on t.cron = r.cron and t.done_run < r.run where r.cron = ?`
    return (await control().execute({ sql, args: [HOURLY] })).rows.length
  }
  const finished = async () =>
    (await control().execute({ sql: 'select finished_at from schedule_run where cron = ?', args: [HOURLY] })).rows[0]!
      .finished_at
  const since = new Date().toISOString()
  const checked = async () =>
    (
      await control().execute({ sql: 'select company from verification where recorded_at >= ?', args: [since] })
    ).rows.map((r) => r.company)
  const few = { ms: 60_000, roundTrips: 1 }
  await runAllCompanies(env, at, HOURLY, few)
  expect([(await checked()).length, await finished()]).toEqual([1, null])
  const all = Number((await control().execute("select count(*) as n from company where status = 'active'")).rows[0]!.n)
  for (let minute = 1; minute < all; minute++) await goOnWithSchedule(env, few)
  expect(await checked()).toEqual(expect.arrayContaining(made.map(({ id }) => id)))
  expect([(await checked()).length, await finished()]).toEqual([all, expect.any(String)])
  await goOnWithSchedule(env, few)
  expect((await checked()).length).toBe(all)

  // The next hour's first company ends the call it is in: whoever follows takes the others first, and it in the end.
  const order = async () =>
    (
      await control().execute({
        sql: 'select company from schedule_turn where cron = ? order by taken_at',
        args: [HOURLY],
      })
    ).rows
  const [first] = await order()
  await control().batch(
    [beginRun(HOURLY, at), setTaken(HOURLY, String(first!.company), new Date().toISOString() as Instant)],
    'write',
  )
  expect(await left()).toBe(all)
  await goOnWithSchedule(env, few)
  expect((await order()).at(-2)).toEqual(first)
  // While somebody is at it nobody else is.
  await control().execute("update schedule_run set leased_until = '9999'")
  await goOnWithSchedule(env)
  expect(await left()).toBe(all - 1)
  await control().execute("update schedule_run set leased_until = ''")
  await goOnWithSchedule(env)
  expect([await left(), await finished()]).toEqual([0, expect.any(String)])
})

test('a company that ends each call keeps neither the others nor what is done once a night, and is told in the end', async () => {
  const [c, NIGHTLY] = [await company(), '30 1 * * *']
  const at = '2026-03-04T01:30:00.000Z' as Instant
  await control().execute(beginRun(NIGHTLY, at))
  // It was the last to be taken, and its call ended there.
  const soon = '9999-01-01T00:00:00.000Z' as Instant
  for (let i = 0; i < 3; i++) await control().execute(setTaken(NIGHTLY, c.id, soon))
  const turn = async (id: string) =>
    (
      await control().execute({
        sql: 'select * from schedule_turn where cron = ? and company = ?',
        args: [NIGHTLY, id],
      })
    ).rows[0]
  const few = { ms: 60_000, roundTrips: 1 }
  const all = Number((await control().execute("select count(*) as n from company where status = 'active'")).rows[0]!.n)
  for (let minute = 0; minute < all; minute++) await goOnWithSchedule(env, few)
  // All others, and what is done once, had their turn before it.
  expect([await turn(c.id), await turn('')]).toMatchObject([
    { tries: 3, done_run: 0 },
    { tries: expect.any(Number), taken_at: expect.any(String) },
  ])
  const kinds = async () =>
    (await control().execute({ sql: 'select distinct kind from alert where company = ? order by kind', args: [c.id] }))
      .rows
  await goOnWithSchedule(env, few)
  expect([await turn(c.id), await turn('')]).toMatchObject([{ tries: 0 }, { tries: 0 }])
  const runs = await control().execute({
    sql: 'select run, finished_at from schedule_run where cron = ?',
    args: [NIGHTLY],
  })
  expect([runs.rows[0]!.finished_at, (await turn(c.id))!.done_run]).toEqual([expect.any(String), runs.rows[0]!.run])
  expect(await kinds()).toEqual([])
  expect(records().filter(({ event }) => event === 'schedule-given-up')).toHaveLength(1)
})

test('a morning that fails is tried again the next minutes, and told when it is given up, until one is through', async () => {
  const [c, MORNING] = [await company(), '0 4 * * *']
  const administrator = await person({ env, call } as never)
  await control().execute(insertMembership(administrator.id, c.id, 'administrator', '2026-01-01T00:00:00.000Z'))
  const told = async () =>
    (
      await control().execute({
        sql: 'select kind from alert where user = ? and cleared_at is null',
        args: [administrator.id],
      })
    ).rows.map(({ kind }) => kind)
  const now = () => new Date().toISOString() as Instant
  const tries = async () =>
    (
      await control().execute({
        sql: `select t.tries, t.done_run = r.run as done, r.finished_at is not null as finished
              from schedule_turn t join schedule_run r on r.cron = t.cron where t.cron = ? and t.company = ?`,
        args: [MORNING, c.id],
      })
    ).rows[0]!
  /** The company's own database is too busy to answer. */
  const busy = (async (url: string, init: RequestInit) =>
    String(url).includes(c.id.replace('_', '-'))
      ? new Response('{}', { status: 503 })
      : env.DATABASE_FETCH!(url, init)) as typeof fetch
  const failing = { ...env, DATABASE_FETCH: busy }
  await runAllCompanies(failing, now(), MORNING)
  expect([{ ...(await tries()) }, await told()]).toMatchObject([{ tries: 1, done: 0, finished: 0 }, []])
  // Well again within the minute: the morning is made up for.
  await goOnWithSchedule(env)
  expect([{ ...(await tries()) }, await told()]).toMatchObject([{ tries: 0, done: 1, finished: 1 }, []])
  await runAllCompanies(failing, now(), MORNING)
  for (let minute = 0; minute < 3; minute++) await goOnWithSchedule(failing)
  expect([{ ...(await tries()) }, await told()]).toMatchObject([
    { tries: 0, done: 1, finished: 1 },
    ['schedule-not-run'],
  ])
  await runAllCompanies(env, now(), MORNING)
  expect(await told()).toEqual([])
})

test('a lease that has gone to another stays theirs, times take turns, and one that never ends is unfinished since its first', async () => {
  const [night, hour] = ['night', 'hour']
  const at = (clock: string) => `2026-03-05T${clock}:00.000Z` as Instant
  await control().execute('update schedule_run set finished_at = coalesce(finished_at, due_at)')
  for (const [cron, clock] of [
    [night, '01:30'],
    [hour, '02:17'],
  ] as const)
    await control().execute(beginRun(cron, at(clock)))
  const take = (now: string, until: string) => takeRun(control(), { cron: undefined, now: at(now), until: at(until) })
  const late = (await take('02:18', '02:34'))!
  await control().execute(leaveRun((await take('02:19', '02:35'))!, null))
  const next = (await take('02:36', '02:52'))!
  const other = (await take('02:37', '02:53'))!
  expect([late.cron, next.cron, other.cron]).toEqual([night, night, hour])
  // Who was late ends; the night is another's now, and not finished.
  await control().execute(leaveRun(late, at('02:40')))
  expect(await take('02:41', '02:57')).toBeUndefined()
  await control().execute(leaveRun(next, null))
  expect((await take('02:54', '02:55'))!.cron).toBe(night)
  // The night is the older, and the hour's turn comes first.
  expect((await take('02:56', '02:58'))!.cron).toBe(hour)
  for (const clock of ['03:17', '04:17']) await control().execute(beginRun(hour, at(clock)))
  const { rows } = await control().execute({
    sql: 'select due_at, unfinished_since from schedule_run where cron = ?',
    args: [hour],
  })
  expect(rows[0]).toMatchObject({ due_at: at('04:17'), unfinished_since: at('02:17') })
  await control().execute({ sql: 'update schedule_run set finished_at = ? where cron = ?', args: [at('04:20'), hour] })
  await control().execute(beginRun(hour, at('05:17')))
  expect(
    (await control().execute({ sql: 'select unfinished_since from schedule_run where cron = ?', args: [hour] }))
      .rows[0],
  ).toMatchObject({ unfinished_since: at('05:17') })
  await control().execute({ sql: 'delete from schedule_run where cron in (?, ?)', args: [night, hour] })
})

test('a company that cannot be marked as never opened keeps no other back', async () => {
  const [one, two] = [await company(), await company()]
  const marked = "update company set status = 'importing' where id in (?, ?)"
  await control().execute({ sql: marked, args: [one.id, two.id] })
  let tried = 0
  const racing: Database = {
    execute: (statement: never) => control().execute(statement),
    batch: (statements: never, mode: never) =>
      JSON.stringify(statements).includes('insert into company_deletion') && tried++ === 0
        ? Promise.reject(new Error('SQLITE_CONSTRAINT'))
        : control().batch(statements, mode),
  }
  await dropCompanies(env, racing, new Date(Date.now() + 8 * 24 * 3600_000).toISOString() as Instant)
  const { rows } = await control().execute({
    sql: 'select company from company_deletion where company in (?, ?) and done_at is not null',
    args: [one.id, two.id],
  })
  expect(rows).toHaveLength(1)
  expect(records().filter(({ event }) => event === 'company-deletion')).toHaveLength(1)
})

test('the whole chain of a log is checked in a query for many seals, and many entries in several', async () => {
  await call('/api/openapi.json')
  const at = new Date().toISOString() as Instant
  const entry = { type: 'user.signed-in', at, by: 'usr_x', subject: 'usr_x' }
  for (let i = 0; i < 40; i++) {
    await control().execute(insertControlEntries(entry))
    await sealControl(control(), at)
  }
  await control().execute(insertControlEntries(...Array<typeof entry>(6_000).fill(entry)))
  await sealControl(control(), at)
  let asked = 0
  const counting: Database = {
    execute: (statement: never) => {
      asked++
      return control().execute(statement)
    },
    batch: (statements: never, mode: never) => control().batch(statements, mode),
  }
  const { rows } = await control().execute('select count(*) as n from control_log')
  expect(await checkAuditLog(counting, true, CONTROL_LOG)).toMatchObject({ holds: true, rows: rows[0]!.n })
  expect(asked).toBeLessThan(10)
})

test('alerts that could not be handed over go later, more and more seldom, and nobody is sent the same twice', async () => {
  const [one, two] = [await person({ env, call } as never), await person({ env, call } as never)]
  const at = (seconds: number) => new Date(Date.now() + seconds * 1_000).toISOString() as Instant
  const alert = { kind: 'many-failures', subject: 'x', params: {}, at: at(0) } as const
  await control().batch([alertUser(alert, one.id), alertUser(alert, two.id)], 'write')
  const sent: string[] = []
  let refuses: string | null = two.email
  const MAIL = {
    send: async ({ to }: { to: string }) => {
      if (to === refuses) throw new Error('no')
      sent.push(to)
    },
  }
  const mailing = { ...env, LOCAL_INSTANCE: undefined, MAIL_FROM: 'post@kvist.example', MAIL } as unknown as Bindings
  expect(await sendAlerts(mailing, control(), at(1))).toBe(1)
  expect(await sendAlerts(mailing, control(), at(60))).toBe(0)
  refuses = null
  expect(await sendAlerts(mailing, control(), at(120))).toBe(0)
  expect(await sendAlerts(mailing, control(), at(180))).toBe(1)
  expect(await sendAlerts(mailing, control(), at(600))).toBe(0)
  expect(sent).toEqual([one.email, two.email])
})
