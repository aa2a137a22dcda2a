import { expect, test } from 'vitest'
import { testApp } from '#tests/support/app.ts'
import { PASSWORD, person } from '#tests/support/person.ts'
import { addMember, removeMember } from '#worker/access/change-members.ts'
import { changeRole } from '#worker/access/change-roles.ts'
import { takeUpInvitation } from '#worker/access/invite-user.ts'
import { permissionsOf } from '#worker/access/permission.ts'
import type { CompanyAccess } from '#worker/access/store.ts'
import type { Instant } from '#worker/core/dates.ts'
import { controlDatabase, type InStatement } from '#worker/database/connect.ts'

const app = testApp()
const { call, env } = app
const control = () => controlDatabase(env)
const now = () => new Date().toISOString() as Instant
const run = (sql: string, ...args: string[]) => control().execute({ sql, args })

/** A user whose address is their own. */
async function user(name: string) {
  const one = await person(app)
  await run("update user set name = ?, email_verified_at = '2026-01-01' where id = ?", name, one.id)
  return one
}
/** What somebody was told of rights, in order; and then no more. */
async function told(who: { id: string }) {
  const { rows } = await run(
    `select a.params ->> 'name' as name, a.params ->> 'role' as role, a.params ->> 'invited' as invited from alert a
      where a.user = ? and a.kind = 'rights-changed' order by a.raised_at, name`,
    who.id,
  )
  await run('delete from alert where user = ?', who.id)
  return rows.map((row) => [row.name, row.role || row.invited || ''].filter(Boolean).join(': '))
}
const revocations = async (key: string) =>
  (
    await run("select company, office from control_log where type = 'key.revoked' and subject = ? order by 1", key)
  ).rows.map((row) => [row.company, row.office])

/** Somebody changing rights; `meanwhile` happens between what was judged and what is written. */
const changing = (c: { id: string; db: unknown }, meanwhile: InStatement[] = []) => ({
  ...{ env, db: c.db as never, control: control(), by: 'usr_x', byName: 'X', at: now(), locale: 'nb' as const },
  access: {
    role: 'administrator',
    permissions: permissionsOf('administrator'),
    id: c.id,
    office: null,
  } as never as CompanyAccess,
  origin: 'http://localhost',
  demandProof: async () => void (meanwhile.length > 0 && (await control().batch(meanwhile, 'write'))),
})

test('an administrator who is demoted or removed hears of it with the others', async () => {
  const c = await app.company()
  const [ane, eva] = [await user('Ane'), await user('Eva')]
  for (const { email } of [ane, eva]) await c.call('/members', { body: { email, role: 'administrator' } })
  for (const one of [ane, eva]) await told(one)
  await c.call('/members', { body: { email: eva.email, role: 'reader' } })
  expect([await told(ane), await told(eva)]).toEqual([['Eva: leser'], ['Eva: leser']])
  await c.call('/members', { body: { email: eva.email, role: 'administrator' } })
  for (const one of [ane, eva]) await told(one)
  expect((await c.call(`/members/${eva.id}`, { method: 'DELETE' })).status).toBe(204)
  expect([await told(ane), await told(eva)]).toEqual([['Eva'], ['Eva']])
})

test('a change that is refused when it is written tells nobody', async () => {
  const c = await app.company()
  const [ane, eva] = [await user('Ane'), await user('Eva')]
  for (const { email } of [ane, eva]) await c.call('/members', { body: { email, role: 'administrator' } })
  const role = (await c.call('/roles', { body: { name: 'Lager', permissions: ['register:read'] } })).json
  for (const one of [ane, eva]) await told(one)
  const newer = { sql: 'update custom_role set version = version + 1 where id = ?', args: [role.id] }
  const wanted = { name: 'Butikk', permissions: ['register:read' as const] }
  await expect(changeRole(changing(c, [newer]), role.id, wanted, undefined)).rejects.toThrow('version/stale')
  const other = { sql: 'delete from membership where user = ? and company = ?', args: [ane.id, c.id] }
  await expect(removeMember(changing(c, [other]), eva.id)).rejects.toThrow('member/last-administrator')
  await run("insert into membership values (?, ?, 'administrator', '2026-01-01')", ane.id, c.id)
  const demoted = { email: eva.email, role: 'reader' }
  await expect(addMember(changing(c, [other]), demoted)).rejects.toThrow('member/last-administrator')
  expect([await told(ane), await told(eva)]).toEqual([[], []])
})

