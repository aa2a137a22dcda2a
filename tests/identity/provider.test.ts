import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { testApp } from '#tests/support/app.ts'
import { testProvider } from '#tests/support/oidc-provider.ts'
import { fresh, person } from '#tests/support/person.ts'
import { textOf, visitor } from '#tests/support/visitor.ts'

const app = testApp()
const provider = testProvider()
app.env.OIDC_FETCH = provider.fetch
app.env.OIDC_PROVIDERS = JSON.stringify([
  {
    key: 'test',
    name: 'Testinnlogging',
    issuer: provider.issuer,
    clientId: provider.clientId,
    clientSecret: 'hemmelig',
  },
  {
    key: 'high',
    name: 'Høyt nivå',
    issuer: provider.issuer,
    clientId: provider.clientId,
    acrValues: 'level-high',
    secondFactor: true,
  },
])
beforeEach(() => provider.reset())
afterEach(() => void vi.useRealTimers())
type Browser = ReturnType<typeof visitor>

/** To the provider and back, as the browser is sent. */
async function round(browser: Browser, start: string, tamper: (callback: URL) => void = () => {}) {
  const left = await browser.post(start, { to: '/companies/new' }, fresh())
  const address = left.headers.get('refresh')?.replace('0;url=', '')
  if (!address) return left
  const callback = await provider.authorize(new URL(address))
  tamper(callback)
  return browser.get(callback.pathname + callback.search)
}
const signIn = (browser: Browser, key = 'test', tamper?: (callback: URL) => void) =>
  round(browser, `/sign-in/with/${key}`, tamper)

/** Somebody who has joined an account of the provider's. */
async function joined(subject: string) {
  const one = await person(app)
  const at = new Date().toISOString()
  await one.control.batch([
    { sql: 'update user set email_verified_at = ? where id = ?', args: [at, one.id] },
    {
      sql: 'insert into provider_account (issuer, subject, user, provider, created_at) values (?, ?, ?, ?, ?)',
      args: [provider.issuer, subject, one.id, 'Testinnlogging', at],
    },
  ])
  provider.person = { sub: subject }
  return one
}

describe('signing in at a provider', () => {
  test('leads in who has joined the account, and asks with PKCE, state and nonce', async () => {
    await joined('s-1')
    const browser = visitor(app)
    const done = await signIn(browser)
    expect([done.status, done.location]).toEqual([303, '/companies/new'])
    expect((await browser.get('/companies/new')).status).toBe(200)
    expect(provider.asked).toMatchObject({ code_challenge_method: 'S256', response_type: 'code' })
    expect(provider.asked.redirect_uri).toBe('http://localhost/sign-in/with/test/callback')
    expect(browser.cookies.has('hovedbok_round')).toBe(false)
  })
  test('finds nobody by an e-mail address', async () => {
    const one = await joined('s-2')
    provider.person = { sub: 'somebody-else', email: one.email, email_verified: true }
    const browser = visitor(app)
    const done = await signIn(browser)
    expect([done.status, textOf(done.html).includes('ikke koblet til noen bruker')]).toEqual([401, true])
    expect(browser.cookies.has('hovedbok_session')).toBe(false)
  })
  test('asks for our second factor, unless the provider is trusted with it', async () => {
    const one = await joined('s-3')
    await one.password()
    await one.codeApp()
    expect((await signIn(visitor(app))).location).toMatch(/^\/sign-in\/step/)
    provider.claims = { acr: 'level-high' }
    expect((await signIn(visitor(app), 'high')).location).toBe('/companies/new')
    provider.claims = { acr: 'level-low' }
    expect((await signIn(visitor(app), 'high')).status).toBe(401)
  })

  const forged: [string, Partial<typeof provider>][] = [
    ['another nonce', { claims: { nonce: 'another' } }],
    ['another audience', { claims: { aud: 'somebody-else' } }],
    ['two audiences without us', { claims: { aud: ['a', 'b'] } }],
    ['another issuer', { claims: { iss: 'https://evil.example' } }],
    ['an old token', { claims: { exp: Math.floor(Date.now() / 1_000) - 600 } }],
    ['no subject', { claims: { sub: undefined } }],
    ['another’s signature', { foreignKey: true }],
    ['no signature', { unsigned: true }],
    ['a verifier that was not ours', { wrongChallenge: true }],
  ]
  test.each(forged)('refuses %s', async (_, plant) => {
    await joined(`forged-${_}`)
    Object.assign(provider, plant)
    const browser = visitor(app)
    const done = await signIn(browser)
    expect([done.status, browser.cookies.has('hovedbok_session')]).toEqual([401, false])
  })
  test('refuses another state, another issuer of the answer, an answer in another browser, and the same answer twice', async () => {
    await joined('s-4')
    const wrong = await signIn(visitor(app), 'test', (callback) => callback.searchParams.set('state', 'x'.repeat(43)))
    expect(wrong.status).toBe(401)
    const mixed = await signIn(visitor(app), 'test', (callback) =>
      callback.searchParams.set('iss', 'https://evil.example'),
    )
    expect(mixed.status).toBe(401)
    const victim = visitor(app)
    const browser = visitor(app)
    const left = await browser.post('/sign-in/with/test', {}, fresh())
    const kept = new Map(browser.cookies)
    const answer = await provider.authorize(new URL(left.headers.get('refresh')!.replace('0;url=', '')))
    expect((await victim.get(answer.pathname + answer.search)).status).toBe(401)
    expect((await browser.get(answer.pathname + answer.search)).status).toBe(303)
    const copy = visitor(app)
    for (const [name, value] of kept) copy.cookies.set(name, value)
    expect((await copy.get(answer.pathname + answer.search)).status).toBe(401)
    const other = visitor(app)
    for (const [name, value] of kept) other.cookies.set(name, value)
    expect((await other.get(answer.pathname.replace('/test/', '/high/') + answer.search)).status).toBe(401)
  })
  test('says so when the provider is away, and knows no other', async () => {
    provider.away = true
    const away = await visitor(app).post('/sign-in/with/test', {}, fresh())
    expect([away.status, textOf(away.html).includes('Testinnlogging svarer ikke')]).toEqual([503, true])
    expect((await visitor(app).post('/sign-in/with/other', {}, fresh())).status).toBe(404)
  })
})

