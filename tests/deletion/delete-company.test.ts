import { createHash } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { insertMembership } from '#worker/companies/store.ts'
import { addDays, type Instant, type IsoDate } from '#worker/core/dates.ts'
import { runAllCompanies } from '#worker/cron/run-all-companies.ts'
import { controlDatabase } from '#worker/database/connect.ts'
import { checkDeletion, GRACE_DAYS, retentionUntil } from '#worker/deletion/company-deletion.ts'
import { dropCompanies, PROOF } from '#worker/deletion/drop-companies.ts'
import { GOES, STAYS } from '#worker/deletion/store.ts'
import type { Bindings } from '#worker/http/env.ts'
import { isCodeOf } from '#worker/identity/sealed.ts'
import { writerOf } from '#worker/ledger/run-job.ts'
import { simpleDraft, testApp } from '../support/app.ts'
import { atTime } from '../support/clock.ts'
import { fresh, person } from '../support/person.ts'
import { memberOf, textOf } from '../support/visitor.ts'

const app = testApp()
const { company, call, env } = app
const today = new Date().toISOString().slice(0, 10) as IsoDate
const night = (days: number) => `${addDays(today, days)}T01:30:00.000Z` as Instant
const control = () => controlDatabase(env)
const goes = (as: Bindings, at: Instant) => dropCompanies(as, controlDatabase(as), at)
beforeEach(() => {
  for (const way of ['log', 'error'] as const) vi.spyOn(console, way).mockReturnValue()
})
afterEach(() => vi.restoreAllMocks())
const objects = async (prefix: string) => (await env.FILES.list({ prefix })).objects.length

/** A company with a voucher, a document, a backup and a member. */
async function filled(name = 'Sletting AS') {
  const c = await company({ name })
  await c.call('/vouchers', { body: simpleDraft({ text: 'Kari Nordmann' }) })
  const raw = new TextEncoder().encode('%PDF-1.4 Kari %%EOF')
  await c.call('/documents', { raw, headers: { 'content-type': 'application/pdf' } })
  await c.call('/backups', { method: 'POST' })
  await c.key('reader')
  return { ...c, name }
}
const ask = (c: { call: typeof call; name: string }, body = {}) =>
  c.call('/deletion', { body: { name: c.name, ground: 'kept-elsewhere', ...body } })

describe('rules', () => {
  test('books are kept five years after the fiscal year, but test companies and empty ones', () => {
    expect(retentionUntil('2025-12-31' as IsoDate, false)).toBe('2030-12-31')
    expect(retentionUntil('2024-02-29' as IsoDate, false)).toBe('2029-02-28')
    expect(retentionUntil('2025-12-31' as IsoDate, true)).toBeNull()
    expect(retentionUntil(null, false)).toBeNull()
  })
  test('within them a ground is stated; the name is written as it stands', () => {
    const kept = { name: 'A AS', retentionUntil: '2030-12-31' as IsoDate }
    const codes = (asked: object, on: string) =>
      checkDeletion({ name: 'A AS', ...asked }, kept, on as IsoDate).map(({ code }) => code)
    expect(codes({}, '2030-12-31')).toEqual(['company-deletion/must-be-kept'])
    expect(codes({ ground: 'no-bookkeeping' }, '2030-12-31')).toEqual([])
    expect(codes({}, '2031-01-01')).toEqual([])
    expect(codes({ name: 'B AS' }, '2031-01-01')).toEqual(['company-deletion/other-name'])
  })
})

