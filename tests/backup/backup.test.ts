import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { plain } from '#tests/saft/saft-desk.ts'
import { saft } from '#tests/support/saft.ts'
import type { CompanyAccess } from '#worker/access/store.ts'
import { dropOrphans } from '#worker/backup/drop-orphans.ts'
import { judgeHistory, type KnownHead } from '#worker/backup/known-history.ts'
import { isKept } from '#worker/backup/retention.ts'
import { readRows } from '#worker/backup/store.ts'
import { inOrder } from '#worker/backup/table.ts'
import { dropStaleCopies } from '#worker/backup/take-backup.ts'
import { readDirectory, unpacked } from '#worker/backup/zip-file.ts'
import type { Instant, IsoDate } from '#worker/core/dates.ts'
import { runAllCompanies } from '#worker/cron/run-all-companies.ts'
import { companyDatabase, controlDatabase } from '#worker/database/connect.ts'
import { zipped } from '#worker/exports/zip-stream.ts'
import { dropStaleUploads } from '#worker/uploads/keep-upload.ts'
import { keepDayRoots } from '#worker/verify/keep-day-roots.ts'
import { insertAnchor } from '#worker/verify/verification-store.ts'
import { databaseOf, simpleDraft, testApp } from '../support/app.ts'

const app = testApp()
const { company, call } = app

type Company = Awaited<ReturnType<typeof company>>

async function post(path: string, amount: number) {
  const lines = [
    { rowKey: 'a', account: '1920', amount },
    { rowKey: 'b', account: '2900', amount: -amount },
  ]
  const posted = await call(`${path}/vouchers`, { body: simpleDraft({ lines }) })
  expect(posted.status, posted.text).toBe(201)
  return posted
}

/** What is held of a file that is kept, in bytes. */
const HELD = 5 * 1024 * 1024

/** A company with vouchers, a document and its backup. */
async function booksWithBackup() {
  const from = await company({ name: 'Fjord AS' })
  for (const amount of [1250_00, 99_90, 47_11]) await post(from.path, amount)
  const pdf = new TextEncoder().encode(`%PDF-1.4\n1 0 obj\n<<>>\nendobj\n%${' '.repeat(HELD)}\ntrailer<<>>\n%%EOF`)
  const document = await from.call('/documents', { raw: pdf, headers: { 'content-type': 'application/pdf' } })
  expect(document.status).toBe(201)
  const backup = await from.call('/backups', { method: 'POST' })
  expect(backup.status).toBe(201)
  return { from, backup: backup.json, document: document.json, pdf }
}

const restored = async (from: Company, backup: string, despite?: string) => {
  const answer = await from.call(`/backups/${backup}/restorations`, { body: { name: 'Fjord AS, kopi', despite } })
  return { answer, path: `/api/v1/companies/${answer.json.company}` }
}

