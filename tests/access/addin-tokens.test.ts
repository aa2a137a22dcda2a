import { beforeAll, describe, expect, test } from 'vitest'
import { testApp } from '#tests/support/app.ts'
import { browserKey, challengeOf, excelSignIn, grantedTo, newVerifier } from '#tests/support/excel-sign-in.ts'
import { person } from '#tests/support/person.ts'
import type { AddinScope } from '#worker/access/addin-token.ts'
import { deleteFamilyOf } from '#worker/access/addin-token-store.ts'
import { createDemoUser } from '#worker/access/create-demo-user.ts'
import { giveAddinCode, renewAddinTokens } from '#worker/access/give-addin-tokens.ts'
import type { Instant } from '#worker/core/dates.ts'
import { sha256 } from '#worker/core/hash.ts'
import type { CompanyId } from '#worker/core/ids.ts'
import { openControl } from '#worker/database/open-control.ts'

const app = testApp()
let control: Awaited<ReturnType<typeof openControl>>
let user: string
let company: Awaited<ReturnType<typeof app.company>>
let key: Awaited<ReturnType<typeof browserKey>>
beforeAll(async () => {
  company = await app.company()
  control = await openControl(app.env)
  user = await createDemoUser(control, company.id as CompanyId)
  key = await browserKey()
})

const code = (challenge: string, at = new Date()) =>
  giveAddinCode({ control, now: at.toISOString() as Instant }, grantedTo(user), challenge)
const exchange = (body: object) => app.call('/api/v1/addin/tokens', { body, key: null })
const exchangeCode = (code: string, verifier: string) => exchange({ code, verifier, key: key.publicKey })
const signedIn = (granted = {}) => excelSignIn(app, control, { ...grantedTo(user), ...granted })
const me = (key: string) => app.call('/api/v1/me', { key })

