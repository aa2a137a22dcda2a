import { randomBytes } from 'node:crypto'
import { createClient } from '@libsql/client/web'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { OPERATOR, testApp } from '#tests/support/app.ts'
import { isKey, keyFrom } from '#worker/access/api-key.ts'
import { addMember } from '#worker/access/change-members.ts'
import { createKey } from '#worker/access/create-key.ts'
import { isWithin, mayDo, PERMISSIONS, type Permission, permissionsOf, ROLES } from '#worker/access/permission.ts'
import type { CompanyAccess } from '#worker/access/store.ts'
import type { Instant } from '#worker/core/dates.ts'
import { sha256 } from '#worker/core/hash.ts'

const { company, call, env } = testApp()
const later = (ms: number) => new Promise((resume) => setTimeout(resume, ms))
const control = () =>
  createClient({ url: env.CONTROL_DATABASE_URL, authToken: env.DATABASE_TOKEN, fetch: env.DATABASE_FETCH })
async function user(name: string, verified = true) {
  const id = `usr_${name}${randomBytes(4).toString('hex')}`
  const email = `${id}@example.no`.toLowerCase()
  await control().execute({
    sql: `insert into user (id, email, name, created_at, email_verified_at)
          values (?, ?, ?, '2026-01-01T00:00:00.000Z', ?)`,
    args: [id, email, name, verified ? '2026-01-01T00:00:00.000Z' : null],
  })
  return { id, email }
}