describe('asking', () => {
  test('tells first what goes and how long it must be kept, and refuses without a ground or under another name', async () => {
    const c = await filled()
    expect((await c.call('/deletion')).json).toMatchObject({
      vouchers: 1,
      documents: 1,
      backups: 1,
      retained: true,
      asked: null,
    })
    const refused = await c.call('/deletion', { body: { name: 'Annet AS' } })
    expect([refused.status, refused.json.issues.map((i: any) => i.code)]).toEqual([
      422,
      ['company-deletion/other-name', 'company-deletion/must-be-kept'],
    ])
  })

  test('is for an administrator in person who has just shown who they are', async () => {
    const c = await filled()
    const body = { name: c.name, ground: 'no-bookkeeping' }
    expect((await c.call('/deletion', { body, key: await c.key('accountant') })).json.code).toBe('permission/missing')
    expect((await c.call('/deletion', { body, key: await c.key('administrator') })).json.code).toBe('step-up/person')
    const who = await person(app)
    await control().execute({
      sql: "insert into membership values (?, ?, 'administrator', '2026')",
      args: [who.id, c.id],
    })
    await who.password()
    const { html } = await who.browser.post(`/companies/${c.id}/settings/deletion`, body, fresh())
    expect((await c.call('/deletion')).json.asked).toBeNull()
    expect(html).toContain('Bekreft at det er deg')
    expect(textOf(html)).toContain('Grunn: Det har aldri vært bokføringsplikt')
  })

  test('closes the company for writing until it is undone; then everything is as it was', async () => {
    const c = await filled()
    const made = (await c.call('/keys', { body: { name: 'Kasse', role: 'reader' } })).json
    const hook = (await c.call('/webhooks', { body: { name: 'Lager', url: 'https://hook.kunde.no/in' } })).json
    const asked = await ask(c)
    expect(asked.json).toMatchObject({
      ground: 'kept-elsewhere',
      deletesAt: `${addDays(today, GRACE_DAYS)}T00:00:00.000Z`,
    })
    const post = () => c.call('/vouchers', { body: simpleDraft() })
    expect([(await post()).json.code, (await ask(c)).json.code]).toEqual([
      'company/being-deleted',
      'company/being-deleted',
    ])
    expect((await c.call('/vouchers')).status).toBe(200)
    expect((await c.call('/archive')).status).toBe(200)
    // Access is taken away as before: a key that leaks, a webhook, an invitation.
    expect([(await c.call(`/keys/${made.id}`, { method: 'DELETE' })).status]).toEqual([204])
    expect((await c.call(`/webhooks/${hook.id}`, { method: 'DELETE' })).status).toBe(204)
    expect((await c.call('/keys', { body: { name: 'Ny', role: 'reader' } })).json.code).toBe('company/being-deleted')
    const html = { headers: { accept: 'text/html' } }
    for (const language of ['nb', 'en'])
      expect((await call(`/companies/${c.id}/settings/deletion`, { ...html, language })).text).toContain(
        '/settings/deletion/undo',
      )
    await goes(env, night(GRACE_DAYS - 1))
    expect((await c.call('/vouchers')).status).toBe(200)
    expect((await c.call('/deletion', { method: 'DELETE' })).status).toBe(204)
    expect((await post()).status).toBe(201)
    expect((await c.call('/deletion', { method: 'DELETE' })).json.code).toBe('company-deletion/unknown')
    await goes(env, night(GRACE_DAYS + 1))
    expect((await c.call('/verify?full')).json.ok).toBe(true)
    const types = (await c.call('/events?limit=100')).json.events.map((e: any) => e.type)
    expect(types).toEqual(expect.arrayContaining(['company.deletion-asked', 'company.deletion-undone']))
  }, 20_000)
})

