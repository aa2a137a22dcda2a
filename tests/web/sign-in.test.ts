import { randomUUID } from 'node:crypto'
import { describe, expect, test, vi } from 'vitest'
import { testApp } from '#tests/support/app.ts'
import { textOf, visitor } from '#tests/support/visitor.ts'
import { ownPath } from '#web/form.ts'
import { idOf } from '#worker/core/ids.ts'
import { controlDatabase } from '#worker/database/connect.ts'
import { networkOf } from '#worker/identity/client.ts'
import { hashPassword, isOutdated, isPassword } from '#worker/identity/password.ts'

const app = testApp()
const PASSWORD = 'korrekt hest batteri stift'

/** A user with a password, and an e-mail of their own. */
async function user(password = PASSWORD) {
  await app.call('/api/openapi.json', { key: null })
  const email = `${randomUUID().slice(0, 8)}@kvist.example`
  const control = controlDatabase(app.env)
  const hash = await hashPassword(password, app.env.PASSWORD_PEPPER)
  await control.execute({
    sql: 'insert into user (id, email, name, password_hash, created_at) values (?, ?, ?, ?, ?)',
    args: [
      idOf('usr', crypto.getRandomValues(new Uint8Array(17))),
      email,
      'Ola Nordmann',
      hash,
      new Date().toISOString(),
    ],
  })
  return { email, control }
}
const from = (address: string) => ({ headers: { 'cf-connecting-ip': address } })
let networks = 0
/** A network nobody has tried from. */
const fresh = () => from(`10.0.${Math.floor(++networks / 250)}.${networks % 250}`)

describe('a password', () => {
  test('is kept as scrypt with its parameters and a peppered code, never as itself', async () => {
    const stored = await hashPassword('hemmelig nok', 'pepper')
    expect(stored).toMatch(/^scrypt\$15\$8\$3\$[\w+/]{22}==\$[\w+/]{43}=$/)
    expect(await isPassword('hemmelig nok', stored, 'pepper')).toBe(true)
    expect(await isPassword('hemmelig nok', stored, 'another pepper')).toBe(false)
    expect(await isPassword('hemmelig Nok', stored, 'pepper')).toBe(false)
    expect(stored).not.toBe(await hashPassword('hemmelig nok', 'pepper'))
  })
  test('is nobody’s where there is none, whatever is typed', async () => {
    expect(await isPassword('', null, 'pepper')).toBe(false)
  })
  test('reads the same however its letters were composed', async () => {
    const stored = await hashPassword('bl\u00e5b\u00e6r', 'pepper')
    expect(await isPassword('bla\u030ab\u00e6r', stored, 'pepper')).toBe(true)
  })
  test('hashed with other parameters is hashed again', () => {
    expect(isOutdated('scrypt$14$16$1$a$b')).toBe(true)
    expect(isOutdated('scrypt$15$8$3$a$b')).toBe(false)
  })
})