describe('API keys', () => {
  test('are told once, kept as SHA-256, and listed without their secret', async () => {
    const c = await company()
    const made = await c.call('/keys', { body: { name: 'Lønnssystem', role: 'accountant', expiresAt: '2099-12-31' } })
    expect(made.status).toBe(201)
    expect(made.json).toMatchObject({ name: 'Lønnssystem', role: 'accountant', expiresAt: '2099-12-31T22:59:59.999Z' })
    expect(made.json.key).toMatch(/^hbk_[0-9a-z]{58}$/)
    expect(isKey(made.json.key)).toBe(true)
    const list = await c.call('/keys')
    expect(list.json.keys).toHaveLength(1)
    expect(list.text).not.toContain(made.json.key)
    const { rows } = await control().execute('select * from api_key')
    expect(JSON.stringify(rows)).not.toContain(made.json.key)
    expect(JSON.stringify(rows)).toContain(await sha256(made.json.key))
    const events = await c.call('/events')
    expect(events.text).not.toContain(made.json.key)
    expect(events.json.events[0]).toMatchObject({
      type: 'key.created',
      subject: made.json.id,
      changes: { role: [null, 'accountant'] },
    })
  })

  test('work in their company only, in the header only, and until they run out', async () => {
    const [c, other] = [await company(), await company()]
    const key = await c.key('reader')
    expect((await c.call('/accounts', { key })).status).toBe(200)
    expect((await other.call('/accounts', { key })).json.code).toBe('company/unknown')
    expect((await c.call(`/accounts?key=${key}`, { key: null })).json.code).toBe('request/key-in-address')
    expect((await c.call('/accounts', { key: `${key}x` })).status).toBe(401)
    const old = await c.call('/keys', { body: { name: 'gammel', role: 'reader', expiresAt: '2020-01-01' } })
    expect((await c.call('/accounts', { key: old.json.key })).json.code).toBe('sign-in/required')
  })

  test('stop within a second when they are revoked', async () => {
    const c = await company()
    const made = await c.call('/keys', { body: { name: 'x', role: 'reader' } })
    expect((await c.call('/accounts', { key: made.json.key })).status).toBe(200)
    expect((await c.call(`/keys/${made.json.id}`, { method: 'DELETE' })).status).toBe(204)
    await later(1_010)
    expect((await c.call('/accounts', { key: made.json.key })).status).toBe(401)
    expect((await c.call(`/keys/${made.json.id}`, { method: 'DELETE' })).status).toBe(204)
    const { events } = (await c.call('/events')).json
    expect(events.map((e: any) => e.type)).toEqual(['key.created', 'key.revoked'])
    expect((await c.call('/keys')).json.keys[0].revokedAt).toEqual(events[1].recordedAt)
  })

  test('of another company are neither seen nor revoked', async () => {
    const [c, other] = [await company(), await company()]
    const made = await c.call('/keys', { body: { name: 'x', role: 'reader' } })
    const gone = await other.call(`/keys/${made.json.id}`, { method: 'DELETE' })
    expect([gone.status, gone.json.code]).toEqual([404, 'key/unknown'])
    expect((await c.call('/accounts', { key: made.json.key })).status).toBe(200)
  })

  test('are refused for what is wrong with them', async () => {
    const c = await company()
    const wrong = await c.call('/keys', { body: { name: ' ', role: 'owner', expiresAt: 'i morgen' } })
    expect(wrong.json.issues.map((i: any) => `${i.pointer} ${i.code}`)).toEqual([
      '#/name field/required',
      '#/role field/invalid',
      '#/expiresAt date/invalid',
    ])
    const accountant = await c.key('accountant')
    expect((await c.call('/keys', { body: { name: 'x', role: 'reader' }, key: accountant })).status).toBe(403)
    const administrator = await c.key('administrator')
    // A key makes no keys: a person does, who has just shown a passkey or a code.
    const byKey = await c.call('/keys', { body: { name: 'x', role: 'administrator' }, key: administrator })
    expect([byKey.status, byKey.json.code]).toEqual([403, 'step-up/person'])
  })

  test('with scopes may do exactly that, on every route they reach', async () => {
    const c = await company()
    const made = await c.call('/keys', { body: { name: 'Kasse', scopes: ['register:read', 'subledger:read'] } })
    expect(made.json).toMatchObject({ role: 'payer', scopes: ['register:read', 'subledger:read'] })
    const statuses = []
    for (const path of ['/accounts', '/open-items?side=customer', '/vouchers', '/documents', '/keys', '/profile'])
      statuses.push((await c.call(path, { key: made.json.key })).status)
    expect(statuses.slice(2)).toEqual([403, 403, 403, 403])
    expect(statuses.slice(0, 2).includes(403)).toBe(false)
    const none = await c.call('/keys', { body: { name: 'x', scopes: [] } })
    expect(none.json.issues[0]).toMatchObject({ code: 'key/no-rights', pointer: '#/scopes' })
    const neither = await c.call('/keys', { body: { name: 'x' } })
    expect(neither.json.issues[0]).toMatchObject({ code: 'field/required', pointer: '#/role' })
    const unknown = await c.call('/keys', { body: { name: 'x', scopes: ['everything'] } })
    expect(unknown.json.issues[0].code).toBe('field/invalid')
  })

  test('are 200 at most that work; one more leaves no trace', async () => {
    const c = await company()
    const { id } = (await c.call('/keys', { body: { name: 'Kasse', role: 'reader' } })).json
    await control().execute({
      sql: `insert into api_key (id, token_hash, company, role, name, created_by, created_at)
            select k.id || n.value, k.token_hash || n.value, k.company, k.role, k.name, k.created_by, k.created_at
              from api_key k, json_each(?) n where k.id = ?`,
      args: [JSON.stringify(Array.from({ length: 199 }, (_, i) => i)), id],
    })
    const refused = await c.call('/keys', { body: { name: 'En for mye', role: 'reader' } })
    expect([refused.status, refused.json.code]).toEqual([422, 'limit/reached'])
    expect((await c.call('/audit-log/entries')).json.entries.map((e: any) => e.subject)).toEqual([id])
  })

  test('are held to their networks, and tell when and from where they were last used', async () => {
    const c = await company()
    const body = { name: 'Kontor', role: 'reader', networks: ['203.0.113.0/24', '2001:db8:1::/48'] }
    const { key } = (await c.call('/keys', { body })).json
    const from = async (address: string) => {
      const answer = await c.call('/accounts', { key, headers: { 'cf-connecting-ip': address } })
      return answer.json.code ?? answer.status
    }
    expect(await from('203.0.113.9')).toBe(200)
    expect(await from('2001:db8:1:ffff::5')).toBe(200)
    for (const elsewhere of ['203.0.114.9', '2001:db8:2::5', '', 'localhost', '203.0.113.9, 1.2.3.4'])
      expect(await from(elsewhere), elsewhere).toBe('key/elsewhere')
    const [kept] = (await c.call('/keys')).json.keys
    expect(kept).toMatchObject({ lastUsedFrom: '203.0.113.0/24', start: key.slice(0, 10) })
    expect(Date.parse(kept.lastUsedAt)).toBeGreaterThan(Date.parse(kept.createdAt) - 1)
    const other = (await c.call('/keys', { body })).json
    const refused = { key: other.key, headers: { 'cf-connecting-ip': '203.0.114.9' } }
    expect((await c.call('/accounts', refused)).json.code).toBe('key/elsewhere')
    const { keys } = (await c.call('/keys')).json
    expect(keys.find((one: any) => one.id === other.id)).toMatchObject({ lastUsedAt: null, lastUsedFrom: null })
    const wrong = await c.call('/keys', { body: { ...body, networks: ['10.0.0.0/33', 'kontoret'] } })
    expect(wrong.json.issues.map((i: any) => `${i.pointer} ${i.code}`)).toEqual([
      '#/networks/0 key/network',
      '#/networks/1 key/network',
    ])
  })

  test('have 256 random bits and a check sum that finds a slip', () => {
    const bytes = fc.uint8Array({ minLength: 32, maxLength: 32 })
    fc.assert(
      fc.property(bytes, fc.nat(57), fc.integer({ min: 1, max: 31 }), (random, place, shift) => {
        const key = keyFrom(random)
        const alphabet = '0123456789abcdefghjkmnpqrstvwxyz'
        const at = 4 + place
        const other = alphabet[(alphabet.indexOf(key[at]!) + shift) % 32]
        expect(isKey(key)).toBe(true)
        expect(isKey(key.slice(0, at) + other + key.slice(at + 1))).toBe(false)
      }),
    )
    const all = new Set(Array.from({ length: 1_000 }, () => keyFrom(randomBytes(32))))
    expect(all.size).toBe(1_000)
  })
})