describe('a backup', () => {
  test('restores as a new company with the same chain, figures and documents, and goes on from there', async () => {
    const { from, backup, document, pdf } = await booksWithBackup()
    await post(from.path, 1_00) // after the backup
    await from.call('/verifications', { method: 'POST' })
    const { put } = app.env.FILES
    const written: number[] = []
    app.env.FILES.put = (async (key: string, value: any, ...rest: any[]) => {
      written.push(value.byteLength ?? value.length)
      return put.call(app.env.FILES, key, value, ...(rest as []))
    }) as typeof put
    const { answer, path } = await restored(from, backup.id)
    app.env.FILES.put = put
    expect(answer.status, answer.text).toBe(201)
    // The document is larger than the part that is held of it.
    expect([pdf.length > HELD, Math.max(0, ...written) <= HELD]).toEqual([true, true])
    // The one check there is came after it; a backup's own row tells nothing.
    expect([answer.json.vouched, answer.json.sealed]).toEqual([null, null])
    expect(answer.json).toMatchObject({ ledgerVersion: 3, chainHead: backup.chainHead, name: 'Fjord AS, kopi' })

    const figures = async (at: string, version: number) => {
      const { json } = await call(`${at}/reports/trial-balance?atVersion=${version}`)
      return json.rows.map((r: any) => [r.account, r.closing])
    }
    expect(await figures(path, 3)).toEqual(await figures(from.path, 3))
    const bytes = await call(`${path}/documents/${document.id ?? document.document?.id}/content`)
    expect(bytes.text).toBe(new TextDecoder().decode(pdf))

    const next = await post(path, 2_00)
    expect(next.json).toMatchObject({ ledgerVersion: 4, number: 4 })
    const verified = await call(`${path}/verify?full`)
    expect(verified.json.checks.filter((c: any) => !c.holds)).toEqual([])
    expect((await call(`${from.path}/verify?full`)).json.ok).toBe(true)
  })

  test('restores files of imports under its own id, whatever the archive calls them', async () => {
    const from = await company({ name: 'Fjord AS' })
    const kept = await from.call('/old-ledgers/saft', { raw: saft(plain) })
    expect(kept.status, kept.text).toBe(201)
    const ledger = kept.json.ledgers[0].id as string
    const { answer, path } = await restored(from, (await from.call('/backups', { method: 'POST' })).json.id)
    expect(answer.status, answer.text).toBe(201)
    const keyIn = async (db: typeof from.db) =>
      (await db.execute(`select coalesce(file_key, 'imports/' || id) as key from import_job`)).rows[0]!.key
    expect(await keyIn(databaseOf(app.env, answer.json.company))).toBe(`imports/${answer.json.company}/${ledger}`)
    await app.env.FILES.delete(String(await keyIn(from.db)))
    expect((await call(`${path}/old-ledgers/${ledger}/file`)).text).toBe(saft(plain))
  })

  test('taken out as a file and brought back holds every table with its sum', async () => {
    const { from } = await booksWithBackup()
    const file = await archiveOf(from)
    const back = await call('/api/v1/restorations', { raw: file, headers: { 'content-type': 'application/zip' } })
    expect(back.status, back.text).toBe(201)
    expect(back.json).toMatchObject({ name: 'Fjord AS', ledgerVersion: 3 })
  })

  test('that contradicts what is kept outside it is refused: another hash at a place, or heads that were changed', async () => {
    const { from, backup } = await booksWithBackup()
    const control = controlDatabase(app.env)
    const hash = async (version: number) =>
      String((await from.db.execute(`select hash from voucher where ledger_version = ${version}`)).rows[0]!.hash)
    const verification = (id: string, at: string, version: number, head: string) => ({
      sql: `insert into verification (company, recorded_at, whole, ok, ledger_version, chain_head, findings)
            values (?, ?, 1, 1, cast(? as integer), ?, '[]')`,
      args: [id, at, String(version), head],
    })
    const [at, other] = ['2026-02-03T01:30:00.000Z', 'f'.repeat(64)]
    await control.batch(
      [verification(from.id, at, 1, await hash(1)), verification(from.id, `${at}b`, 2, other)],
      'write',
    )
    const refused = await restored(from, backup.id)
    expect([refused.answer.json.code, refused.answer.json.params]).toEqual([
      'archive/other-history',
      { day: '2026-02-03', version: '2' },
    ])
    // An administrator who was told, and names the day, has it all the same: marked as a copy, and written down.
    expect((await restored(from, backup.id, '2026-02-04')).answer.json.code).toBe('archive/other-history')
    const known = await restored(from, backup.id, '2026-02-03')
    expect([known.answer.status, known.answer.json.vouched]).toEqual([201, null])
    const told = await control.execute({
      sql: `select paused_at is not null as paused, changes ->> '$.contradicts[1]' as contradicts
            from company c join control_log l on l.company = c.id and l.type = 'company.restored' where c.id = ?`,
      args: [known.answer.json.company],
    })
    expect(told.rows[0]).toMatchObject({ paused: 1, contradicts: '2026-02-03 2' })
    const copy = databaseOf(app.env, known.answer.json.company)
    const { rows } = await copy.execute(
      `select changes ->> '$.contradicts[1]' as told from event where type = 'company.restored'`,
    )
    expect(rows[0]!.told).toBe('2026-02-03 2')
    // It vouches for nothing afterwards.
    expect((await restored(from, backup.id)).answer.json.code).toBe('archive/other-history')
    // Its own backups ask the same; with another end than its own heads tell of, that day is not enough.
    await post(known.path, 5_00)
    expect((await call(`${known.path}/verifications`, { method: 'POST' })).json.ok).toBe(true)
    const backedUp = async () => (await call(`${known.path}/backups`, { method: 'POST' })).json.id
    const again = async (id: string) =>
      (await call(`${known.path}/backups/${id}/restorations`, { body: { name: 'Kopi', despite: '2026-02-03' } })).json
    expect(await again(await backedUp())).toMatchObject({ ledgerVersion: 4, vouched: null })
    await copy.execute('drop trigger voucher_is_final')
    await copy.execute(`update voucher set hash = '${other}' where ledger_version = 4`)
    expect(await again(await backedUp())).toMatchObject({ code: 'archive/other-history', params: { version: '4' } })
    await control.execute({
      sql: 'delete from verification where company = ? and chain_head = ?',
      args: [from.id, other],
    })

    // Nobody who writes to both databases reaches the day's hash in the bucket.
    const anchor = async (day: string) =>
      control.execute(insertAnchor(from.id, { day: day as IsoDate, ledgerVersion: 1, chainHead: await hash(1) }))
    await anchor('2026-02-03')
    const changed = (day: string) =>
      app.env.FILES.put(`heads/${day}.json`, JSON.stringify({ day, root: other, companies: 1 }))
    await changed('2026-02-03')
    const doubted = (await restored(from, backup.id)).answer.json
    expect([doubted.code, doubted.params]).toEqual(['archive/day-changed', { day: '2026-02-03' }])
    await app.env.FILES.delete('heads/2026-02-03.json')
    // A day the bucket knows nothing of says nothing; one that holds does, and those after it that changed are told.
    expect((await restored(from, backup.id)).answer.json).toMatchObject({
      ...{ vouched: { day: '2026-02-03', ledgerVersion: 1 }, sealed: null },
    })
    await keepDayRoots(app.env, control, '2026-02-04T01:30:00.000Z' as Instant)
    await anchor('2026-02-05')
    await changed('2026-02-05')
    const newer = (await restored(from, backup.id)).answer.json
    expect([newer.code, newer.params]).toEqual(['archive/day-changed', { day: '2026-02-05' }])
    const { sealed } = (await restored(from, backup.id, '2026-02-05')).answer.json
    expect(sealed).toEqual({ day: '2026-02-03', ledgerVersion: 1 })
    // So is one of no head of these books: theirs may have been taken away.
    await control.execute('drop trigger head_anchor_is_kept')
    await control.execute("delete from head_anchor where day = '2026-02-05'")
    expect((await restored(from, backup.id)).answer.json.code).toBe('archive/day-changed')
    await app.env.FILES.delete('heads/2026-02-05.json') // as other tests want it
  })

  test('from before books were damaged restores, though the damaged ones were backed up', async () => {
    const { from, backup } = await booksWithBackup()
    expect((await from.call('/verifications', { method: 'POST' })).json.ok).toBe(true)
    const { rows } = await from.db.execute("select name from sqlite_schema where type = 'trigger'")
    for (const { name } of rows) await from.db.execute(`drop trigger "${name}"`)
    await from.db.execute(`update voucher set hash = '${'e'.repeat(64)}' where ledger_version = 3`)
    expect((await from.call('/verifications', { method: 'POST' })).json.ok).toBe(false)
    const damaged = (await from.call('/backups', { method: 'POST' })).json
    expect(damaged).toMatchObject({ ledgerVersion: 3, chainHead: 'e'.repeat(64) })
    const { answer } = await restored(from, backup.id)
    expect([answer.status, answer.json.vouched]).toMatchObject([201, { ledgerVersion: 3 }])
    expect((await restored(from, damaged.id)).answer.json.code).toBe('archive/other-history')
  })

  test('restored does nothing on schedule until it is taken into use', async () => {
    const { from, backup } = await booksWithBackup()
    const { answer, path } = await restored(from, backup.id)
    const hour = () => runAllCompanies(app.env, new Date().toISOString() as Instant, '17 * * * *')
    const checks = async () => (await call(`${path}/verifications`)).json.verifications.length
    await hour()
    expect(await checks()).toBe(1) // the one it was restored with
    for (let i = 0; i < 2; i++) expect((await call(`${path}/schedule-start`, { method: 'POST' })).status).toBe(200)
    await hour()
    expect(await checks()).toBe(2)
    const { rows } = await controlDatabase(app.env).execute({
      sql: `select subject from control_log where company = ? and type = 'company.schedule-started'`,
      args: [answer.json.company],
    })
    expect(rows.length).toBe(1)
  })

  test('that was changed, cut or is none leaves no company behind', async () => {
    const { from } = await booksWithBackup()
    const before = (await call('/api/v1/companies')).json.companies.length
    const file = await archiveOf(from)
    const bent = file.slice()
    const rows = Buffer.from(bent).indexOf('tables/voucher.jsonl') + 'tables/voucher.jsonl'.length
    bent[rows + 40]! ^= 0xff // a byte of the packed vouchers
    const send = (raw: Uint8Array<ArrayBuffer>) => call('/api/v1/restorations', { raw })
    const answers = [await send(bent), await send(file.slice(0, -100)), await send(new Uint8Array([1, 2, 3]))]
    expect(answers.map(({ status, json }) => [status, json.code])).toEqual([
      [422, expect.stringMatching(/^archive\/(damaged|unreadable)$/)],
      [422, 'archive/unreadable'],
      [422, 'archive/unreadable'],
    ])
    expect((await call('/api/v1/companies')).json.companies.length).toBe(before)
    // Nor the archive; where the bucket fails at the end, or the call is ended, the night finds it.
    const left = async () => (await app.env.FILES.list({ prefix: 'uploads/' })).objects.length
    expect(await left()).toBe(0)
    const bucket = app.env.FILES
    const refusing = { delete: () => Promise.reject(new Error('no')) }
    app.env.FILES = new Proxy(bucket, {
      get: (target, name) => Reflect.get(refusing, name) ?? Reflect.get(target, name).bind(target),
    })
    expect((await send(bent)).status).toBe(422)
    app.env.FILES = bucket
    expect(await left()).toBe(1)
    const inAWeek = new Date(Date.now() + 8 * 24 * 3600_000).toISOString() as Instant
    await dropStaleUploads(app.env, controlDatabase(app.env), inAWeek)
    expect(await left()).toBe(0)
  })

  test('is for administrators, and an unknown one is told', async () => {
    const { from } = await booksWithBackup()
    const key = await from.key('accountant')
    expect((await from.call('/backups', { key })).status).toBe(403)
    expect((await from.call('/archive', { key })).status).toBe(403)
    expect((await from.call('/backups/bkp_none')).json.code).toBe('backup/unknown')
    const own = await from.key('administrator')
    const { backups } = (await from.call('/backups', { key: own })).json
    const asKey = await from.call(`/backups/${backups[0].id}/restorations`, { body: {}, key: own })
    expect(asKey.json.code).toBe('permission/missing')
  })

  const archiveOf = async (from: Company): Promise<Uint8Array<ArrayBuffer>> => {
    const { backups } = (await from.call('/backups')).json
    const { env } = app
    const object = await env.FILES.get(`backups/${from.id}/${backups[0].id}.zip`)
    const bytes = new Uint8Array(await object!.arrayBuffer())
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(backups[0].sha256)
    return bytes
  }
})

