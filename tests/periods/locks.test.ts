import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { simpleDraft, testApp, voucherId } from '#tests/support/app.ts'
import { memberOf, textOf } from '#tests/support/visitor.ts'
import { controlDatabase } from '#worker/database/connect.ts'
import { clearReopened } from '#worker/periods/change-locks.ts'
import { lockPeriods } from '#worker/periods/lock-periods.ts'
import type { NewLock } from '#worker/periods/period-lock.ts'
import { PAGE, sealOf } from '#worker/periods/period-seal.ts'

const { company, env, call } = testApp()
const year = new Date().getFullYear()
type Company = Awaited<ReturnType<typeof company>>
const lock = (c: Company, level: string, over: object = {}, sent: object = {}) =>
  c.call('/locks', {
    body: { fromMonth: `${year}-01`, toMonth: `${year}-01`, level, reason: 'Oppgjør', ...over },
    ...sent,
  })
const post = (c: Company, over: Record<string, unknown> = {}, sent: object = {}) =>
  c.call('/vouchers', { body: simpleDraft(over), ...sent })

describe('a lock', () => {
  test('stops the very next post, of a writer that let one through just before', async () => {
    const c = await company()
    expect((await post(c)).status).toBe(201)
    expect((await lock(c, 'hard')).status).toBe(201)
    const refused = await post(c)
    expect([refused.status, refused.json.code]).toEqual([423, 'period/locked'])
    expect(refused.json.issues[0]).toMatchObject({
      pointer: '#/voucherDate',
      params: { level: 'hard', firstOpenDay: `${year}-02-01`, lockedAt: expect.stringMatching(/^\d{4}-.*Z$/) },
    })
    expect((await post(c, { voucherDate: `${year}-02-01` })).status).toBe(201)
  })

  test('that opens lets the very next post through, though the writer was refusing', async () => {
    const c = await company()
    await lock(c, 'hard')
    expect((await post(c)).status).toBe(423)
    expect((await lock(c, 'open')).status).toBe(201)
    expect((await post(c)).status).toBe(201)
  })

  test('holds for every way in: single, batch, dry run, reversal', async () => {
    const c = await company()
    const posted = await post(c)
    await lock(c, 'hard')
    const batch = await c.call('/vouchers/batch', { body: { vouchers: [simpleDraft()] } })
    const tried = await c.call('/vouchers/dry-run', { body: { vouchers: [simpleDraft()] } })
    const reversal = await c.call(`/vouchers/${posted.json.id}/reversal`, {
      body: { id: voucherId(), voucherDate: `${year}-01-20`, reason: 'Feil' },
    })
    expect([batch.status, reversal.status]).toEqual([423, 423])
    expect(tried.json.vouchers[0].issues[0].code).toBe('period/locked')
    // And behind every way in stands the database.
    await expect(
      c.db.execute(`insert into voucher select ledger_version + 1, '${voucherId()}', type, series, fiscal_year, number + 1,
        voucher_date, document_date, vat_date, text, recorded_at, by, entry_count, null, null, null, null,
        (select facts_version from company), content, content_hash, hash, upper(hash) from voucher`),
    ).rejects.toThrow('period/locked')
  })

  test('soft takes a reason, and a role that may', async () => {
    const c = await company()
    await lock(c, 'soft')
    const accountant = await c.key('accountant')
    const without = await post(c, {}, { key: accountant })
    expect([without.status, without.json.issues[0].params.reason]).toEqual([423, 'reason-needed'])
    expect((await post(c, { reason: 'Etterslep' }, { key: accountant })).status).toBe(201)
  })
})

describe('who may lock', () => {
  test('an accountant locks; only an administrator opens what was locked hard', async () => {
    const c = await company()
    const accountant = { key: await c.key('accountant') }
    const administrator = { key: await c.key('administrator') }
    expect((await lock(c, 'soft', {}, accountant)).status).toBe(201)
    expect((await lock(c, 'open', {}, accountant)).status).toBe(201)
    expect((await lock(c, 'hard', {}, accountant)).status).toBe(201)
    for (const level of ['open', 'soft']) {
      const refused = await lock(c, level, { toMonth: `${year}-03` }, accountant)
      expect([refused.status, refused.json.code]).toEqual([403, 'permission/missing'])
    }
    expect((await lock(c, 'open', {}, administrator)).status).toBe(201)
    expect((await lock(c, 'hard', {}, { key: await c.key('reader') })).status).toBe(403)
  })

  test('nobody without a reason, nor months that belong to no year', async () => {
    const c = await company()
    const faults = [
      await lock(c, 'hard', { reason: ' ' }),
      await lock(c, 'hard', { reason: undefined }),
      await lock(c, 'locked'),
      await lock(c, 'hard', { toMonth: `${year + 5}-01` }),
      await lock(c, 'hard', { fromMonth: '1999-01' }),
      await lock(c, 'hard', { fromMonth: `${year}-02` }),
      await lock(c, 'hard', { toMonth: `${year}-13` }),
    ]
    expect(faults.map((f) => f.json.issues.map((i: any) => `${i.pointer} ${i.code}`).join())).toEqual([
      '#/reason field/required',
      '#/reason field/required',
      '#/level field/invalid',
      '#/toMonth period/unknown',
      '#/fromMonth period/unknown',
      '#/toMonth field/invalid',
      '#/toMonth date/invalid',
    ])
    expect((await c.call('/locks')).json.locks).toEqual([])
  })
})

