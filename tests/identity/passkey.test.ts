import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { testApp } from '#tests/support/app.ts'
import { makePasskey, type SoftPasskey, showPasskey } from '#tests/support/authenticator.ts'
import { fresh, PASSWORD, person } from '#tests/support/person.ts'
import { textOf, visitor } from '#tests/support/visitor.ts'

const app = testApp()
beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-05-04T06:00:00Z') }))
afterEach(() => void vi.useRealTimers())
const pass = (seconds: number) => vi.setSystemTime(Date.now() + seconds * 1_000)
type Browser = ReturnType<typeof visitor>

const challengeFor = async (browser: Browser, what: string): Promise<string> =>
  JSON.parse((await browser.get(`/passkeys/options/${what}`)).html).challenge
const handleOf = (id: string): string => Buffer.from(id).toString('base64url')

/** Somebody with a passkey. */
async function withPasskey() {
  const one = await person(app)
  await one.password()
  const challenge = await challengeFor(one.browser, 'make')
  const { passkey, sent } = makePasskey({ challenge, user: handleOf(one.id) })
  const made = await one.browser.post('/security/passkeys', { made: sent, currentPassword: PASSWORD }, fresh())
  return { ...one, passkey, sent, made }
}
const send = (browser: Browser, shown: string) =>
  browser.post('/sign-in/passkey', { 'stepup.passkey': shown, to: '/companies/new' }, fresh())
async function signIn(passkey: SoftPasskey, more: object = {}, counter?: number) {
  const browser = visitor(app)
  const shown = showPasskey(passkey, { challenge: await challengeFor(browser, 'sign-in'), ...more }, counter)
  return { browser, shown, answer: await send(browser, shown) }
}

describe('a passkey', () => {
  test('is made, gives recovery codes when it is the first factor, and signs in alone', async () => {
    const one = await withPasskey()
    expect([one.made.status, textOf(one.made.html).match(/\b[2-9a-z]{5}-[2-9a-z]{5}\b/g)?.length]).toEqual([200, 10])
    const { browser, answer } = await signIn(one.passkey)
    expect([answer.status, answer.location]).toEqual([303, '/companies/new'])
    expect((await browser.get('/security')).html).toContain('Sist brukt')
    expect((await one.mails()).some(({ subject }) => subject.startsWith('En passkey er lagt til'))).toBe(true)
  })
  test('is not made without the password, for somebody else, from another page, or twice', async () => {
    const [one, other] = [await person(app), await person(app)]
    await one.password()
    await other.password()
    const user = handleOf(one.id)
    const add = (as: typeof one, made: string, currentPassword = PASSWORD) =>
      as.browser.post('/security/passkeys', { made, currentPassword }, fresh())
    const challenge = () => challengeFor(one.browser, 'make')
    expect((await add(one, makePasskey({ challenge: await challenge(), user }).sent, 'feil')).status).toBe(401)
    expect((await add(other, makePasskey({ challenge: await challenge(), user }).sent)).status).toBe(401)
    const evil = { origin: 'https://evil.example', host: 'evil.example' }
    expect((await add(one, makePasskey({ challenge: await challenge(), user, ...evil }).sent)).status).toBe(401)
    const unlocked = { challenge: await challenge(), user, verified: false }
    expect((await add(one, makePasskey(unlocked).sent)).status).toBe(401)
    const signing = { challenge: await challengeFor(one.browser, 'sign-in'), user }
    expect((await add(one, makePasskey(signing).sent)).status).toBe(401)
    expect((await add(one, '{}')).status).toBe(422)
    const { rows } = await one.control.execute({ sql: 'select 1 from passkey where user = ?', args: [one.id] })
    expect(rows).toEqual([])
  })
  test('is asked for after the password, and no other’s will do', async () => {
    const [one, other] = [await withPasskey(), await withPasskey()]
    const browser = visitor(app)
    expect((await one.password(browser)).location).toMatch(/^\/sign-in\/step/)
    const step = async (passkey: SoftPasskey) => {
      const shown = showPasskey(passkey, { challenge: await challengeFor(browser, 'step') })
      return (await browser.post('/sign-in/step', { 'stepup.passkey': shown, to: '/' }, fresh())).status
    }
    expect(await step(other.passkey)).toBe(401)
    expect(await step(one.passkey)).toBe(303)
  })
  test('is removed after a fresh proof, and signs in no more', async () => {
    const one = await withPasskey()
    pass(901)
    const removal = `/security/passkeys/${one.passkey.id}/removal`
    expect((await one.browser.post(removal, {})).status).toBe(403)
    const shown = showPasskey(one.passkey, { challenge: await challengeFor(one.browser, 'show') })
    const proof = { 'stepup.action': removal, 'stepup.passkey': shown }
    expect((await one.browser.post('/step-up', proof, fresh())).location).toBe(removal)
    const other = await withPasskey()
    await other.browser.post(removal, {})
    expect((await signIn(one.passkey)).answer.status).toBe(303)
    expect((await one.browser.post(removal, {})).status).toBe(200)
    expect((await signIn(one.passkey)).answer.status).toBe(401)
  })
})

