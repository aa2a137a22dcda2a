import { expect, test } from 'vitest'
import { testApp } from '#tests/support/app.ts'
import { approved, grant } from '#tests/support/approve.ts'
import { excelSignIn, grantedTo } from '#tests/support/excel-sign-in.ts'
import { PASSWORD, person } from '#tests/support/person.ts'
import { as, visitor } from '#tests/support/visitor.ts'
import { sha256 } from '#worker/core/hash.ts'
import { controlDatabase } from '#worker/database/connect.ts'

const app = testApp()
const later = (ms: number) => new Promise((resume) => setTimeout(resume, ms))

test('where one is signed in, browsers and Excel, and each is signed out alone', async () => {
  const one = await person(app)
  await one.password()
  const other = visitor(app)
  await one.password(other)
  const tokens = await excelSignIn(app, one.control, grantedTo(one.id))
  const list = async () => (await app.call('/api/v1/me/apps', as(one.browser))).json.apps
  const apps = await list()
  expect(apps.map((a: any) => [a.app, a.here]).sort()).toEqual([
    ['browser', false],
    ['browser', true],
    ['excel', false],
  ])
  expect((await one.browser.get('/security')).html).toContain('Excel')
  const end = (id: string, by = one.browser) => app.call(`/api/v1/me/apps/${id}`, { ...as(by), method: 'DELETE' })
  const stranger = await person(app)
  await stranger.password()
  const excel = apps.find((a: any) => a.app === 'excel').id
  expect((await end(excel, stranger.browser)).status).toBe(404)
  expect((await end(excel)).status).toBe(204)
  expect((await app.call('/api/v1/me', { key: tokens.accessToken })).status).toBe(401)
  expect((await tokens.renew(tokens.refreshToken)).status).toBe(401)
  expect((await end(apps.find((a: any) => a.app === 'browser' && !a.here).id)).status).toBe(204)
  expect((await app.call('/api/v1/me', as(other))).status).toBe(401)
  expect((await list()).map((a: any) => a.here)).toEqual([true])
})

test('an office’s key reaches its clients and nobody else’s, stands in their logs, and goes with its maker', async () => {
  const boss = await person(app)
  await boss.password()
  const me = as(boss.browser)
  const session = boss.browser.cookies.get('hovedbok_session')!
  const office = (await app.call('/api/v1/offices', { ...me, body: { name: 'Tall AS' } })).json
  const [one, two] = await Promise.all(
    ['Ett AS', 'To AS'].map(
      async (name) => (await app.call('/api/v1/companies', { ...me, body: { name, office: office.id } })).json.id,
    ),
  )
  const other = await app.company()
  const path = `/api/v1/offices/${office.id}/keys`
  const wanted = { name: 'Årsoppgjør', role: 'reader' }
  expect((await app.call(path, { ...me, body: wanted })).json.code).toBe('step-up/required')
  const made = (await approved(app, () => app.call(path, { ...me, body: wanted }), session)).json
  const reach = async (company: string) =>
    (await app.call(`/api/v1/companies/${company}/accounts`, { key: made.key })).status
  expect([await reach(one), await reach(two), await reach(other.id)]).toEqual([200, 200, 404])
  const { companies } = (await app.call('/api/v1/me', { key: made.key })).json
  expect(companies.map((c: any) => c.id).sort()).toEqual([one, two].sort())
  expect((await app.call(`/api/v1/companies/${one}/vouchers`, { key: made.key, body: {} })).status).toBe(403)
  expect((await app.call(`/api/v1/offices/${office.id}`, { key: made.key })).status).toBe(404)
  const log = (await app.call(`/api/v1/companies/${two}/access-log/entries`, me)).json.entries
  expect(log.map((e: any) => [e.type, e.subject])).toContainEqual(['key.created', made.id])
  expect((await boss.browser.get(`/offices/${office.id}/keys`)).html).toContain('Årsoppgjør')
  const second = await person(app)
  await controlDatabase(app.env).execute({
    sql: "insert into office_member (office, user, role, created_at) values (?, ?, 'administrator', '2026-01-01')",
    args: [office.id, second.id],
  })
  await second.password()
  const remove = () =>
    app.call(`/api/v1/offices/${office.id}/staff/${boss.id}`, { ...as(second.browser), method: 'DELETE' })
  expect((await approved(app, remove, second.browser.cookies.get('hovedbok_session')!)).status).toBe(204)
  await later(1_100)
  expect((await app.call('/api/v1/me', { key: made.key })).status).toBe(401)
})