describe('a lock is a contract', () => {
  test('it keeps a hash of the period, and tells when the period no longer agrees', async () => {
    const c = await company()
    const [first, second] = [await post(c), await post(c, { voucherDate: `${year}-01-03` })]
    await post(c, { voucherDate: `${year}-02-01` })
    const locked = await lock(c, 'hard')
    // The hash as docs tell it: by date, then place in the chain; one page here.
    const pages = [second.json.hash + first.json.hash]
    const hash = await sealOf(c.id, `${year}-01`, `${year}-01`, [{ month: `${year}-01`, count: 2, pages }])
    expect(locked.json).toMatchObject({ hash, ledgerVersion: 3, differences: null, level: 'hard', by: 'operator' })
    const agrees = async () => (await c.call('/locks')).json.locks.map((l: any) => [l.level, l.agrees])
    expect(await agrees()).toEqual([['hard', true]])
    // Another month changes nothing here.
    await post(c, { voucherDate: `${year}-02-02` })
    expect(await agrees()).toEqual([['hard', true]])
    const opened = await lock(c, 'open')
    expect(opened.json.differences).toEqual([])
    const late = await post(c, { text: 'Glemt' })
    expect(await agrees()).toEqual([
      ['open', false],
      ['hard', false],
    ])
    // Opened once more it is no seal: what counts is how the period was when it was last locked.
    expect((await lock(c, 'open')).json.differences.length).toBe(1)
    const again = await lock(c, 'hard')
    expect(again.json.differences).toEqual([
      {
        id: late.json.id,
        series: 'HB',
        fiscalYear: year,
        number: late.json.number,
        voucherDate: `${year}-01-15`,
        ledgerVersion: late.json.ledgerVersion,
        recordedAt: late.json.recordedAt,
        by: 'operator',
        text: 'Glemt',
      },
    ])
    expect(await agrees()).toEqual([
      ['hard', true],
      ['open', true],
      ['open', false],
      ['hard', false],
    ])
    const old = await c.call(`/locks/${locked.json.id}`)
    expect(old.json).toMatchObject({ agrees: false, since: [{ id: late.json.id }] })
    expect((await c.call('/locks/lck_none')).json.code).toBe('period/lock-unknown')
  })

  test('a planted change of a sealed voucher is found', async () => {
    const c = await company()
    await post(c)
    await lock(c, 'hard')
    await c.db.batch(
      ['drop trigger voucher_is_final', "update voucher set hash = replace(hash, substr(hash, 1, 1), 'g')"],
      'write',
    )
    expect((await c.call('/locks')).json.locks[0].agrees).toBe(false)
  })

  test('months locked one by one and then together each have their own seal before', async () => {
    const c = await company()
    await post(c)
    await lock(c, 'soft')
    const a = await post(c, { reason: 'Sen' })
    await lock(c, 'soft', { fromMonth: `${year}-02`, toMonth: `${year}-02` })
    const b = await post(c, { voucherDate: `${year}-02-05`, reason: 'Sen' })
    await post(c, { voucherDate: `${year}-03-05` })
    const all = await lock(c, 'hard', { toMonth: `${year}-03` })
    expect(all.json.differences.map((d: any) => d.id)).toEqual([a.json.id, b.json.id])
    const { periods } = (await c.call('/periods')).json
    const levels = periods.filter((p: any) => p.year === year).map((p: any) => p.level)
    expect(levels.slice(0, 4)).toEqual(['hard', 'hard', 'hard', 'open'])
    expect(periods.find((p: any) => p.month === `${year}-02`).lock).toMatchObject({
      id: all.json.id,
      reason: 'Oppgjør',
    })
  })

  test('the audit trail tells each month’s level before and after, and why', async () => {
    const c = await company()
    await lock(c, 'soft')
    const done = await lock(c, 'hard', { toMonth: `${year}-02`, reason: 'Årsslutt' })
    await lock(c, 'open', { toMonth: `${year}-02`, reason: 'Feil funnet' })
    const { events } = (await c.call('/events?after=1')).json
    expect(events.map((e: any) => [e.type, e.changes])).toEqual([
      [
        'period.locked',
        { [`${year}-01`]: ['soft', 'hard'], [`${year}-02`]: ['open', 'hard'], reason: [null, 'Årsslutt'] },
      ],
      [
        'period.unlocked',
        { [`${year}-01`]: ['hard', 'open'], [`${year}-02`]: ['hard', 'open'], reason: [null, 'Feil funnet'] },
      ],
    ])
    expect(events[0]).toMatchObject({
      subject: done.json.id,
      touched: [{ period: `${year}-01` }, { period: `${year}-02` }],
    })
  })

  test('a lock can neither be changed nor go', async () => {
    const c = await company()
    await lock(c, 'hard')
    await expect(c.db.execute("update period_lock set reason = 'annet'")).rejects.toThrow('period/lock-is-final')
    await expect(c.db.execute('delete from period_lock')).rejects.toThrow('period/lock-is-final')
  })

  test('sealed while others post, it covers exactly what stands there', async () => {
    const c = await company()
    const posts = Array.from({ length: 30 }, () => post(c))
    const locked = await lock(c, 'hard')
    const statuses = (await Promise.all(posts)).map((p) => p.status)
    expect(locked.status).toBe(201)
    expect(new Set(statuses)).toSatisfy((s: Set<number>) => [...s].every((x) => x === 201 || x === 423))
    const { rows } = await c.db.execute('select count(*) as n from voucher')
    expect(Number(rows[0]!.n)).toBe(statuses.filter((s) => s === 201).length)
    expect((await c.call('/locks')).json.locks[0]).toMatchObject({ agrees: true, ledgerVersion: Number(rows[0]!.n) })
  })

  /** Posts a voucher into the period just before the lock is written, so many times. */
  async function lockRacing(c: Company, times: number) {
    const plain = env.DATABASE_FETCH!
    let posted = 0
    env.DATABASE_FETCH = (async (input: RequestInfo, init?: RequestInit) => {
      const body = input instanceof Request ? await input.clone().text() : String(init?.body ?? '')
      if (body.includes('insert into period_lock') && posted < times) {
        posted++
        env.DATABASE_FETCH = plain
        expect((await post(c)).status).toBe(201)
        env.DATABASE_FETCH = racing
      }
      return plain(input, init)
    }) as typeof fetch
    const racing = env.DATABASE_FETCH
    const answer = await lock(c, 'hard').finally(() => {
      env.DATABASE_FETCH = plain
    })
    return { answer, posted }
  }

  test('a voucher that slips in before the seal is written is in the seal', async () => {
    const c = await company()
    await post(c)
    const { answer, posted } = await lockRacing(c, 3)
    expect([answer.status, answer.json.ledgerVersion, posted]).toEqual([201, 4, 3])
    expect((await c.call('/locks')).json.locks).toMatchObject([{ agrees: true, ledgerVersion: 4 }])
  })

  test('it gives up rather than seal what it has not read, and leaves the period as it was', async () => {
    const c = await company()
    await post(c)
    const { answer, posted } = await lockRacing(c, Number.POSITIVE_INFINITY)
    expect([answer.status, answer.json.code, posted]).toEqual([409, 'voucher/contended', 12])
    expect((await c.call('/locks')).json.locks).toEqual([])
    const { periods } = (await c.call('/periods')).json
    expect(periods.every((p: any) => p.level === 'open')).toBe(true)
    const types = (await c.call('/events')).json.events.map((e: any) => e.type)
    expect(new Set(types)).toEqual(new Set(['voucher.posted']))
  })

  test('the same request twice, with its key, locks once', async () => {
    const c = await company()
    const headers = { 'idempotency-key': 'lukk-januar' }
    const first = await lock(c, 'hard', {}, { headers })
    const again = await lock(c, 'hard', {}, { headers })
    expect([first.status, again.status, again.json.id]).toEqual([201, 200, first.json.id])
    const other = await lock(c, 'soft', {}, { headers })
    expect([other.status, other.json.code]).toEqual([422, 'request/key-reused'])
    expect((await c.call('/locks')).json.locks.length).toBe(1)
  })

  test('several at once with one key lock once, and all hear of that one', async () => {
    const c = await company()
    const headers = { 'idempotency-key': 'lukk-alle' }
    const answers = await Promise.all(Array.from({ length: 5 }, () => lock(c, 'soft', {}, { headers })))
    expect(answers.map((a) => a.status).sort()).toEqual([200, 200, 200, 200, 201])
    expect(new Set(answers.map((a) => a.json.id)).size).toBe(1)
    expect((await c.call('/locks')).json.locks.length).toBe(1)
    const made = await Promise.all(
      Array.from({ length: 5 }, () =>
        c.call('/parties', { body: { kind: 'customer', name: 'Nord AS' }, headers: { 'idempotency-key': 'nord' } }),
      ),
    )
    expect(new Set(made.map((a) => a.json.number))).toEqual(new Set([made[0]!.json.number]))
  })
})

