import { randomBytes } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { testApp } from '#tests/support/app.ts'
import { SAFT, saft, withClosings } from '#tests/support/saft.ts'
import { zipOf } from '#tests/support/workbook.ts'
import type { Instant } from '#worker/core/dates.ts'
import { controlDatabase } from '#worker/database/connect.ts'
import { newImportId } from '#worker/saft/open-source.ts'
import { insertImportJob } from '#worker/saft/store.ts'
import { plain, saftDesk } from './saft-desk.ts'

const app = testApp()
const { everything } = saftDesk(app)
const PART = 8 * 1024 * 1024

const begin = async (size: number, fileName = 'stor.xml') =>
  (await app.call('/api/v1/uploads', { body: { size, fileName } })).json
const part = (id: string, n: number, bytes: Uint8Array | ReadableStream) =>
  app.call(`/api/v1/uploads/${id}/parts/${n}`, { method: 'PUT', raw: bytes as BodyInit })

/** Sends a whole file in parts and gives its id. */
async function sent(bytes: Uint8Array) {
  const { id, parts, partSize } = await begin(bytes.length)
  for (let n = 1; n <= parts; n++) await part(id, n, bytes.slice((n - 1) * partSize, n * partSize))
  return id
}

describe('a file that comes in parts', () => {
  test('goes on where it stopped, takes a part twice, and refuses one of a wrong size', async () => {
    const bytes = new Uint8Array(randomBytes(PART + 1_000))
    const { id, parts, partSize, arrived } = await begin(bytes.length)
    expect([parts, partSize, arrived]).toEqual([2, PART, []])
    const wrong = await part(id, 2, bytes.slice(0, 5))
    expect([wrong.status, wrong.json.code]).toEqual([422, 'upload/part'])
    const hungUp = await part(id, 2, new ReadableStream({ start: (body) => body.error(new Error('gone')) }))
    expect([hungUp.status, hungUp.json.code]).toEqual([422, 'upload/part'])
    await part(id, 2, bytes.slice(PART))
    expect((await app.call(`/api/v1/uploads/${id}`)).json.arrived).toEqual([2])
    const early = await app.call(`/api/v1/imports/saft?upload=${id}`, { method: 'POST' })
    expect([early.status, early.json.code]).toEqual([422, 'upload/incomplete'])
    await part(id, 1, bytes.slice(0, PART))
    expect((await part(id, 1, bytes.slice(0, PART))).json.arrived).toEqual([1, 2])
    const refused = await app.call(`/api/v1/imports/saft?upload=${id}`, { method: 'POST' })
    expect(refused.status).toBe(422) // random bytes are no SAF-T
    expect((await app.call(`/api/v1/uploads/${id}`, { method: 'DELETE' })).status).toBe(204)
    expect((await app.call(`/api/v1/uploads/${id}`)).json.code).toBe('upload/unknown')
    expect((await everything()).files).toEqual([])
  })

  test('is known only to whoever sends it', async () => {
    const { id } = await begin(10)
    const other = await (await app.company()).key('administrator')
    expect((await app.call(`/api/v1/uploads/${id}`, { key: other })).status).toBe(404)
  })

  test('becomes a company, and its upload is used up', async () => {
    const id = await sent(new TextEncoder().encode(saft(plain)))
    const done = await app.call(`/api/v1/imports/saft?upload=${id}&match=true`, { method: 'POST' })
    expect([done.status, done.json.differences, done.json.openItems]).toEqual([201, [], expect.anything()])
    expect((await app.call(`/api/v1/uploads/${id}`)).json.code).toBe('upload/unknown')
  })

  test('becomes one company when it is asked for twice at once; one that came to nothing lets go of it', async () => {
    const use = (id: string) => app.call(`/api/v1/imports/saft?upload=${id}`, { method: 'POST' })
    const control = controlDatabase(app.env)
    const opened = async () =>
      Number((await control.execute("select count(*) as n from company where status = 'active'")).rows[0]!.n)
    const twice = await sent(new TextEncoder().encode(saft(plain)))
    const before = await opened()
    const answers = await Promise.all([use(twice), use(twice)])
    expect(answers.map(({ status, json }) => [status, json.code]).sort()).toEqual([
      [201, undefined],
      [404, 'upload/unknown'],
    ])
    expect(await opened()).toBe(before + 1)

    // Given to a company that stands, or that came to nothing with rows that rest on it, it is nobody else's.
    const given = await sent(new TextEncoder().encode(saft(plain)))
    const fileKey = `uploads/${given}`
    const holder = await app.company()
    const set = (sql: string) => control.execute({ sql, args: [holder.id, ...(sql.includes('upload') ? [given] : [])] })
    await set('update upload set company = ? where id = ?')
    expect((await use(given)).json.code).toBe('upload/unknown')
    await set("update company set status = 'failed' where id = ?")
    const job = { id: newImportId(), kind: 'saft', fileName: null, sha256: '', size: 1, receipt: null, by: 'me' }
    await holder.db.execute(insertImportJob({ ...job, fileKey, recordedAt: '2026-01-01' as Instant }))
    expect((await use(given)).json.code).toBe('upload/unknown')
    await holder.db.execute("update import_job set file_key = 'uploads/another'")
    expect((await use(given)).status).toBe(201)
  })
})

