import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { testApp } from '#tests/support/app.ts'
import { approved } from '#tests/support/approve.ts'
import { sha256 } from '#worker/core/hash.ts'
import { controlDatabase } from '#worker/database/connect.ts'

const app = testApp()
const { company, call, env } = app
const NOW = '2026-01-01T00:00:00.000Z'

async function person(name: string) {
  const id = `usr_${randomBytes(13).toString('hex')}`
  const email = `${id}@example.no`
  await controlDatabase(env).batch(
    [
      {
        sql: 'insert into user (id, email, name, created_at, email_verified_at) values (?, ?, ?, ?, ?)',
        args: [id, email, name, NOW, NOW],
      },
      {
        sql: 'insert into session (token_hash, user, created_at, expires_at) values (?, ?, ?, ?)',
        args: [await sha256(id), id, new Date().toISOString(), '2999-01-01T00:00:00.000Z'],
      },
    ],
    'write',
  )
  const headers = { cookie: `hovedbok_session=${id}`, origin: 'http://localhost', 'sec-fetch-site': 'same-origin' }
  return { id, email, session: id, as: { key: null, headers } }
}

test('a role of the company’s own is put together, given, changed and taken away', async () => {
  const c = await company()
  const made = await c.call('/roles', { body: { name: ' Lønn ', permissions: ['ledger:post'] } })
  expect([made.status, made.json]).toMatchObject([201, { name: 'Lønn', version: 1, members: 0 }])
  // What it rests on comes along, in the table's order.
  expect(made.json.permissions).toEqual(['company:read', 'ledger:read', 'ledger:post', 'register:read'])
  const kari = await person('Kari')
  expect((await c.call('/vouchers', kari.as)).json.code).toBe('company/unknown')
  const added = await c.call('/members', { body: { email: kari.email, role: made.json.id } })
  expect(added.status).toBe(201)
  expect((await c.call('/vouchers', kari.as)).status).toBe(200)
  expect((await c.call('/documents', kari.as)).status).toBe(403)
  expect((await c.call('/roles')).json.own).toMatchObject([{ id: made.json.id, members: 1 }])

  const wider = { name: 'Lønn og bilag', permissions: ['ledger:read', 'document:read'] }
  const put = (version: number) =>
    c.call(`/roles/${made.json.id}`, { method: 'PUT', body: wider, headers: { 'if-match': `"${version}"` } })
  expect((await put(7)).json.code).toBe('version/stale')
  expect((await put(1)).json).toMatchObject({
    version: 2,
    permissions: ['company:read', 'ledger:read', 'document:read'],
  })
  expect((await c.call('/documents', kari.as)).status).toBe(200)
  expect((await c.call('/accounts', kari.as)).status).toBe(403)

  const gone = () => c.call(`/roles/${made.json.id}`, { method: 'DELETE' })
  expect([(await gone()).status, (await gone()).json.code]).toEqual([422, 'role/in-use'])
  expect((await gone()).json.title).toContain('Lønn og bilag')
  await c.call('/members', { body: { email: kari.email, role: 'administrator' } })
  expect((await gone()).status).toBe(204)
  expect((await gone()).json.code).toBe('role/unknown')
  const { events } = (await c.call('/events')).json
  expect(events.map((e: any) => e.type).filter((type: string) => type.startsWith('role.'))).toEqual([
    'role.created',
    'role.changed',
    'role.deleted',
  ])
})

test('what is missing is told in words, with who can give it', async () => {
  const c = await company({ name: 'Ordrik AS' })
  const [anne, ola] = [await person('Anne Administrator'), await person('Ola')]
  await c.call('/members', { body: { email: anne.email, role: 'administrator' } })
  const role = await c.call('/roles', { body: { name: 'Ser registre', permissions: ['register:read'] } })
  await c.call('/members', { body: { email: ola.email, role: role.json.id } })
  const refused = await c.call('/vouchers', ola.as)
  expect([refused.status, refused.json.code]).toEqual([403, 'permission/missing'])
  expect(refused.text).toContain('Ordrik AS')
  expect(refused.text).toContain('Anne Administrator')
  const english = await c.call('/vouchers', { ...ola.as, language: 'en' })
  expect(english.json.title).not.toBe(refused.json.title)
})

test('nobody makes, changes or is given a role beyond what its maker may', async () => {
  const c = await company()
  const per = await person('Per')
  const staff = await c.call('/roles', { body: { name: 'Medlemmer', permissions: ['member:write'] } })
  await c.call('/members', { body: { email: per.email, role: staff.json.id } })
  const wide = await c.call('/roles', { body: { name: 'Bokfører', permissions: ['ledger:post'] } })
  const make = await c.call('/roles', { ...per.as, body: { name: 'Alt', permissions: ['ledger:post'] } })
  expect([make.status, make.json.code]).toEqual([403, 'permission/missing'])
  const narrow = { name: 'Bokfører', permissions: ['company:read'] }
  expect((await c.call(`/roles/${wide.json.id}`, { ...per.as, method: 'PUT', body: narrow })).status).toBe(403)
  const own = { name: 'Medlemmer', permissions: ['member:write', 'ledger:post'] }
  expect((await c.call(`/roles/${staff.json.id}`, { ...per.as, method: 'PUT', body: own })).status).toBe(403)
  const narrower = { ...per.as, body: { name: 'Ser', permissions: ['member:read'] } }
  const asked = await c.call('/roles', narrower)
  expect([asked.status, asked.json.code, asked.json.lines[1]]).toEqual([403, 'step-up/required', 'Ny rolle «Ser»'])
  expect((await approved(app, () => c.call('/roles', narrower), per.session)).status).toBe(201)
})

test('a role is of one company, has a name of its own and holds permissions that are', async () => {
  const [c, other] = [await company(), await company()]
  const role = (await c.call('/roles', { body: { name: 'Lager', permissions: ['register:read'] } })).json
  expect((await c.call('/roles', { body: { name: 'Lager', permissions: ['register:read'] } })).json.code).toBe(
    'role/exists',
  )
  expect((await other.call(`/roles/${role.id}`, { method: 'DELETE' })).json.code).toBe('role/unknown')
  const kari = await person('Kari')
  expect((await other.call('/members', { body: { email: kari.email, role: role.id } })).json.code).toBe('role/unknown')
  for (const wrong of [
    { name: 'x', permissions: [] },
    { name: '', permissions: ['ledger:read'] },
    { name: 'x', permissions: ['alt'] },
  ])
    expect((await c.call('/roles', { body: wrong })).status).toBe(422)
  expect((await c.call('/members', { body: { email: kari.email, role: 'auditor' } })).json.code).toBe(
    'member/auditor-is-ordered',
  )
  expect((await call('/api/v1/companies', kari.as)).json.companies).toEqual([])
})
