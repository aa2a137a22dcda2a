import { expect, test } from 'vitest'
import { atTime } from '#tests/support/clock.ts'
import { memberOf } from '#tests/support/visitor.ts'
import { readCompanyAccess } from '#worker/access/store.ts'
import type { Instant, IsoDate } from '#worker/core/dates.ts'
import { sha256 } from '#worker/core/hash.ts'
import type { CompanyId } from '#worker/core/ids.ts'
import { runAllCompanies } from '#worker/cron/run-all-companies.ts'
import { controlDatabase } from '#worker/database/connect.ts'
import { openControl } from '#worker/database/open-control.ts'
import { sealEvents } from '#worker/events/seal-events.ts'
import { CONTROL_LOG, readSealHead } from '#worker/events/seal-store.ts'
import { readVerificationTable } from '#worker/exports/read-verification-table.ts'
import { writerOf } from '#worker/ledger/run-job.ts'
import { checkDocuments } from '#worker/verify/check-documents.ts'
import { keepDayRoots } from '#worker/verify/keep-day-roots.ts'
import { keepVerification } from '#worker/verify/keep-verification.ts'
import { readImportedFiles } from '#worker/verify/store.ts'
import { insertAnchor, insertVerification, readStanding } from '#worker/verify/verification-store.ts'
import { plain } from '../saft/saft-desk.ts'
import { simpleDraft, testApp } from '../support/app.ts'
import { saft } from '../support/saft.ts'
import { zipOf } from '../support/workbook.ts'

const app = testApp()
const { company, call, env } = app
const thisYear = new Date().getFullYear()
const at = (day: string, time = '01:30') => `${thisYear}-${day}T${time}:00.000Z` as Instant
const [HOURLY, NIGHTLY] = ['17 * * * *', '30 1 * * *']

/** A time of the schedule, carried out when it came. */
const runAt = (due: Instant, cron: string) => atTime(due, () => runAllCompanies(env, due, cron))

const failing = (json: any): string[] => json.checks.filter((c: any) => !c.holds).map((c: any) => c.key)

test('the night checks each company whole, keeps its head and an archive; the hour goes on from there', async () => {
  const c = await company()
  await c.call('/vouchers', { body: simpleDraft() })
  await runAt(at('03-01'), NIGHTLY)
  await c.call('/vouchers', { body: simpleDraft() })
  await runAt(at('03-01', '05:17'), HOURLY)
  await runAt(at('03-01', '05:17'), HOURLY) // a time that is delivered twice
  // A company that is reached after midnight was checked then, whenever its turn came due.
  await atTime(at('03-02', '00:05'), () => runAllCompanies(env, at('03-01', '22:17'), HOURLY))
  const { json } = await c.call('/verifications')
  expect(json.verifications.map(({ whole, ok, ledgerVersion }: any) => [whole, ok, ledgerVersion])).toEqual([
    [false, true, 2],
    [false, true, 2],
    [true, true, 1],
  ])
  expect(json.anchors).toMatchObject([
    { day: `${thisYear}-03-01`, ledgerVersion: 1 },
    { day: `${thisYear}-03-02`, ledgerVersion: 2 },
  ])
  const { backups } = (await c.call('/backups')).json
  expect(backups).toMatchObject([{ kind: 'scheduled', ledgerVersion: 1 }])

  // What each check read and found is kept, and goes out for a period with the days that have none.
  const kept = json.verifications[2].checks.find((check: any) => check.key === 'voucher-balances')
  expect(kept).toMatchObject({
    invariant: 1,
    name: 'Hvert bilag er i balanse og har alle posteringene sine.',
    violations: 0,
  })
  expect(kept.rows).toBeGreaterThan(2)
  const period = `fromDate=${thisYear}-03-01&toDate=${thisYear}-03-03`
  const csv = await c.call(`/exports/verifications?${period}&format=csv-machine`)
  const lines = csv.text.trim().split('\n')
  expect([lines.length - 1, lines[0]]).toEqual([
    json.verifications[2].checks.length,
    expect.stringMatching(/^recordedAt,extent,/),
  ])
  expect(lines.find((line: string) => line.includes('Hvert bilag er i balanse og'))).toMatch(
    new RegExp(`,${kept.rows},0\\s*$`),
  )
  const pdf = await c.call(`/exports/verifications?${period}&format=pdf`)
  expect(pdf.status).toBe(200)
  const control = controlDatabase(env)
  const asking = {
    locale: 'nb' as const,
    company: { name: '', organisationNumber: null },
    by: '',
    at: at('03-09'),
    today: `${thisYear}-03-09` as IsoDate,
    address: '',
  }
  const days = {
    fromDate: `${thisYear}-02-01` as IsoDate,
    toDate: `${thisYear}-03-03` as IsoDate,
    language: undefined,
    format: undefined,
  }
  const { head } = await readVerificationTable(c.db, control, asking, { id: c.id as CompanyId }, days)
  expect(head.slice(1)).toEqual([
    ['Kontroller av alt', '1, 1 uten feil'],
    ['Dager uten kontroll av alt', `02.03.${thisYear}, 03.03.${thisYear}`],
  ])
  const reversed = await c.call('/exports/verifications?fromDate=2026-02-01&toDate=2026-01-01')
  expect(reversed.json.issues[0].code).toBe('period/reversed')
  expect((await c.call('/exports/verifications', { key: await c.key('employee') })).status).toBe(403)
})