test('books agree with their history when one company that has them says all of it, further than the others say something else', () => {
  const head = (company: string, ledgerVersion: number, chainHead: string): KnownHead => ({
    ...{ company, ledgerVersion, chainHead, day: '2026-02-03' as IsoDate, days: [] },
  })
  // b was restored of a after the fifth voucher and went its own way.
  const [a3, a7, b5, b8] = [head('a', 3, 'x3'), head('a', 7, 'x7'), head('b', 5, 'x5'), head('b', 8, 'y8')]
  const judged = (known: KnownHead[], ...hashes: [number, string][]) => {
    const { vouched, contradicted } = judgeHistory(known, new Map(hashes))
    return [vouched?.ledgerVersion, contradicted?.ledgerVersion]
  }
  const own: [number, string][] = [
    [3, 'x3'],
    [5, 'x5'],
    [7, 'x7'],
  ]
  expect(judged([], ...own)).toEqual([undefined, undefined]) // books from elsewhere
  expect(judged([a3, a7], ...own)).toEqual([7, undefined])
  expect(judged([a3, a7, b5, b8], [3, 'x3'], [5, 'x5'], [7, 'y7'], [8, 'y8'])).toEqual([8, undefined])
  expect(judged([a3, a7], [3, 'x3'], [7, 'z7'])).toEqual([undefined, 7]) // written anew after the third
  expect(judged([a3, a7, b5], [3, 'x3'], [5, 'x5'], [7, 'z7'])).toEqual([5, 7]) // the copy does not speak for it
})