describe('signing in from Excel', () => {
  test('a code with its secret gives a bearer token of ten minutes, in the name of the user', async () => {
    const tokens = await signedIn()
    expect(tokens.expiresIn).toBe(600)
    expect((await me(tokens.accessToken)).json).toMatchObject({
      kind: 'user',
      id: user,
      companies: [{ id: company.id }],
    })
    const { status } = await app.call(`${company.path}/books`, { key: tokens.accessToken })
    expect(status).toBe(200)
  })
  test('a code is good once: 100 of 100 second tries are refused', async () => {
    let refused = 0
    for (let i = 0; i < 100; i++) {
      const verifier = newVerifier()
      const once = await code(challengeOf(verifier))
      expect((await exchangeCode(once, verifier)).status).toBe(200)
      if ((await exchangeCode(once, verifier)).status === 401) refused++
    }
    expect(refused).toBe(100)
  })
  test('with another secret: 100 of 100 are refused, and the code is gone', async () => {
    let refused = 0
    for (let i = 0; i < 100; i++) {
      const verifier = newVerifier()
      const once = await code(challengeOf(verifier))
      const wrong = await exchangeCode(once, newVerifier())
      const right = await exchangeCode(once, verifier)
      if (wrong.status === 401 && right.status === 401) refused++
    }
    expect(refused).toBe(100)
  })
  test('fifty at once with one code: one of them gets tokens', async () => {
    const verifier = newVerifier()
    const once = await code(challengeOf(verifier))
    const answers = await Promise.all(Array.from({ length: 50 }, () => exchangeCode(once, verifier)))
    expect(answers.filter((a) => a.status === 200)).toHaveLength(1)
  })
  test('a code lasts a minute', async () => {
    const verifier = newVerifier()
    const old = await code(challengeOf(verifier), new Date(Date.now() - 61_000))
    expect((await exchangeCode(old, verifier)).status).toBe(401)
  })
  test('an answer that was lost: the same browser renews once more; after the next renewal an old one, or one given beside, ends the sign-in', async () => {
    const { refreshToken: first, renew } = await signedIn()
    const lost = (await renew(first)).json
    const [second, third] = [(await renew(first)).json, (await renew(first)).json]
    for (const { accessToken } of [lost, second, third]) expect((await me(accessToken)).status).toBe(200)
    const newest = (await renew(second.refreshToken)).json
    // At the same moment it is another window, which finds what was given; nothing is ended. Nor does what was given beside go on.
    expect((await renew(first)).status).toBe(401)
    for (const { refreshToken } of [lost, third]) expect((await renew(refreshToken)).status).toBe(401)
    const last = (await renew(newest.refreshToken)).json
    expect((await me(last.accessToken)).status).toBe(200)
    const long = `used_at = '2020-01-01T00:00:00.000Z'`
    await control.execute({
      sql: `update addin_refresh set ${long} where token_hash = ?`,
      args: [await sha256(third.refreshToken)],
    })
    // Of two that had the same one, one is no owner.
    expect((await renew(third.refreshToken)).status).toBe(401)
    expect((await renew(last.refreshToken)).status).toBe(401)
    await new Promise((resolve) => setTimeout(resolve, 1_100)) // a token that was found good is believed for a second
    expect((await me(newest.accessToken)).status).toBe(401)
  })
  test('what is ended while a renewal is on its way stays ended', async () => {
    const { refreshToken, sign } = await signedIn()
    const now = new Date().toISOString() as Instant
    const given = async () => (await control.execute('select 1 from addin_access')).rows.length
    const before = await given()
    // Somebody ends it after it was read, and before anything is written.
    const meanwhile = {
      execute: control.execute.bind(control),
      batch: async (...work: Parameters<typeof control.batch>) => {
        await control.batch(deleteFamilyOf(await sha256(refreshToken)), 'write')
        return control.batch(...work)
      },
    } as typeof control
    const renewing = renewAddinTokens({ control: meanwhile, now }, { refreshToken, proof: await sign(refreshToken) })
    await expect(renewing).rejects.toMatchObject({ status: 401, code: 'sign-in/required' })
    expect(await given()).toBe(before - 1)
  })
  test('a token to renew with is of no use without the browser’s key, and trying ends the sign-in', async () => {
    for (const forge of [(await browserKey()).sign, async () => 'A'.repeat(86)]) {
      const stolen = await signedIn()
      const { refreshToken } = stolen
      expect((await exchange({ refreshToken })).status).toBe(422)
      expect((await exchange({ refreshToken, proof: await forge(refreshToken) })).status).toBe(401)
      expect((await stolen.renew(refreshToken)).status).toBe(401)
    }
  })
  test('Excel does what its person let it do, as far as they may, and nothing of what is not done in Excel', async () => {
    const codeOf = async (granted: object, path: string, sent: object = {}) => {
      const { accessToken } = await signedIn(granted)
      const { status, json } = await app.call(path, { key: accessToken, ...sent })
      return json?.code ?? status
    }
    const scopes = (...named: AddinScope[]) => ({ scopes: ['read' as const, ...named] })
    const post = [`${company.path}/vouchers/batch`, { body: { vouchers: [] } }] as const
    const budget = [`${company.path}/budgets`, { body: {} }] as const
    expect(await codeOf(scopes(), ...post)).toBe('excel/not-allowed')
    expect(await codeOf(scopes('budget'), ...post)).toBe('excel/not-allowed')
    expect(await codeOf(scopes('post'), ...budget)).toBe('excel/not-allowed')
    expect(await codeOf(scopes('post'), ...post)).toBe('request/invalid')
    expect(await codeOf(scopes('budget'), ...budget)).toBe('request/invalid')
    expect(await codeOf(scopes(), `${company.path}/audit-log/entries`)).toBe('excel/not-allowed')
    expect(await codeOf(scopes(), `${company.path}/books`)).toBe(200)
    const never: [string, object?][] = [
      ['/api/v1/companies', { body: { name: 'Ny AS' } }],
      ['/api/v1/offices', { body: { name: 'Kontor' } }],
      [`${company.path}/keys`],
      [`${company.path}/members`],
      [`${company.path}/profile`, { method: 'PATCH', body: {} }],
      [`${company.path}/locks`, { body: {} }],
    ]
    for (const [path, sent] of never) expect([path, await codeOf({}, path, sent)]).toEqual([path, 'excel/not-allowed'])
    const { permissions } = (await app.call('/api/v1/companies', { key: (await signedIn(scopes())).accessToken })).json
      .companies[0]
    expect(permissions).toContain('ledger:read')
    expect(permissions.filter((p: string) => !p.endsWith(':read'))).toEqual([])
    expect(permissions).not.toContain('audit-log:read')
  })
  test('Excel writes within twelve hours of signing in; after that it reads, and asks once more', async () => {
    const hoursAgo = (hours: number) => ({ signedInAt: new Date(Date.now() - hours * 3_600_000).toISOString() })
    for (const [hours, code] of [
      [11.9, 'request/invalid'],
      [12.1, 'sign-in/too-old'],
    ] as const) {
      const { accessToken } = await signedIn(hoursAgo(hours))
      for (const path of ['vouchers/batch', 'budgets'])
        expect((await app.call(`${company.path}/${path}`, { key: accessToken, body: {} })).json.code).toBe(code)
      expect((await app.call(`${company.path}/books`, { key: accessToken })).status).toBe(200)
    }
  })
  test('signing out ends it', async () => {
    const tokens = await signedIn()
    const { status } = await app.call('/api/v1/addin/sign-out', {
      body: { refreshToken: tokens.refreshToken },
      key: null,
    })
    expect(status).toBe(204)
    expect((await tokens.renew(tokens.refreshToken)).status).toBe(401)
    expect((await me(tokens.accessToken)).status).toBe(401)
  })
  test('an access token runs out', async () => {
    const tokens = await signedIn()
    await control.execute("update addin_access set expires_at = '2020-01-01T00:00:00.000Z'")
    expect((await me(tokens.accessToken)).status).toBe(401)
  })
  test('no secret stands in the database', async () => {
    const tokens = await signedIn()
    const kept = JSON.stringify([
      (await control.execute('select * from addin_refresh')).rows,
      (await control.execute('select * from addin_access')).rows,
    ])
    expect(kept).not.toContain(tokens.refreshToken)
    expect(kept).not.toContain(tokens.accessToken)
  })
  test('what is no code, secret or token is refused as malformed, and told nothing more', async () => {
    for (const body of [
      {},
      { code: 'x' },
      { code: 'x'.repeat(43), verifier: '', key: key.publicKey },
      { code: newVerifier(), verifier: newVerifier() },
      { refreshToken: 5 },
      { refreshToken: 'a'.repeat(500) },
      [],
    ])
      expect((await exchange(body)).status).toBe(422)
    const unknown = newVerifier()
    for (const body of [
      { refreshToken: unknown, proof: await key.sign(unknown) },
      { code: newVerifier(), verifier: newVerifier(), key: key.publicKey },
    ])
      expect((await exchange(body)).status).toBe(401)
  })
})

