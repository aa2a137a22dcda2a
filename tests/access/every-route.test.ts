import { createClient } from '@libsql/client/web'
import { beforeAll, describe, expect, test } from 'vitest'
import { OPERATOR, simpleDraft, testApp } from '#tests/support/app.ts'
import { mayDo, PERMISSIONS, type Permission, ROLES, type Role } from '#worker/access/permission.ts'
import { sha256 } from '#worker/core/hash.ts'
import { type Operation, operationOf } from '#worker/http/operation.ts'
import { app } from '#worker/index.ts'

/** Every route of the API as it is mounted, with what it says of itself. */
type Route = { method: string; path: string; about: Operation }
const routes: Route[] = app.routes.flatMap(({ method, path, handler }) => {
  const about = operationOf(handler)
  return about ? [{ method, path, about }] : []
})
const inCompany = routes.filter((r) => r.about.access in PERMISSIONS)
const permissionOf = (r: Route): Permission => r.about.access as Permission

/** Words that stand in the other company and nowhere else. */
const CANARY = 'KANARIFUGL'
const { company, call, env } = testApp()
let own: Awaited<ReturnType<typeof company>>
let foreign: Awaited<ReturnType<typeof company>>
const keys = new Map<Role, string>()
const ids = new Map<string, string>()

beforeAll(async () => {
  ;[own, foreign] = [await company({ name: 'Eget AS' }), await company({ name: `${CANARY} AS` })]
  for (const role of ROLES) keys.set(role, await own.key(role))
  await foreign.call('/parties', { body: { kind: 'customer', number: '10001', name: CANARY } })
  await foreign.call('/accounts', { body: { number: '6805', nameNb: CANARY } })
  await foreign.call('/dimensions/project/values', { body: { code: 'P-77', name: CANARY } })
  await foreign.call('/voucher-types', { body: { key: 'canary', series: 'KF', nameNb: CANARY } })
  const voucher = await foreign.call('/vouchers', { body: simpleDraft({ text: CANARY }) })
  const month = voucher.json.recordedAt.slice(0, 7)
  const lock = await foreign.call('/locks', {
    body: { fromMonth: month, toMonth: month, level: 'soft', reason: CANARY },
  })
  const budget = await foreign.call('/budgets', { body: { year: new Date().getFullYear(), name: CANARY } })
  const key = await foreign.call('/keys', { body: { name: CANARY, role: 'reader' } })
  // Every id of a path is one that exists, in the other company.
  for (const [name, id] of Object.entries({
    voucher: voucher.json.id,
    lock: lock.json.id,
    key: key.json.id,
    budget: budget.json.id,
    account: '6805',
    kind: 'customer',
    number: '10001',
    dimension: 'project',
    value: 'P-77',
    voucherType: 'canary',
  }))
    ids.set(name, id)
})

const pathIn = (route: Route, id: string): string =>
  route.path.replace(/:(\w+)(?:\{[^}]*\})?/g, (_, name: string) =>
    name === 'company' ? id : encodeURIComponent(ids.get(name) ?? 'none'),
  )

/** A request that is let in goes no further than reading its body, so that trying every route changes nothing. */
async function ask(route: Route, id: string, key: string | null) {
  const reads = route.method === 'GET'
  return call(pathIn(route, id), {
    method: route.method,
    key,
    ...(!reads && { raw: 'not json', headers: { 'content-type': 'application/json' } }),
  })
}

const told = (answer: { status: number; json: any }): string => `${answer.status} ${answer.json?.code ?? ''}`.trim()
const name = (r: Route): string => `${r.method} ${r.path}`

describe('what is served is declared', () => {
  test('every route of the API says who may call it', () => {
    const declared = new Set(routes.map(name))
    const served = app.routes.filter((r) => r.path.startsWith('/api/') && r.method !== 'ALL')
    expect(routes.length).toBeGreaterThan(30)
    expect(inCompany.length).toBeGreaterThan(25)
    const open = served.map((r) => `${r.method} ${r.path}`).filter((r) => !declared.has(r))
    expect([...new Set(open)]).toEqual([])
  })

  test('a route of a company asks for a right in that company', () => {
    const wrong = routes.filter((r) => r.path.includes(':company') && !(r.about.access in PERMISSIONS))
    expect(wrong.map(name)).toEqual([])
    const outside = inCompany.filter((r) => !r.path.startsWith('/api/v1/companies/:company'))
    expect(outside.map(name)).toEqual([])
  })
})