describe('a passkey is refused', () => {
  test('when its answer comes again, or ten come at once', async () => {
    const { passkey } = await withPasskey()
    const { shown, answer } = await signIn(passkey)
    expect(answer.status).toBe(303)
    expect((await send(visitor(app), shown)).status).toBe(401)
    const browser = visitor(app)
    const again = showPasskey(passkey, { challenge: await challengeFor(browser, 'sign-in') })
    const answers = await Promise.all(Array.from({ length: 10 }, () => send(visitor(app), again)))
    expect(answers.filter((a) => a.status === 303)).toHaveLength(1)
  })
  test('from another origin, for another host, not unlocked, or for another user', async () => {
    const [one, other] = [await withPasskey(), await withPasskey()]
    for (const more of [
      { origin: 'https://evil.example' },
      { host: 'evil.example' },
      { verified: false },
      { handle: handleOf(other.id) },
    ])
      expect([more, (await signIn(one.passkey, more)).answer.status]).toEqual([more, 401])
    expect((await signIn({ ...one.passkey, privateKey: other.passkey.privateKey })).answer.status).toBe(401)
    expect((await signIn({ ...one.passkey, id: 'unknown' })).answer.status).toBe(401)
  })
  test('when its counter stands still, as a copy’s would', async () => {
    const { passkey } = await withPasskey()
    expect((await signIn(passkey, {}, 7)).answer.status).toBe(303)
    expect((await signIn(passkey, {}, 7)).answer.status).toBe(401)
    expect((await signIn(passkey, {}, 3)).answer.status).toBe(401)
    expect((await signIn(passkey, {}, 8)).answer.status).toBe(303)
  })
  test('for a challenge that is old, made for something else, or made by nobody', async () => {
    const one = await withPasskey()
    const browser = visitor(app)
    const old = await challengeFor(browser, 'sign-in')
    pass(901)
    expect((await send(browser, showPasskey(one.passkey, { challenge: old }))).status).toBe(401)
    await one.password(browser)
    const stepping = await challengeFor(browser, 'step')
    expect((await send(browser, showPasskey(one.passkey, { challenge: stepping }))).status).toBe(401)
    for (const challenge of ['AAAA', Buffer.from('a.zzzzzzzzz.b').toString('base64url')])
      expect((await send(browser, showPasskey(one.passkey, { challenge }))).status).toBe(401)
  })
  test('asking for challenges fills no table', async () => {
    const one = await withPasskey()
    const count = async () => (await one.control.execute('select count(*) as n from spent_challenge')).rows[0]!.n
    const before = await count()
    for (let i = 0; i < 20; i++) await challengeFor(visitor(app), 'sign-in')
    expect(await count()).toBe(before)
  })
})