describe('joining an account', () => {
  const join = (browser: Browser) => round(browser, '/security/providers/test')
  beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'], now: new Date() }))

  test('is done by its owner, in a session, with a fresh code and a verified address; then it signs in', async () => {
    const one = await person(app)
    await one.password()
    provider.person = { sub: 'j-1', email: 'ola@annet.example' }
    expect((await join(one.browser)).status).toBe(403) // nothing was shown
    await one.codeApp()
    vi.setSystemTime(Date.now() + 60_000)
    await one.control.execute({
      sql: 'update session set proven_at = ? where user = ?',
      args: [new Date().toISOString(), one.id],
    })
    const early = await join(one.browser)
    expect([early.status, textOf(early.html).includes('ikke bekreftet')]).toEqual([403, true])
    await one.control.execute({
      sql: 'update user set email_verified_at = ? where id = ?',
      args: [new Date().toISOString(), one.id],
    })
    expect((await join(one.browser)).location).toBe('/security#providers')
    expect((await one.browser.get('/security')).html).toContain('Testinnlogging, ola@annet.example')
    expect((await signIn(visitor(app))).location).toMatch(/^\/sign-in\/step/)
    const other = await joined('j-2')
    provider.person = { sub: 'j-1' }
    await other.password()
    await other.control.execute({
      sql: 'update session set proven_at = ? where user = ?',
      args: [new Date().toISOString(), other.id],
    })
    const taken = await join(other.browser)
    expect([taken.status, textOf(taken.html).includes('koblet til en annen bruker')]).toEqual([409, true])
    await one.browser.post('/security/providers/test/removal', {})
    expect((await signIn(visitor(app))).status).toBe(401)
  })
  test('ends with the session that asked for it', async () => {
    const one = await joined('j-3')
    await one.password()
    await one.control.execute({
      sql: 'update session set proven_at = ? where user = ?',
      args: [new Date().toISOString(), one.id],
    })
    provider.person = { sub: 'j-4' }
    const left = await one.browser.post('/security/providers/test', {}, fresh())
    const back = await provider.authorize(new URL(left.headers.get('refresh')!.replace('0;url=', '')))
    const victim = await person(app)
    await victim.password()
    victim.browser.cookies.set('hovedbok_round', one.browser.cookies.get('hovedbok_round')!)
    expect((await victim.browser.get(back.pathname + back.search)).status).toBe(401)
    const { rows } = await one.control.execute("select 1 from provider_account where subject = 'j-4'")
    expect(rows).toEqual([])
  })
})
