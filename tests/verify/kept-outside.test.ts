import { expect, test } from 'vitest'
import type { Instant, IsoDate } from '#worker/core/dates.ts'
import { sha256 } from '#worker/core/hash.ts'
import { runAllCompanies } from '#worker/cron/run-all-companies.ts'
import { controlDatabase } from '#worker/database/connect.ts'
import { openControl } from '#worker/database/open-control.ts'
import { keepDayRoots } from '#worker/verify/keep-day-roots.ts'
import { insertAnchor } from '#worker/verify/verification-store.ts'
import { simpleDraft, testApp } from '../support/app.ts'

const { company, call, env } = testApp()
const thisYear = new Date().getFullYear()
const at = (day: string, time = '01:30') => `${thisYear}-${day}T${time}:00.000Z` as Instant
const [HOURLY, NIGHTLY] = ['17 * * * *', '30 1 * * *']

const failing = (json: any): string[] => json.checks.filter((c: any) => !c.holds).map((c: any) => c.key)

test('the night checks each company whole, keeps its head and an archive; the hour goes on from there', async () => {
  const c = await company()
  await c.call('/vouchers', { body: simpleDraft() })
  await runAllCompanies(env, at('03-01'), NIGHTLY)
  await c.call('/vouchers', { body: simpleDraft() })
  await runAllCompanies(env, at('03-01', '05:17'), HOURLY)
  await runAllCompanies(env, at('03-01', '05:17'), HOURLY) // a time that is delivered twice
  const { json } = await c.call('/verifications')
  expect(json.verifications.map(({ whole, ok, ledgerVersion }: any) => [whole, ok, ledgerVersion])).toEqual([
    [false, true, 2],
    [true, true, 1],
  ])
  expect(json.anchors).toMatchObject([{ day: `${thisYear}-03-01`, ledgerVersion: 1 }])
  const { backups } = (await c.call('/backups')).json
  expect(backups).toMatchObject([{ kind: 'scheduled', ledgerVersion: 1 }])
})

test('a chain written anew from some voucher on disagrees with the heads kept outside', async () => {
  const c = await company()
  for (let i = 0; i < 3; i++) await c.call('/vouchers', { body: simpleDraft() })
  await runAllCompanies(env, at('03-02'), HOURLY)
  expect(failing((await c.call('/verify')).json)).toEqual([])
  // What a restored older file looks like: the vouchers after the first are gone.
  const { rows } = await c.db.execute("select name, sql from sqlite_schema where type = 'trigger'")
  for (const { name } of rows) await c.db.execute(`drop trigger "${name}"`)
  await c.db.execute('update voucher set hash = prev_hash where ledger_version = 3')
  expect(failing((await c.call('/verify')).json)).toContain('heads-anchored-outside')
  await runAllCompanies(env, at('03-03'), HOURLY)
  const { json } = await c.call('/verifications')
  expect(json.verifications[0]).toMatchObject({ ok: false })
  expect(json.verifications[0].findings.map((f: any) => f.key)).toContain('heads-anchored-outside')
  expect(json.anchors.map((a: any) => a.day)).toEqual([`${thisYear}-03-02`]) // a head that does not hold is not kept
})

test('books put back to how they were an hour ago disagree with the hour’s own check', async () => {
  const c = await company()
  await c.call('/vouchers', { body: simpleDraft() })
  await runAllCompanies(env, at('03-05'), HOURLY)
  for (let i = 0; i < 2; i++) await c.call('/vouchers', { body: simpleDraft() })
  await runAllCompanies(env, at('03-05', '05:17'), HOURLY)
  const { rows } = await c.db.execute("select name from sqlite_schema where type = 'trigger'")
  for (const { name } of rows) await c.db.execute(`drop trigger "${name}"`)
  await c.db.batch(
    ['delete from entry where ledger_version > 1', 'delete from voucher where ledger_version > 1'],
    'write',
  )
  expect(failing((await c.call('/verify')).json)).toContain('heads-anchored-outside')
})

test('who posted without the right to is found: after it was taken away, and who never had it', async () => {
  const c = await company()
  const key = await c.key('accountant')
  await c.call('/vouchers', { body: simpleDraft(), key })
  expect(failing((await c.call('/verify')).json)).toEqual([])
  const control = controlDatabase(env)
  await control.execute({
    sql: "update api_key set revoked_at = '2020-01-01T00:00:00.000Z' where company = ?",
    args: [c.id],
  })
  expect(failing((await c.call('/verify')).json)).toEqual(['roles-at-the-time'])
  await control.execute({
    sql: "update api_key set revoked_at = null, role = 'reader' where company = ?",
    args: [c.id],
  })
  const { json } = await c.call('/verify')
  expect(json.checks.find((check: any) => check.key === 'roles-at-the-time').offenders).toMatchObject([
    { by: expect.stringMatching(/^key_/) },
  ])
})