test('of scheduled backups the last of thirty days and of twelve months are kept', () => {
  const days = Array.from({ length: 500 }, (_, i) => new Date(Date.UTC(2026, 10, 22) - i * 86_400_000))
  const all = days.map((day) => ({ recordedAt: day.toISOString() as Instant }))
  const kept = all.filter(({ recordedAt }) => isKept(recordedAt, all)).map(({ recordedAt }) => recordedAt.slice(0, 10))
  expect(kept.slice(0, 30).at(-1)).toBe('2026-10-24')
  expect(kept.slice(30)).toEqual([
    '2026-09-30',
    '2026-08-31',
    '2026-07-31',
    '2026-06-30',
    '2026-05-31',
    '2026-04-30',
    '2026-03-31',
    '2026-02-28',
    '2026-01-31',
    '2025-12-31',
  ])
})

test('an archive beyond 4 GiB is read as it was written', async () => {
  const before = 5 * 2 ** 30
  const files = ['a', 'b', 'c'].map((name) => ({ name, chunks: [`this is ${name}`] }))
  const parts: Uint8Array[] = []
  for await (const part of zipped(files, before)) parts.push(part)
  const bytes = Buffer.concat(parts)
  const read = async (offset: number, length: number) => bytes.subarray(offset - before, offset - before + length)
  const stream = async (offset: number, length: number) => new Blob([await read(offset, length)]).stream()
  // The tail of it alone is asked for, as of any archive.
  const source = { size: before + bytes.length, read: (at: number, n: number) => read(Math.max(at, before), n), stream }
  const directory = await readDirectory(source)
  expect([...directory.values()].map(({ name, at }) => [name, at > before - 1])).toEqual([
    ['a', true],
    ['b', true],
    ['c', true],
  ])
  const last: Uint8Array[] = []
  for await (const chunk of unpacked(source, directory.get('c')!)) last.push(chunk)
  expect(Buffer.concat(last).toString()).toBe('this is c')
})

