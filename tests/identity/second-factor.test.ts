import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { testApp } from '#tests/support/app.ts'
import { fresh, PASSWORD, person } from '#tests/support/person.ts'
import { textOf, visitor } from '#tests/support/visitor.ts'

const app = testApp()
beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-05-04T06:00:00Z') }))
afterEach(() => void vi.useRealTimers())
const pass = (seconds: number) => vi.setSystemTime(Date.now() + seconds * 1_000)

/** Somebody with a code app, whose first code is used. */
async function withApp() {
  const one = await person(app)
  await one.password()
  const codes = await one.codeApp()
  pass(60)
  return { ...one, ...codes }
}
const step = (browser: ReturnType<typeof visitor>, code: string) =>
  browser.post('/sign-in/step', { 'stepup.code': code, to: '/companies/new' }, fresh())

/** A browser that has given the password. */
async function halfWay(one: Awaited<ReturnType<typeof withApp>>) {
  const browser = visitor(app)
  const answer = await one.password(browser)
  expect(answer.location).toMatch(/^\/sign-in\/step/)
  return browser
}

describe('a code app', () => {
  test('is connected by a code from it, and gives ten recovery codes', async () => {
    const one = await person(app)
    await one.password()
    const { done, recovery } = await one.codeApp()
    expect(done.status).toBe(200)
    expect(new Set(recovery).size).toBe(10)
    expect((await one.browser.get('/security')).html).toContain('10 koder igjen')
    const { rows } = await one.control.execute({
      sql: `select secret as kept from totp where user = ?1 union all select code_hash from recovery_code where user = ?1`,
      args: [one.id],
    })
    for (const { kept } of rows) for (const code of recovery) expect(String(kept)).not.toContain(code.replace('-', ''))
  })
  test('is not connected by a wrong code, without the password, or by somebody else’s page', async () => {
    const [one, other] = [await person(app), await person(app)]
    await one.password()
    await other.password()
    const page = (await one.browser.get('/security/code-app')).html
    const sealed = /name="sealed" value="([^"]+)"/.exec(page)![1]!
    const send = (as: typeof one, form: Record<string, string>) => as.browser.post('/security/code-app', form, fresh())
    const wrong = await send(one, { sealed, code: '000000', currentPassword: PASSWORD })
    expect([wrong.status, textOf(wrong.html).includes('Koden stemmer ikke')]).toEqual([401, true])
    expect(wrong.html).toContain(sealed)
    expect((await send(one, { sealed, code: '000000' })).status).toBe(401)
    expect((await send(other, { sealed, code: '000000', currentPassword: PASSWORD })).status).toBe(401)
    const { rows } = await one.control.execute({ sql: 'select 1 from totp where user = ?', args: [one.id] })
    expect(rows).toEqual([])
  })
  test('another is not connected beside it, and who connects one later shows a fresh code', async () => {
    const one = await withApp()
    const page = (await one.browser.get('/security/code-app')).html
    const sealed = /name="sealed" value="([^"]+)"/.exec(page)![1]!
    const { Secret, TOTP } = await import('otpauth')
    const secret = /<code class="hb-break">([A-Z2-7 ]+)<\/code>/.exec(page)![1]!.replaceAll(' ', '')
    const code = new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: Date.now() })
    expect(textOf((await one.browser.post('/security/code-app', { sealed, code })).html)).toContain(
      'Bekreft at det er deg',
    )
    const proof = { 'stepup.code': one.codeAt(), 'stepup.action': '/security/code-app', sealed, code }
    expect((await one.browser.post('/step-up', proof, fresh())).status).toBe(307)
    expect(textOf((await one.browser.post('/security/code-app', { sealed, code })).html)).toContain(
      'En kode-app er koblet til allerede',
    )
  })
})