test('checks of all of it are kept five years after their own, those of what is new till there are two hundred newer', async () => {
  const c = await company()
  const control = controlDatabase(env)
  const kept = (recordedAt: string, whole: boolean, ok = true) =>
    insertVerification(c.id, {
      ...{ recordedAt: recordedAt as Instant, whole, ok, ledgerVersion: 0, chainHead: '', findings: [], checks: [] },
    })
  const old = (years: number) => `${thisYear - years}-01-02T01:30:00.000Z`
  const hours = Array.from({ length: 205 }, (_, i) => new Date(Date.UTC(thisYear, 0, 3, i)).toISOString())
  await control.batch(
    [
      ...kept(old(6), true),
      ...kept(old(7), true, false),
      ...kept(old(5), true),
      ...hours.flatMap((hour) => kept(hour, false)),
      ...kept(`${thisYear}-02-02T01:30:00.000Z`, true),
    ],
    'write',
  )
  const { rows } = await control.execute({
    sql: 'select sum(whole) as whole, sum(1 - whole) as new, min(recorded_at) as first, sum(recorded_at = ?) as gone from verification where company = ?',
    args: [old(6), c.id],
  })
  expect(rows[0]).toMatchObject({ whole: 3, new: 201, first: old(7), gone: 0 })
})

test('a chain written anew from some voucher on disagrees with the heads kept outside', async () => {
  const c = await company()
  for (let i = 0; i < 3; i++) await c.call('/vouchers', { body: simpleDraft() })
  await runAt(at('03-02'), HOURLY)
  expect(failing((await c.call('/verify')).json)).toEqual([])
  const control = controlDatabase(env)
  const access = (await readCompanyAccess(control, { kind: 'operator', id: 'operator', name: '' }, c.id))!
  await keepVerification({ env, control, company: access, at: at('03-02', '01:40') }, true)
  // What a restored older file looks like: the vouchers after the first are gone.
  const { rows } = await c.db.execute("select name, sql from sqlite_schema where type = 'trigger'")
  for (const { name } of rows) await c.db.execute(`drop trigger "${name}"`)
  await c.db.execute('update voucher set hash = prev_hash where ledger_version = 3')
  expect(failing((await c.call('/verify')).json)).toContain('heads-anchored-outside')
  await runAt(at('03-03'), HOURLY)
  const { json } = await c.call('/verifications')
  expect(json.verifications[0]).toMatchObject({ ok: false })
  expect(json.verifications[0].findings.map((f: any) => f.key)).toContain('heads-anchored-outside')
  expect(json.anchors.map((a: any) => a.day)).toEqual([`${thisYear}-03-02`]) // a head that does not hold is not kept
  // The page says so in words, with the way to the voucher.
  const browser = await memberOf(app, c.id, 'accountant')
  const page = (await browser.get(`/companies/${c.id}/settings/safety`)).html
  const voucher = (await c.db.execute('select id from voucher where ledger_version = 3')).rows[0]!.id
  expect(page).toMatch(new RegExp(`versjon <a href="/companies/${c.id}/vouchers/${voucher}">[^<]+-3</a> ·`))
})

