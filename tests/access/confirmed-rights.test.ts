import { expect, test } from 'vitest'
import { testApp } from '#tests/support/app.ts'
import { grant } from '#tests/support/approve.ts'
import { person } from '#tests/support/person.ts'
import { as } from '#tests/support/visitor.ts'

const app = testApp()
const YEAR = new Date().getFullYear() - 1

/** An administrator of a company, signed in, and what they send. */
async function administrator() {
  const company = await app.company()
  const one = await person(app)
  await one.control.execute({
    sql: `insert into membership (user, company, role, created_at) values (?, ?, 'administrator', '2026-01-01')`,
    args: [one.id, company.id],
  })
  await one.password()
  const session = one.browser.cookies.get('hovedbok_session')!
  const send = (path: string, sent: object = {}) => app.call(path, { ...as(one.browser), ...sent })
  return { ...one, company, session, send, own: (rest: string, body: object) => send(company.path + rest, { body }) }
}

test('nobody is asked to confirm what is refused all the same', async () => {
  const { own, company, email, id, control } = await administrator()
  await control.execute({
    sql: `update user set email_verified_at = '2026-01-01T00:00:00.000Z' where id = ?`,
    args: [id],
  })
  const order = { name: 'Revisor', email: 'rev@kvist.example', firstYear: YEAR, lastYear: YEAR, days: 30 }
  const ordered = async (over: object = {}) =>
    (await company.call('/auditors', { body: { ...order, ...over } })).json.id
  const granted = await ordered()
  expect((await company.call(`/auditors/${granted}/grant`, { body: {} })).status).toBe(200)
  const [open, member] = [await ordered({ email: 'a@kvist.example' }), await ordered({ email })]
  const said = async (path: string, body: object) => {
    const { json } = await own(path, body)
    return json.issues?.[0]?.code ?? json.code
  }
  expect(await said('/invitations', { email: 'ingen adresse', role: 'reader' })).toBe('field/invalid')
  expect(await said('/invitations', { email: email.toUpperCase(), role: 'reader' })).toBe('member/exists')
  expect(await said(`/auditors/${granted}/grant`, {})).toBe('audit-access/closed')
  expect(await said(`/auditors/${open}/grant`, { lastYear: YEAR - 1 })).toBe('audit-access/years')
  expect(await said(`/auditors/${member}/grant`, {})).toBe('audit-access/has-access')
  expect(await said(`/auditors/${open}/grant`, {})).toBe('step-up/required')
  expect(await said('/invitations', { email: 'ny@kvist.example', role: 'reader' })).toBe('step-up/required')
})

test('colleagues of one name are told apart in what is confirmed', async () => {
  const { send, session, control } = await administrator()
  const office = (await send('/api/v1/offices', { body: { name: 'Tall AS' } })).json.id
  const client = (await send('/api/v1/companies', { body: { name: 'Klient AS', office } })).json.id
  const [one, other] = [await person(app), await person(app)]
  for (const { id } of [one, other])
    await control.execute({
      sql: `insert into office_member (office, user, role, created_at) values (?, ?, 'accountant', '2026-01-01')`,
      args: [office, id],
    })
  const assign = (...staff: { id: string }[]) =>
    send(`/api/v1/offices/${office}/clients/${client}/staff`, {
      method: 'PUT',
      body: { staff: staff.map(({ id }) => ({ user: id, duty: 'team', role: 'accountant' })) },
    })
  const first = await assign(one)
  expect(first.json.lines).toContainEqual(`Ola Nordmann (${one.email}) arbeider for Klient AS som regnskapsfører`)
  await grant(app, session, first.json.content)
  expect((await assign(one)).status).toBe(200)
  const { lines } = (await assign(other)).json
  expect(lines).toContainEqual(`Ola Nordmann (${other.email}) arbeider for Klient AS som regnskapsfører`)
  expect(lines).toContainEqual(`Ola Nordmann (${one.email}) arbeider ikke lenger for Klient AS`)
})
