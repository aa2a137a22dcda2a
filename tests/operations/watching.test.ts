import { describe, expect, test, vi } from 'vitest'
import { companyMigrations } from '#db/company/migrations.ts'
import { isOperator } from '#worker/access/operator.ts'
import type { Instant } from '#worker/core/dates.ts'
import { goOnWithSchedule, runAllCompanies } from '#worker/cron/run-all-companies.ts'
import { checkControlLog } from '#worker/cron/run-each-minute.ts'
import { controlDatabase } from '#worker/database/connect.ts'
import type { Bindings } from '#worker/http/env.ts'
import { app } from '#worker/index.ts'
import { metricsText } from '#worker/operations/metrics-text.ts'
import { setInstanceFinding } from '#worker/verify/finding-store.ts'
import { OPERATOR, simpleDraft, testApp } from '../support/app.ts'
import { atTime } from '../support/clock.ts'

const { company, call, env } = testApp()
const newest = companyMigrations.at(-1)!.tag

describe('health', () => {
  test('is live without a database, and ready only when control and companies answer', async () => {
    await company()
    expect((await call('/health', { key: null })).json).toEqual({ live: true })
    expect((await call('/ready', { key: null })).json).toEqual({
      ready: true,
      control: true,
      schema: true,
      databases: true,
    })
    const dead = { ...env, DATABASE_FETCH: async () => new Response('{}', { status: 500 }) } as unknown as Bindings
    const health = await app.request('/health', {}, dead)
    const ready = await app.request('/ready', {}, dead)
    expect([health.status, ready.status, ready.headers.get('retry-after')]).toEqual([200, 503, '2'])
    expect(await ready.json()).toEqual({ ready: false, control: false, schema: null, databases: null })
  })
})

describe('metrics', () => {
  test('are Prometheus text for whoever shows the key, and not there for anybody else', async () => {
    const c = await company()
    await c.call('/vouchers', { body: simpleDraft() })
    expect((await call('/metrics', { key: null })).status).toBe(404)
    expect((await call('/metrics', { key: 'wrong' })).status).toBe(404)
    const { text, headers } = await call('/metrics')
    expect(headers.get('content-type')).toContain('text/plain; version=0.0.4')
    const value = (name: string) =>
      Number(new RegExp(`^${name.replace(/[{}()|^$.*+?\\/]/g, '\\$&')} (.+)$`, 'm').exec(text)?.[1])
    const route = 'method="POST",route="/api/v1/companies/:company/vouchers"'
    expect(value(`hovedbok_requests_total{${route},status="201"}`)).toBeGreaterThan(0)
    expect(value(`hovedbok_request_duration_seconds_bucket{${route},le="+Inf"}`)).toBe(
      value(`hovedbok_request_duration_seconds_count{${route}}`),
    )
    expect(value('hovedbok_posted_vouchers_total')).toBeGreaterThan(0)
    expect(value('hovedbok_jobs_waiting')).toBe(0)
    expect(value('hovedbok_database_round_trips_total')).toBeGreaterThan(3)
    expect(value('hovedbok_companies_without{what="backup"}')).toBeGreaterThan(0)
    expect(text).not.toContain(c.id)

    const closed = { ...env, LOCAL_INSTANCE: '', METRICS_KEY: 'a-key' } as Bindings
    const ask = (key: string) => app.request('/metrics', { headers: { authorization: `Bearer ${key}` } }, closed)
    expect([(await ask(OPERATOR)).status, (await ask('a-key')).status]).toEqual([404, 200])
  })

  test('buckets of a histogram add up', () => {
    const text = metricsText(
      {
        requests: new Map([['GET /a 200', 3]]),
        durations: new Map([['GET /a', { counts: [1, 0, 2], sum: 0.5, count: 4 }]]),
        buckets: [0.01, 0.1, 1],
        counters: {
          posts: 0,
          requestsShed: 0,
          jobsWaiting: 0,
          databaseRoundTrips: 0,
          verificationsFailed: 0,
          deletionsFailed: 0,
          backupsFailed: 0,
        },
      },
      {
        ...{ companies: 2, failing: 1, findings: 3, notVerified: 0, notBackedUp: 1 },
        ...{ lateVerification: 1, lateBackup: 0, unopened: 0, unfinished: 1, instance: ['control-log-broken'] },
        ...{ oldestVerification: '2026-03-01T00:00:00.000Z' as Instant, oldestBackup: null },
      },
      '2026-03-01T01:00:00.000Z' as Instant,
    )
    expect(
      text.split('\n').filter((line) => line.startsWith('hovedbok_request_duration') || line.includes('age')),
    ).toEqual([
      'hovedbok_request_duration_seconds_bucket{method="GET",route="/a",le="0.01"} 1',
      'hovedbok_request_duration_seconds_bucket{method="GET",route="/a",le="0.1"} 1',
      'hovedbok_request_duration_seconds_bucket{method="GET",route="/a",le="1"} 3',
      'hovedbok_request_duration_seconds_bucket{method="GET",route="/a",le="+Inf"} 4',
      'hovedbok_request_duration_seconds_sum{method="GET",route="/a"} 0.5',
      'hovedbok_request_duration_seconds_count{method="GET",route="/a"} 4',
      '# HELP hovedbok_oldest_verification_age_seconds Since the last check of the company where that is longest ago',
      '# TYPE hovedbok_oldest_verification_age_seconds gauge',
      'hovedbok_oldest_verification_age_seconds 3600',
      '# HELP hovedbok_oldest_backup_age_seconds Since the last backup of the company where that is longest ago',
      '# TYPE hovedbok_oldest_backup_age_seconds gauge',
    ])
  })
})