describe('signing in', () => {
  test('gives a cookie that scripts and other sites do not get, and leads on', async () => {
    const { email } = await user()
    const browser = visitor(app)
    const page = await browser.get('/companies/new')
    expect(page.status).toBe(401)
    expect(page.html).toContain('name="to" value="/companies/new"')
    // Hidden, known to password managers, and with nothing that stops pasting.
    const [field] = page.html.match(/<input[^>]*name="password"[^>]*>/)!
    for (const said of ['type="password"', 'autocomplete="current-password"']) expect(field).toContain(said)
    expect(field).not.toMatch(/onpaste|maxlength/)
    const done = await browser.post(
      '/sign-in',
      { email: email.toUpperCase(), password: PASSWORD, to: '/companies/new' },
      fresh(),
    )
    expect([done.status, done.location]).toEqual([303, '/companies/new'])
    expect(done.setCookies.find((c) => c.startsWith('hovedbok_session='))).toMatch(/; Path=\/; HttpOnly; SameSite=Lax$/)
    expect((await browser.get('/companies/new')).status).toBe(200)
  })
  test('over https uses a cookie that only this very host may set', async () => {
    const { email } = await user()
    const https = { url: 'https://hovedbok.example', origin: 'https://hovedbok.example', ...fresh() }
    const done = await visitor(app).post('/sign-in', { email, password: PASSWORD }, https)
    expect(done.setCookies.find((c) => c.includes('hovedbok_session='))).toMatch(
      /^__Host-hovedbok_session=[\w-]{43}; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
    )
  })
  test('says the same of a wrong password as of an unknown address', async () => {
    const { email } = await user()
    const wrong = await visitor(app).post('/sign-in', { email, password: 'feil' }, fresh())
    const unknown = await visitor(app).post('/sign-in', { email: 'ingen@kvist.example', password: 'feil' }, fresh())
    expect([wrong.status, unknown.status]).toEqual([401, 401])
    expect(textOf(wrong.html)).toContain('E-post eller passord stemmer ikke.')
    const plain = (html: string, typed: string) => html.replaceAll(typed, '').replace(/nonce="[^"]+"/g, '')
    expect(plain(wrong.html, email)).toBe(plain(unknown.html, 'ingen@kvist.example'))
    expect(wrong.setCookies).toEqual([])
  })
  test('goes nowhere but to a page of ours', async () => {
    const { email } = await user()
    const to = 'https://evil.example/'
    expect((await visitor(app).post('/sign-in', { email, password: PASSWORD, to }, fresh())).location).toBe('/')
    for (const bad of [to, '//evil.example', '/\\evil.example', 'javascript:alert(1)', '/a\r\nb', '/æ', '', undefined])
      expect(ownPath(bad)).toBe('/')
    expect(ownPath('/companies/x?account=1920')).toBe('/companies/x?account=1920')
  })
  test('is refused from another site’s page', async () => {
    const { email } = await user()
    for (const origin of ['https://evil.example', 'null', 'http://localhost:8080', null]) {
      const done = await visitor(app).post('/sign-in', { email, password: PASSWORD }, { origin, ...fresh() })
      expect(done.status).toBe(403)
      expect(done.setCookies).toEqual([])
    }
  })
  test('ends when one signs out', async () => {
    const { email } = await user()
    const browser = visitor(app)
    await browser.post('/sign-in', { email, password: PASSWORD }, fresh())
    const before = new Map(browser.cookies)
    expect((await browser.post('/sign-out', {})).location).toBe('/')
    expect((await browser.get('/companies/new')).status).toBe(401)
    const thief = visitor(app)
    for (const [name, value] of before) thief.cookies.set(name, value)
    expect((await thief.get('/companies/new')).status).toBe(401)
  })
  test('lasts while it is used, twelve hours after that, and seven days at most', async () => {
    const { email, control } = await user()
    const browser = visitor(app)
    vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-05-04T06:00:00Z') })
    try {
      await browser.post('/sign-in', { email, password: PASSWORD }, fresh())
      const hoursLater = async (hours: number) => {
        vi.setSystemTime(Date.now() + hours * 3600_000)
        return (await browser.get('/companies/new')).status
      }
      expect([await hoursLater(11), await hoursLater(11), await hoursLater(11)]).toEqual([200, 200, 200])
      expect(await hoursLater(13)).toBe(401)
      await browser.post('/sign-in', { email, password: PASSWORD }, fresh())
      for (let i = 0; i < 15; i++) expect(await hoursLater(11)).toBe(200)
      expect(await hoursLater(11)).toBe(401) // 176 hours
      const { rows } = await control.execute('select token_hash from session')
      for (const row of rows) expect(String(row.token_hash)).toMatch(/^[0-9a-f]{64}$/)
    } finally {
      vi.useRealTimers()
    }
  })
})