describe('the dialog’s page', () => {
  const challenge = challengeOf('x')
  test('asks who is not signed in to sign in, and cuts no tie to its opener', async () => {
    const page = await app.call(`/addin/sign-in?challenge=${challenge}`, {
      key: null,
      headers: { accept: 'text/html' },
    })
    expect(page.status).toBe(200)
    expect(page.text).toContain(`value="/addin/sign-in?challenge=${challenge}&amp;scope=read,post,budget,audit"`)
    expect(page.headers.get('cross-origin-opener-policy')).toBeNull()
    const ordinary = await app.call('/', { key: null, headers: { accept: 'text/html' } })
    expect(ordinary.headers.get('cross-origin-opener-policy')).toBe('same-origin')
  })
  test('is nothing without a challenge', async () => {
    for (const wrong of ['', 'short', `${challenge}x`, '<script>'])
      expect((await app.call(`/addin/sign-in?challenge=${encodeURIComponent(wrong)}`, { key: null })).status).toBe(404)
  })
  test('gives no code to a form from elsewhere', async () => {
    const tokens = await signedIn()
    const elsewhere: Record<string, string>[] = [
      { origin: 'https://evil.example' },
      { 'sec-fetch-site': 'cross-site' },
      {},
    ]
    for (const headers of elsewhere) {
      const answer = await app.call('/addin/sign-in', {
        method: 'POST',
        raw: `challenge=${challenge}`,
        key: tokens.accessToken,
        headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
      })
      expect(answer.status).toBe(403)
    }
  })
  test('gives one to who signed in in this browser within twelve hours, for what they ticked; to Excel’s own token none', async () => {
    const one = await person(app)
    await one.password()
    const asked = `/addin/sign-in?challenge=${challenge}`
    const narrow = (await one.browser.get(`${asked}&scope=read,budget`)).html
    expect([...narrow.matchAll(/value="(post|budget|audit)"( checked)?/g)].map((m) => [m[1], Boolean(m[2])])).toEqual([
      ['post', false],
      ['budget', true],
      ['audit', false],
    ])
    const given = async () => (await one.browser.post('/addin/sign-in', { challenge, scope: 'budget' })).html
    expect(await given()).toContain('data-code="')
    const { rows } = await control.execute('select scopes from addin_code')
    expect(rows.map((r) => r.scopes)).toContain('read budget')
    await control.execute({
      sql: 'update session set created_at = ?, proven_at = null where user = ?',
      args: [new Date(Date.now() - 13 * 3_600_000).toISOString(), one.id],
    })
    expect((await one.browser.get(asked)).html).toContain('name="password"')
    expect(await given()).not.toContain('data-code="')
    const { accessToken } = await signedIn()
    const own = { origin: 'http://localhost', 'sec-fetch-site': 'same-origin' }
    const answer = await app.call('/addin/sign-in', {
      method: 'POST',
      raw: `challenge=${challenge}`,
      key: accessToken,
      headers: { 'content-type': 'application/x-www-form-urlencoded', ...own },
    })
    expect(answer.status).toBe(401)
  })
})
