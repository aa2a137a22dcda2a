import { beforeAll, describe, expect, test, vi } from 'vitest'
import { simpleDraft, testApp, voucherId } from '#tests/support/app.ts'
import { deskOf, withParties } from '#tests/support/ledger-desk.ts'
import { auditDatabase } from '#worker/access/audit-database.ts'
import { hashOfSeal, sealEvents } from '#worker/events/seal-events.ts'
import { COMPANY_LOG, readSealable, readSeals } from '#worker/events/seal-store.ts'
import { readPosted } from '#worker/ledger/read-voucher.ts'

const { company } = testApp()
const FIREFOX = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0'
const headers = { 'cf-connecting-ip': '203.0.113.77', 'user-agent': FIREFOX }
const at = '2026-11-22T00:00:00.000Z' as never
let c: Awaited<ReturnType<typeof company>>

beforeAll(async () => {
  c = await company()
  await c.call('/parties', { body: { kind: 'customer', number: '10001', name: 'Kari' }, headers })
  const workbook = { 'x-workbook': `wbk_${'0'.repeat(26)}/Bilag%202` }
  const posted = await c.call('/vouchers', { body: simpleDraft(), headers: { ...headers, ...workbook } })
  await c.call(`/vouchers/${posted.json.id}/reversal`, {
    body: { id: voucherId(), voucherDate: simpleDraft().voucherDate, reason: 'Feil' },
    headers,
  })
  await c.call('/keys', {
    body: { name: 'Kasse', role: 'reader' },
    headers: { ...headers, 'user-agent': 'curl/8.9', 'x-workbook': 'wbk_<b>' },
  })
})

test('a voucher tells from which Excel file it was posted, whatever else stands in the log, and nothing of others', async () => {
  const own = await company()
  const mark = '9f86d081884c7d65'
  const from = (told: string) => ({ 'x-workbook': `wbk_${'0'.repeat(26)}/Bilag/${own.id}/${told}` })
  const posted = []
  for (const [i, told] of [mark, '', mark.toUpperCase(), mark].entries()) {
    for (let n = 0; n <= i; n++)
      await own.call('/parties', { body: { kind: 'customer', number: `${10_001 + 10 * i + n}`, name: 'Kari' } })
    posted.push((await own.call('/vouchers', { body: simpleDraft(), headers: from(told) })).json.id)
  }
  posted.push((await own.call('/vouchers', { body: simpleDraft() })).json.id)
  const fileOf = async (id: string, asked: string) => (await own.call(`/vouchers/${id}${asked}`)).json.postedFrom
  const told = await Promise.all(posted.map((id) => fileOf(id, '?postedFrom=true')))
  expect(told).toEqual([mark, null, null, mark, null])
  expect(await fileOf(posted[0]!, '')).toBeUndefined() // nobody looks for it who does not ask
})

test('a voucher tells its file though jobs of one millisecond booked matches with theirs, also to an auditor of one year', async () => {
  const own = await withParties(await company())
  const { book, match, undo } = deskOf(own)
  const day = simpleDraft().voucherDate as string
  const mark = '9f86d081884c7d65'
  const from = { 'x-workbook': `wbk_${'0'.repeat(26)}/Bilag/${own.id}/${mark}` }
  const drafted = `insert into event select max(sequence) + 1, 'draft.changed', max(recorded_at), 'operator', max(ledger_version),
    'drf_1', null, null, null from event`
  const done: { status: number; json: any }[] = []
  for (let round = 0; round < 6; round++) {
    const items: string[] = []
    for (const amount of [600_40, 600_40, 600_40, -600_00, -600_00, -600_00])
      items.push((await book(day, '1500:10001', amount)).item)
    for (let n = 0; n < round; n++) await own.db.execute(drafted) // no auditor is told of drafts
    vi.useFakeTimers({ toFake: ['Date'] })
    const jobs = [0, 1, 2].flatMap((i) => [
      match({ items: [{ openItem: items[i] }, { openItem: items[i + 3] }], difference: {} }),
      own.call('/vouchers', { body: simpleDraft(), headers: from }),
    ])
    done.push(...(await Promise.all(jobs)))
    vi.useRealTimers()
  }
  expect(done.map(({ status }) => status)).toEqual(done.map(() => 201))
  await undo(done[0]!.json.id)
  const { rows } = await own.db.execute('select ledger_version as at from event order by sequence')
  const places = rows.map(({ at }) => Number(at))
  expect(places).not.toEqual([...places].sort((a, b) => a - b)) // or nothing is proved
  const auditor = await auditDatabase(own.db, { years: [new Date().getFullYear()] } as never)
  const vouchers = (await own.db.execute('select id, ledger_version as at from voucher order by at')).rows
  const expected = vouchers.map(({ id }) => (done.some(({ json }) => json.id === id) ? mark : null))
  for (const db of [own.db, auditor])
    expect(await Promise.all(vouchers.map(async ({ id }) => (await readPosted(db, String(id)))!.postedFrom))).toEqual(
      expected,
    )
})