describe('the operator', () => {
  test('sees each company’s schema, size, last check and last backup, and none of its books; a member does not', async () => {
    const c = await company({ name: 'Sett AS' })
    await c.call('/vouchers', { body: simpleDraft({ text: 'Hemmelig tekst' }) })
    await c.call('/backups', { method: 'POST' })
    const { json, text } = await call('/api/v1/instance/companies')
    const seen = json.companies.find(({ id }: any) => id === c.id)
    expect(seen).toMatchObject({
      name: 'Sett AS',
      status: 'active',
      verified: null,
      file: { schema: newest, current: true },
    })
    expect(seen.file.size).toBeGreaterThan(100_000)
    expect(seen.backedUp.size).toBeGreaterThan(1_000)
    expect(text).not.toContain('Hemmelig')
    const key = await c.key('administrator')
    expect((await call('/api/v1/instance/companies', { key })).json.code).toBe('permission/missing')
    const html = { headers: { accept: 'text/html' } }
    for (const language of ['nb', 'en']) {
      const page = await call('/operator/status', { ...html, language })
      expect([page.status, page.text.includes('Sett AS'), page.text.includes(newest)]).toEqual([200, true, true])
    }
    expect((await call('/operator/status', { ...html, key })).status).toBe(403)
  })

  test('is told when the schedule stands still, and what is wrong with what belongs to no company', async () => {
    const c = await company({ name: 'Glemt AS' })
    const at = (hours: number) => new Date(Date.now() - hours * 3600_000).toISOString() as Instant
    const control = controlDatabase(env)
    const status = async () => (await call('/operator/status', { headers: { accept: 'text/html' } })).text
    const totals = async () => (await call('/api/v1/instance/totals')).json
    await atTime(at(30), () => runAllCompanies(env, at(30), '30 1 * * *'))
    expect(await totals()).toMatchObject({
      lateVerification: expect.any(Number),
      lateBackup: 0,
      unfinished: 0,
      instance: [],
    })
    expect((await totals()).lateVerification).toBeGreaterThan(0)
    expect(await status()).toContain('ikke er kontrollert de siste tre timene')
    await control.execute({ sql: 'update backup set recorded_at = ? where company = ?', args: [at(40), c.id] })
    expect((await totals()).lateBackup).toBe(1)
    await control.execute("update schedule_run set unfinished_since = '2020', finished_at = null")
    await checkControlLog(control, at(0))
    expect((await totals()).instance).toEqual([])
    await control.batch([setInstanceFinding('control-log-broken', 2, at(0))], 'write')
    expect(await totals()).toMatchObject({ unfinished: 1, instance: ['control-log-broken'] })
    expect(await status()).toContain('Loggen over tilganger er endret')
    expect((await call('/metrics')).text).toMatch(/^hovedbok_instance_findings 1$/m)
    await goOnWithSchedule(env)
    await checkControlLog(control, at(0))
    expect(await totals()).toMatchObject({ unfinished: 0, instance: [] })
  })

  test('is told which file is set aside, apart from one that does not answer, in status, api and log', async () => {
    const [damaged, silent] = [await company({ name: 'Skadet AS' }), await company({ name: 'Stille AS' })]
    const lines: string[] = []
    const spy = vi.spyOn(console, 'error').mockImplementation((line) => void lines.push(line))
    const real = env.DATABASE_FETCH!
    env.DATABASE_FETCH = (async (url: string, init: RequestInit) => {
      const isOf = ({ id }: { id: string }) => String(url).includes(id.replace('_', '-'))
      if (isOf(silent)) return Response.json({ message: 'too much to do', code: 'DATABASE_BUSY' }, { status: 503 })
      if (isOf(damaged)) return Response.json({ message: 'set aside', code: 'DATABASE_QUARANTINED' }, { status: 503 })
      return real(url, init)
    }) as typeof fetch
    const { companies } = (await call('/api/v1/instance/companies')).json
    const [nb, en] = await Promise.all(
      (['nb', 'en'] as const).map(
        async (language) => (await call('/operator/status', { headers: { accept: 'text/html' }, language })).text,
      ),
    )
    env.DATABASE_FETCH = real
    spy.mockRestore()
    const state = ({ id }: { id: string }) => companies.find((company: any) => company.id === id)
    expect([state(damaged), state(silent)]).toMatchObject([
      { file: null, quarantined: true },
      { file: null, quarantined: false },
    ])
    for (const text of [
      'er satt til side, fordi filen er skadet: 1.',
      'som ikke svarer: 1.',
      '>Satt til side<',
      '>Svarer ikke<',
    ])
      expect(nb).toContain(text)
    for (const text of [
      'are set aside, because the file is damaged: 1.',
      'that do not answer: 1.',
      '>Set aside<',
      '>No answer<',
    ])
      expect(en).toContain(text)
    const codes = lines.map((line) => JSON.parse(line)).filter(({ event }) => event === 'company-database')
    expect(new Set(codes.map(({ company, code }) => `${company} ${code}`))).toEqual(
      new Set([`${damaged.id} DATABASE_QUARANTINED`, `${silent.id} DATABASE_BUSY`]),
    )
  })

  test('is the local one, a person named in OPERATORS, or the demo user of one’s own machine', () => {
    const user = (id: string, email: string) => ({ kind: 'user', id, name: '', email, session: null }) as const
    const [named, demo] = [user('usr_a', 'a@example.no'), user('usr_d', 'ingrid@lofthus.example')]
    expect(isOperator({ OPERATORS: 'usr_b usr_a' }, named)).toBe(true)
    expect(isOperator({ OPERATORS: 'usr_b' }, named)).toBe(false)
    expect(isOperator({}, demo)).toBe(false)
    expect(isOperator({ LOCAL_INSTANCE: '1' }, demo)).toBe(true)
  })
})
