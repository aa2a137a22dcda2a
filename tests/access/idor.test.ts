import { beforeAll, expect, test } from 'vitest'
import { simpleDraft, testApp } from '#tests/support/app.ts'
import { workbookOf } from '#tests/support/sheet.ts'
import { forgetAccess } from '#worker/access/allow.ts'
import { forgetSessions } from '#worker/access/identify.ts'
import {
  type Holder,
  mayDo,
  mayInOffice,
  OFFICE_PERMISSIONS,
  type OfficePermission,
  type OfficeRole,
  PERMISSIONS,
  type Permission,
  ROLES,
} from '#worker/access/permission.ts'
import { sha256 } from '#worker/core/hash.ts'
import { controlDatabase } from '#worker/database/connect.ts'

// The probe matrix (reliability.md S1, S2): every route of the API document × everyone there is × where the id stands. All of it
// by `npm run probes`; a seeded slice, in which every route is still tried, in `npm test`.

const WHOLE = process.env.PROBES === 'all'
/** Of the whole matrix, one in this many in the slice. */
const SLICE = 9
/** Words that stand in the other company and the other office, and nowhere else. */
const CANARY = 'KANARIFUGL'

const app = testApp()
const { call, env } = app
type Who = {
  name: string
  key: string | null
  cookie?: string
  /** What they may do in the first company; undefined when it is none of theirs. */
  own?: Holder
  /** Which of the two years the first company has they are held to. */
  office?: OfficeRole
  /** Whether anybody answers for the token. */
  known: boolean
}
type Route = { method: string; path: string; permission: string }
/** What an auditor may ask with a POST. */
const READING = /\/(batch|check|stale|verification|trial|conversion)$/
const people: Who[] = []
let routes: Route[] = []
let own: Awaited<ReturnType<typeof app.company>>
let foreign: Awaited<ReturnType<typeof app.company>>
/** Who has what, to be put back after a probe that was let in and took it away. */
const planted: { sql: string; args: (string | null)[] }[] = []
const offices = { own: 'off_own', foreign: 'off_foreign' }
const ids = new Map<string, string>()
const RIGHTS: readonly Permission[] = ['company:read', 'ledger:read', 'register:read', 'register:write']

const [PAST, NOW, FUTURE] = ['2020-01-01T00:00:00.000Z', new Date().toISOString(), '2999-01-01T00:00:00.000Z']

beforeAll(async () => {
  ;[own, foreign] = [await app.company({ name: 'Eget AS' }), await app.company({ name: `${CANARY} AS` })]
  const document = (await call('/api/openapi.json', { key: null })).json
  routes = Object.entries<Record<string, any>>(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, about]) => ({
      method: method.toUpperCase(),
      path,
      permission: about['x-permission'],
    })),
  )
  await plant()
  for (const role of ROLES) people.push({ name: `key ${role}`, key: await own.key(role), own: role, known: true })
  const expired = (
    await own.call('/keys', { body: { name: 'gammel', role: 'administrator', expiresAt: '2020-01-01' } })
  ).json
  people.push({ name: 'expired key', key: expired.key, known: false })
  people.push({ name: 'nobody', key: null, known: false })
  const control = controlDatabase(env)
  const run = (sql: string, ...args: (string | null)[]) => {
    if (/^(insert|update)/.test(sql)) planted.push({ sql: sql.replace(/^insert into/, 'insert or ignore into'), args })
    return control.execute({ sql, args })
  }
  await run("insert into office (id, name, created_at) values ('off_own', 'Eget byrå', ?)", NOW)
  await run(`insert into office (id, name, created_at) values ('off_foreign', '${CANARY} byrå', ?)`, NOW)
  await run("update company set office = 'off_own' where id = ?", own.id)
  await run("update company set office = 'off_foreign' where id = ?", foreign.id)
  await run(
    `insert into custom_role (id, company, name, permissions, by, changed_at) values ('rol_own', ?, 'Register', ?, 'x', ?)`,
    own.id,
    JSON.stringify(RIGHTS),
    NOW,
  )
  const person = async (name: string, give: Partial<Who>, until: string = FUTURE) => {
    const id = `usr_${name.replaceAll(' ', '')}`
    await run(
      'insert into user (id, email, name, created_at, email_verified_at) values (?, ?, ?, ?, ?)',
      id,
      `${id}@example.no`.toLowerCase(),
      name,
      NOW,
      NOW,
    )
    await run(
      'insert into session (token_hash, user, created_at, expires_at) values (?, ?, ?, ?)',
      await sha256(`session ${name}`),
      id,
      NOW,
      until,
    )
    people.push({
      name,
      key: null,
      cookie: `hovedbok_session=${encodeURIComponent(`session ${name}`)}`,
      known: until > NOW,
      ...give,
    })
    return id
  }
  const member = (user: string, company: string, role: string) =>
    run('insert into membership (user, company, role, created_at) values (?, ?, ?, ?)', user, company, role, NOW)
  const staff = (user: string, office: string, role: OfficeRole) =>
    run('insert into office_member (office, user, role, created_at) values (?, ?, ?, ?)', office, user, role, NOW)
  await member(await person('member', { own: 'accountant' }), own.id, 'accountant')
  await member(await person('custom role', { own: { permissions: RIGHTS } }), own.id, 'rol_own')
  const removed = await person('removed member', {})
  await member(removed, own.id, 'administrator')
  await control.execute({ sql: 'delete from membership where user = ?', args: [removed] })
  planted.pop()
  await member(await person('expired session', {}, PAST), own.id, 'administrator')
  await staff(
    await person('office administrator', { own: 'administrator', office: 'administrator' }),
    'off_own',
    'administrator',
  )
  const assigned = await person('assigned staff', { own: 'accountant', office: 'assistant' })
  await staff(assigned, 'off_own', 'assistant')
  await run(
    "insert into client_assignment (company, user, duty, role, by, created_at) values (?, ?, 'team', 'accountant', 'x', ?)",
    own.id,
    assigned,
    NOW,
  )
  await staff(await person('staff not assigned', { office: 'accountant' }), 'off_own', 'accountant')
  const year = new Date().getFullYear()
  const audit = async (user: string, ends: string) =>
    run(
      `insert into audit_access (id, company, user, email, name, ordered_from, ordered_by, ordered_at, first_year, last_year, days,
         granted_at, granted_by, ends_at) values (?, ?, ?, 'r@r.no', 'R', 'company', 'x', ?, ${year}, ${year}, 30, ?, 'x', ?)`,
      `aud_${user}`,
      own.id,
      user,
      PAST,
      PAST,
      ends,
    )
  await audit(await person('auditor in the period', { own: 'auditor' }), FUTURE)
  await audit(await person('auditor after the period', {}), PAST)
  await staff(await person('stranger with an office', {}), 'off_foreign', 'assistant')
  // Members and staff that are taken away lose their sessions or assignments, too; a key is revoked and not deleted.
  await run("update company set status = 'active'")
  await run('update api_key set revoked_at = null')
  await run('update audit_access set ended_at = null, ended_by = null, outcome = null')
})