test('a role is within another when it may do nothing more', () => {
  for (const role of ROLES) {
    expect(isWithin(role, 'operator')).toBe(true)
    expect(isWithin(role, role)).toBe(true)
    expect(isWithin(role, undefined)).toBe(false)
    for (const other of ROLES) {
      const more = (Object.keys(PERMISSIONS) as Permission[]).filter((p) => mayDo(role, p) && !mayDo(other, p))
      expect([role, other, isWithin(role, other)]).toEqual([role, other, more.length === 0])
    }
  }
  expect(isWithin('administrator', 'accountant')).toBe(false)
  expect(isWithin('reader', 'auditor')).toBe(true)
})

test('whoever comes to make keys or members hands out no more rights than they have', async () => {
  const c = await company()
  const ane = await user('Ane')
  const access = { role: 'accountant', permissions: permissionsOf('accountant'), id: c.id } as unknown as CompanyAccess
  const ctx = {
    env,
    db: c.db,
    control: control(),
    access,
    by: 'usr_x',
    byName: 'X',
    at: new Date().toISOString() as Instant,
    locale: 'nb' as const,
    origin: 'http://localhost',
    demandProof: async () => {},
  }
  await expect(createKey(ctx, { name: 'x', role: 'administrator' })).rejects.toThrow('permission/missing')
  await expect(addMember(ctx, { email: ane.email, role: 'administrator' })).rejects.toThrow('permission/missing')
  expect((await createKey(ctx, { name: 'x', role: 'reader' })).role).toBe('reader')
  expect((await c.call('/keys')).json.keys).toHaveLength(1)
  expect((await c.call('/members')).json.members).toEqual([])
})

describe('members', () => {
  test('are added by e-mail, given other roles and taken away, with a trace', async () => {
    const c = await company()
    const [ane, per] = [await user('Ane'), await user('Per')]
    const added = await c.call('/members', { body: { email: ane.email.toUpperCase(), role: 'administrator' } })
    expect([added.status, added.json]).toMatchObject([201, { user: ane.id, email: ane.email, role: 'administrator' }])
    await c.call('/members', { body: { email: per.email, role: 'reader' } })
    await c.call('/members', { body: { email: per.email, role: 'accountant' } })
    const { members } = (await c.call('/members')).json
    expect(members.map((m: any) => [m.name, m.role])).toEqual([
      ['Ane', 'administrator'],
      ['Per', 'accountant'],
    ])
    expect((await c.call(`/members/${per.id}`, { method: 'DELETE' })).status).toBe(204)
    expect((await c.call(`/members/${per.id}`, { method: 'DELETE' })).json.code).toBe('member/unknown')
    const { events } = (await c.call('/events')).json
    expect(events.map((e: any) => [e.type, e.subject, e.changes.role])).toEqual([
      ['member.added', ane.id, [null, 'administrator']],
      ['member.added', per.id, [null, 'reader']],
      ['member.changed', per.id, ['reader', 'accountant']],
      ['member.removed', per.id, ['accountant', null]],
    ])
  })

  test('a company keeps an administrator', async () => {
    const c = await company()
    const [ane, per] = [await user('Ane'), await user('Per')]
    const add = (email: string, role: string) => c.call('/members', { body: { email, role } })
    await add(ane.email, 'administrator')
    expect((await c.call(`/members/${ane.id}`, { method: 'DELETE' })).json.code).toBe('member/last-administrator')
    expect((await add(ane.email, 'reader')).json.code).toBe('member/last-administrator')
    await add(per.email, 'administrator')
    // Both leave at once: one of them stays.
    const both = await Promise.all([ane, per].map(({ id }) => c.call(`/members/${id}`, { method: 'DELETE' })))
    expect(both.map((b) => b.status).sort()).toEqual([204, 422])
    expect((await c.call('/members')).json.members.map((m: any) => m.role)).toEqual(['administrator'])
  })

  test('nobody is added who has no user', async () => {
    const c = await company()
    const { status, json } = await c.call('/members', { body: { email: 'ingen@example.no', role: 'reader' } })
    expect([status, json.issues[0].code, json.issues[0].pointer]).toEqual([422, 'user/unknown', '#/email'])
    expect(json.issues[0].message).toContain('ingen@example.no')
  })
})

describe('who am I', () => {
  test('a key knows its company and role; the operator every company', async () => {
    const c = await company({ name: 'Fjellheim AS' })
    const made = await c.call('/keys', { body: { name: 'Kasse', role: 'payer' } })
    const mine = await call('/api/v1/me', { key: made.json.key })
    expect(mine.json).toEqual({
      kind: 'key',
      id: made.json.id,
      name: 'Kasse',
      companies: [{ id: c.id, name: 'Fjellheim AS', organisationNumber: null, role: 'payer' }],
    })
    const operator = await call('/api/v1/me', { key: OPERATOR })
    expect(operator.json.kind).toBe('operator')
    expect(operator.json.companies.map((x: any) => x.id)).toContain(c.id)
    expect((await call('/api/v1/me', { key: null })).json.code).toBe('sign-in/required')
  })
})