test('files that no row tells of go five weeks after they were first seen so, and only they', async () => {
  const { from, backup, document } = await booksWithBackup()
  const csv = new TextEncoder().encode('Konto;Navn\n1921;Bank\n')
  const sheet = await from.call('/imports/sheets?register=chart', { raw: csv, headers: { 'content-type': 'text/csv' } })
  expect(sheet.status, sheet.text).toBe(201)
  const places = ['documents', 'imports', 'backups'].map((place) => `${place}/${from.id}/`)
  const files = async () =>
    (await Promise.all(places.map((prefix) => app.env.FILES.list({ prefix })))).map((l) => l.objects.length)
  const before = await files()
  for (const place of places) await app.env.FILES.put(`${place}lost`, 'x')
  const sweep = (hours: number, days = 0) => {
    const at = new Date(Date.now() + (days * 24 + hours) * 3600_000).toISOString() as Instant
    const company = { id: from.id } as CompanyAccess
    return dropOrphans({ env: app.env, control: controlDatabase(app.env), company, db: from.db, at })
  }
  const seen = async () =>
    (
      await controlDatabase(app.env).execute({
        sql: 'select key from file_without_row where company = ?',
        args: [from.id],
      })
    ).rows.length
  expect([await sweep(23), await seen(), await sweep(25), await seen()]).toEqual([0, 0, 0, 3])
  // Rows that were lost, however old their files, and come back: five weeks begin when they are lost.
  const { rows } = await from.db.execute(
    "select sql from sqlite_schema where type = 'trigger' and tbl_name = 'document'",
  )
  const kept = await from.db.execute('select object_key from document')
  for (const { name } of (
    await from.db.execute("select name from sqlite_schema where type = 'trigger' and tbl_name = 'document'")
  ).rows)
    await from.db.execute(`drop trigger "${name}"`)
  await from.db.execute("update document set object_key = 'elsewhere/' || object_key")
  expect([await sweep(25, 34), await seen()]).toEqual([0, 4])
  await from.db.batch(
    ['update document set object_key = substr(object_key, 11)', ...rows.map((r) => String(r.sql))],
    'write',
  )
  expect((await from.db.execute('select object_key from document')).rows).toEqual(kept.rows)
  expect([await sweep(25, 36), await seen(), await sweep(25, 36)]).toEqual([3, 0, 0])
  expect([before, await files()]).toEqual([
    [1, 1, 1],
    [1, 1, 1],
  ])
  expect((await from.call(`/documents/${document.id ?? document.document?.id}/content`)).status).toBe(200)
  expect((await from.call(`/backups/${backup.id}`)).status).toBe(200)
})