/** Every id of a path is one that exists, in the other company. */
async function plant() {
  await foreign.call('/parties', { body: { kind: 'customer', number: '10001', name: CANARY } })
  await foreign.call('/accounts', { body: { number: '6805', nameNb: CANARY } })
  await foreign.call('/dimensions/project/values', { body: { code: 'P-77', name: CANARY } })
  const voucher = (await foreign.call('/vouchers', { body: simpleDraft({ text: CANARY }) })).json
  const budget = (await foreign.call('/budgets', { body: { year: new Date().getFullYear(), name: CANARY } })).json
  const key = (await foreign.call('/keys', { body: { name: CANARY, role: 'reader' } })).json
  const role = (await foreign.call('/roles', { body: { name: CANARY, permissions: ['ledger:read'] } })).json
  const invitation = (
    await foreign.call('/invitations', { body: { email: 'kanari@example.no', name: CANARY, role: 'reader' } })
  ).json
  const order = { email: 'revisor@example.no', name: CANARY, firstYear: 2025, lastYear: 2025, days: 9 }
  const auditor = (await foreign.call('/auditors', { body: order })).json
  for (const [name, id] of Object.entries({
    voucher: voucher.id,
    budget: budget.id,
    key: key.id,
    role: role.id,
    invitation: invitation.id,
    auditor: auditor.id,
    order: auditor.id,
    client: foreign.id,
    account: '6805',
    kind: 'customer',
    number: '10001',
    dimension: 'project',
    value: 'P-77',
    year: String(new Date().getFullYear()),
  }))
    ids.set(name, id)
}

/** Where an id of the other company stands: nowhere, in the path, in the query, in the body and a list of it. */
const PLACES = ['own', 'path', 'query', 'body'] as const
type Place = (typeof PLACES)[number]

async function probe(route: Route, who: Who, place: Place) {
  const [company, office] = place === 'path' ? [foreign.id, offices.foreign] : [own.id, offices.own]
  const path = route.path.replace(/\{(\w+)\}/g, (_, name: string) =>
    name === 'company' ? company : name === 'office' ? office : encodeURIComponent(ids.get(name) ?? 'none'),
  )
  const reads = route.method === 'GET'
  const smuggled = JSON.stringify({ company: foreign.id, office: offices.foreign, companies: [{ id: foreign.id }] })
  return call(place === 'query' ? `${path}?company=${foreign.id}&office=${offices.foreign}` : path, {
    method: route.method,
    key: who.key,
    headers: {
      ...(who.cookie && { cookie: who.cookie, origin: 'http://localhost', 'sec-fetch-site': 'same-origin' }),
      ...(!reads && { 'content-type': 'application/json' }),
    },
    // A request that is let in goes no further than reading its body, so that trying every route changes little.
    ...(!reads && { raw: place === 'body' ? smuggled : 'not json' }),
  })
}

