import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { testApp } from '#tests/support/app.ts'
import { fresh, PASSWORD, person } from '#tests/support/person.ts'
import { textOf, visitor } from '#tests/support/visitor.ts'
import { sha256 } from '#worker/core/hash.ts'
import { deviceName } from '#worker/identity/client.ts'
import { passwordFault } from '#worker/identity/password-rules.ts'

const app = testApp()
beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-05-04T06:00:00Z') }))
afterEach(() => void vi.useRealTimers())
const pass = (seconds: number) => vi.setSystemTime(Date.now() + seconds * 1_000)
const FIREFOX = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0'

test('a browser names itself', () => {
  const iphone =
    'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605 Version/19.0 Mobile Safari/604.1'
  expect([FIREFOX, iphone, 'curl/8', undefined].map(deviceName)).toEqual(['Firefox, Windows', 'Safari, iPhone', '', ''])
})

describe('where one is signed in', () => {
  test('is listed, and one device is signed out at once', async () => {
    const one = await person(app)
    await one.password()
    const phone = visitor(app)
    const headers = { ...fresh().headers, 'user-agent': FIREFOX }
    await phone.post('/sign-in', { email: one.email, password: PASSWORD }, { headers })
    const list = (await one.browser.get('/security')).html
    expect(textOf(list)).toContain('Firefox, Windows 10.9.')
    const session = await sha256(phone.cookies.get('hovedbok_session')!)
    expect(list).toContain(`/security/devices/${session}/end`)
    await one.browser.post(`/security/devices/${session}/end`, {})
    expect((await phone.get('/companies/new')).status).toBe(401)
    expect((await one.browser.get('/companies/new')).status).toBe(200)
  })
  test('nobody ends somebody else’s', async () => {
    const [one, other] = [await person(app), await person(app)]
    await one.password()
    await other.password()
    const session = await sha256(one.browser.cookies.get('hovedbok_session')!)
    await other.browser.post(`/security/devices/${session}/end`, {})
    expect((await one.browser.get('/companies/new')).status).toBe(200)
  })
  test('signing out everywhere ends the others and Excel, and a half-finished sign-in', async () => {
    const one = await person(app)
    await one.password()
    const phone = visitor(app)
    await one.password(phone)
    const until = new Date(Date.now() + 600_000).toISOString()
    await one.control.batch([
      {
        sql: 'insert into addin_access (token_hash, family, user, expires_at) values (?, ?, ?, ?)',
        args: [await sha256('hba_excel-token'), 'f', one.id, until],
      },
      {
        sql: `insert into sign_in_step (token_hash, user, method, expires_at) values (?, ?, 'password', ?)`,
        args: [await sha256('half'), one.id, until],
      },
    ])
    expect((await app.call('/api/v1/me', { key: 'hba_excel-token' })).status).toBe(200)
    await one.browser.post('/security/devices/end', {})
    expect((await phone.get('/companies/new')).status).toBe(401)
    expect((await app.call('/api/v1/me', { key: 'hba_excel-token' })).status).toBe(401)
    const half = visitor(app)
    half.cookies.set('hovedbok_step', 'half')
    expect((await half.get('/sign-in/step')).status).toBe(401)
    expect((await one.browser.get('/companies/new')).status).toBe(200)
  })
  test('a new device is told of by e-mail; one that was there before is not', async () => {
    const one = await person(app)
    await one.password()
    await one.browser.post('/sign-out', {})
    await one.password()
    expect(await one.mails()).toEqual([])
    await one.password(visitor(app))
    const [mail] = await one.mails()
    expect(mail!.subject).toBe('Innlogging fra en ny enhet – Hovedbok')
    expect(mail!.text).toMatch(/Når: 04\.05\.2026 08:00\nEnhet: ukjent enhet\nSted: 10\.9\./)
    expect(mail!.text).toContain('http://localhost/security')
  })
  test('who tries a password again and again is told of once', async () => {
    const one = await person(app)
    await one.control.execute({
      sql: `insert into sign_in_failure (subject, at) select ?, ? || '~' || value from json_each('[1,2,3,4,5,6,7,8,9,10]')`,
      args: [`account:${await sha256(`account ${one.email}`)}`, new Date(Date.now() - 1_000).toISOString()],
    })
    for (let i = 0; i < 3; i++) expect((await one.password()).status).toBe(429)
    expect((await one.mails()).map(({ subject }) => subject)).toEqual(['Mange feil passord – Hovedbok'])
  })
})