test('a key is held to its share of requests, and others are not; a company to one for all its users', async () => {
  const company = await app.company()
  const [greedy, other] = [await company.key('reader'), await company.key('reader')]
  app.env.KEY_REQUESTS_PER_MINUTE = '20'
  try {
    const statuses: number[] = []
    for (let i = 0; i < 25; i++) statuses.push((await company.call('/accounts', { key: greedy })).status)
    expect(statuses.filter((s) => s === 429)).toHaveLength(5)
    const refused = await company.call('/accounts', { key: greedy })
    expect([refused.json.code, Number(refused.headers.get('retry-after')) > 0]).toEqual(['request/too-many', true])
    expect(refused.headers.get('ratelimit')).toMatch(/^"caller";r=0;t=\d+$/)
    const { status, headers } = await company.call('/accounts', { key: other })
    expect([status, headers.get('ratelimit-policy')]).toEqual([200, '"caller";q=20;w=60, "company";q=12000;w=60'])
    expect(headers.get('ratelimit')).toMatch(/^"caller";r=19;t=\d+, "company";r=\d+;t=\d+$/)
    app.env.COMPANY_REQUESTS_PER_MINUTE = '1'
    const together = await company.call('/accounts', { key: other })
    expect([together.status, together.json.code]).toEqual([429, 'request/too-many'])
  } finally {
    delete app.env.KEY_REQUESTS_PER_MINUTE
    delete app.env.COMPANY_REQUESTS_PER_MINUTE
  }
})

test('the operator resets lost factors: logged, told, every session ended, the password as before', async () => {
  const one = await person(app)
  await one.password()
  await one.codeApp()
  expect((await app.call('/api/v1/users/reset', { ...as(one.browser), body: { email: one.email } })).status).toBe(403)
  expect((await app.call('/api/v1/users/reset', { body: { email: 'ingen@kvist.example' } })).json.code).toBe(
    'user/unknown',
  )
  expect((await app.call('/api/v1/users/reset', { body: { email: one.email } })).json).toEqual({
    user: one.id,
    name: 'Ola Nordmann',
  })
  expect((await app.call('/api/v1/me', as(one.browser))).status).toBe(401)
  expect((await one.mails())[0]!.subject).toContain('nullstilt av driften')
  const again = visitor(app)
  const signedIn = await one.password(again, PASSWORD)
  expect([signedIn.status, signedIn.location]).toEqual([303, '/']) // no second step
  const log = (await app.call('/api/v1/me/security-log/entries', as(again))).json.entries
  expect(log.find((e: any) => e.type === 'user.factors-reset').by).toBe('operator')
  const { alerts } = (await app.call('/api/v1/me/alerts', as(again))).json
  expect(alerts.map((a: any) => a.kind)).toContain('factors-reset')
})

test('a person among the operators confirms whose sign-in is reset, in a browser, and the log names them', async () => {
  const [one, helper] = [await person(app), await person(app)]
  await one.password()
  await one.codeApp()
  await helper.password()
  const [me, session] = [as(helper.browser), helper.browser.cookies.get('hovedbok_session')!]
  const reset = (email: string, sent: object = me) => app.call('/api/v1/users/reset', { ...sent, body: { email } })
  app.env.OPERATORS = helper.id
  try {
    await one.control.execute({
      sql: 'insert into addin_access (token_hash, family, user, expires_at) values (?, ?, ?, ?)',
      args: [await sha256('hba_operator'), 'g', helper.id, '2999-01-01T00:00:00.000Z'],
    })
    expect((await reset(one.email, { key: 'hba_operator' })).json.code).toBe('excel/not-allowed')
    expect((await reset('ingen@kvist.example')).json.code).toBe('user/unknown') // nothing to confirm
    const asked = await reset(one.email)
    expect([asked.status, asked.json.code, asked.json.lines[0]]).toEqual([403, 'step-up/required', one.email])
    expect(asked.json.lines[1]).toContain('Ola Nordmann mister passkeys')
    await grant(app, session, asked.json.content)
    expect((await reset(helper.email)).json.code).toBe('step-up/required') // shown for another person
    expect((await app.call('/api/v1/me', as(one.browser))).status).toBe(200)
    expect((await reset(one.email)).json).toMatchObject({ user: one.id })
  } finally {
    delete app.env.OPERATORS
  }
  expect((await app.call('/api/v1/me', as(one.browser))).status).toBe(401)
  const log = (await app.call('/api/v1/control-log/entries')).json.entries
  const entry = log.find((e: any) => e.type === 'user.factors-reset' && e.subject === one.id)
  expect(entry.by).toBe(helper.id)
})
