import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { clearForRestore, readImportFiles, readObjects } from '#worker/backup/store.ts'
import { addDays, type Instant, type IsoDate } from '#worker/core/dates.ts'
import { companyDatabase, controlDatabase, dropDatabase } from '#worker/database/connect.ts'
import { GRACE_DAYS } from '#worker/deletion/company-deletion.ts'
import { dropCompanies } from '#worker/deletion/drop-companies.ts'
import type { Bindings } from '#worker/http/env.ts'
import { plain } from '../saft/saft-desk.ts'
import { simpleDraft, testApp } from '../support/app.ts'
import { saft } from '../support/saft.ts'

const { company, call, env } = testApp()
const today = new Date().toISOString().slice(0, 10) as IsoDate
const night = (days: number) => `${addDays(today, days)}T01:30:00.000Z` as Instant
const control = () => controlDatabase(env)
const goes = (days = GRACE_DAYS + 1, as: Bindings = env) => dropCompanies(as, controlDatabase(as), night(days))
beforeEach(() => {
  for (const way of ['log', 'error', 'warn'] as const) vi.spyOn(console, way).mockReturnValue()
})
afterEach(() => vi.restoreAllMocks())

type Company = Awaited<ReturnType<typeof company>>
const kept = async (key: string) => (await env.FILES.head(key)) !== null
const keep = async (c: Pick<Company, 'call'>, file: string) =>
  (await c.call('/old-ledgers/saft', { raw: file })).json.ledgers[0].id as string
const ask = (c: Pick<Company, 'call'>, name: string) =>
  c.call('/deletion', { body: { name, ground: 'kept-elsewhere' } })

/** A company with an imported file, and one restored of it. */
async function twins() {
  const from = await company({ name: 'Fjord AS' })
  await from.call('/vouchers', { body: simpleDraft() })
  const file = saft(plain)
  const ledger = await keep(from, file)
  const backup = (await from.call('/backups', { method: 'POST' })).json
  const { json } = await from.call(`/backups/${backup.id}/restorations`, { body: { name: 'Kopi AS' } })
  const path = `/api/v1/companies/${json.company}`
  const copy = { id: json.company as string, call: ((rest, sent) => call(path + rest, sent)) as Company['call'] }
  const download = async (c: Pick<Company, 'call'>) => (await c.call(`/old-ledgers/${ledger}/file`)).text === file
  return { from, copy, key: `imports/${from.id}/${ledger}`, download }
}

test('a deleted copy leaves the original its imported file, takes what is its own, and the last takes the rest', async () => {
  const { from, copy, key, download } = await twins()
  const own = await keep(copy, saft({ ...plain, transactions: plain.transactions.slice(1) }))
  await ask(copy, 'Kopi AS')
  await goes()
  expect((await copy.call('/vouchers')).status).toBe(404)
  expect([await download(from), await kept(`imports/${copy.id}/${own}`)]).toEqual([true, false])
  await ask(from, 'Fjord AS')
  await goes()
  expect(await kept(key)).toBe(false)
}, 20_000)

test('a deleted original leaves its copy the file; both in one night leave nothing', async () => {
  const a = await twins()
  await ask(a.from, 'Fjord AS')
  const b = await twins()
  for (const [c, name] of [
    [b.from, 'Fjord AS'],
    [b.copy, 'Kopi AS'],
  ] as const)
    await ask(c, name)
  await goes()
  expect([await a.download(a.copy), await kept(b.key)]).toEqual([true, false])
}, 20_000)

test('a restoring that was cut short takes no file of the original, and holds its deletion back while it lasts', async () => {
  const { from, copy, key, download } = await twins()
  const importing = "update company set status = 'importing' where id = ?"
  await control().execute({ sql: importing, args: [copy.id] })
  // Cut before its documents were moved under its own id, so that its rows still tell of the original's.
  const raw = new TextEncoder().encode('%PDF-1.4 Kari %%EOF')
  const sent = await from.call('/documents', { raw, headers: { 'content-type': 'application/pdf' } })
  const [document] = (await from.db.execute('select * from document')).rows
  const database = copy.id.replace('_', '-')
  await companyDatabase(env, database).execute({
    sql: `insert into document (${Object.keys(document!).join(', ')}) select ${Object.keys(document!)
      .map((_, i) => `value ->> ${i}`)
      .join(', ')} from json_each(?)`,
    args: [JSON.stringify([Object.values(document!)])],
  })
  // And an archive may have named what is nobody’s to take away.
  const [backup] = (await env.FILES.list({ prefix: `backups/${from.id}/` })).objects
  await companyDatabase(env, database).execute({
    sql: `insert into import_job (id, kind, file_sha256, file_size, by, recorded_at, file_key) values ('imp_other', 'saft', '', 1, 'x', '', ?)`,
    args: [backup!.key],
  })
  await goes(8)
  expect(await kept(backup!.key)).toBe(true)
  await expect(companyDatabase(env, database).execute('select 1')).rejects.toThrow(/exist/)
  expect([sent.status, await download(from)]).toEqual([201, true])
  expect((await from.call(`/documents/${sent.json.id ?? sent.json.document.id}/content`)).status).toBe(200)

  const other = await twins()
  await control().execute({ sql: importing, args: [other.copy.id] })
  await control().execute({
    sql: 'update company set created_at = ? where id = ?',
    args: [night(GRACE_DAYS), other.copy.id],
  })
  await ask(other.from, 'Fjord AS')
  await goes()
  expect(await kept(other.key)).toBe(true)
  await control().execute({ sql: "update company set status = 'active' where id = ?", args: [other.copy.id] })
  await goes()
  expect([await other.download(other.copy), (await other.from.call('/vouchers')).status]).toEqual([true, 404])
  expect(await kept(key)).toBe(true)
}, 30_000)

