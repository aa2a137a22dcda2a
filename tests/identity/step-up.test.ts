import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { testApp } from '#tests/support/app.ts'
import { excelSignIn, grantedTo } from '#tests/support/excel-sign-in.ts'
import { fresh, person } from '#tests/support/person.ts'
import { as, textOf, visitor } from '#tests/support/visitor.ts'
import { contentHash } from '#worker/identity/prove.ts'

const app = testApp()
beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-05-04T06:00:00Z') }))
afterEach(() => void vi.useRealTimers())
const pass = (seconds: number) => vi.setSystemTime(Date.now() + seconds * 1_000)

/** An administrator with a code app, whose proof is too old. */
async function administrator(codeApp = true) {
  const company = await app.company()
  const one = await person(app)
  await one.control.execute({
    sql: `insert into membership (user, company, role, created_at) values (?, ?, 'administrator', '2026-01-01')`,
    args: [one.id, company.id],
  })
  await one.password()
  const codes = codeApp ? await one.codeApp() : undefined
  pass(901)
  const key = { name: 'Kassesystem', role: 'reader' }
  const settings = `/companies/${company.id}/settings`
  const keys = async () => (await company.call('/keys')).json.keys.map((k: any) => k.name)
  return { ...one, codes: codes!, company, key, settings, keys }
}
const hiddenIn = (html: string): Record<string, string> =>
  Object.fromEntries(
    [...html.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)].map(([, name, value]) => [
      name!,
      value!,
    ]),
  )

describe('rights and keys ask for a fresh code', () => {
  test('the question keeps the form, and sends it on as it was', async () => {
    const a = await administrator()
    const asked = await a.browser.post(`${a.settings}/keys`, a.key)
    expect([asked.status, textOf(asked.html).includes('Bekreft at det er deg')]).toEqual([403, true])
    expect(await a.keys()).toEqual([])
    const waiting = hiddenIn(asked.html)
    expect(waiting).toMatchObject({ ...a.key, 'stepup.action': `${a.settings}/keys` })
    const wrong = await a.browser.post('/step-up', { ...waiting, 'stepup.code': '000000' }, fresh())
    expect([wrong.status, hiddenIn(wrong.html)]).toEqual([401, waiting])
    const done = await a.browser.post('/step-up', { ...waiting, 'stepup.code': a.codes.codeAt() }, fresh())
    expect([done.status, done.location]).toEqual([307, `${a.settings}/keys`])
    expect((await a.browser.post(done.location!, waiting)).html).toContain('hbk_')
    expect(await a.keys()).toEqual(['Kassesystem'])
  })
  test('it is bound to what is shown: for this key, in this session, once, within five minutes', async () => {
    const a = await administrator()
    const asked = hiddenIn((await a.browser.post(`${a.settings}/keys`, a.key)).html)
    const prove = async (as: typeof a.browser, sent = asked) => {
      pass(30)
      await as.post('/step-up', { ...sent, 'stepup.code': a.codes.codeAt() }, fresh())
    }
    await prove(a.browser)
    const wider = { ...a.key, role: 'administrator' }
    expect((await a.browser.post(`${a.settings}/keys`, wider)).status).toBe(403)
    expect((await a.browser.post(`${a.settings}/keys`, a.key)).status).toBe(200)
    expect((await a.browser.post(`${a.settings}/keys`, a.key)).status).toBe(403)
    const other = visitor(app)
    await a.password(other)
    pass(30)
    await other.post('/sign-in/step', { 'stepup.code': a.codes.codeAt() }, fresh())
    await prove(a.browser)
    expect((await other.post(`${a.settings}/keys`, a.key)).status).toBe(403)
    await prove(other, { 'stepup.action': '/' }) // not bound to anything: it opens nothing that is
    expect((await other.post(`${a.settings}/keys`, a.key)).status).toBe(403)
    await prove(a.browser)
    pass(301)
    expect((await a.browser.post(`${a.settings}/keys`, a.key)).status).toBe(403)
    expect(await a.keys()).toEqual(['Kassesystem'])
  })
  test('a code is good once, and guesses are counted', async () => {
    const a = await administrator()
    const code = a.codes.codeAt()
    const form = { 'stepup.action': '/', 'stepup.code': code }
    const raced = await Promise.all([1, 2, 3, 4].map(() => a.browser.post('/step-up', form, fresh())))
    expect(raced.filter((r) => r.status === 307)).toHaveLength(1)
    await a.control.execute('delete from sign_in_failure')
    for (let i = 0; i < 5; i++)
      expect((await a.browser.post('/step-up', { ...form, 'stepup.code': `00000${i}` }, fresh())).status).toBe(401)
    expect((await a.browser.post('/step-up', { ...form, 'stepup.code': a.codes.codeAt(30) }, fresh())).status).toBe(429)
  })
  test('members, too; leaving out the question changes nothing', async () => {
    const a = await administrator()
    const other = await person(app)
    const form = { email: other.email, name: 'Per', role: 'administrator' }
    expect((await a.browser.post(`/companies/${a.company.id}/members`, form)).status).toBe(403)
    expect(
      (await a.browser.post(`/companies/${a.company.id}/members`, { ...form, 'stepup.code': a.codes.codeAt() })).status,
    ).toBe(403)
    expect((await a.company.call('/members')).json.members).toHaveLength(1)
  })
  test('who has neither passkey nor code app is led to where one is set up', async () => {
    const a = await administrator(false)
    const asked = await a.browser.post(`${a.settings}/keys`, a.key)
    expect([asked.status, asked.html.includes('href="/security"')]).toEqual([403, true])
    // Nothing of the form is lost: it waits beside, and goes on when something has been set up.
    expect(asked.html).toContain(`action="/step-up/again"`)
    const waiting = { ...a.key, 'stepup.action': `${a.settings}/keys`, 'stepup.line': 'En linje' }
    const again = await a.browser.post('/step-up/again', waiting)
    expect(again.html).toContain(`name="name" value="${a.key.name}"`)
    expect(again.html).toContain('name="stepup.line" value="En linje"')
    const said = await a.browser.post('/step-up', { 'stepup.action': '/', 'stepup.demo': 'yes' }, fresh())
    expect(said.status).toBe(401)
  })
  test('a key and Excel are refused, whatever their rights; the API takes a code from a session', async () => {
    const a = await administrator()
    const body = a.key
    const key = await a.company.key('administrator')
    expect((await a.company.call('/keys', { key, body })).json.code).toBe('step-up/person')
    const { accessToken } = await excelSignIn(app, a.control, grantedTo(a.id))
    expect((await a.company.call('/keys', { key: accessToken, body })).json.code).toBe('excel/not-allowed')
    const send = (path: string, sent: unknown) => app.call(path, { ...as(a.browser), body: sent })
    const { code: refusal, content, lines } = (await send(`${a.company.path}/keys`, body)).json
    expect([refusal, lines.slice(1)]).toEqual([
      'step-up/required',
      ['Ny API-nøkkel «Kassesystem»', 'Nøkkelen får rollen leser', 'Gjelder til den trekkes tilbake'],
    ])
    expect((await send('/api/v1/me/step-up', { code: '000000', content })).json.code).toBe('code/wrong')
    expect((await send('/api/v1/me/step-up', { code: a.codes.codeAt(), content })).status).toBe(204)
    expect((await send(`${a.company.path}/keys`, body)).status).toBe(201)
  })
})