test('who is invited, and who comes in by an invitation, is told a company’s administrators and an office’s', async () => {
  const c = await app.company()
  const ane = await user('Ane')
  await c.call('/members', { body: { email: ane.email, role: 'administrator' } })
  const office = (await call('/api/v1/offices', { body: { name: 'Tall AS' } })).json
  await run("insert into office_member values (?, ?, 'administrator', '2026-01-01')", office.id, ane.id)
  await told(ane)
  for (const [path, role, word] of [
    [`/api/v1/companies/${c.id}/invitations`, 'reader', 'leser'],
    [`/api/v1/offices/${office.id}/invitations`, 'assistant', 'medarbeider'],
  ] as const) {
    const email = `${role}.${c.id}@kvist.example`.toLowerCase()
    expect((await call(path, { body: { email, name: 'Ny', role } })).status).toBe(201)
    expect(await told(ane)).toEqual([`Ny: ${email}`])
    const { rows } = await run('select text from mailbox where recipient = ?', email)
    const token = /\/invitation\/(\S+)/.exec(String(rows[0]!.text))![1]!
    const nobody = { kind: 'nobody', id: 'nobody', name: '' } as const
    await takeUpInvitation({ env, control: control(), now: now() }, token, nobody, PASSWORD)
    expect(await told(ane)).toEqual([`Ny: ${word}`])
  }
})

test('an office’s staff, whom its clients are given and where they move are told its administrators', async () => {
  const [old, next] = [
    (await call('/api/v1/offices', { body: { name: 'Gammelt AS', organisationNumber: '974760673' } })).json,
    (await call('/api/v1/offices', { body: { name: 'Nytt AS', organisationNumber: '889640782' } })).json,
  ]
  const [ane, eva, nils, own] = [await user('Ane'), await user('Eva'), await user('Nils'), await user('Egen')]
  const joins = "insert into office_member values (?, ?, ?, '2026-01-01')"
  await run(joins, old.id, ane.id, 'administrator')
  await run(joins, old.id, eva.id, 'administrator')
  await run(joins, next.id, nils.id, 'administrator')
  const client = (await call('/api/v1/companies', { body: { name: 'Klient AS', office: old.id } })).json.id
  await run("insert into membership values (?, ?, 'administrator', '2026-01-01')", own.id, client)
  const staff = `/api/v1/offices/${old.id}/staff/${eva.id}`
  expect((await call(staff, { method: 'PUT', body: { role: 'assistant' } })).status).toBe(200)
  expect([await told(ane), await told(eva)]).toEqual([['Eva: medarbeider'], ['Eva: medarbeider']])
  const given = { staff: [{ user: eva.id, duty: 'responsible', role: 'administrator' }] }
  const clients = `/api/v1/offices/${old.id}/clients/${client}/staff`
  expect((await call(clients, { method: 'PUT', body: given })).status).toBe(200)
  expect([await told(ane), await told(own)]).toEqual([['Eva: administrator'], ['Eva: administrator']])
  expect((await call(clients, { method: 'PUT', body: { staff: [] } })).status).toBe(200)
  expect([await told(ane), await told(eva), await told(own)]).toEqual([['Eva'], ['Eva'], ['Eva']])
  const move = { organisationNumber: '889640782' }
  await call(`/api/v1/companies/${client}/office/move`, { body: move })
  const { moves } = (await call(`/api/v1/offices/${next.id}/moves`)).json
  const accepted = () => call(`/api/v1/offices/${next.id}/moves/${moves[0].id}/acceptance`, { method: 'POST' })
  expect([(await accepted()).status, (await accepted()).status]).toEqual([204, 404])
  for (const one of [ane, nils, own]) expect(await told(one)).toEqual(['Nytt AS'])
  expect(await told(eva)).toEqual([])
})

test('each key that is revoked stands in the log: an office’s in its clients’ too, and those of who lost their way in', async () => {
  const office = (await call('/api/v1/offices', { body: { name: 'Nøkler AS' } })).json
  const [ane, eva] = [await user('Ane'), await user('Eva')]
  const joins = "insert into office_member values (?, ?, 'administrator', '2026-01-01')"
  for (const one of [ane, eva]) await run(joins, office.id, one.id)
  const client = (await call('/api/v1/companies', { body: { name: 'Klient AS', office: office.id } })).json.id
  const key = async (path: string) => (await call(`${path}/keys`, { body: { name: 'Kasse', role: 'reader' } })).json.id
  const inOffice = `/api/v1/offices/${office.id}`
  const [first, second, third] = [await key(inOffice), await key(inOffice), await key(inOffice)]
  const own = await key(`/api/v1/companies/${client}`)
  const made = 'update api_key set created_by = ? where id = ?'
  for (const [by, id] of [
    [ane.id, second],
    [eva.id, third],
    [eva.id, own],
  ])
    await run(made, by!, id!)
  const both = [
    [null, office.id],
    [client, office.id],
  ]
  await call(`${inOffice}/keys/${first}`, { method: 'DELETE' })
  expect(await revocations(first)).toEqual(both)
  await call(`${inOffice}/staff/${ane.id}`, { method: 'PUT', body: { role: 'accountant' } })
  expect(await revocations(second)).toEqual(both)
  await call(`${inOffice}/staff/${ane.id}`, { method: 'PUT', body: { role: 'administrator' } })
  expect((await call(`${inOffice}/staff/${eva.id}`, { method: 'DELETE' })).status).toBe(204)
  expect(await revocations(third)).toEqual(both)
  expect(await revocations(own)).toEqual([[client, null]])
  const { keys } = (await call(`${inOffice}/keys`)).json
  expect(keys.every((one: { revokedAt: string | null }) => one.revokedAt !== null)).toBe(true)
})
