import { readFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { serverLine } from '#dev/hrana/server-log.ts'
import type { Instant } from '#worker/core/dates.ts'
import { runAllCompanies } from '#worker/cron/run-all-companies.ts'
import type { Bindings } from '#worker/http/env.ts'
import { faultOf, type LogFields, lineOf, WITHHELD } from '#worker/http/log.ts'
import { simpleDraft, testApp } from '../support/app.ts'

const { company, call, env } = testApp()
env.LOG = 'requests'

/** What must never stand in a log. */
const [NAME, EMAIL, TOKEN, NUMBER] = [
  'Kari Nordmann',
  'kari.nordmann@example.no',
  `hbk_${'a1'.repeat(29)}`,
  '12057412345',
]
const SECRETS = [NAME, 'Nordmann', EMAIL, TOKEN, NUMBER]

let lines: string[]
beforeEach(() => {
  lines = []
  for (const way of ['log', 'error'] as const)
    vi.spyOn(console, way).mockImplementation((line) => void lines.push(line))
})
afterEach(() => vi.restoreAllMocks())
const records = () => lines.map((line) => JSON.parse(line))

describe('a line of the log', () => {
  test('has the fields that were declared, each of its own shape; anything else is withheld', () => {
    const given = {
      requestId: EMAIL,
      route: `/${NAME}`,
      code: TOKEN,
      error: NAME,
      company: NUMBER,
      at: [NAME],
      database: EMAIL,
    }
    const line = lineOf('error', 'fault', { ...given, what: NAME, status: 500 } as LogFields)
    for (const secret of SECRETS) expect(line).not.toContain(secret)
    expect(JSON.parse(line)).toMatchObject({ level: 'error', event: 'fault', requestId: WITHHELD, status: 500 })
  })

  test('tells of an error its class, code and frames, never the message, however many lines it has', () => {
    const fault = Object.assign(new TypeError(`insert into party\n    at ${NAME} (${EMAIL})\nvalues ('${TOKEN}')`), {
      code: 'SQLITE_CONSTRAINT',
    })
    const line = lineOf('error', 'fault', faultOf(fault))
    for (const secret of SECRETS) expect(line).not.toContain(secret)
    const told = JSON.parse(line)
    expect(told).toMatchObject({ error: 'TypeError', code: 'SQLITE_CONSTRAINT' })
    expect(told.at[0]).toContain('log.test.ts')
  })
})

describe('requests', () => {
  test('with names, addresses and tokens everywhere leave none in the log, whether they succeed, are refused or break', async () => {
    const c = await company({ name: `${NAME} AS` })
    const headers = { 'user-agent': NAME, cookie: `hovedbok_session=${TOKEN}`, 'x-request-id': EMAIL, referer: EMAIL }
    const body = { kind: 'customer', number: '10001', name: NAME, email: EMAIL }
    await c.call('/parties', { body, headers: { ...headers, cookie: '' } })
    await c.call('/vouchers', { body: simpleDraft({ text: `${NAME} ${EMAIL} ${NUMBER}` }) })
    await c.call(`/parties/customer/${encodeURIComponent(NAME)}?q=${EMAIL}`)
    await call('/api/v1/me', { key: TOKEN })
    await call(`/api/v1/companies/${encodeURIComponent(EMAIL)}/vouchers?text=${NUMBER}`)
    await call(`/${encodeURIComponent(NAME)}/${TOKEN}`, { key: null })
    await call('/sign-in', { raw: new URLSearchParams({ email: EMAIL, password: TOKEN }), key: null, headers })
    // A database that breaks with a statement in its message.
    const broken = env.DATABASE_FETCH
    env.DATABASE_FETCH = (async (...asked: Parameters<typeof fetch>) => {
      if (String(asked[1]?.body).includes('from party'))
        return Response.json({
          results: [{ type: 'error', error: { message: `no: ${NAME}\n at ${EMAIL} ${TOKEN}`, code: 'BROKEN' } }],
        })
      return broken!(...asked)
    }) as typeof fetch
    const [answer] = await Promise.all([
      c.call('/parties?kind=customer'),
      vi.waitFor(() => expect(lines.length).toBeGreaterThan(3)),
    ])
    env.DATABASE_FETCH = broken!
    expect(answer.status).toBeGreaterThanOrEqual(500)
    const text = lines.join('\n')
    for (const secret of SECRETS) expect(text).not.toContain(secret)
    expect(records().filter(({ event }) => event === 'fault')).toHaveLength(1)
    expect(records().filter(({ event }) => event === 'request').length).toBeGreaterThan(6)
  }, 20_000)

  test('are told by route, status and caller’s kind, with the company and the round trips to databases', async () => {
    const c = await company()
    lines = []
    await c.call('/vouchers', { body: simpleDraft() })
    const posted = records().find(({ route }) => route === '/api/v1/companies/:company/vouchers')
    expect(posted).toMatchObject({ event: 'request', method: 'POST', status: 201, company: c.id, as: 'operator' })
    expect(posted.roundTrips).toBeGreaterThan(0)
  })

  test('have an id, taken from the caller when it is one, answered, and carried to the databases', async () => {
    const c = await company()
    const seen = new Set<string | null>()
    const before = env.DATABASE_FETCH
    env.DATABASE_FETCH = (async (url: string, init: RequestInit) => {
      seen.add(new Headers(init.headers).get('x-request-id'))
      return before!(url, init)
    }) as typeof fetch
    const id = '0af7651916cd43dd8448eb211c80319c'
    const answer = await c.call('/vouchers', { body: simpleDraft(), headers: { 'x-request-id': id } })
    env.DATABASE_FETCH = before!
    expect(answer.headers.get('x-request-id')).toBe(id)
    expect(seen.has(id)).toBe(true)
    const own = await c.call('/vouchers', { headers: { 'x-request-id': EMAIL } })
    expect(own.headers.get('x-request-id')).toMatch(/^req_/)
    const line = serverLine({ path: '/cmp-1/v2/pipeline', requestId: `${id},${EMAIL}`, status: 500, ms: 12.3 })!
    expect(JSON.parse(line)).toMatchObject({ database: 'cmp-1', requestId: [id, WITHHELD], status: 500, ms: 13 })
    expect(serverLine({ path: '/cmp-1/v2/pipeline', requestId: id, status: 200, ms: 12 })).toBeUndefined()
  })
})

test('a dry run is told to the database under its own id, and a post that waits on the database keeps its own', async () => {
  const c = await company()
  const [posting, trying] = ['0af7651916cd43dd8448eb211c80319c', '4bf92f3577b34da6a3ce929d0e0e4736']
  const asked: [id: string | null, writes: boolean][] = []
  const before = env.DATABASE_FETCH!
  let dryRun: Promise<unknown> | undefined
  const tryOut = () => c.call('/vouchers/dry-run', { body: { vouchers: [simpleDraft()] }, headers: named(trying) })
  const named = (id: string) => ({ 'x-request-id': id })
  env.DATABASE_FETCH = (async (url: string, init: RequestInit) => {
    asked.push([new Headers(init.headers).get('x-request-id'), String(init.body).includes('insert into voucher')])
    // While the post is on its way to the database somebody tries out, from beginning to end.
    if (asked.at(-1)![1]) dryRun ??= tryOut()
    if (asked.at(-1)![1]) await dryRun
    return before(url, init)
  }) as typeof fetch
  await c.call('/vouchers', { body: simpleDraft(), headers: named(posting) })
  const overlapping = asked.splice(0)
  await tryOut()
  env.DATABASE_FETCH = before
  expect(overlapping.filter(([, writes]) => writes)).toEqual([[posting, true]])
  expect(new Set(overlapping.map(([id]) => id))).toEqual(new Set([posting, trying]))
  expect(overlapping.filter(([id]) => id === trying).length).toBe(asked.length)
  expect(new Set(asked.map(([id]) => id))).toEqual(new Set([trying]))
})

test('lines of Cloudflare’s own, with the address as it was asked for, are not kept', () => {
  const config = readFileSync('wrangler.toml', 'utf8')
  expect(config).toMatch(/\n\[observability\.logs\]\nenabled = true\ninvocation_logs = false\n/)
})

describe('what is done on schedule', () => {
  const control = () =>
    call('/api/v1/instance/companies').then(
      ({ json }) => json.companies as { id: string; verified: { ok: boolean } | null }[],
    )

  test('tells administrators of a check that finds something, one that cannot be made, and a backup that fails; once, until it is over', async () => {
    const c = await company({ name: 'Varslet AS' })
    const { createClient } = await import('@libsql/client/web')
    const db = createClient({
      url: env.CONTROL_DATABASE_URL,
      authToken: env.DATABASE_TOKEN!,
      fetch: env.DATABASE_FETCH!,
    })
    await db.batch([
      "insert into user (id, email, name, created_at) values ('usr_told', 'told@example.no', 'Told', '2026-01-01')",
      { sql: "insert into membership values ('usr_told', ?, 'administrator', '2026-01-01')", args: [c.id] },
    ])
    const told = async () =>
      (
        await db.execute("select kind, params from alert where user = 'usr_told' and cleared_at is null order by kind")
      ).rows.map((r) => `${r.kind} ${r.params}`)
    await c.call('/vouchers', { body: simpleDraft() })
    const at = (hour: string) => `2026-03-01T${hour}:00.000Z` as Instant
    await c.db.batch(['create table stray (a integer) strict'], 'write')
    for (const hour of ['05:17', '06:17']) await runAllCompanies(env, at(hour), '17 * * * *')
    expect(await told()).toEqual(['verification-failed {"count":"1","checks":"schema-as-migrated"}'])
    expect((await control()).find(({ id }) => id === c.id)?.verified?.ok).toBe(false)
    expect(records().find(({ event }) => event === 'verification')).toMatchObject({ company: c.id })

    const none = { ...env, DATABASE_ADMIN_URL: undefined } as unknown as Bindings
    await c.db.batch(['drop table stray'], 'write')
    await runAllCompanies(none, at('23:30'), '30 1 * * *')
    expect(await told()).toEqual(['backup-failed {}'])
    await runAllCompanies(env, `2026-03-02T01:30:00.000Z` as Instant, '30 1 * * *')
    expect(await told()).toEqual([])

    await runAllCompanies({ ...env, DATABASE_FETCH: onlyControl() }, at('08:17'), '17 * * * *')
    expect(await told()).toEqual(['verification-not-run {}'])
  }, 30_000)

  /** Company databases answer 500. */
  function onlyControl(): typeof fetch {
    const real = env.DATABASE_FETCH!
    return (async (url: string, init: RequestInit) =>
      String(url).includes('/control/') ? real(url, init) : new Response('{}', { status: 500 })) as typeof fetch
  }
})
