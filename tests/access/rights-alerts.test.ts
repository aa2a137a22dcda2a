import { expect, test } from 'vitest'
import { testApp } from '#tests/support/app.ts'
import { PASSWORD, person } from '#tests/support/person.ts'
import { addMember, removeMember } from '#worker/access/change-members.ts'
import { changeRole } from '#worker/access/change-roles.ts'
import { takeUpInvitation } from '#worker/access/invite-user.ts'
import { permissionsOf } from '#worker/access/permission.ts'
import type { CompanyAccess } from '#worker/access/store.ts'
import { withdrawAudit } from '#worker/auditors/change-audit-access.ts'
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
    `select a.params ->> 'name' as name, a.params ->> 'role' as role, coalesce(a.params ->> 'invited', a.params ->> 'withdrawn') as invited from alert a
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
  const key = (await c.call('/keys', { body: { name: 'Kasse', role: 'reader' } })).json.id
  await run('update api_key set created_by = ? where id = ?', eva.id, key)
  for (const one of [ane, eva]) await told(one)
  await expect(removeMember(changing(c, [other]), eva.id)).rejects.toThrow('member/last-administrator')
  const { rows } = await run('select revoked_at from api_key where id = ?', key)
  expect([rows[0]!.revoked_at, await revocations(key)]).toEqual([null, []])
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
    const other = (await call(path, { body: { email: `x${email}`, name: 'Annen', role } })).json
    await told(ane)
    expect((await call(`${path}/${other.id}`, { method: 'DELETE' })).status).toBe(204)
    expect(await told(ane)).toEqual([`Annen: x${email}`])
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
  for (const one of [ane, eva, own]) expect(await told(one)).toEqual(['Eva: medarbeider'])
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
  // Who leaves the office leaves its clients; and a client that leaves it is told both ways.
  const cato = await user('Cato')
  await run(joins, next.id, cato.id, 'assistant')
  const assigned = { staff: [{ user: cato.id, duty: 'responsible', role: 'accountant' }] }
  await call(`/api/v1/offices/${next.id}/clients/${client}/staff`, { method: 'PUT', body: assigned })
  for (const one of [nils, own]) await told(one)
  expect((await call(`/api/v1/offices/${next.id}/staff/${cato.id}`, { method: 'DELETE' })).status).toBe(204)
  expect([await told(nils), await told(own)]).toEqual([['Cato'], ['Cato']])
  expect((await call(`/api/v1/companies/${client}/office`, { method: 'DELETE' })).status).toBe(204)
  expect([await told(nils), await told(own)]).toEqual([['Nytt AS'], ['Nytt AS']])
  const { rows } = await run("select type from control_log where company = ? and type glob 'company.*'", client)
  expect(rows.map(({ type }) => type)).toContain('company.left-office')
})

test('an auditor who leaves, or is ended, is told its administrators and stands in both logs', async () => {
  const c = await app.company()
  const [ane, rita] = [await user('Ane'), await user('Rita')]
  await c.call('/members', { body: { email: ane.email, role: 'administrator' } })
  const order = { email: rita.email, name: 'Rita', firstYear: 2026, lastYear: 2026, days: 30 }
  const granted = async () => {
    const { id } = (await c.call('/auditors', { body: order })).json
    expect((await c.call(`/auditors/${id}/grant`, { body: {} })).status).toBe(200)
    await told(ane)
    return id
  }
  expect((await c.call(`/auditors/${await granted()}`, { method: 'DELETE' })).status).toBe(204)
  expect(await told(ane)).toEqual(['Rita'])
  const id = await granted()
  const principal = { kind: 'user', id: rita.id, name: 'Rita', email: rita.email, session: null } as const
  await withdrawAudit({ env, control: control(), principal, at: now() }, id)
  expect(await told(ane)).toEqual(['Rita'])
  const logs = await Promise.all(['/audit-log/entries', '/access-log/entries'].map((path) => c.call(path)))
  for (const { json } of logs)
    expect(json.entries[0]).toMatchObject({ type: 'audit-access.ended', by: rita.id, subject: id })
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
  const [own, atClient] = [await key(`/api/v1/companies/${client}`), await key(`/api/v1/companies/${client}`)]
  const made = 'update api_key set created_by = ? where id = ?'
  for (const [by, id] of [
    [ane.id, second],
    [ane.id, atClient],
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
  expect([await revocations(second), await revocations(atClient)]).toEqual([both, [[client, null]]])
  const { entries } = (await call(`/api/v1/companies/${client}/audit-log/entries`)).json
  expect(entries[0]).toMatchObject({ type: 'key.revoked', subject: atClient })
  await call(`${inOffice}/staff/${ane.id}`, { method: 'PUT', body: { role: 'administrator' } })
  expect((await call(`${inOffice}/staff/${eva.id}`, { method: 'DELETE' })).status).toBe(204)
  expect(await revocations(third)).toEqual(both)
  expect(await revocations(own)).toEqual([[client, null]])
  const { keys } = (await call(`${inOffice}/keys`)).json
  expect(keys.every((one: { revokedAt: string | null }) => one.revokedAt !== null)).toBe(true)
})
