// Archives that this product wrote when its schema was an older one, brought back into the product of today.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { companyMigrations } from '#db/company/migrations.ts'
import { simpleDraft, testApp } from '#tests/support/app.ts'
import { unzipped } from '#tests/support/archive.ts'
import { sha256 } from '#worker/core/hash.ts'
import { zipped } from '#worker/exports/zip-stream.ts'
import { bookEverything } from './archived-books.ts'

const app = testApp({ emptyDatabases: true })
const { call } = app
const FOLDER = 'tests/fixtures/archives'
const today = companyMigrations.at(-1)!.tag

const restore = (raw: Uint8Array<ArrayBuffer>, language = 'nb') =>
  call('/api/v1/restorations', { raw, language, headers: { 'content-type': 'application/zip' } })

/** The archive of such a company as this product writes it. `KEEP_ARCHIVE=1` keeps it for the products to come (README beside them). */
async function archiveOfToday(): Promise<Uint8Array<ArrayBuffer>> {
  const c = await app.company({ name: 'Eldre AS' })
  await bookEverything(c, new Date().getFullYear())
  const bytes = await app.bytes(`${c.path}/archive`)
  if (process.env.KEEP_ARCHIVE) writeFileSync(`${FOLDER}/${today}.zip`, bytes)
  return bytes
}

const kept = readdirSync(FOLDER).filter((name) => name.endsWith('.zip'))

test.each([...kept, 'of today'])('%s is restored, brought up to date, verified and worked on', async (name) => {
  const archive = name === 'of today' ? await archiveOfToday() : new Uint8Array(readFileSync(`${FOLDER}/${name}`))
  const manifest = JSON.parse(unzipped(Buffer.from(archive)).get('manifest.json')!)
  expect(manifest.migrations.at(-1).tag).toBe(name === 'of today' ? today : name.slice(0, -'.zip'.length))
  const back = await restore(archive)
  expect(back.status, back.text).toBe(201)
  const { ledgerVersion, chainHead } = manifest
  expect(back.json).toMatchObject({ name: 'Eldre AS', ledgerVersion, chainHead })
  const path = `/api/v1/companies/${back.json.company}`
  const get = async (rest: string) => {
    const answer = await call(path + rest)
    expect(answer.status, `${rest}: ${answer.text}`).toBe(200)
    return answer.json
  }

  const year = Number(manifest.createdAt.slice(0, 4))
  const days = `fromDate=${year}-01-01&toDate=${year}-12-31`
  const { rows } = await get(`/reports/trial-balance?${days}`)
  expect(rows.map((r: any) => `${r.account} ${r.closing}`)).toEqual([
    ...['1500 25001', '1749 0', '1920 115543', '2400 -9990', '2700 -25000', '2710 1998', '2900 -116543'],
    ...['3000 -100001', '6800 8992', '7500 100000'],
  ])
  const { items } = await get('/open-items')
  expect(items.map((i: any) => [i.account, i.party, i.amount, i.rest])).toEqual([
    ['1500', '10001', 1250_01, 250_01],
    ['2400', '20001', -99_90, -99_90],
  ])
  for (const report of ['income-statement', 'balance-sheet', 'general-ledger', 'voucher-journal'])
    await get(`/reports/${report}?${days}`)
  const vat = await get(`/reports/vat-specification?term=${year}-T1`)
  expect(vat.groups.flatMap((g: any) => g.lines.map((l: any) => `${l.vatCode} ${l.base} ${l.vat}`))).toEqual([
    '3 100001 25000',
    '1 null -1998',
  ])

  // What it held beside its ledger: what was locked is locked, and the match, the plan and the document are there.
  const post = (voucherDate: string, lines = simpleDraft().lines) =>
    call(`${path}/vouchers`, { body: simpleDraft({ voucherDate, lines }) })
  expect((await post(`${year}-01-20`)).json.code).toBe('period/locked')
  const { matches } = await get('/matches?kind=customer&party=10001')
  expect((await call(`${path}/matches/${matches[0].id}/undo`, { body: {} })).status).toBe(200)
  const next = await post(`${year}-03-20`)
  expect(next.json.ledgerVersion, next.text).toBe(ledgerVersion + 1)
  const { documents } = await get('/documents')
  expect((await call(`${path}/documents/${documents[0].id}/content`)).text).toContain('%PDF-1.4')
  const whole = await call(`${path}/verifications`, { method: 'POST' })
  expect(whole.json.checks.filter((check: any) => !check.holds)).toEqual([])
  // And out again, as of today.
  const again = await restore(await app.bytes(`${path}/archive`))
  expect(again.json, again.text).toMatchObject({ ledgerVersion: ledgerVersion + 1, chainHead: next.json.hash })
})

test('one of a newer product, or of none of ours, is refused in words that say what to do', async () => {
  const files = unzipped(Buffer.from(await archiveOfToday()))
  const manifest = JSON.parse(files.get('manifest.json')!)
  /** The archive with another manifest, and sums that agree with it. */
  const rewritten = async (changed: object) => {
    files.set('manifest.json', JSON.stringify({ ...manifest, ...changed }))
    files.delete('sums.json')
    const sums = await Promise.all(
      [...files].map(async ([name, text]) => ({ name, size: Buffer.byteLength(text), sha256: await sha256(text) })),
    )
    files.set('sums.json', JSON.stringify(sums))
    const parts: Uint8Array[] = []
    for await (const part of zipped([...files].map(([name, text]) => ({ name, chunks: [text] })))) parts.push(part)
    return restore(new Uint8Array(Buffer.concat(parts)))
  }
  const { migrations } = manifest
  const newer = await rewritten({ migrations: [...migrations, { tag: '9999_later', sha256: '0'.repeat(64) }] })
  expect([newer.status, newer.json.code, newer.json.title]).toEqual([
    ...[422, 'archive/schema'],
    'Arkivet er fra en annen versjon av Hovedbok (9999_later). Oppgrader denne installasjonen, og gjenopprett så på nytt.',
  ])
  const refused = []
  for (const changed of [
    { format: 'hovedbok/archive/2' },
    { migrations: [...migrations.slice(0, -1), { ...migrations.at(-1), sha256: '0'.repeat(64) }] },
    { migrations: [] },
    { format: 'another/archive/1' },
  ]) {
    const { status, json } = await rewritten(changed)
    refused.push([status, json.code, json.params?.newest])
  }
  expect(refused).toEqual([
    [422, 'archive/schema', 'hovedbok/archive/2'],
    [422, 'archive/schema', today],
    [422, 'archive/unreadable', undefined],
    [422, 'archive/unreadable', undefined],
  ])
  // Which migrations were run is known here, whatever a row of the archive says.
  files.set('tables/schema_migration.jsonl', '["9999_later","0","2026"]\n')
  expect((await rewritten({})).status).toBe(201)
})
