import { expect, test } from 'vitest'
import { testApp } from '#tests/support/app.ts'
import { png } from '#tests/support/files.ts'
import { deskOf } from '#web/islands/voucher/draft-open.ts'
import { edited } from '#web/islands/voucher/edit.ts'
import { findOut, post, statusOf } from '#web/islands/voucher/posting.ts'
import type { Instant } from '#worker/core/dates.ts'
import { makeCorrection } from '#worker/drafts/make-correction.ts'
import { booksOf } from '#worker/ledger/books.ts'
import type { Edit } from '#worker/sheets/sheet.ts'
import { BLANK, type Row, vouchersOf } from '#worker/sheets/sheet.ts'

import { entryIn, simple, today, year } from './entry-desk.ts'

const { company } = testApp()

test('a voucher is posted, and an empty desk with a new id takes its place; nothing posted can be undone', async () => {
  const { entry, port, last, type, count, kept } = await entryIn(await company())
  type(...simple(5000))
  const { id } = entry.desk
  expect(kept.now?.desk.id).toBe(id)
  await post(entry, port)
  expect(last()).toMatchObject({
    level: 'done',
    key: 'posted',
    params: { voucher: `HB\u00a0${year}-1` },
    vouchers: [{ id }],
  })
  expect([entry.isEmpty, entry.desk.id === id, entry.canUndo, kept.now, await count()]).toEqual([
    true,
    false,
    false,
    undefined,
    1,
  ])
})

test('what is not ready is not sent', async () => {
  const { entry, port, type, count } = await entryIn(await company())
  type(...simple(5000).slice(0, 3))
  await post(entry, port)
  expect([entry.attempted, entry.busy, await count()]).toEqual([true, false, 0])
  expect(entry.verdict.placed.map((p) => entry.level(p))).toContain('error')
})

test('lines changed after a try that arrived unheard do not become a second voucher by themselves', async () => {
  const { entry, port, keys, last, type, count } = await entryIn(await company(), { lost: (turn) => turn < 6 })
  type(...simple(5000))
  await post(entry, port)
  expect(keys()).toEqual(['posting', 'lost', 'lostStill', 'lostStill', 'lostStill', 'lostStill', 'lostGaveUp'])
  type(...simple(6000))
  await post(entry, port)
  expect(last()).toMatchObject({ key: 'idReused', params: { voucher: `HB\u00a0${year}-1` }, offersNew: true })
  expect(await count()).toBe(1)
  entry.makeNew()
  await post(entry, port)
  expect([last()?.key, await count()]).toEqual(['posted', 2])
})

/** Vouchers of a sheet: `key amount` gives a cost and a bank line. */
const rowsOf = (...vouchers: [key: string, cost: number, bank: number][]): Row[] =>
  vouchers.flatMap(([voucher, cost, bank]) => [
    { ...BLANK, voucher, date: today, account: '7770', amount: cost },
    { ...BLANK, voucher, date: today, account: '1920', amount: bank },
  ])

test('of a sheet those that are ready are posted, with their number on each row', async () => {
  const { entry, port, last, count } = await entryIn(await company())
  entry.change({ ...entry.desk, mode: 'sheet', rows: rowsOf(['a', 1, -1], ['b', 2, -3], ['c', 4, -4]) })
  await post(entry, port)
  expect(last()).toMatchObject({ key: 'postedSome', params: { n: 2, left: 1, line: 3 } })
  expect(entry.desk.rows.slice(0, 6).map((row) => row.posted.slice(-1))).toEqual(['1', '1', '', '', '2', '2'])
  expect([0, 2, 4].map((row) => statusOf(entry, row).replaceAll('\u00a0', ' '))).toEqual([
    `HB ${year}-1`,
    'Ikke ferdig',
    `HB ${year}-2`,
  ])
  entry.change(
    edited(
      entry.desk,
      [
        { row: 3, field: 'amount', value: '-0,02' },
        { row: 0, field: 'amount', value: '99' },
      ],
      entry.setting,
    ),
  )
  expect(entry.desk.rows[0]!.amount).toBe(1) // what is posted stays
  await post(entry, port)
  expect([last()?.key, await count()]).toEqual(['postedMany', 3])
  await post(entry, port)
  expect(await count()).toBe(3)
})