test('books put back to how they were an hour ago disagree with the hour’s own check', async () => {
  const c = await company()
  await c.call('/vouchers', { body: simpleDraft() })
  await runAt(at('03-05'), HOURLY)
  for (let i = 0; i < 2; i++) await c.call('/vouchers', { body: simpleDraft() })
  await runAt(at('03-05', '05:17'), HOURLY)
  const { rows } = await c.db.execute("select name from sqlite_schema where type = 'trigger'")
  for (const { name } of rows) await c.db.execute(`drop trigger "${name}"`)
  await c.db.batch(
    ['delete from entry where ledger_version > 1', 'delete from voucher where ledger_version > 1'],
    'write',
  )
  expect(failing((await c.call('/verify')).json)).toContain('heads-anchored-outside')
})

test('events that were sealed anew, and seals that were cut away, disagree with the seal kept outside', async () => {
  const c = await company()
  await c.call('/vouchers', { body: simpleDraft() })
  const { lastSequence: sealedTo, hash } = await sealEvents(c.db, at('03-06'))
  await runAt(at('03-06'), HOURLY)
  const anchor = { day: `${thisYear}-03-06`, ledgerVersion: 1, seal: { sealedTo, hash } }
  expect((await c.call('/verifications')).json.anchors).toMatchObject([anchor])
  const { rows } = await c.db.execute("select name from sqlite_schema where type = 'trigger'")
  for (const { name } of rows) await c.db.execute(`drop trigger "${name}"`)
  await c.db.batch(["update event set origin = null, by = 'usr_other'", 'delete from audit_seal'], 'write')
  const offenders = async () => {
    const { checks } = (await c.call('/verify?full')).json
    expect(checks.find((check: any) => check.key === 'audit-log-chain').holds).toBe(true)
    return checks.find((check: any) => check.key === 'heads-anchored-outside').offenders
  }
  const told = { day: anchor.day, toSequence: sealedTo, kept: hash }
  expect(await offenders()).toEqual([{ ...told, found: null }])
  const anew = await sealEvents(c.db, at('03-06', '02:00'))
  expect(await offenders()).toEqual([{ ...told, found: anew.hash }])
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
  expect((await sealEvents(control, after, CONTROL_LOG)).lastSequence).toBeGreaterThan(0)
  await control.batch(
    heads.map((head) => insertAnchor(head.company, { day, ...head })),
    'write',
  )
  const [a, b, c] = await Promise.all(
    heads.map((h) => sha256(`head ${JSON.stringify([h.company, h.ledgerVersion, h.chainHead])}`)),
  )
  expect(await keepDayRoots(env, control, after)).toEqual([])
  const kept = JSON.parse(await new Response((await env.FILES.get(`heads/${day}.json`))!.body).text())
  const seal = await readSealHead(control, CONTROL_LOG)
  expect(kept).toEqual({
    ...{ day, root: await sha256(`node ${await sha256(`node ${a} ${b}`)} ${c}`), companies: 3 },
    log: { sealedTo: seal.lastSequence, hash: seal.hash },
  })
  expect(await keepDayRoots(env, control, after)).toEqual([])
  const fences = ['head_anchor_is_final', 'head_anchor_is_kept', 'control_seal_is_final']
  const { rows } = await control.execute({
    sql: 'select sql from sqlite_schema where name in (select value from json_each(?))',
    args: [JSON.stringify(fences)],
  })
  await control.batch(
    fences.map((name) => `drop trigger ${name}`),
    'write',
  )
  // The log of access sealed anew, and heads that are gone from the control database, are seen by what the bucket has.
  const setSeal = (hash: string) => ({
    sql: 'update control_seal set hash = ? where last_sequence = cast(? as integer)',
    args: [hash, seal.lastSequence],
  })
  await control.execute(setSeal('f'.repeat(64)))
  expect(await keepDayRoots(env, control, after)).toEqual([day])
  await control.batch([setSeal(seal.hash), `delete from head_anchor where day = '${day}'`], 'write')
  expect(await keepDayRoots(env, control, after)).toEqual([day])
  await control.batch(
    heads.map((head) => insertAnchor(head.company, { day, ...head })),
    'write',
  )
  expect(await keepDayRoots(env, control, after)).toEqual([])
  const set = (version: number) => `update head_anchor set ledger_version = ${version} where company = '${ids[1]}'`
  await control.execute(set(9))
  expect(await keepDayRoots(env, control, after)).toEqual([day])
  // A finding without its days, as before they were kept, is looked for on all of them, also beyond the newest.
  const later = Array.from({ length: 9 }, (_, i) => `${thisYear}-01-${11 + i}` as IsoDate)
  await control.batch(
    later.map((newer) => insertAnchor(ids[0]!, { ...heads[0]!, day: newer })),
    'write',
  )
  await control.execute("update instance_finding set days = '[]'")
  expect(await keepDayRoots(env, control, at('01-20'))).toEqual([day])
  await control.batch([set(2), ...rows.map(({ sql }) => String(sql))], 'write')
})