test('a month of several pages folds them in order', async () => {
  const month = (pages: string[]) => [{ month: '2026-01', count: 3, pages }]
  const seal = (pages: string[]) => sealOf('cmp_x', '2026-01', '2026-01', month(pages))
  expect(PAGE).toBe(1000)
  expect(await seal(['aa', 'bb'])).not.toBe(await seal(['bb', 'aa']))
  expect(await seal(['aa', 'bb'])).not.toBe(await seal(['aabb']))
  expect(await seal(['aa', 'bb'])).not.toBe(await seal(['cc', 'bb']))
  expect(await seal(['aa', 'bb'])).toBe(await seal(['aa', 'bb']))
})

test('an auditor computes the same seal from docs/period-seal.md alone', async () => {
  const sha = (text: string) => createHash('sha256').update(text, 'utf8').digest('hex')
  const c = await company()
  const posted = [await post(c, { voucherDate: `${year}-02-20` }), await post(c, { voucherDate: `${year}-02-03` })]
  const zeros = '0'.repeat(64)
  const february = sha(zeros + posted[1]!.json.hash + posted[0]!.json.hash)
  const months = `[["${year}-01",0,"${zeros}"],["${year}-02",2,"${february}"]]`
  const seal = sha(`["hovedbok/period/1","${c.id}","${year}-01","${year}-02",${months}]`)
  expect((await lock(c, 'soft', { toMonth: `${year}-02` })).json.hash).toBe(seal)
})