describe('bank accounts', () => {
  const OLD = '15030000000'
  test('a party’s is changed after a fresh code; the first one needs none, and a key never changes it', async () => {
    const a = await administrator()
    const numbers = ['86011117947', '12345678903']
    await a.company.call('/parties', { body: { kind: 'supplier', number: '20001', name: 'Kvist AS' } })
    const patch = (bankAccount: string, sent: object) =>
      a.company.call('/parties/supplier/20001', { method: 'PATCH', body: { bankAccount }, ...sent })
    expect((await patch(numbers[0]!, as(a.browser))).status).toBe(200)
    expect((await patch(numbers[1]!, as(a.browser))).json.code).toBe('step-up/required')
    const key = await a.company.key('administrator')
    expect((await patch(numbers[1]!, { key })).json.code).toBe('step-up/person')
    const parties = [{ kind: 'supplier', number: '20001', name: 'Kvist AS', bankAccount: numbers[1] }]
    expect((await a.company.call('/parties/import', { key, body: { parties } })).json.code).toBe('step-up/person')
    const excel = await excelSignIn(app, a.control, grantedTo(a.id))
    expect((await patch(numbers[1]!, { key: excel.accessToken })).json.code).toBe('step-up/browser')
    await a.browser.post('/step-up', { 'stepup.action': '/', 'stepup.code': a.codes.codeAt() }, fresh())
    expect((await patch(numbers[1]!, as(a.browser))).json.bankAccount).toBe(numbers[1])
  })
  test('the company’s own are bound to what is shown: for other numbers, or a second time, the proof is none', async () => {
    const a = await administrator()
    const account = { name: 'Drift', account: null }
    const set = (number: string, sent: object) =>
      a.company.call('/profile', { method: 'PATCH', body: { bankAccounts: [{ ...account, number }] }, ...sent })
    await set('86011117947', {})
    const sent = as(a.browser)
    const asked = (await set('12345678903', sent)).json
    expect(asked.code).toBe('step-up/required')
    expect(asked.lines.slice(1)).toEqual(['− 86011117947', '+ 12345678903'])
    expect(asked.content).toBe(await contentHash(asked.lines))
    const code = a.codes.codeAt()
    const proof = await app.call('/api/v1/me/step-up', { ...sent, body: { code, content: asked.content } })
    expect(proof.status).toBe(204)
    expect((await set(OLD, sent)).json.code).toMatch(/step-up\/required|request\/invalid/)
    const both = await Promise.all([set('12345678903', sent), set('12345678903', sent)])
    expect(both.filter((b) => b.status === 200).length).toBeGreaterThan(0)
    expect((await a.company.call('/profile')).json.bankAccounts[0].number).toBe('12345678903')
    expect((await set('86011117947', sent)).json.code).toBe('step-up/required') // the way back is another content
    pass(60)
    const again = (await set('86011117947', sent)).json.content
    const late = { code: a.codes.codeAt(), content: again }
    expect((await app.call('/api/v1/me/step-up', { ...sent, body: late })).status).toBe(204)
    pass(301)
    expect((await set('86011117947', sent)).json.code).toBe('step-up/required')
  })
})

test('the demo user of one’s own machine says yes', async () => {
  const { DEMO_USER } = await import('#worker/access/create-demo-user.ts')
  const company = await app.company()
  const { createDemoUser } = await import('#worker/access/create-demo-user.ts')
  const { controlDatabase } = await import('#worker/database/connect.ts')
  await createDemoUser(controlDatabase(app.env), company.id as never)
  expect(DEMO_USER.email).toContain('@')
  const browser = visitor(app)
  await browser.post('/sign-in/demo', {})
  pass(901)
  const form = { name: 'Kasse', role: 'reader' }
  const asked = await browser.post(`/companies/${company.id}/settings/keys`, form)
  expect([asked.status, textOf(asked.html).includes('Ja, det er meg')]).toEqual([403, true])
  const done = await browser.post('/step-up', hiddenIn(asked.html))
  expect(done.status).toBe(307)
  expect((await browser.post(done.location!, form)).status).toBe(200)
})