test('of a ZIP that was brought in each file is held against its rows: its size always, its bytes once in thirty days', async () => {
  const c = await company()
  const text = saft(plain)
  const sent = await c.call('/old-ledgers/saft', { raw: zipOf({ 'a.xml': text, 'les meg.txt': 'x' }) })
  expect(sent.status, sent.text).toBe(201)
  const [file] = await readImportedFiles(c.db)
  const found = async () => {
    const faults = new Set<unknown>()
    for (let day = 1; day <= 30; day++) {
      const today = `2026-06-${String(day).padStart(2, '0')}` as IsoDate
      const { offenders } = await checkDocuments(c.db, env.FILES, { today, imports: true })
      faults.add(offenders[0]?.fault)
    }
    return [...faults].sort()
  }
  const put = (bytes: string | Uint8Array<ArrayBuffer>) => env.FILES.put(file!.objectKey, bytes)
  expect(await found()).toEqual([undefined])
  await put(zipOf({ 'b.xml': text }))
  expect(await found()).toEqual([undefined])
  await put(zipOf({ 'a.xml': text.replace('Prøve', 'Prøvd') }))
  expect(await found()).toEqual(['other-bytes', undefined])
  await put(zipOf({ 'a.xml': `${text} ` }))
  expect(await found()).toEqual(['other-size'])
  await put('PK and nothing of it')
  expect(await found()).toEqual(['other-size'])
  const bent = zipOf({ 'a.xml': text })
  bent[60]! ^= 0xff
  await put(bent)
  expect(['unreadable', 'other-bytes']).toContain((await found())[0])
})

