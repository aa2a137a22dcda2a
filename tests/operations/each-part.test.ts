import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { testApp } from '#tests/support/app.ts'
import { person } from '#tests/support/person.ts'
import { sendAlerts } from '#worker/alerts/send-alerts.ts'
import { alertUser } from '#worker/alerts/store.ts'
import { insertControlEntries } from '#worker/control-log/store.ts'
import type { Instant } from '#worker/core/dates.ts'
import { goOnWithSchedule, runAllCompanies } from '#worker/cron/run-all-companies.ts'
import { sealControl } from '#worker/cron/run-each-minute.ts'
import { beginRun, setTaken } from '#worker/cron/schedule-store.ts'
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
  const checked = async () =>
    (await control().execute({ sql: 'select company from verification where recorded_at = ?', args: [at] })).rows.map(
      (r) => r.company,
    )
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