describe('carrying it out', () => {
  test('removes database, documents and backups and leaves a signed proof with figures and no names', async () => {
    const c = await filled('Kari Nordmann ENK')
    const other = await filled('Blir AS')
    const head = (await c.call('/verify')).json.chainHead
    const administrator = await memberOf(app, c.id, 'administrator')
    const outsider = await memberOf(app, other.id, 'administrator')
    const acknowledged = () => writerOf(env, c.id).acknowledged({ ledgerVersion: 0, hash: '' })
    expect(await acknowledged()).toHaveLength(1)
    const { id } = (await ask(c)).json
    const seen = () =>
      Promise.all([administrator, outsider].map(async (who) => (await who.get(`/deletions/${id}`)).status))
    expect(await seen()).toEqual([200, 404])
    expect([await objects(`documents/${c.id}/`), await objects(`backups/${c.id}/`)]).toEqual([1, 1])
    const due = night(GRACE_DAYS + 1)
    await atTime(due, () => runAllCompanies(env, due, '30 1 * * *'))
    expect([await objects(`documents/${c.id}/`), await objects(`backups/${c.id}/`)]).toEqual([0, 0])
    await expect(c.db.execute('select 1')).rejects.toThrow(/does not exist|404/i)
    expect(await acknowledged()).toEqual([])
    expect((await c.call('/vouchers')).json.code).toBe('company/unknown')
    expect((await other.call('/verify?full')).json.ok).toBe(true)

    // Who was told that it would go is told that it has gone, and has the proof.
    expect(textOf((await administrator.get('/alerts')).html)).toContain(`Selskapet ${c.id} er slettet`)
    expect(await seen()).toEqual([200, 404])
    const { json } = await call(`/api/v1/deletions/${id}`)
    expect(JSON.parse(json.proof)).toMatchObject({
      ...{
        format: 'hovedbok/deletion/1',
        company: c.id,
        askedBy: 'operator',
        ground: 'kept-elsewhere',
        ledgerVersion: 1,
      },
      ...{ chainHead: head, removed: { database: 1, vouchers: 1, entries: 2, documents: 1, backups: 1 } },
    })
    expect(json.proofHash).toBe(createHash('sha256').update(json.proof).digest('hex'))
    expect(await isCodeOf(json.signature, json.proof, env.SIGNING_KEY, PROOF)).toBe(true)
    expect(
      await isCodeOf(json.signature, json.proof.replace('"vouchers":1', '"vouchers":2'), env.SIGNING_KEY, PROOF),
    ).toBe(false)

    for (const table of GOES) {
      const { rows } = await control().execute({
        sql: `select count(*) as n from ${table} where company = ?`,
        args: [c.id],
      })
      expect([table, rows[0]!.n]).toEqual([table, 0])
    }
    const { rows } = await control().execute({
      sql: 'select json_array(c.name, d.proof, d.found) as all_of from company c join company_deletion d on d.company = c.id where c.id = ?',
      args: [c.id],
    })
    expect(String(rows[0]!.all_of)).not.toContain('Nordmann')
    await expect(control().execute('delete from company_deletion')).rejects.toThrow('company-deletion/final')
    await expect(
      control().execute({ sql: "update company_deletion set proof = '{}' where id = ?", args: [id] }),
    ).rejects.toThrow('company-deletion/final')
    for (const language of ['nb', 'en']) {
      const page = await call(`/deletions/${id}`, { headers: { accept: 'text/html' }, language })
      expect([page.status, page.text.includes(json.proofHash), page.text.includes(head)]).toEqual([200, true, true])
    }
    const stranger = await person(app)
    await stranger.password()
    expect((await stranger.browser.get(`/deletions/${id}`)).status).toBe(404)
    const later = Array.from({ length: 201 }, (_, i) => [`del_later${i}`, c.id])
    await control().execute({
      sql: `insert into company_deletion (id, company, asked_at, asked_by, ground, deletes_at, undone_at, undone_by)
            select value ->> 0, value ->> 1, '9999', 'operator', 'retention-over', '9999', '9999', 'x' from json_each(?)`,
      args: [JSON.stringify(later)],
    })
    expect((await call(`/api/v1/deletions/${id}`)).status).toBe(200) // however many came after it
  }, 20_000)

  test('cut after any step, the next night goes on and the proof is the same', async () => {
    for (const fails of ['DELETE', 'completes']) {
      const c = await filled()
      const { id } = (await ask(c)).json
      const real = env.DATABASE_FETCH!
      const broken = (async (url: string, init: RequestInit) => {
        const cut = fails === 'DELETE' ? init.method === 'DELETE' : String(init.body).includes('set done_at')
        return cut && !String(url).includes('copy-') ? new Response('{}', { status: 500 }) : real(url, init)
      }) as typeof fetch
      await control().execute(insertMembership((await person(app)).id, c.id, 'administrator', night(0)))
      for (const days of [1, 1]) await goes({ ...env, DATABASE_FETCH: broken } as Bindings, night(GRACE_DAYS + days))
      const told = { sql: "select user from alert where company = ? and kind = 'deletion-failed'", args: [c.id] }
      expect((await control().execute(told)).rows).toHaveLength(1) // once, however many nights
      expect((await call(`/api/v1/deletions/${id}`)).json.doneAt).toBeNull()
      expect((await c.call('/vouchers')).status).toBe(404) // nobody reaches what is half gone
      await goes(env, night(GRACE_DAYS + 2))
      const { json } = await call(`/api/v1/deletions/${id}`)
      expect(JSON.parse(json.proof).removed).toEqual({ database: 1, vouchers: 1, entries: 2, documents: 1, backups: 1 })
    }
  }, 30_000)

  test('clears companies away that never opened, after a week', async () => {
    const c = await company()
    await control().execute({ sql: "update company set status = 'importing' where id = ?", args: [c.id] })
    const exists = () =>
      c.db.execute('select 1').then(
        () => true,
        () => false,
      )
    await goes(env, night(6))
    expect(await exists()).toBe(true)
    await goes(env, night(8))
    expect(await exists()).toBe(false)
    const { rows } = await control().execute({
      sql: 'select ground, asked_by from company_deletion where company = ?',
      args: [c.id],
    })
    expect(rows).toMatchObject([{ ground: 'never-opened', asked_by: 'system' }])
  })
})

test('every table of the control database that holds something of a company goes with it, or is said to stay', async () => {
  await company()
  const { rows } = await control().execute(
    `select distinct t.name from pragma_table_list t, pragma_table_xinfo(t.name) c
      where t.schema = 'main' and t.type = 'table' and c.name = 'company'`,
  )
  expect(rows.map((r) => String(r.name)).toSorted()).toEqual([...GOES, ...STAYS].toSorted())
})