async function putBack() {
  await controlDatabase(env).batch(planted, 'write')
  for (const { id } of [own, foreign]) forgetAccess(id)
  forgetSessions()
}

/** What the tables say of a probe: nobody, not to be found, not allowed, or let in. */
function expected(route: Route, who: Who, place: Place): 'nobody' | 'unknown' | 'missing' | 'in' | 'any' {
  const { permission } = route
  if (permission === 'public') return 'any'
  if (!who.known) return 'nobody'
  if (permission === 'operator') return 'missing'
  if (permission in OFFICE_PERMISSIONS) {
    const stranger = who.name === 'stranger with an office'
    const role = place === 'path' ? (stranger ? 'assistant' : undefined) : stranger ? undefined : who.office
    if (role === undefined) return 'unknown'
    return mayInOffice(role as OfficeRole, permission as OfficePermission) ? 'in' : 'missing'
  }
  if (!(permission in PERMISSIONS)) return 'any' // signed in: the routes' own tests say what each gives
  if (place === 'path' || who.own === undefined) return 'unknown'
  if (!mayDo(who.own, permission as Permission)) return 'missing'
  return who.name.startsWith('auditor') && route.method !== 'GET' && !READING.test(route.path) ? 'missing' : 'in'
}

function came(answer: { status: number; json: any }): 'nobody' | 'unknown' | 'missing' | 'in' | 'fault' {
  if (answer.status >= 500) return 'fault'
  if (answer.status === 401) return 'nobody'
  if (['company/unknown', 'office/unknown'].includes(answer.json?.code)) return 'unknown'
  // An administrator’s command may itself lack a right that its body asks for; that is told without naming the permission.
  if (['permission/missing', 'audit-access/read-only'].includes(answer.json?.code)) return 'missing'
  return 'in'
}

test('nobody gets where they do not belong: every route × everyone × each place of an id', {
  timeout: 900_000,
}, async () => {
  const found: string[] = []
  const covered = new Set<string>()
  let [n, probes, leaks] = [0, 0, 0]
  for (const [i, route] of routes.entries())
    for (const [j, who] of people.entries())
      for (const place of PLACES) {
        n++
        // Each route is tried by somebody in every place, each time by somebody else.
        if (!WHOLE && (i * 7 + j * 5 + PLACES.indexOf(place)) % SLICE !== 0) continue
        const answer = await probe(route, who, place)
        if (route.method !== 'GET' && answer.status < 300) await putBack()
        probes++
        covered.add(`${route.method} ${route.path}`)
        const [is, should] = [came(answer), expected(route, who, place)]
        const mayRead = who.name === 'stranger with an office' && route.permission in OFFICE_PERMISSIONS
        const tells = answer.text.includes(CANARY) && !mayRead && !(who.name === 'stranger with an office')
        if (tells) leaks++
        if (tells || is === 'fault' || (should !== 'any' && is !== should))
          found.push(
            `${who.name}, ${place}: ${route.method} ${route.path} → ${answer.status} ${answer.json?.code ?? ''}${tells ? ' TELLS' : ''} (${should})`,
          )
      }
  console.info(
    `idor: ${probes} of ${n} probes, ${leaks} leaks, ${covered.size} of ${routes.length} routes, ${people.length} principals`,
  )
  expect(found).toEqual([])
  expect([covered.size, leaks]).toEqual([routes.length, 0])
  expect(n).toBeGreaterThan(10_000)
})

test('a list of vouchers of somebody is told by name where they belong to the company or posted in it, no stranger is', async () => {
  await putBack()
  await own.call('/vouchers', { body: simpleDraft(), key: await own.key('accountant') })
  const keyOf = async (company: string, name: string) => {
    const sql = 'select id from api_key where company = ? and name = ?'
    return String((await controlDatabase(env).execute({ sql, args: [company, name] })).rows[0]!.id)
  }
  const poster = String((await own.call('/vouchers')).json.vouchers[0].by)
  const filterOf = async (by: string) => {
    const { sheets } = workbookOf(await app.bytes(`${own.path}/exports/vouchers?by=${by}`))
    return sheets[0]!.rows.flatMap((row) => [...row.values()].map(({ value }) => String(value))).join('\n')
  }
  for (const stranger of ['usr_strangerwithanoffice', await keyOf(foreign.id, CANARY)]) {
    const told = await filterOf(stranger)
    expect(told).toContain(stranger)
    expect(told).not.toMatch(new RegExp(`stranger with an office|${CANARY}`))
  }
  expect(await filterOf('usr_member')).toMatch(/ført av member/i)
  expect(await filterOf(poster)).toMatch(/ført av accountant/i)
})