test('a copy of a database that an archive left behind goes the night after the next', async () => {
  const c = await company()
  const real = app.env.DATABASE_FETCH!
  // Its process ends before the copy is dropped.
  app.env.DATABASE_FETCH = (async (url: string, init: RequestInit) =>
    init.method === 'DELETE' ? new Response('{}', { status: 500 }) : real(url, init)) as typeof fetch
  expect((await c.call('/backups', { method: 'POST' })).status).toBe(201)
  app.env.DATABASE_FETCH = real
  // A copy that is made, and whose answer is lost: said plainly, and found by the night.
  let made = 0
  app.env.DATABASE_FETCH = (async (url: string, init: RequestInit) => {
    const answer = await real(url, init)
    if (!url.includes('/fork/')) return answer
    made++
    throw new TypeError('Network connection lost.')
  }) as typeof fetch
  const unheard = await c.call('/backups', { method: 'POST' })
  app.env.DATABASE_FETCH = real
  expect([made, unheard.status, unheard.json.code]).toEqual([1, 503, 'service/busy'])
  const left = async () =>
    (await control.execute('select database from database_copy')).rows.map((r) => String(r.database))
  const control = controlDatabase(app.env)
  const [copy] = await left()
  const exists = () =>
    companyDatabase(app.env, copy!)
      .execute('select 1')
      .then(
        () => true,
        () => false,
      )
  const at = (hours: number) => new Date(Date.now() + hours * 3600_000).toISOString() as Instant
  await dropStaleCopies(app.env, control, at(23))
  expect([copy?.startsWith('copy-'), await exists()]).toEqual([true, true])
  await dropStaleCopies(app.env, control, at(25))
  expect([await left(), await exists()]).toEqual([[], false])
  expect((await c.call('/backups', { method: 'POST' })).status).toBe(201)
  expect(await left()).toEqual([])
})

test('rows come after the rows they point at, and tables that point at each other still come', () => {
  const table = (name: string, ...needs: string[]) => ({ name, needs, columns: [], key: [] })
  const order = inOrder([table('entry', 'voucher', 'account'), table('voucher', 'voucher'), table('account')])
  expect(order.map(({ name }) => name)).toEqual(['voucher', 'account', 'entry'])
  expect(inOrder([table('a', 'b'), table('b', 'a')]).length).toBe(2)
})

test('a table of several pages is read in the order of its key, each row once', async () => {
  const { db } = await company()
  const rows = Array.from({ length: 4_500 }, (_, n) => [`k${(n * 7) % 4_500}`, n])
  await db.batch(
    [
      'create table paged (name text, n integer, primary key (name, n)) strict, without rowid',
      { sql: 'insert into paged select value->>0, value->>1 from json_each(?)', args: [JSON.stringify(rows)] },
    ],
    'write',
  )
  let text = ''
  for await (const lines of readRows(db, { name: 'paged', columns: ['n', 'name'], key: ['name', 'n'], needs: [] }))
    text += lines
  const sorted = rows.map(([name, n]) => [n, name]).sort(([, a], [, b]) => (a! < b! ? -1 : 1))
  expect(JSON.parse(`[${text.trim().replaceAll('\n', ',')}]`)).toEqual(sorted)
})