describe('signing in with a code', () => {
  test('the password alone opens nothing', async () => {
    const one = await withApp()
    const browser = await halfWay(one)
    expect(browser.cookies.has('hovedbok_session')).toBe(false)
    for (const path of ['/companies/new', '/security', '/passkeys/options/make'])
      expect((await browser.get(path)).status).toBe(401)
    const stolen = visitor(app)
    stolen.cookies.set('hovedbok_session', browser.cookies.get('hovedbok_step')!)
    expect((await stolen.get('/companies/new')).status).toBe(401)
  })
  test('goes on to where one was going, under a token nobody knew before', async () => {
    const one = await withApp()
    const browser = await halfWay(one)
    browser.cookies.set('hovedbok_session', 'chosen-by-somebody-else')
    const done = await step(browser, one.codeAt())
    expect([done.status, done.location]).toEqual([303, '/companies/new'])
    expect(browser.cookies.get('hovedbok_session')).not.toBe('chosen-by-somebody-else')
    expect((await browser.get('/companies/new')).status).toBe(200)
    expect(browser.cookies.has('hovedbok_step')).toBe(false)
    const thief = visitor(app)
    thief.cookies.set('hovedbok_session', 'chosen-by-somebody-else')
    expect((await thief.get('/companies/new')).status).toBe(401)
  })
  test('a code is good once, of fifty at the same moment for one, and an older one not at all', async () => {
    const one = await withApp()
    const browsers = []
    for (let i = 0; i < 5; i++) browsers.push(await halfWay(one))
    const code = one.codeAt()
    const answers = await Promise.all(browsers.map((browser) => step(browser, code)))
    expect(answers.filter((a) => a.status === 303)).toHaveLength(1)
    const again = await halfWay(one)
    pass(31)
    await one.control.execute('delete from sign_in_failure')
    expect((await step(again, one.codeAt(-30))).status).toBe(401) // used
    expect((await step(again, one.codeAt(-120))).status).toBe(401) // too old
    expect((await step(again, one.codeAt(90))).status).toBe(401) // not yet
    expect((await step(again, one.codeAt(30))).status).toBe(303) // a clock half a minute fast
    const late = await halfWay(one)
    expect((await step(late, one.codeAt(0))).status).toBe(401) // before one that was used
  })
  test('five wrong codes, and the right one is refused too, from wherever; a known browser has its own five', async () => {
    const one = await withApp()
    const stranger = await halfWay(one)
    for (let i = 0; i < 5; i++) expect((await step(stranger, `00000${i}`)).status).toBe(401)
    const late = await step(stranger, one.codeAt())
    expect([late.status, Number(late.headers.get('retry-after')) > 800]).toEqual([429, true])
    await one.browser.post('/sign-out', {})
    await one.password()
    expect((await step(one.browser, one.codeAt())).status).toBe(303)
  })
  test('ends after ten minutes, and is finished once', async () => {
    const one = await withApp()
    const slow = await halfWay(one)
    pass(601)
    const late = await step(slow, one.codeAt())
    expect([late.status, textOf(late.html).includes('ikke fullført i tide')]).toEqual([401, true])
    const browser = await halfWay(one)
    const copy = visitor(app)
    copy.cookies.set('hovedbok_step', browser.cookies.get('hovedbok_step')!)
    expect((await step(browser, one.codeAt())).status).toBe(303)
    expect((await step(copy, one.codeAt(30))).status).toBe(401)
  })
})

describe('a recovery code', () => {
  test('lets one in once, also of five at the same moment, and is told of', async () => {
    const one = await withApp()
    const browsers = []
    for (let i = 0; i < 5; i++) browsers.push(await halfWay(one))
    const answers = await Promise.all(browsers.map((browser) => step(browser, one.recovery[0]!.toUpperCase())))
    expect(answers.filter((a) => a.status === 303)).toHaveLength(1)
    expect((await one.browser.get('/security')).html).toContain('9 koder igjen')
    expect((await one.mails()).some(({ subject }) => subject.includes('gjenopprettingskode'))).toBe(true)
    const other = await withApp()
    expect((await step(await halfWay(other), one.recovery[1]!)).status).toBe(401)
  })
  test('is worthless when new ones are made', async () => {
    const one = await withApp()
    const proof = { 'stepup.code': one.codeAt(), 'stepup.action': '/security/recovery-codes' }
    expect((await one.browser.post('/step-up', proof, fresh())).location).toBe('/security/recovery-codes')
    const made = await one.browser.post('/security/recovery-codes', {})
    expect(textOf(made.html).match(/\b[2-9a-z]{5}-[2-9a-z]{5}\b/g)).toHaveLength(10)
    expect((await step(await halfWay(one), one.recovery[0]!)).status).toBe(401)
  })
})