test('a sheet whose answer was lost is found again, voucher by voucher, when the page opens', async () => {
  const c = await company()
  const first = await entryIn(c, { lost: () => true })
  first.entry.change({ ...first.entry.desk, mode: 'sheet', rows: rowsOf(['a', 1, -1], ['b', 2, -2]) })
  const ids = vouchersOf(first.entry.desk).map((group) => group.id)
  await post(first.entry, first.port)
  expect([first.last()?.key, first.kept.now?.sending]).toEqual(['lostGaveUp', ids])
  const second = await entryIn(c, { kept: first.kept.now! })
  await findOut(second.entry, second.port)
  expect(second.keys()).toEqual(['checkingLast', 'postedMany'])
  expect(second.entry.open).toEqual([])
  expect(second.kept.now?.sending).toEqual([])
  await post(second.entry, second.port)
  expect(await second.count()).toBe(2)
})

test('what was written after a posting whose answer was lost is not put away when it turns out to have arrived', async () => {
  const arrived = async (then: (page: Awaited<ReturnType<typeof entryIn>>) => void) => {
    let isLost = true
    const page = await entryIn(await company(), { lost: () => isLost })
    page.type(...simple(5000))
    await post(page.entry, page.port)
    expect(page.last()?.key).toBe('lostGaveUp')
    isLost = false
    then(page)
    await findOut(page.entry, page.port)
    expect([page.entry.sending, page.entry.busy]).toEqual([[], false])
    const { link } = page.entry
    if (!page.entry.isEmpty) {
      page.away.now = true
      expect([await link.sendAll(), link.state]).toEqual([false, 'offline'])
      page.away.now = false
      await link.sync()
    }
    expect(await link.sendAll()).toBe(true) // what a new draft may be begun after
    return [page.last()?.key, page.entry.desk.rows[0]!.amount || '', page.entry.canUndo]
  }
  expect(await arrived(() => {})).toEqual(['arrived', '', false])
  expect(await arrived(({ type }) => type(...simple(6000)))).toEqual(['idReused', 6000, true])
  const other = arrived(({ entry, type }) => {
    entry.clear()
    type(...simple(7000))
  })
  expect(await other).toEqual(['arrived', 7000, true])
})

test('a draft that never arrived stands ready when the page opens', async () => {
  const c = await company()
  const first = await entryIn(c)
  first.type(...simple(5000))
  const kept = { ...first.kept.now!, sending: [first.entry.desk.id] }
  const second = await entryIn(c, { kept })
  await findOut(second.entry, second.port)
  expect([second.last()?.key, second.entry.isReady, await second.count()]).toEqual(['notArrived', true, 0])
})

test('the server’s own findings come while one types, for the draft as it stands', async () => {
  const c = await company()
  await c.call('/parties', { body: { kind: 'supplier', name: 'Tegnverk Norge AS', number: '20114' } })
  const { entry, port, type } = await entryIn(c)
  const invoice = (amount: number): Edit[] => [
    { row: 0, field: 'account', value: '6800' },
    { row: 0, field: 'amount', value: amount },
    { row: 1, field: 'account', value: '2400:20114' },
    { row: 1, field: 'amount', value: -amount },
    { row: 1, field: 'invoiceNumber', value: '17' },
  ]
  type(...invoice(12_500))
  await post(entry, port)
  type(...invoice(25_000))
  await entry.tryNow()
  expect(entry.verdict.placed.map((p) => `${p.row} ${p.field} ${p.code}`)).toEqual([
    '1 invoiceNumber voucher/possible-duplicate',
  ])
  expect([entry.isReady, entry.triedOf(entry.verdict.vouchers[0]!)?.ledgerVersion]).toEqual([true, 1])
})