describe('the audit log', () => {
  test('tells who, what and from where, of registers and postings alike', async () => {
    const { json } = await c.call('/audit-log/entries')
    expect(json.entries.map((e: any) => [e.type, e.by, e.origin])).toEqual([
      ['key.created', 'operator', { network: '203.0.113.0/24', device: 'curl' }],
      ['voucher.reversed', 'operator', { network: '203.0.113.0/24', device: 'Firefox, Windows' }],
      [
        'voucher.posted',
        'operator',
        {
          network: '203.0.113.0/24',
          device: 'Firefox, Windows',
          workbook: `wbk_${'0'.repeat(26)}`,
          sheet: 'Bilag 2',
        },
      ],
      ['party.created', 'operator', { network: '203.0.113.0/24', device: 'Firefox, Windows' }],
    ])
    expect(json).toMatchObject({ next: null, sealedTo: 4 })
    expect(JSON.stringify(json)).not.toContain('203.0.113.77')
  })

  test('is filtered by day, person, thing and subject, and paged', async () => {
    const types = async (query: string) =>
      (await c.call(`/audit-log/entries?${query}`)).json.entries.map((e: any) => e.type)
    expect(await types('about=key')).toEqual(['key.created'])
    expect(await types('about=voucher&limit=1')).toEqual(['voucher.reversed'])
    expect(await types('about=voucher&before=3')).toEqual(['voucher.posted'])
    const [party] = (await c.call('/audit-log/entries?about=party')).json.entries
    expect(await types(`subject=${encodeURIComponent(party.subject)}`)).toEqual(['party.created'])
    expect(await types('by=usr_nobody')).toEqual([])
    expect(await types('toDate=2020-01-01')).toEqual([])
    expect(await types('fromDate=2020-01-01')).toHaveLength(4)
    expect((await c.call('/audit-log/entries?about=Key')).json.code).toBe('request/invalid')
  })

  test('is read by administrators and auditors, and by nobody else', async () => {
    const statuses = []
    for (const role of ['administrator', 'auditor', 'accountant', 'reader', 'employee'] as const)
      statuses.push((await c.call('/audit-log/entries', { key: await c.key(role) })).status)
    expect(statuses).toEqual([200, 200, 403, 403, 403])
  })

  test('goes out as CSV and JSON with the head of its chain', async () => {
    const csv = await c.call('/audit-log/export', { language: 'en' })
    const lines = csv.text.trim().split('\r\n')
    expect(csv.headers.get('content-disposition')).toMatch(/^attachment; filename="audit-log-cmp_\w+-\d+\.csv"$/)
    expect(lines[0]).toContain('Network,Device')
    expect(lines.at(-1)).toMatch(/^\d+,,,,audit-log\.sealed,[0-9a-f]{64},/)
    const json = await c.call('/audit-log/export?format=json&about=voucher')
    expect(json.json).toMatchObject({ company: c.id, filter: { about: 'voucher' } })
    expect(json.json.entries.map((e: any) => e.sequence)).toEqual([2, 3])
    expect(lines.at(-1)).toContain(json.json.chainHead)
  })
})

describe('the chain of seals', () => {
  test('can be computed by anyone from the events', async () => {
    await sealEvents(c.db, at)
    const seals = await readSeals(c.db, COMPANY_LOG, { newestFirst: false, after: 0, limit: 100 })
    let [head, place] = ['0'.repeat(64), 0]
    for (const seal of seals) {
      expect(await hashOfSeal(head, await readSealable(c.db, COMPANY_LOG, place, 1_000, seal.lastSequence))).toBe(
        seal.hash,
      )
      ;[head, place] = [seal.hash, seal.lastSequence]
    }
    expect((await c.call('/verify?full')).json.checks.find((k: any) => k.key === 'audit-log-chain')).toMatchObject({
      holds: true,
    })
  })

  test('is one chain when several seal at once', async () => {
    const own = await company()
    await own.call('/parties', { body: { kind: 'customer', number: '1', name: 'A' } })
    const heads = await Promise.all(Array.from({ length: 8 }, () => sealEvents(own.db, at)))
    expect(new Set(heads.map((h) => h.hash)).size).toBe(1)
    expect(await readSeals(own.db, COMPANY_LOG, { newestFirst: false, after: 0, limit: 10 })).toHaveLength(1)
  })

  test('takes no change: neither events nor seals are updated, deleted or put in out of order', async () => {
    await sealEvents(c.db, at)
    for (const sql of [
      "update event set by = 'usr_x' where sequence = 1",
      'update event set origin = null where sequence = 1',
      'delete from event where sequence = 1',
      "update audit_seal set hash = printf('%064d', 1)",
      'delete from audit_seal',
      `insert into audit_seal values (99, 99, '', printf('%064d', 0), printf('%064d', 9))`,
      `insert into audit_seal select max(sequence) + 5, max(sequence) + 1, '', printf('%064d', 0), printf('%064d', 9) from event`,
    ])
      await expect(c.db.execute(sql), sql).rejects.toThrow(/event\/is-final|audit-seal\/(is-final|out-of-order)/)
  })

  test.each(['by', 'changes', 'origin', 'subject', 'recorded_at', 'touched', 'type'])(
    'one changed %s behind the triggers is found by verify',
    async (column) => {
      const own = await company()
      await own.call('/parties', { body: { kind: 'customer', number: '1', name: 'A' }, headers })
      await own.call('/vouchers', { body: simpleDraft(), headers })
      await sealEvents(own.db, at)
      const value = /changes|origin|touched/.test(column) ? '{}' : 'forged'
      await own.db.batch(
        ['drop trigger event_is_final', `update event set ${column} = '${value}' where sequence = 1`],
        'write',
      )
      const { json } = await own.call('/verify')
      expect(json.checks.find((k: any) => k.key === 'audit-log-chain')).toMatchObject({ holds: false, violations: 1 })
    },
  )
})