describe('a ZIP of SAF-T', () => {
  /** The year after `plain`, opening where that one closed. */
  const next = withClosings({
    start: '2026-01-01',
    end: '2026-12-31',
    accounts: [
      { id: '1500', grouping: ['balanseverdiForOmloepsmiddel', '1500'], opening: 60_000 },
      { id: '1920', grouping: ['balanseverdiForOmloepsmiddel', '1920'], opening: 65_000 },
      { id: '2050', grouping: ['egenkapital', '2050'], opening: -125_000 },
      { id: '3000', grouping: ['salgsinntekt', '3000'] },
    ],
    customers: [{ id: '10001', account: '1500', opening: 60_000, closing: 0 }],
    transactions: [
      {
        id: 'C',
        date: '2026-01-20',
        lines: [
          { account: '1920', amount: 60_000 },
          { account: '1500', amount: -60_000, customer: '10001' },
        ],
      },
    ],
  })
  const archive = zipOf({
    'SAF-T 2026.xml': saft(next),
    '__MACOSX/._SAF-T 2026.xml': 'x',
    'SAF-T 2025.xml': saft(plain),
    'les meg.txt': 'x',
  })
  const send = (path: string, raw: Uint8Array) => app.call(path, { raw: raw as BodyInit })

  test('several years in one become one company, oldest first, whatever order they lie in', async () => {
    const { status, json, text } = await send('/api/v1/imports/saft?match=true', archive)
    expect(status, text).toBe(201)
    expect(json.files.map((f: any) => f.name)).toEqual(['SAF-T 2025.xml', 'SAF-T 2026.xml'])
    expect(json.counts.transactions).toBe(plain.transactions.length + 1)
    const path = `/api/v1/companies/${json.company.id}`
    const again = await send(`${path}/imports/saft`, archive)
    expect([again.status, again.json.replayed]).toEqual([200, true])
    const { json: jobs } = await app.call(`${path}/imports`)
    expect(jobs.imports.map((j: any) => [j.fileName, j.finished])).toEqual(
      expect.arrayContaining([
        ['SAF-T 2025.xml', true],
        ['SAF-T 2026.xml', true],
      ]),
    )
    const party = json.proof.parties.find((p: any) => p.party === '10001')
    expect([party.ours.closing, party.difference]).toEqual([0, 0])
  })

  test('that is broken is named with what is wrong in it', async () => {
    const names: string[] = []
    const broken = (change: (bytes: Uint8Array, directory: number) => void) => {
      const bytes = Uint8Array.from(archive)
      const directory = bytes.findIndex((_, i) => [0x50, 0x4b, 1, 2].every((byte, n) => bytes[i + n] === byte))
      change(bytes, directory)
      return bytes
    }
    for (const bytes of [
      broken((b) => b.fill(0xff, 60, 160)),
      broken((b, at) => b.set([1], at + 8)),
      archive.slice(0, -40),
      broken((b, at) => b.set([0xff, 0xff, 0xff, 0xff], at + 24)),
    ]) {
      const { json } = await send('/api/v1/imports/saft', bytes)
      expect(json.code).toBe('saft/zip')
      names.push(json.title)
    }
    expect(names[0]).toMatch(/^SAF-T 20\d\d\.xml i ZIP-filen er skadet/)
    expect(names[1]).toMatch(/låst med passord/)
    expect(names[2]).toMatch(/^ZIP-filen er skadet/)
    expect(names[3]).toMatch(/over 4 GB/)
  })

  test('without XML, damaged or a bomb is refused, and leaves nothing', async () => {
    const before = await everything()
    const bomb = zipOf({ 'a.xml': `<AuditFile xmlns="${SAFT}">${'<x/>'.repeat(5_000_000)}` })
    for (const [bytes, code] of [
      [zipOf({ 'les meg.txt': 'x' }), 'saft/zip'],
      [archive.slice(0, -40), 'saft/zip'],
      [bomb, 'request/too-large'],
    ] as const)
      expect((await send('/api/v1/imports/saft', bytes)).json.code).toBe(code)
    expect(await everything()).toEqual(before)
  })
})