test('exactly what is shown is booked: with the token of its try, or it is told how it would be otherwise', async () => {
  const c = await company()
  const bought: Edit[] = [
    { row: 0, field: 'account', value: '6800' },
    { row: 0, field: 'amount', value: 12_500 },
    { row: 0, field: 'vatCode', value: '1' },
    { row: 1, field: 'account', value: '1920' },
    { row: 1, field: 'amount', value: -12_500 },
  ]
  /** A page that was drawn before the rate was changed. */
  const drawnBefore = async () => {
    const page = await entryIn(c, {
      facts: (facts) => {
        for (const rate of facts.vatRates) if (rate.rate === 2500) rate.rate = 2400
      },
    })
    page.entry.renewBooks = async () =>
      page.entry.useBooks({ ...page.entry.court, books: booksOf((await c.call('/books')).json) })
    return page
  }
  const page = await drawnBefore()
  page.type(...bought)
  await post(page.entry, page.port)
  expect(page.last()).toMatchObject({ level: 'warning', key: 'bookedOtherwise' })
  expect(String(page.last()?.params?.changes).replaceAll('\u00a0', ' ')).toMatch(
    /^6800 .*: 100,81 → 100,00; 2710 .*: 24,19 → 25,00$/,
  )
  expect([await page.count(), page.entry.busy, page.entry.sending]).toEqual([0, false, []])
  expect(page.entry.triedOf(page.entry.verdict.vouchers[0]!)?.balances).toEqual([
    { account: '2710', amount: 2500 },
    { account: '1920', amount: -12_500 },
  ])
  await post(page.entry, page.port)
  expect([page.last()?.key, await page.count()]).toEqual(['posted', 1])
  expect(page.sent.at(-1)).toMatchObject({ path: '/vouchers/batch', body: { dryRunToken: expect.any(String) } })

  // One who pauses before posting is told the same; lines whose accounts come to the same are held, each of them.
  const paused = await drawnBefore()
  const stale = paused.entry.court
  const both = bought.map((edit) => (edit.row === 1 && edit.field === 'account' ? { ...edit, value: '6800' } : edit))
  const netting = [...both, { row: 1, field: 'vatCode', value: '1' }]
  for (const [edits, n, changes] of [
    [bought, 1, /^6800 .*: 100,81 → 100,00; 2710 .*: 24,19 → 25,00$/],
    [netting, 2, /^6800 .* \(1\): 100,81 → 100,00; 2710 .* \(1\): 24,19 → 25,00; 6800/],
  ] as const) {
    paused.type(...edits)
    await paused.entry.tryNow()
    await post(paused.entry, paused.port)
    expect([paused.last()?.key, await paused.count()]).toEqual(['bookedOtherwise', n])
    expect(String(paused.last()?.params?.changes).replaceAll('\u00a0', ' ')).toMatch(changes)
    await post(paused.entry, paused.port)
    expect([paused.last()?.key, await paused.count()]).toEqual(['posted', n + 1])
    paused.entry.useBooks(stale)
  }

  // What is changed between the try and the posting is refused by the ledger, and tried anew.
  page.type(...bought)
  await page.entry.tryNow()
  await c.call('/accounts/6800', { method: 'PATCH', body: { nameNb: 'Kontorting' } })
  await post(page.entry, page.port)
  expect([page.last()?.key, await page.count()]).toEqual(['posted', 4])
  expect(page.sent.slice(-3).map(({ path }) => path)).toEqual([
    '/vouchers/batch',
    '/vouchers/dry-run',
    '/vouchers/batch',
  ])
})

test('a document on its way is waited for, and comes to its own voucher or to none', async () => {
  const c = await company()
  const { id: kept } = (await c.call('/documents', { raw: png, headers: { 'x-file-name': 'kvittering.png' } })).json
  const { entry, port, kept: store, last, type, count } = await entryIn(c)
  const attach = (documents: string) => entry.change({ ...entry.desk, more: { ...entry.desk.more, documents } })
  /** A document that comes when it is told to, and where it came. */
  const sending = () => {
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    const brought = entry.arriving.bring(async (isStill) => {
      await promise
      if (await isStill()) attach(kept)
      else throw new Error('waits')
    })
    return { brought, resolve, reject }
  }
  // A receipt alone is no empty voucher: it is kept on this machine.
  attach(kept)
  expect([entry.isEmpty, store.now?.desk.more?.documents]).toEqual([false, kept])
  attach('')
  expect([entry.isEmpty, store.now]).toEqual([true, undefined])

  const first = sending()
  type(...simple(5000))
  const { id } = entry.desk
  const posting = [post(entry, port), post(entry, port)]
  expect(entry.busy).toBe(false)
  first.resolve()
  await Promise.all(posting)
  expect([last()?.key, await count(), entry.isEmpty]).toEqual(['posted', 1, true])
  expect((await c.call(`/vouchers/${id}`)).json.documents).toMatchObject([{ id: kept }])

  // Changed while it waits: what stands now is not what one asked to have posted.
  const slow = sending()
  type(...simple(5500))
  const asked = post(entry, port)
  expect(last()?.key).toBe('awaitingDocument')
  type({ row: 0, field: 'text', value: 'annet' })
  slow.resolve()
  await asked
  expect([last()?.key, await count()]).toEqual(['changedMeanwhile', 1])
  entry.clear()

  // Asked for on one voucher, come on another: it is not put on that.
  const late = sending()
  type(...simple(6000))
  entry.clear()
  late.resolve()
  await expect(late.brought).rejects.toThrow('waits')
  expect(entry.desk.more?.documents).toBeUndefined()

  // One that is refused holds the posting back: the voucher was to have it.
  const refused = sending()
  type(...simple(7000))
  const held = post(entry, port)
  refused.reject(new Error('too large'))
  await expect(refused.brought).rejects.toThrow('too large')
  await held
  expect([last()?.key, await count()]).toEqual(['documentDidNotCome', 1])
  await post(entry, port)
  expect(await count()).toBe(2)
})