describe('a forgotten password', () => {
  const ask = async (email: string, network = fresh()) => visitor(app).post('/password/forgotten', { email }, network)
  /** The link is made behind the answer. */
  async function linkOf(one: Awaited<ReturnType<typeof person>>, times = 1): Promise<string> {
    for (;;) {
      const found = (await one.mails()).filter(({ subject }) => subject.startsWith('Velg nytt passord'))
      if (found.length >= times) return /\/password\/new\/[\w-]{43}/.exec(found[0]!.text)![0]
      await new Promise((resume) => setTimeout(resume, 10))
    }
  }
  const choose = (link: string, password: string, browser = visitor(app)) => browser.post(link, { password })

  test('is chosen anew by a link that works once, and ends every session', async () => {
    const one = await person(app)
    await one.password()
    expect((await ask(one.email.toUpperCase())).status).toBe(200)
    const link = await linkOf(one)
    expect((await visitor(app).get(link)).html).toContain(one.email)
    expect((await choose(link, 'kort')).status).toBe(422)
    const answers = await Promise.all([1, 2, 3].map((i) => choose(link, `ny fjord elg potet ${i}`)))
    expect(answers.map((a) => a.status).sort()).toEqual([303, 404, 404])
    expect((await one.browser.get('/companies/new')).status).toBe(401)
    expect((await one.password()).status).toBe(401)
    expect((await visitor(app).get(link)).status).toBe(404)
    const { rows } = await one.control.execute({
      sql: 'select email_verified_at from user where id = ?',
      args: [one.id],
    })
    expect(rows[0]!.email_verified_at).not.toBeNull()
  })
  test('asks for the second factor all the same', async () => {
    const one = await person(app)
    await one.password()
    await one.codeApp()
    await ask(one.email)
    const browser = visitor(app)
    expect((await choose(await linkOf(one), 'ny fjord elg potet', browser)).location).toMatch(/^\/sign-in\/step/)
    expect((await browser.get('/companies/new')).status).toBe(401)
  })
  test('says the same to everybody, makes old links worthless, and ends after half an hour', async () => {
    const one = await person(app)
    const [known, unknown] = [await ask(one.email), await ask('ingen@kvist.example')]
    const plain = (html: string) => html.replace(/nonce="[^"]+"/g, '')
    expect(plain(known.html)).toBe(plain(unknown.html))
    const first = await linkOf(one)
    pass(1)
    await ask(one.email)
    const second = await linkOf(one, 2)
    expect((await choose(first, 'ny fjord elg potet')).status).toBe(404)
    pass(1_801)
    expect((await choose(second, 'ny fjord elg potet')).status).toBe(404)
  })
  test('is asked for three times in a quarter of an hour', async () => {
    const one = await person(app)
    const answers = []
    for (let i = 0; i < 4; i++) answers.push((await ask(one.email)).status)
    expect(answers).toEqual([200, 200, 200, 429])
  })
})

describe('an address', () => {
  test('is verified by the button its e-mail leads to', async () => {
    const one = await person(app)
    await one.password()
    await one.browser.post('/security/address', {}, fresh())
    const link = /\/address\/[\w-]{43}/.exec((await one.mails())[0]!.text)![0]
    expect((await visitor(app).get(link)).html).toContain(`Bekreft ${one.email}`)
    expect((await one.browser.get('/security')).html).toContain(`${one.email} er ikke bekreftet`)
    expect((await visitor(app).post(link, {})).status).toBe(200)
    expect((await visitor(app).post(link, {})).status).toBe(404)
    expect((await one.browser.get('/security')).html).toContain(`${one.email} er bekreftet`)
  })
  test('the mailbox is one’s own machine’s only', async () => {
    const one = await person(app)
    await one.password()
    await one.browser.post('/security/address', {}, fresh())
    expect(textOf((await visitor(app).get('/mailbox')).html)).toContain(`Til ${one.email}`)
    const foreign = { url: 'https://hovedbok.example' }
    expect((await visitor(app).get('/mailbox', foreign)).status).toBe(404)
  })
})

describe('a password that is chosen', () => {
  test('is none of those that are tried first', async () => {
    for (const bad of ['passord12345', 'Password1234!', '123456789012', 'qwertyqwerty', 'Sommer2026!!', 'leavemealone'])
      expect([bad, await passwordFault(bad, 'ola@kvist.example')]).toEqual([bad, 'password/common'])
    expect(await passwordFault('ola@kvist.example', 'ola@kvist.example')).toBe('password/common')
    expect(await passwordFault('kort', 'ola@kvist.example')).toBe('password/too-short')
    for (const good of [PASSWORD, 'nordlys over frossent myrdrag', 'x8#kQz!pLw42'])
      expect([good, await passwordFault(good, 'ola@kvist.example')]).toEqual([good, undefined])
  })
  test('is changed by who knows the old one, and signs the others out', async () => {
    const one = await person(app)
    await one.password()
    const phone = visitor(app)
    await one.password(phone)
    const send = (form: Record<string, string>) => one.browser.post('/security/password', form, fresh())
    const wrong = await send({ currentPassword: 'feil', password: 'ny fjord elg potet' })
    expect([wrong.status, textOf(wrong.html).includes('Passordet stemmer ikke')]).toEqual([401, true])
    const common = await send({ currentPassword: PASSWORD, password: 'passord12345' })
    expect([common.status, textOf(common.html).includes('blant dem som prøves først')]).toEqual([422, true])
    expect((await send({ currentPassword: PASSWORD, password: 'ny fjord elg potet' })).status).toBe(200)
    expect((await phone.get('/companies/new')).status).toBe(401)
    expect((await one.browser.get('/companies/new')).status).toBe(200)
    expect((await one.password(visitor(app), 'ny fjord elg potet')).status).toBe(303)
  })
})