test('a file that came in parts and one that waits to be switched go with the company', async () => {
  const c = await company({ name: 'Deler AS' })
  const bytes = new TextEncoder().encode(saft(plain))
  const upload = (await call('/api/v1/uploads', { body: { size: bytes.length, fileName: 'a.xml' } })).json
  await call(`/api/v1/uploads/${upload.id}/parts/1`, { method: 'PUT', raw: bytes })
  expect((await c.call(`/old-ledgers/saft?upload=${upload.id}`, { method: 'POST' })).status).toBe(201)
  const other = saft({ ...plain, transactions: plain.transactions.slice(1) })
  expect((await c.call('/saft-switches', { raw: other })).status).toBe(201)
  const keys = (await readImportFiles(c.db)).map(({ key }) => key)
  expect([keys.length, keys.includes(`uploads/${upload.id}`)]).toEqual([2, true])
  // What no row tells of, and what the company was handed and never took in, is its own as well.
  const strays = [`imports/${c.id}/lost`, 'uploads/upl_handed']
  for (const key of strays) await env.FILES.put(key, 'x')
  await control().execute({
    sql: `insert into upload (id, by, file_key, multipart, size, part_size, created_at, completed_at, company)
          values ('upl_handed', 'usr_a', 'uploads/upl_handed', 'x', 1, 1, '2026', '2026', ?)`,
    args: [c.id],
  })
  const { id } = (await ask(c, 'Deler AS')).json
  await goes()
  expect(await Promise.all([...keys, ...strays].map(kept))).toEqual([false, false, false, false])
  expect(JSON.parse((await call(`/api/v1/deletions/${id}`)).json.proof).objectsLeft).toBe(0)
})

test('every table of a company with a column for an object’s key is read, and an import without one by its id', async () => {
  const c = await company()
  const { rows } = await c.db.execute(
    `select t.name, c.name as column from pragma_table_list t, pragma_table_xinfo(t.name) c
      where t.schema = 'main' and t.type = 'table' and c.name in ('file_key', 'object_key')`,
  )
  await clearForRestore(c.db, []) // no trigger asks what is planted
  // What the files of a switch are files of.
  const parent = `insert into saft_switch (id, file_sha256, found, by, at) values ('{}', '', '{}', 'x', '')`
  await c.db.batch(['pragma ignore_check_constraints = on', parent], 'write')
  for (const { name, column } of rows) {
    const { rows: needed } = await c.db.execute({
      sql: `select name, type from pragma_table_xinfo(?) where "notnull" = 1 and dflt_value is null or name = 'id'`,
      args: [String(name)],
    })
    const values = new Map(needed.map((r) => [String(r.name), r.type === 'INTEGER' ? 1 : '{}']))
    values.set(String(column), `planted/${name}`)
    await c.db.batch(
      [
        'pragma ignore_check_constraints = on',
        {
          sql: `insert into ${name} (${[...values.keys()].join(', ')}) select ${[...values].map((_, i) => `value ->> ${i}`).join(', ')} from json_each(?)`,
          args: [JSON.stringify([[...values.values()]])],
        },
      ],
      'write',
    )
  }
  await c.db.execute(
    `insert into import_job (id, kind, file_sha256, file_size, by, recorded_at) values ('imp_old', 'saft', '', 1, 'x', '')`,
  )
  const keys = []
  for await (const { key } of readObjects(c.db)) keys.push(key)
  expect(keys.toSorted()).toEqual(['imports/imp_old', ...rows.map(({ name }) => `planted/${name}`)].toSorted())
})

test('of a company that never opened a missing table is no fault; a database that does not answer is asked again', async () => {
  const c = await company({ name: 'Halv AS' })
  await c.call('/vouchers', { body: simpleDraft() })
  const [importing, found] = [
    "update company set status = 'importing' where id = ?",
    'select found, done_at from company_deletion where company = ?',
  ]
  await control().execute({ sql: importing, args: [c.id] })
  const real = env.DATABASE_FETCH!
  const busy = (async (url: string, init: RequestInit) =>
    String(url).includes(c.id.replace('_', '-')) && init.method === 'POST'
      ? new Response('{}', { status: 503 })
      : real(url, init)) as typeof fetch
  await goes(8, { ...env, DATABASE_FETCH: busy } as Bindings)
  const stands = async (id: string) => (await control().execute({ sql: found, args: [id] })).rows[0]!
  expect({ ...(await stands(c.id)) }).toMatchObject({ found: null, done_at: null })
  await goes(9)
  expect(JSON.parse(String((await stands(c.id)).found))).toMatchObject({ vouchers: 1 })

  const [bare, gone] = [await company(), await company()]
  await dropDatabase(env, gone.id.replace('_', '-'))
  await control().execute({ sql: importing, args: [gone.id] })
  await control().execute({ sql: importing, args: [bare.id] })
  await bare.db.batch(['pragma defer_foreign_keys = on', 'drop table import_job', 'drop table document'], 'write')
  await goes(8)
  for (const { id } of [bare, gone]) expect((await stands(id)).done_at).not.toBeNull()
}, 20_000)
