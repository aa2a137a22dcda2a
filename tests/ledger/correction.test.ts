import { expect, test } from 'vitest'
import { simpleDraft, testApp, voucherId } from '#tests/support/app.ts'
import { testBooks, testFacts } from '#tests/support/books.ts'
import { deskOf, withParties } from '#tests/support/ledger-desk.ts'
import type { IsoDate } from '#worker/core/dates.ts'
import { reversalDay } from '#worker/ledger/books.ts'

const { company } = testApp()
const year = new Date().getFullYear()
const day = (d: string) => `${year}-${d}`

const monthsTo = (last: string) =>
  testFacts()
    .periods.map((p) => String(p.month))
    .filter((m) => m <= last)

const correcting = (draft: object, reversal: object = {}) => ({
  reversal: { id: voucherId(), voucherDate: day('02-01'), reason: 'Feil konto', ...reversal },
  voucher: { ...simpleDraft({ voucherDate: day('02-01') }), ...draft },
})

test('a correction is a reversal and a new voucher, linked both ways, on the documents of the first', async () => {
  const c = await company()
  const original = (await c.call('/vouchers', { body: simpleDraft() })).json
  const body = correcting({
    text: 'Riktig',
    lines: [
      { rowKey: 'a', account: '1925', amount: 10_000 },
      { rowKey: 'b', account: '2900', amount: -10_000 },
    ],
  })
  const refused = await c.call(`/vouchers/${original.id}/correction`, { body })
  expect(refused.json.issues.map((i: any) => `${i.pointer} ${i.code}`)).toEqual([
    '#/voucher/lines/0/account account/unknown',
  ])
  expect((await c.call('/vouchers')).json.ledgerVersion).toBe(1) // neither of them

  body.voucher.lines[0]!.account = '1950'
  const done = await c.call(`/vouchers/${original.id}/correction`, { body })
  expect([done.status, done.json.reversal.number, done.json.voucher.number]).toEqual([201, 2, 3])
  const read = async (id: string) => (await c.call(`/vouchers/${id}`)).json
  const [first, reversal, second] = [
    await read(original.id),
    await read(done.json.reversal.id),
    await read(done.json.voucher.id),
  ]
  expect(first).toMatchObject({ status: 'reversed', reversedBy: reversal.id, correctedBy: [second.id] })
  expect(reversal).toMatchObject({ reversalOf: original.id, reason: 'Feil konto' })
  expect(second).toMatchObject({ corrects: original.id, draft: { corrects: original.id } })
  const again = await c.call(`/vouchers/${original.id}/correction`, { body })
  expect([again.status, again.json.voucher.replayed]).toEqual([200, true])
  const twice = await c.call(`/vouchers/${original.id}/correction`, { body: correcting({}) })
  expect(twice.json).toMatchObject({ status: 422, code: 'voucher/already-reversed' })
  const { reversal: same } = body
  const another = { reversal: same, voucher: { ...body.voucher, id: voucherId() } }
  expect((await c.call(`/vouchers/${original.id}/correction`, { body: another })).json).toMatchObject({
    status: 422,
    issues: [{ code: 'voucher/already-reversed', pointer: '#/reversal', params: { by: reversal.id } }],
  })
  const tried = async (sent: object) =>
    (await c.call(`/vouchers/${original.id}/correction/dry-run`, { body: sent })).json.vouchers[0]
  expect([await tried(another), await tried(body)]).toMatchObject([
    { status: 'refused', issues: [{ code: 'voucher/already-reversed' }] },
    { status: 'posted', issues: [] },
  ])
  expect((await c.call('/vouchers')).json.ledgerVersion).toBe(3)
})

test('what the reversal settles and the correction opens is one open item; the number used again is no double', async () => {
  const c = await withParties(await company())
  const desk = deskOf(c)
  const wrong = await desk.book(day('01-10'), '2400:20001', -5_000, { invoiceNumber: '77' }, '6800')
  const body = correcting({
    lines: [
      { account: '6840', amount: 5_000 },
      { account: '2400:20001', amount: -5_000, invoiceNumber: '77' },
    ],
  })
  const done = await c.call(`/vouchers/${wrong.id}/correction`, { body })
  expect(done.status).toBe(201)
  const codes = done.json.voucher.issues.map((i: any) => i.code)
  expect(codes).not.toContain('voucher/possible-duplicate')
  expect(Object.values(await desk.open())).toEqual([-5_000])
})

test('two corrections at once: one stands whole, the other not at all', async () => {
  const c = await company()
  const original = (await c.call('/vouchers', { body: simpleDraft() })).json
  const answers = await Promise.all(
    [1, 2, 3].map(() => c.call(`/vouchers/${original.id}/correction`, { body: correcting({}) })),
  )
  expect(answers.map((a) => a.status).sort()).toEqual([201, 422, 422])
  expect((await c.call('/vouchers')).json.ledgerVersion).toBe(3)
})

test('the reversal and the correction cannot have one id', async () => {
  const c = await company()
  const first = simpleDraft()
  await c.call('/vouchers', { body: first })
  const id = voucherId()
  const sent = correcting(simpleDraft({ id }), { id })
  const refused = await c.call(`/vouchers/${first.id}/correction`, { body: sent })
  expect([refused.status, refused.json.issues]).toMatchObject([
    422,
    [{ code: 'voucher/id-reused', pointer: '#/voucher/id' }],
  ])
})