describe('who may do what', () => {
  test.each(ROLES)('%s: exactly what the table says, on every route', async (role) => {
    const wrong: string[] = []
    for (const route of inCompany) {
      const answer = await ask(route, own.id, keys.get(role)!)
      const refused = answer.status === 403 && answer.json?.code === 'permission/missing'
      const allowed = answer.status !== 401 && !refused && answer.json?.code !== 'company/unknown'
      if (allowed !== mayDo(role, permissionOf(route)) || (!allowed && !refused))
        wrong.push(`${name(route)} ${told(answer)}`)
      if (answer.status >= 500) wrong.push(`${name(route)} ${told(answer)}`)
    }
    expect(wrong).toEqual([])
  })

  test('nobody, and a key that is none, get nowhere', async () => {
    const wrong: string[] = []
    for (const route of routes.filter((r) => r.about.access !== 'public'))
      for (const key of [null, 'hbk_none']) {
        const answer = await ask(route, own.id, key)
        if (told(answer) !== '401 sign-in/required') wrong.push(`${name(route)} ${told(answer)}`)
      }
    expect(wrong).toEqual([])
  })

  test('what the local operator alone may do, no key may', async () => {
    const operators = routes.filter((r) => r.about.access === 'operator')
    for (const route of operators)
      for (const key of keys.values())
        expect([name(route), told(await ask(route, own.id, key))]).toEqual([name(route), '403 permission/missing'])
  })
})

describe('another company', () => {
  test.each(ROLES)('%s: is not found on any route, and none of its data is told', async (role) => {
    const leaks: string[] = []
    for (const route of inCompany) {
      const answer = await ask(route, foreign.id, keys.get(role)!)
      if (told(answer) !== '404 company/unknown') leaks.push(`${name(route)} ${told(answer)}`)
      if (answer.text.includes(CANARY)) leaks.push(`${name(route)} tells`)
    }
    expect(leaks).toEqual([])
  })

  test('is not found by a signed-in user of one’s own company either', async () => {
    const control = createClient({
      url: env.CONTROL_DATABASE_URL,
      authToken: env.DATABASE_TOKEN,
      fetch: env.DATABASE_FETCH,
    })
    const [token, until] = ['session-of-ane', '2999-01-01T00:00:00.000Z']
    const at = new Date().toISOString()
    await control.batch(
      [
        "insert into user (id, email, name, created_at) values ('usr_ane', 'ane@example.no', 'Ane', '2026-01-01')",
        { sql: "insert into membership values ('usr_ane', ?, 'administrator', ?)", args: [own.id, at] },
        {
          sql: "insert into session (token_hash, user, created_at, expires_at) values (?, 'usr_ane', ?, ?)",
          args: [await sha256(token), at, until],
        },
      ],
      'write',
    )
    const headers = { cookie: `hovedbok_session=${token}` }
    const wrong: string[] = []
    for (const route of inCompany.filter((r) => r.method === 'GET')) {
      const mine = await call(pathIn(route, own.id), { key: null, headers })
      if ([401, 403].includes(mine.status) || mine.json?.code === 'company/unknown') wrong.push(name(route))
      const theirs = await call(pathIn(route, foreign.id), { key: null, headers })
      if (told(theirs) !== '404 company/unknown') wrong.push(`${name(route)} ${told(theirs)}`)
    }
    expect(wrong).toEqual([])
    // The cookie alone changes nothing from another site: no Origin, another origin, or another site by the browser’s word.
    const elsewhere: Record<string, string>[] = [
      {},
      { origin: 'http://example.com' },
      { origin: 'http://localhost', 'sec-fetch-site': 'same-site' },
    ]
    for (const more of elsewhere)
      expect(told(await own.call('/keys', { key: null, headers: { ...headers, ...more }, body: {} }))).toBe(
        '403 request/cross-site',
      )
  })

  test('answers as a company that does not exist', async () => {
    const key = keys.get('administrator')!
    for (const route of inCompany) {
      const [real, none] = [await ask(route, foreign.id, key), await ask(route, `cmp_${'0'.repeat(26)}`, key)]
      const without = (json: any) => ({ ...json, instance: '', requestId: '' })
      expect([name(route), without(real.json)]).toEqual([name(route), without(none.json)])
    }
  })

  test('its ids are not found through one’s own company', async () => {
    const leaks: string[] = []
    for (const route of inCompany) {
      const answer = await ask(route, own.id, keys.get('administrator')!)
      if (answer.text.includes(CANARY)) leaks.push(name(route))
    }
    expect(leaks).toEqual([])
  })

  test('is not reached by naming it in body or query', async () => {
    const key = keys.get('administrator')!
    const smuggled = [
      await own.call('/parties', { key, body: { kind: 'customer', name: 'X', company: foreign.id } }),
      await own.call('/accounts', { key, body: { number: '6806', nameNb: 'X', company: foreign.id } }),
      await own.call('/keys', { body: { name: 'X', role: 'reader', company: foreign.id } }),
      await own.call(`/parties?company=${foreign.id}`, { key }),
      await own.call(`/events?company=${foreign.id}`, { key }),
    ]
    expect(smuggled.map(told)).toEqual(Array(5).fill('422 request/invalid'))
    expect(
      (await own.call('/accounts', { key, headers: { database: foreign.id.replace('_', '-') } })).text,
    ).not.toContain(CANARY)
  })

  test('trying every route changed nothing there', async () => {
    const { events } = (await foreign.call('/events', { key: OPERATOR })).json
    expect(events.map((e: any) => e.type)).toEqual([
      'party.created',
      'account.created',
      'dimension-value.created',
      'voucher-type.created',
      'voucher.posted',
      'period.locked',
      'budget.created',
      'key.created',
    ])
  })
})