test('a document that is gone, or has other bytes, is found, and so is a file that was brought in', async () => {
  const c = await company()
  // A file that came as it is, one of an archive, and a sheet, as their rows tell.
  const text = saft(plain)
  const imported = async (raw: string | Uint8Array<ArrayBuffer>) => {
    const sent = await c.call('/old-ledgers/saft', { raw })
    expect(sent.status, sent.text).toBe(201)
    return sent.json.ledgers[0].id as string
  }
  const other = saft({ ...plain, transactions: plain.transactions.slice(1) })
  const lone = await imported(text)
  await imported(zipOf({ 'a.xml': other }))
  const csv = new TextEncoder().encode('Konto;Navn\n1921;Bank\n')
  const sheet = await c.call('/imports/sheets?register=chart', { raw: csv, headers: { 'content-type': 'text/csv' } })
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
  const files = (await readImportedFiles(c.db)).map(({ objectKey }) => objectKey)
  expect(files).toHaveLength(3)
  expect(files.map((key) => key.split('/')[2])).toEqual(expect.arrayContaining([lone, sheet.json.id]))
  await env.FILES.put(`imports/${c.id}/${lone}`, text.slice(1))
  await env.FILES.delete(files.filter((key) => !key.endsWith(lone)))
  const found = (await c.call('/verify?full')).json.checks.find((one: any) => one.key === 'documents-in-place')
  expect(found.offenders.slice(2).toSorted((a: any, b: any) => a.fault.localeCompare(b.fault))).toEqual([
    { import: expect.any(String), fault: 'missing' },
    { import: expect.any(String), fault: 'missing' },
    expect.objectContaining({ import: lone, fault: 'other-size' }),
  ])
  // What lies in the bucket says nothing of the chain: the writer's journal is settled all the same.
  await c.call('/vouchers', { body: simpleDraft() })
  // What only a whole check sees is told until a whole check holds again, whatever the hours between find.
  await atTime(at('03-07'), () => c.call('/verifications', { method: 'POST' }))
  expect(await writerOf(env, c.id).acknowledged({ ledgerVersion: 0, hash: '' })).toEqual([])
  await runAt(at('03-07', '02:17'), HOURLY)
  expect((await c.call('/verifications')).json.verifications.map(({ ok }: any) => ok)).toEqual([true, false])
  const seen = async () => {
    const { companies } = (await call('/api/v1/instance/companies')).json
    const { ok, findings } = companies.find(({ id }: any) => id === c.id).verified
    return [ok, findings]
  }
  expect(await seen()).toEqual([false, ['documents-in-place']])
  // What an hour finds since is told beside it.
  const control = controlDatabase(env)
  const findings = [{ invariant: 12, key: 'acknowledged-posts-in-journal', violations: 1, offenders: [] }]
  const hour = { whole: false, ok: false, ledgerVersion: 2, chainHead: '', findings, checks: null }
  await control.batch(insertVerification(c.id, { recordedAt: at('03-07', '03:17'), ...hour }), 'write')
  expect(await seen()).toEqual([false, ['documents-in-place', 'acknowledged-posts-in-journal']])
  expect((await readStanding(control, c.id))!.findings).toHaveLength(2)
  expect((await call('/api/v1/instance/totals')).json.failing).toBeGreaterThan(0)
  const browser = await memberOf(app, c.id, 'accountant')
  expect((await browser.get(`/companies/${c.id}/settings/safety`)).html).toContain('data-level="error"')
})

test('what the night found in old vouchers is found each hour until it is mended', async () => {
  const c = await company()
  await c.call('/vouchers', { body: simpleDraft() })
  await runAt(at('03-08'), HOURLY)
  const { rows } = await c.db.execute("select name, sql from sqlite_schema where type = 'trigger'")
  const set = (change: string) => [
    ...rows.map(({ name }) => `drop trigger "${name}"`),
    `update entry set amount = amount ${change} where ledger_version = 1 and line = 1`,
    ...rows.map(({ sql }) => String(sql)),
  ]
  await c.db.batch(set('+ 100'), 'write')
  await runAt(at('03-08', '02:17'), HOURLY) // looks at what is new
  await atTime(at('03-09'), () => c.call('/verifications', { method: 'POST' }))
  await runAt(at('03-09', '02:17'), HOURLY)
  await c.db.batch(set('- 100'), 'write')
  await runAt(at('03-09', '03:17'), HOURLY)
  const { verifications } = (await c.call('/verifications')).json
  expect(verifications.map(({ ok }: any) => ok)).toEqual([true, false, false, true, true])
  expect(verifications[1].findings.map(({ key }: any) => key)).toContain('voucher-balances')
  const failing = async () => (await readStanding(controlDatabase(env), c.id))!.ok
  expect(await failing()).toBe(false)
  await c.call('/verifications', { method: 'POST' })
  expect(await failing()).toBe(true)
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
  await runAt(at('03-04'), HOURLY)
  const control = controlDatabase(env)
  const change = (sql: string) => control.execute({ sql, args: [c.id] })
  await expect(change(`update head_anchor set chain_head = '' where company = ?`)).rejects.toThrow('head-anchor/final')
  await expect(change('delete from head_anchor where company = ?')).rejects.toThrow('head-anchor/final')
})