describe('guessing', () => {
  const guess = (email: string, password: string, network = fresh()) =>
    visitor(app).post('/sign-in', { email, password }, network)

  /** Wrong tries of the last second from the same account or network, without the work of each. */
  async function triedBefore(email: string, like: 'account' | 'network', times: number, network = fresh()) {
    await guess(email, 'feil', network)
    const control = controlDatabase(app.env)
    const [{ subject }] = (
      await control.execute({
        sql: `select subject from sign_in_failure where subject like ? order by at desc`,
        args: [`${like}:%`],
      })
    ).rows as unknown as [{ subject: string }]
    const at = new Date(Date.now() - 1_000).toISOString()
    await control.execute({
      sql: `insert into sign_in_failure (subject, at) select ?, ? || '~' || key from json_each(?)`,
      args: [subject, at, JSON.stringify(Array.from({ length: times - 1 }, () => 0))],
    })
  }

  test('stops at ten for an account, wherever it comes from, and then the right one is refused too', async () => {
    const { email } = await user()
    await triedBefore(email, 'account', 8)
    const answers = await Promise.all(Array.from({ length: 6 }, (_, i) => guess(email, `gjett ${i}`)))
    expect(answers.filter((a) => a.status === 401)).toHaveLength(2)
    const late = answers.find((a) => a.status === 429)!
    expect(textOf(late.html)).toMatch(/For mange forsøk. Vent \d+ minutter/)
    expect(Number(late.headers.get('retry-after'))).toBeGreaterThan(800)
    expect((await guess(email, PASSWORD)).status).toBe(429)
  })
  test('does not lock out the owner’s own browser, nor anyone for long', async () => {
    const { email } = await user()
    const own = visitor(app)
    await own.post('/sign-in', { email, password: PASSWORD }, fresh())
    await own.post('/sign-out', {})
    await triedBefore(email, 'account', 10)
    expect((await guess(email, PASSWORD)).status).toBe(429)
    expect((await own.post('/sign-in', { email, password: PASSWORD }, fresh())).status).toBe(303)
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 15 * 60_000 + 1_000 })
    try {
      expect((await guess(email, PASSWORD)).status).toBe(303)
    } finally {
      vi.useRealTimers()
    }
  })
  test('with a made-up device is guessing like any other', async () => {
    const { email } = await user()
    await triedBefore(email, 'account', 10)
    const forger = visitor(app)
    forger.cookies.set('hovedbok_device', `${'a'.repeat(22)}.${'0'.repeat(64)}`)
    expect((await forger.post('/sign-in', { email, password: PASSWORD }, fresh())).status).toBe(429)
  })
  test('from one IPv6 customer counts as one network', async () => {
    await triedBefore('x@kvist.example', 'network', 99, from('2001:db8:7:8::1'))
    expect((await guess('y@kvist.example', 'feil', from('2001:db8:7:8:ffff::2'))).status).toBe(401)
    expect((await guess('z@kvist.example', 'feil', from('2001:db8:7:8:eeee::3'))).status).toBe(429)
    const other = {
      headers: { ...from('2001:db8:7:8::4').headers, 'x-forwarded-for': '192.0.2.99', 'x-real-ip': '192.0.2.99' },
    }
    expect((await guess('z@kvist.example', 'feil', other)).status).toBe(429)
    expect((await guess('z@kvist.example', 'feil', from('2001:db8:7:9::1'))).status).toBe(401)
  })
  test.each([
    ['192.0.2.7', '192.0.2.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:DB8:1:2::9', '2001:db8:1:2::/64'],
    ['2001:0db8:0001:0002:ffff::', '2001:db8:1:2::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
  ])('sees %s as %s', (address, network) => expect(networkOf(address)).toBe(network))
})

describe('the demo company', () => {
  test('is entered with one click on one’s own machine only', async () => {
    await app.call('/api/v1/instance/first-run', { method: 'POST' })
    const browser = visitor(app)
    expect(textOf((await browser.get('/')).html)).toContain('Gå inn i demoselskapet')
    const inside = await browser.submit('/sign-in/demo', {})
    expect(textOf(inside.html)).toContain('Lofthus Snekkeri AS')

    const elsewhere = { ...app, env: { ...app.env, LOCAL_INSTANCE: undefined } as typeof app.env }
    expect(textOf((await visitor(elsewhere).get('/')).html)).not.toContain('demoselskapet')
    expect((await visitor(elsewhere).post('/sign-in/demo', {})).status).toBe(404)
    const byTrick = { url: 'http://rebound.example', origin: 'http://rebound.example' }
    expect((await visitor(app).post('/sign-in/demo', {}, byTrick)).status).toBe(404)
  }, 60_000)
})