test('a voucher says it corrects only one that is reversed', async () => {
  const c = await company()
  const original = (await c.call('/vouchers', { body: simpleDraft() })).json
  const draft = simpleDraft({ corrects: original.id })
  expect((await c.call('/vouchers', { body: draft })).json.issues[0]).toMatchObject({
    code: 'voucher/not-reversed',
    pointer: '#/corrects',
  })
  expect((await c.call('/vouchers', { body: simpleDraft({ corrects: voucherId() }) })).json.issues[0].code).toBe(
    'voucher/unknown',
  )
  await c.call(`/vouchers/${original.id}/reversal`, { body: { id: voucherId(), voucherDate: day('01-15') } })
  expect((await c.call('/vouchers', { body: draft })).status).toBe(201)
  await expect(c.db.execute('delete from voucher_correction')).rejects.toThrow('voucher/already-posted')
})

test('a locked month is told under the part it is about', async () => {
  const c = await company()
  const original = (await c.call('/vouchers', { body: simpleDraft() })).json
  await c.db.execute(`update period set level = 'hard' where month = '${year}-01'`)
  const { status, json } = await c.call(`/vouchers/${original.id}/correction`, {
    body: correcting({}, { voucherDate: day('01-20') }),
  })
  expect([status, json.issues[0].pointer, json.issues[0].fix.pointer]).toEqual([
    423,
    '#/reversal/voucherDate',
    '#/reversal/voucherDate',
  ])
})

test.each([
  ['its own day, when that is open', '2026-03-10', {}, '2026-03-10'],
  ['the first open day after', '2026-03-10', { '2026-03': 'hard' }, '2026-04-01'],
  ['not a day to come, when an earlier one is open', '2026-06-20', {}, '2026-06-15'],
  [
    'not the first of next month, when this month is locked',
    '2026-05-10',
    { '2026-05': 'hard', '2026-06': 'soft' },
    '2026-04-30',
  ],
  [
    'a day to come, when nothing else is open',
    '2025-01-10',
    Object.fromEntries(monthsTo('2026-06').map((m) => [m, 'hard'])),
    '2026-07-01',
  ],
] as const)('a reversal is proposed for %s', (_, day, locked, proposed) => {
  const periods = testFacts().periods.map((p) => ({ ...p, level: (locked as Record<string, any>)[p.month] ?? p.level }))
  expect(reversalDay(day as IsoDate, '2026-06-15' as IsoDate, testBooks({ periods }))).toBe(proposed)
})

test('what the corrected lines settle is tried and carried over; what they leave open is told before and after', async () => {
  const c = await withParties(await company())
  const desk = deskOf(c)
  const invoice = await desk.book(day('01-05'), '1500:10001', 10_000, { invoiceNumber: '77' }, '3000')
  const other = await desk.book(day('01-06'), '1500:10001', 2_500, { invoiceNumber: '78' }, '3000')
  const matches = [
    { openItem: invoice.item, amount: 10_000 },
    { openItem: other.item, amount: 2_500 },
  ]
  const paid = await desk.book(day('01-10'), '1500:10001', -12_500, { matches }, '1920')
  const lines = (settled: object[]) => [
    { account: '1500:10001', amount: -12_500, matches: settled },
    { account: '1950', amount: 12_500 },
  ]
  const asked = correcting({ lines: lines(matches.slice(0, 1)) })
  const attempt = async (body: object) =>
    (await c.call(`/vouchers/${paid.id}/correction/dry-run`, { body })).json.vouchers[0]
  const tried = await attempt(asked)
  expect([tried.status, tried.openItemsAfter]).toEqual(['ready', [{ openItem: invoice.item, rest: 0 }]])
  expect(tried.issues).toMatchObject([
    { code: 'match/opened-again', severity: 'warning', params: { item: '78', amount: 2_500 } },
  ])
  expect(tried.balancesAfter).toContainEqual({ account: '1500', party: '10001', amount: 0 })
  const late = await attempt(correcting({ lines: lines([]) }, { voucherDate: '1999-01-01' }))
  expect([late.status, late.issues[0]]).toMatchObject(['refused', { pointer: '#/reversal/voucherDate' }])
  expect((await c.call('/vouchers')).json.ledgerVersion).toBe(3)

  const { dryRunToken } = (await c.call(`/vouchers/${paid.id}/correction/dry-run`, { body: asked })).json
  const moved = { ...asked, voucher: { ...asked.voucher, lines: lines(matches) }, dryRunToken }
  expect((await c.call(`/vouchers/${paid.id}/correction`, { body: moved })).json.code).toBe('dry-run/stale')
  const done = await c.call(`/vouchers/${paid.id}/correction`, { body: { ...asked, dryRunToken } })
  expect([done.status, done.json.voucher.issues.map((i: any) => i.code)]).toEqual([201, ['match/opened-again']])
  expect(Object.values(await desk.open()).sort()).toEqual([-2_500, 2_500])
  expect((await c.call(`/open-items/${invoice.item}`)).json.rest).toBe(0)
})
