import { describe, expect, test } from 'vitest'
import { simpleDraft, testApp, voucherId } from '#tests/support/app.ts'
import { type Company, deskOf, itemId, matchId, withParties } from '#tests/support/ledger-desk.ts'
import { writerOf } from '#worker/ledger/run-job.ts'

const app = testApp()
const company = async () => withParties(await app.company({ fromYear: 2025, toYear: 2027 }))

/** An invoice of 1 000,00 and a payment of 600,00 from the same customer, and one invoice of another. */
async function threeItems(c: Company) {
  const { book } = deskOf(c)
  const invoice = await book('2026-01-10', '1500:10001', 100_000)
  const payment = await book('2026-01-20', '1500:10001', -60_000)
  const other = await book('2026-01-15', '1500:10002', 60_000)
  return { invoice: invoice.item as string, payment: payment.item as string, other: other.item as string }
}
const codes = (json: any): string[] =>
  json.issues.map((i: any) => `${i.pointer} ${i.code}${i.params?.reason ? `#${i.params.reason}` : ''}`)

describe('POST /matches', () => {
  test('settles what is given, and the same match again is the first answer', async () => {
    const c = await company()
    const { invoice, payment } = await threeItems(c)
    const { match, open } = deskOf(c)
    const body = {
      id: matchId(),
      items: [
        { openItem: invoice, amount: 50_000 },
        { openItem: payment, amount: -50_000 },
      ],
      reason: 'Avtalt',
    }
    const first = await match(body)
    expect(first.status).toBe(201)
    expect(first.json).toMatchObject({
      status: 'matched',
      matchDate: '2026-01-20',
      by: 'operator',
      ledgerVersion: 3,
      replayed: false,
    })
    const again = await match(body)
    expect([again.status, again.json.replayed, again.json.recordedAt]).toEqual([200, true, first.json.recordedAt])
    expect(await open('&party=10001')).toEqual({ [invoice]: 50_000, [payment]: -10_000 })
    const other = await match({ ...body, reason: 'Noe annet' })
    expect([other.status, other.json.code, codes(other.json)]).toEqual([422, 'match/invalid', ['#/id match/id-reused']])
    const read = await c.call(`/matches/${body.id}`)
    expect(read.json).toMatchObject({
      status: 'matched',
      because: 'Utlignet av en person: Avtalt',
      lines: [{ rest: 50_000 }, { rest: -10_000 }],
    })
  })

  test.each<[string, (i: Awaited<ReturnType<typeof threeItems>>) => object, string[]]>([
    [
      'more than is left',
      (i) => ({ items: [{ openItem: i.invoice, amount: 100_001 }, { openItem: i.payment }] }),
      ['#/items/0 match/over'],
    ],
    [
      'the other sign',
      (i) => ({ items: [{ openItem: i.invoice, amount: -60_000 }, { openItem: i.payment }] }),
      ['#/items/0 field/invalid#other-sign'],
    ],
    [
      'nothing',
      (i) => ({ items: [{ openItem: i.invoice, amount: 0 }, { openItem: i.payment }] }),
      ['#/items/0 field/invalid'],
    ],
    [
      'two customers',
      (i) => ({ items: [{ openItem: i.payment }, { openItem: i.other }] }),
      ['#/items/1 match/wrong-party'],
    ],
    [
      'an item that is none',
      (i) => ({ items: [{ openItem: itemId(1, 9) }, { openItem: i.payment }] }),
      ['#/items/0 open-item/unknown'],
    ],
    [
      'one item twice',
      (i) => ({ items: [{ openItem: i.payment }, { openItem: i.payment }] }),
      ['#/items/1 field/invalid#item-twice'],
    ],
    ['one item alone', (i) => ({ items: [{ openItem: i.payment }] }), ['#/items match/unbalanced']],
    [
      'amounts that differ',
      (i) => ({
        items: [
          { openItem: i.invoice, amount: 50_000 },
          { openItem: i.payment, amount: -40_000 },
        ],
      }),
      ['#/items match/unbalanced'],
    ],
    [
      'a difference above the limit',
      (i) => ({ items: [{ openItem: i.invoice }, { openItem: i.payment }], difference: {} }),
      ['#/difference match/difference-over-limit'],
    ],
    [
      'a difference on no account',
      (i) => ({
        items: [{ openItem: i.invoice, amount: 60_040 }, { openItem: i.payment }],
        difference: { account: '9' },
      }),
      ['#/difference/account account/unknown'],
    ],
    [
      'a difference in no fiscal year',
      (i) => ({
        items: [{ openItem: i.invoice, amount: 60_040 }, { openItem: i.payment }],
        difference: { voucherDate: '2031-01-01' },
      }),
      ['#/difference/voucherDate fiscal-year/missing'],
    ],
  ])('is refused for %s', async (_, bodyOf, expected) => {
    const c = await company()
    const items = await threeItems(c)
    const { match, open } = deskOf(c)
    const before = await open()
    const { status, json } = await match(bodyOf(items))
    expect([status, json.code, codes(json)]).toEqual([422, 'match/invalid', expected])
    expect(json.issues.every((i: any) => i.message && !/[{}[\]]/.test(i.message))).toBe(true)
    expect(await open()).toEqual(before)
  })

  test('is refused for an item that is settled, and for a shape that is wrong', async () => {
    const c = await company()
    const { invoice, payment } = await threeItems(c)
    const { match } = deskOf(c)
    expect((await match({ items: [{ openItem: invoice }, { openItem: payment }] })).status).toBe(201)
    expect(codes((await match({ items: [{ openItem: invoice }, { openItem: payment }] })).json)).toEqual([
      '#/items/1 match/over#settled',
    ])
    const wrong = await c.call('/matches', { body: { id: 'x', items: [{ openItem: 'y', amount: 1.5 }], more: 1 } })
    expect([wrong.status, wrong.json.code]).toEqual([422, 'request/invalid'])
    expect(codes(wrong.json).toSorted()).toEqual([
      '#/id field/invalid',
      '#/items/0/amount amount/not-whole-ore',
      '#/items/0/openItem field/invalid',
      '#/more field/invalid#unknown',
    ])
  })

  test('a locked month refuses the difference, and the match with it; another day goes', async () => {
    const c = await company()
    const { invoice, payment } = await threeItems(c)
    const { match, open } = deskOf(c)
    const before = await open()
    await c.call('/locks', { body: { fromMonth: '2026-01', toMonth: '2026-01', level: 'hard', reason: 'Ferdig' } })
    const body = { items: [{ openItem: invoice, amount: 60_040 }, { openItem: payment }], difference: {} }
    const refused = await match(body)
    expect([refused.status, refused.json.code, codes(refused.json)]).toEqual([
      423,
      'period/locked',
      ['#/difference/voucherDate period/locked'],
    ])
    expect(await open()).toEqual(before)
    const done = await match({ ...body, difference: { voucherDate: '2026-02-01', account: '7770', text: 'Gebyr' } })
    expect([done.status, done.json.matchDate, done.json.difference.account]).toEqual([201, '2026-02-01', '7770'])
    expect(await open('&party=10001')).toEqual({ [invoice]: 39_960 })
    expect(await open('&party=10001&asAtDate=2026-01-31')).toEqual({ [invoice]: 100_000, [payment]: -60_000 })
  })

  test('of many who match the same items at once, one does', async () => {
    const c = await company()
    const { invoice, payment } = await threeItems(c)
    const { match, open } = deskOf(c)
    const all = await Promise.all(
      Array.from({ length: 12 }, () => match({ items: [{ openItem: invoice }, { openItem: payment }] })),
    )
    expect(all.map((a) => a.status).toSorted()).toEqual([201, ...Array(11).fill(422)])
    expect(new Set(all.filter((a) => a.status === 422).map((a) => a.json.issues[0].code))).toEqual(
      new Set(['match/over']),
    )
    expect(await open('&party=10001')).toEqual({ [invoice]: 40_000 })
  })
})

describe('matches on a voucher’s lines', () => {
  const payment = (over: object) => ({
    ...simpleDraft({ voucherDate: '2026-02-01' }),
    lines: [
      { account: '1500:10001', amount: -70_000, ...over },
      { account: '1920', amount: 70_000 },
    ],
  })
  test.each<[string, (i: Awaited<ReturnType<typeof threeItems>>) => object, string[]]>([
    [
      'an item of another customer',
      (i) => ({ matches: [{ openItem: i.other, amount: 60_000 }] }),
      ['#/lines/0/matches/0 match/wrong-party'],
    ],
    [
      'more than is left of the item',
      (i) => ({ matches: [{ openItem: i.invoice, amount: 100_001 }] }),
      ['#/lines/0/matches/0 match/over', '#/lines/0/matches/0 match/over#line'],
    ],
    [
      'more than the line',
      (i) => ({ matches: [{ openItem: i.invoice, amount: 70_001 }] }),
      ['#/lines/0/matches/0 match/over#line'],
    ],
    [
      'an item on the line’s own side',
      (i) => ({ matches: [{ openItem: i.payment, amount: -100 }] }),
      ['#/lines/0/matches/0 match/over#line'],
    ],
    [
      'the same item twice, together too much',
      (i) => ({
        amount: -110_000,
        matches: [
          { openItem: i.invoice, amount: 60_000 },
          { openItem: i.invoice, amount: 50_000 },
        ],
      }),
      ['#/lines voucher/unbalanced', '#/lines/0/matches/1 match/over'],
    ],
    [
      'an item that is none',
      () => ({ matches: [{ openItem: itemId(77, 1), amount: 1 }] }),
      ['#/lines/0/matches/0 open-item/unknown'],
    ],
    [
      'the other sign',
      (i) => ({ matches: [{ openItem: i.invoice, amount: -100 }] }),
      ['#/lines/0/matches/0 field/invalid#other-sign', '#/lines/0/matches/0 match/over#line'],
    ],
    [
      'an account without parties',
      (i) => ({ account: '2050', matches: [{ openItem: i.invoice, amount: 100 }] }),
      ['#/lines/0/matches field/invalid#not-control-account', '#/lines/0/matches/0 match/wrong-party'],
    ],
    [
      'what is no list of items',
      () => ({ matches: [5, { openItem: 'x', amount: 0.5, extra: 1 }] }),
      [
        '#/lines/0/matches/0 field/invalid',
        '#/lines/0/matches/1/openItem field/invalid',
        '#/lines/0/matches/1/amount amount/not-whole-ore',
        '#/lines/0/matches/1/extra field/invalid#unknown',
      ],
    ],
  ])('are refused for %s', async (_, over, expected) => {
    const c = await company()
    const items = await threeItems(c)
    const draft = payment(over(items))
    const { status, json } = await c.call('/vouchers', { body: draft })
    expect([status, codes(json)]).toEqual([422, expected])
    const tried = await c.call('/vouchers/dry-run', { body: { vouchers: [draft] } })
    expect(tried.json.vouchers[0].issues.map((i: any) => i.code)).toEqual(json.issues.map((i: any) => i.code))
  })

  test('several items of both signs on one line; the rest of the line stays open', async () => {
    const c = await company()
    const { invoice, payment: credit } = await threeItems(c)
    const { posted, open } = deskOf(c)
    const draft = payment({
      matches: [
        { openItem: invoice, amount: 100_000 },
        { openItem: credit, amount: -60_000 },
      ],
    })
    const done = await posted(draft)
    expect(await open('&party=10001')).toEqual({ [itemId(done.ledgerVersion, 1)]: -30_000 })
    expect((await c.call('/vouchers', { body: draft })).json).toMatchObject({ replayed: true, number: done.number })
  })

  test('what one voucher of a batch settles, the next one cannot', async () => {
    const c = await company()
    const { invoice } = await threeItems(c)
    const both = [1, 2].map(() => payment({ matches: [{ openItem: invoice, amount: 60_000 }] }))
    const all = await c.call('/vouchers/batch', { body: { vouchers: both } })
    expect([all.status, codes(all.json)]).toEqual([422, ['#/vouchers/1/lines/0/matches/0 match/over']])
    const each = await c.call('/vouchers/batch', { body: { mode: 'per-voucher', vouchers: both } })
    expect(each.json.vouchers.map((v: any) => v.status)).toEqual(['posted', 'refused'])
    expect(await deskOf(c).open('&party=10001')).toMatchObject({ [invoice]: 40_000 })
  })

  test('of many payments for one invoice at once, as many as there is room for', async () => {
    const c = await company()
    const { invoice } = await threeItems(c)
    const all = await Promise.all(
      Array.from({ length: 6 }, () =>
        c.call('/vouchers', { body: payment({ matches: [{ openItem: invoice, amount: 45_000 }] }) }),
      ),
    )
    expect(all.map((a) => a.status).toSorted()).toEqual([201, 201, 422, 422, 422, 422])
    expect(await deskOf(c).open('&party=10001')).toMatchObject({ [invoice]: 10_000 })
  })
})

describe('undoing', () => {
  test('opens the items again; one that is none is not found', async () => {
    const c = await company()
    const { invoice, payment } = await threeItems(c)
    const { match, undo, open } = deskOf(c)
    const before = await open()
    const { json } = await match({ items: [{ openItem: invoice }, { openItem: payment }] })
    const undone = await undo(json.id, { reason: 'Feil faktura' })
    expect(undone.json).toMatchObject({
      status: 'undone',
      undone: { reason: 'Feil faktura', by: 'operator' },
      lines: [{ rest: 100_000 }, { rest: -60_000 }],
    })
    expect(await open()).toEqual(before)
    expect((await c.call('/events')).json.events.at(-1)).toMatchObject({ type: 'match.removed', subject: json.id })
    expect([(await undo(matchId())).status, (await c.call(`/matches/${matchId()}`)).json.code]).toEqual([
      404,
      'match/unknown',
    ])
    expect((await c.call(`/open-items/${itemId(99, 1)}`)).json.code).toBe('open-item/unknown')
  })

  test('reverses the difference that the match booked', async () => {
    const c = await company()
    const { invoice, payment } = await threeItems(c)
    const { match, undo, open } = deskOf(c)
    const before = await open()
    const { json } = await match({
      items: [{ openItem: invoice, amount: 60_040 }, { openItem: payment }],
      difference: {},
    })
    const undone = await undo(json.id, { voucherDate: '2026-03-01' })
    expect([undone.status, undone.json.status, undone.json.undone.date]).toEqual([200, 'undone', '2026-03-01'])
    expect(await open()).toEqual(before)
    const difference = (await c.call(`/vouchers/${json.difference.voucher.id}`)).json
    expect(difference.status).toBe('reversed')
    // The reversal stands in no answer, and is missed all the same if it is lost.
    const journal = await writerOf(app.env, c.id).acknowledged({ ledgerVersion: 0, hash: '' })
    expect(journal.at(-1)).toMatchObject({ id: difference.reversedBy })
    expect(await open('&asAtDate=2026-02-28&party=10001')).toEqual({ [invoice]: 39_960 })
    expect((await undo(json.id)).json.replayed).toBe(true)
  })
})

describe('reversal', () => {
  test('settles the original with itself; reversed again, the original’s figures are open', async () => {
    const c = await company()
    const { book, reverse, open } = deskOf(c)
    const invoice = await book('2026-01-10', '1500:10001', 100_000, { currency: 'EUR', currencyAmount: 10_000 })
    const back = await reverse(invoice.id, '2026-02-01')
    expect(await open()).toEqual({})
    expect((await c.call(`/open-items/${invoice.item}`)).json).toMatchObject({
      rest: 0,
      currencyRest: 0,
      matches: [{ rule: 'reversal', because: 'Bilaget ble tilbakeført' }],
    })
    expect((await reverse(back.json.id, '2026-03-01')).status).toBe(201)
    expect(await open()).toEqual({ [invoice.item]: 100_000 })
  })
})

test('matching by rule goes on party by party, and a company of others is not touched', async () => {
  const c = await company()
  const { book, open } = deskOf(c)
  for (const party of ['1500:10001', '1500:10002']) {
    await book('2026-01-01', party, 7_700)
    await book('2026-01-05', party, -7_700)
  }
  await book('2026-01-01', '2400:20001', -100, { invoiceNumber: 'A1' })
  await book('2026-01-02', '2400:20001', 100, { invoiceNumber: 'A1' })
  const one = await c.call('/matches/automatic', { body: { kind: 'customer', party: '10002' } })
  expect(one.json.matches.map((m: any) => [m.party, m.rule])).toEqual([['10002', 'amount']])
  const rest = await c.call('/matches/automatic', { body: { cursor: 'customer:10001' } })
  expect(rest.json.matches.map((m: any) => [m.party, m.rule])).toEqual([['20001', 'invoice-number']])
  expect(rest.json.cursor).toBeNull()
  expect(Object.keys(await open())).toHaveLength(2)
  const wrong = await c.call('/matches/automatic', { body: { kind: 'bank' } })
  expect([wrong.status, codes(wrong.json)]).toEqual([422, ['#/kind field/invalid']])
})

test('an imported voucher’s entries are open items too', async () => {
  const c = await company()
  await c.db.execute(
    "insert into import_job (id, kind, file_sha256, file_size, by, recorded_at) values ('imp_1', 'saft', '', 0, 'x', '')",
  )
  const { runJob } = await import('#worker/ledger/run-job.ts')
  const entry = (account: string, amount: number, party: string | null) =>
    ({ rowKey: account, account, amount, party, partyKind: party && 'customer', text: '', origin: 'line' }) as never
  await runJob(app.env, { id: c.id, database: c.id.replace('_', '-') } as never, {
    do: 'book',
    importJob: 'imp_1',
    by: 'x',
    rights: { softLock: false },
    vouchers: [
      {
        id: voucherId(),
        type: 'general',
        voucherDate: '2026-01-01',
        documentDate: '2026-01-01',
        vatDate: '2026-01-01',
        text: '',
        externalId: 'A',
        entries: [entry('1500', 4_200, '10001'), entry('2050', -4_200, null)],
      } as never,
    ],
  })
  expect(await deskOf(c).open()).toEqual({ [itemId(1, 1)]: 4_200 })
})