test('administrators hear of months that are open again, until they are locked; a restored company’s seals are its books’', async () => {
  const app = { company, env, call }
  const c = await company()
  const kari = await memberOf(app as never, c.id, 'administrator')
  const books = 'cmp_00000000000000000000000001'
  const control = controlDatabase(env)
  await control.execute({ sql: 'update company set books = ? where id = ?', args: [books, c.id] })
  const alerts = async () =>
    (await control.execute({ sql: 'select params from alert where user = ? and cleared_at is null', args: [kari.id] }))
      .rows
  const WANTED = { fromMonth: `${year}-01`, toMonth: `${year}-02`, level: 'hard' } as never as NewLock
  const send = (level: string) =>
    kari.post(`/companies/${c.id}/periods`, {
      ...{ fromMonth: `${year}-01`, toMonth: `${year}-02`, level, reason: 'Kreditnota som manglet' },
    })
  expect((await send('hard')).status).toBe(303)
  expect((await c.call('/locks')).json.locks[0].agrees).toBe(true)
  expect(await alerts()).toEqual([])
  await send('open')
  expect((await alerts()).map(({ params }) => JSON.parse(String(params)).reason)).toEqual(['Kreditnota som manglet'])
  expect(textOf((await kari.get('/alerts')).html)).toContain(`Kari Nordmann åpnet januar ${year} til februar ${year}`)
  // A part of the books is not the months; month by month they are; and what locked them otherwise is found by the hour.
  const month = (fromMonth: string, over = {}) =>
    lock(c, 'hard', { fromMonth: `${year}-${fromMonth}`, toMonth: `${year}-${fromMonth}`, ...over })
  await month('01', { scope: 'vat' })
  await month('01')
  expect(await alerts()).toHaveLength(1)
  await month('02')
  expect(await alerts()).toEqual([])
  await send('open')
  await lockPeriods(
    { db: c.db, by: 'operator', at: new Date().toISOString() as never },
    books,
    { ...WANTED, reason: 'Årsavslutning' },
    true,
  )
  expect(await alerts()).toHaveLength(1)
  await clearReopened(control, c.db, c.id, new Date().toISOString() as never)
  expect(await alerts()).toEqual([])
})