test('a draft that takes the place of a posted voucher is tried and posted with its reversal, and sent again when no answer came', async () => {
  const c = await company()
  const first = await entryIn(c)
  first.type(...simple(5000))
  await post(first.entry, first.port)
  const of = (await c.call('/vouchers')).json.vouchers[0]
  const acting = { db: c.db, by: 'usr_test', at: new Date().toISOString() as Instant }
  const gone = (await makeCorrection(acting, of.id))!
  await c.call(`/voucher-drafts/${gone}`, { method: 'DELETE' })
  const draft = await makeCorrection(acting, of.id)
  expect([draft === gone, await makeCorrection(acting, of.id)]).toEqual([false, draft]) // one draft, whoever asks
  const { desk, known } = deskOf((await c.call(`/voucher-drafts/${draft}`)).json)
  const { entry, port, type, keys, last, sent, count } = await entryIn(c, {
    kept: { at: '', desk, known, sending: [] },
    lost: (turn) => turn === 0,
  })
  const colleague = await entryIn(c, { kept: { at: '', desk, known, sending: [] } })
  await entry.tryNow()
  expect(sent.map(({ path }) => path)).toContain(`/vouchers/${of.id}/correction/dry-run`)
  await post(entry, port)
  expect(entry.verdict.placed).toMatchObject([{ row: -1, field: 'reason', code: 'field/required' }]) // why is said first
  entry.change({ ...entry.desk, header: { ...entry.desk.header, reason: 'Feil konto', reversalDate: '1999-01-01' } })
  await entry.tryNow()
  expect(entry.verdict.placed).toMatchObject([{ row: -1, field: 'reversalDate', code: 'fiscal-year/missing' }])
  entry.change({ ...entry.desk, header: { ...entry.desk.header, reversalDate: of.voucherDate } })
  const settled = { ...entry.desk.rows[0]!, matches: `itm_${'0'.repeat(26)}:-5000` }
  const lowered = { ...entry.desk, rows: [settled] }
  const matchesAt = (amount: string) => edited(lowered, [{ row: 0, field: 'amount', value: amount }], entry.setting)
  expect(['49', '50', '51'].map((amount) => matchesAt(amount).rows[0]!.matches !== '')).toEqual([false, true, true])
  type({ row: 0, field: 'account', value: '6800' })
  await post(entry, port)
  const posted = (await c.call('/vouchers')).json.vouchers[0]
  expect([keys().at(-2), last(), entry.isEmpty, await count()]).toMatchObject([
    'lost',
    { key: 'posted', opens: posted.id },
    true,
    3,
  ])
  expect((await c.call(`/vouchers/${posted.id}`)).json).toMatchObject({ corrects: of.id, reason: 'Feil konto' })
  expect((await c.call(`/vouchers/${of.id}`)).json).toMatchObject({ status: 'reversed', correctedBy: [posted.id] })
  const { reason, reversalDate } = { reason: 'Feil konto', reversalDate: of.voucherDate }
  colleague.entry.change({ ...desk, header: { ...desk.header, reason, reversalDate } })
  colleague.type({ row: 0, field: 'account', value: '6840' })
  await post(colleague.entry, colleague.port)
  expect([colleague.last()?.key, colleague.last()?.offersNew, await count()]).toEqual(['correctedBefore', undefined, 3])
})