test('a webhook that stands where nothing has happened yet, or is twice under way, is found', async () => {
  const c = await company()
  const control = controlDatabase(env)
  const day = at('03-01')
  const delivery = (
    id: string,
  ) => `insert into webhook_delivery (id, webhook, first_sequence, last_sequence, state, made_at)
    values ('whd_${id}', 'whk_verify', 1, 1, 'waiting', '${day}')`
  await control.batch(
    [
      {
        sql: `insert into webhook (id, company, name, url, types, state, place, next_at, created_by, created_at, changed_at)
              values ('whk_verify', ?1, 'x', 'https://example.com', '[]', 'paused', 0, ?2, 'x', ?2, ?2)`,
        args: [c.id, day],
      },
      delivery('a'),
    ],
    'write',
  )
  expect(failing((await c.call('/verify')).json)).toEqual([])
  await control.execute(delivery('b'))
  expect(failing((await c.call('/verify')).json)).toEqual(['effects-once'])
  await control.batch(
    ['delete from webhook_delivery', "update webhook set place = 99 where id = 'whk_verify'"],
    'write',
  )
  expect(failing((await c.call('/verify')).json)).toEqual(['effects-once'])
})

test('one hash of each day’s heads lies in the bucket, and heads that were changed disagree with it', async () => {
  const control = await openControl(env)
  const ids = [(await company()).id, (await company()).id, (await company()).id].sort()
  const heads = ids.map((id, n) => ({ company: id, ledgerVersion: n + 1, chainHead: `${n}`.repeat(64) }))
  const [day, after] = [`${thisYear}-01-10` as IsoDate, at('01-11')]
  await control.batch(
    heads.map((head) => insertAnchor(head.company, { day, ...head })),
    'write',
  )
  const [a, b, c] = await Promise.all(
    heads.map((h) => sha256(`head ${JSON.stringify([h.company, h.ledgerVersion, h.chainHead])}`)),
  )
  expect(await keepDayRoots(env, control, after)).toEqual([])
  const kept = JSON.parse(await new Response((await env.FILES.get(`heads/${day}.json`))!.body).text())
  expect(kept).toEqual({ day, root: await sha256(`node ${await sha256(`node ${a} ${b}`)} ${c}`), companies: 3 })
  expect(await keepDayRoots(env, control, after)).toEqual([])
  const { rows } = await control.execute("select sql from sqlite_schema where name = 'head_anchor_is_final'")
  await control.execute('drop trigger head_anchor_is_final')
  const set = (version: number) => `update head_anchor set ledger_version = ${version} where company = '${ids[1]}'`
  await control.execute(set(9))
  expect(await keepDayRoots(env, control, after)).toEqual([day])
  await control.batch([set(2), String(rows[0]!.sql)], 'write')
})

test('a document that is gone, or has other bytes, is found', async () => {
  const c = await company()
  const send = async (text: string) => {
    const raw = new TextEncoder().encode(`%PDF-1.4 ${text} %%EOF`)
    return (await c.call('/documents', { raw, headers: { 'content-type': 'application/pdf' } })).json
  }
  await send('en')
  await send('to')
  expect((await c.call('/verify?full')).json.ok).toBe(true)
  const { rows } = await c.db.execute('select stamp, object_key from document order by stamp')
  await env.FILES.delete(String(rows[0]!.object_key))
  await env.FILES.put(String(rows[1]!.object_key), 'kort')
  const { json } = await c.call('/verify?full')
  const check = json.checks.find((one: any) => one.key === 'documents-in-place')
  expect(check.offenders).toEqual([
    { stamp: 1, fault: 'missing' },
    expect.objectContaining({ stamp: 2, fault: 'other-size' }),
  ])
})

test('the kept checks are for those who may check', async () => {
  const c = await company()
  expect((await c.call('/verifications', { key: await c.key('employee') })).status).toBe(403)
  const asked = await c.call('/verifications', { method: 'POST', key: await c.key('auditor') })
  expect(asked.json).toMatchObject({ ok: true, full: true })
  expect((await call(`${c.path}/verifications`)).json.verifications).toHaveLength(1)
})

test('a head kept outside can be neither changed nor removed', async () => {
  const c = await company()
  await c.call('/vouchers', { body: simpleDraft() })
  await runAllCompanies(env, at('03-04'), HOURLY)
  const control = controlDatabase(env)
  const change = (sql: string) => control.execute({ sql, args: [c.id] })
  await expect(change(`update head_anchor set chain_head = '' where company = ?`)).rejects.toThrow('head-anchor/final')
  await expect(change('delete from head_anchor where company = ?')).rejects.toThrow('head-anchor/final')
})
