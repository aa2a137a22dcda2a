import { expect, test } from 'vitest'
import { testApp, voucherId } from '#tests/support/app.ts'
import { deskOf, itemId, withParties } from '#tests/support/ledger-desk.ts'

/** Everyday cases of the sub-ledger, as an accountant would read them: amounts in øre, days in 2026. */
const app = testApp()
const company = async () => withParties(await app.company({ fromYear: 2025, toYear: 2027 }))
const KID = '20017008842130'

test('an invoice is paid with its KID: matched by itself, and nothing is left', async () => {
  const c = await company()
  const { book, open } = deskOf(c)
  const invoice = await book('2026-01-10', '1500:10001', 125_000, {
    invoiceNumber: '1001',
    paymentReference: KID,
    dueDate: '2026-01-24',
  })
  const payment = await book('2026-01-22', '1500:10001', -125_000, { paymentReference: KID }, '1920')
  expect(await open()).toEqual({ [invoice.item]: 125_000, [payment.item]: -125_000 })

  const tried = await c.call('/matches/automatic', { body: { dryRun: true } })
  expect(tried.json.matches).toMatchObject([
    { status: 'ready', rule: 'payment-reference', because: `Samme KID: ${KID}` },
  ])
  expect(Object.keys(await open())).toHaveLength(2)

  const { json, status } = await c.call('/matches/automatic', { body: {} })
  expect(status).toBe(200)
  expect(json.matches).toMatchObject([
    {
      status: 'matched',
      rule: 'payment-reference',
      reason: KID,
      party: '10001',
      account: '1500',
      matchDate: '2026-01-22',
      lines: [
        { openItem: invoice.item, amount: 125_000, rest: 0 },
        { openItem: payment.item, amount: -125_000, rest: 0 },
      ],
    },
  ])
  expect(await open()).toEqual({})
  const events = (await c.call('/events')).json.events.filter((e: any) => e.type === 'match.created')
  expect(events).toMatchObject([
    {
      subject: json.matches[0].id,
      ledgerVersion: 2,
      touched: [{ account: '1500', period: '2026-01', party: '10001' }],
    },
  ])
})

test('a part payment is typed against the invoice, and the residual is seen before it is posted', async () => {
  const c = await company()
  const { book, open, posted } = deskOf(c)
  const invoice = await book('2026-02-01', '1500:10001', 100_000, { invoiceNumber: '1002' })
  const draft = {
    id: voucherId(),
    type: 'payment-in',
    voucherDate: '2026-02-20',
    lines: [
      { account: '1920', amount: 40_000 },
      { account: '1500:10001', amount: -40_000, matches: [{ openItem: invoice.item, amount: 40_000 }] },
    ],
  }
  const tried = await c.call('/vouchers/dry-run', { body: { vouchers: [draft] } })
  expect(tried.json.vouchers[0]).toMatchObject({
    status: 'ready',
    openItemsAfter: [{ openItem: invoice.item, rest: 60_000 }],
  })
  await posted(draft)
  expect(await open()).toEqual({ [invoice.item]: 60_000 })
  const { json } = await c.call(`/open-items/${invoice.item}`)
  expect(json).toMatchObject({
    amount: 100_000,
    rest: 60_000,
    matches: [
      {
        rule: 'voucher',
        because: 'Utlignet på bilaget',
        lines: [{ amount: 40_000 }, { openItem: itemId(2, 2), amount: -40_000 }],
      },
    ],
  })
  const { draft: kept } = (await c.call(`/vouchers/${draft.id}`)).json
  expect(kept.lines[1].matches).toEqual([{ openItem: invoice.item, amount: 40_000 }])
})

test('a supplier’s credit note is set against the invoice, and the payment settles the rest', async () => {
  const c = await company()
  const { book, open, posted } = deskOf(c)
  const invoice = await book('2026-03-01', '2400:20001', -80_000, { invoiceNumber: '884213', dueDate: '2026-03-31' })
  await posted({
    id: voucherId(),
    type: 'incoming-credit-note',
    voucherDate: '2026-03-05',
    lines: [
      {
        account: '2400:20001',
        amount: 30_000,
        invoiceNumber: 'K-7',
        matches: [{ openItem: invoice.item, amount: -30_000 }],
      },
      { account: '6800', amount: -30_000, vatCode: '1' },
    ],
  })
  expect(await open('&kind=supplier')).toEqual({ [invoice.item]: -50_000 })
  await posted({
    id: voucherId(),
    type: 'payment-out',
    voucherDate: '2026-03-30',
    lines: [
      { account: '2400:20001', amount: 50_000, matches: [{ openItem: invoice.item, amount: -50_000 }] },
      { account: '1920', amount: -50_000 },
    ],
  })
  expect(await open()).toEqual({})
})

test('an invoice in euro is paid at another rate: the loss is booked with the match', async () => {
  const c = await company()
  const { book, open, match } = deskOf(c)
  const euro = { currency: 'EUR', currencyAmount: -100_000, rate: '11.5' }
  const invoice = await book('2026-04-01', '2400:20002', -1_150_000, { ...euro, invoiceNumber: 'E-1' })
  const payment = await book(
    '2026-04-28',
    '2400:20002',
    1_182_000,
    { currency: 'EUR', currencyAmount: 100_000, rate: '11.82' },
    '1920',
  )
  const wanted = { items: [{ openItem: invoice.item }, { openItem: payment.item }] }

  const refused = await match(wanted)
  expect([refused.status, refused.json.issues[0].code]).toEqual([422, 'match/unbalanced'])
  expect(refused.json.issues[0].message).toContain('320,00 er valutadifferanse til konto 8160.')
  const seen = await match({ ...wanted, difference: {}, dryRun: true })
  expect([seen.status, seen.json.difference]).toEqual([200, { amount: 32_000, account: '8160', voucher: null }])

  const done = await match({ ...wanted, difference: {} })
  expect(done.status).toBe(201)
  const { voucher } = done.json.difference
  expect(voucher).toMatchObject({ series: 'HB', status: 'posted' })
  const { entries, text, voucherDate } = (await c.call(`/vouchers/${voucher.id}`)).json
  expect([text, voucherDate]).toEqual(['Differanse ved utligning', '2026-04-28'])
  expect(entries.map((e: any) => [e.account, e.party, e.amount])).toEqual([
    ['2400', '20002', -32_000],
    ['8160', null, 32_000],
  ])
  expect(await open()).toEqual({})
})

test('a part payment in euro settles its part of the invoice, and the gain on that part', async () => {
  const c = await company()
  const { book, match } = deskOf(c)
  const invoice = await book('2026-04-01', '1500:10001', 1_165_430, {
    currency: 'EUR',
    currencyAmount: 100_000,
    rate: '11.6543',
  })
  const payment = await book(
    '2026-04-20',
    '1500:10001',
    -396_663,
    { currency: 'EUR', currencyAmount: -33_333, rate: '11.9' },
    '1920',
  )
  const done = await match({ items: [{ openItem: invoice.item }, { openItem: payment.item }], difference: {} })
  expect(done.status).toBe(201)
  expect(done.json.lines.slice(0, 2)).toEqual([
    { openItem: invoice.item, amount: 388_473, currencyAmount: 33_333, rest: 776_957 },
    { openItem: payment.item, amount: -396_663, currencyAmount: -33_333, rest: 0 },
  ])
  expect(done.json.difference).toMatchObject({ amount: -8_190, account: '8060' })
  const { json } = await c.call(`/open-items/${invoice.item}`)
  expect([json.rest, json.currencyRest]).toEqual([776_957, 66_667])
})

test('a customer pays 40 øre short: the match books it as rounding, and no more than the limit', async () => {
  const c = await company()
  const { book, open, match } = deskOf(c)
  const invoice = await book('2026-05-01', '1500:10001', 50_040)
  const payment = await book('2026-05-12', '1500:10001', -50_000, {}, '1920')
  const items = [{ openItem: invoice.item }, { openItem: payment.item }]
  const done = await match({ items, difference: {} })
  expect([done.status, done.json.difference.amount, done.json.difference.account]).toEqual([201, 40, '7740'])
  expect(await open()).toEqual({})

  const next = await book('2026-05-20', '1500:10001', 50_101)
  const paid = await book('2026-05-21', '1500:10001', -50_000, {}, '1920')
  const over = await match({ items: [{ openItem: next.item }, { openItem: paid.item }], difference: {} })
  expect([over.status, over.json.issues[0].code, over.json.issues[0].params]).toEqual([
    422,
    'match/difference-over-limit',
    { difference: 101, limit: 100 },
  ])
  expect(await open()).toEqual({ [next.item]: 50_101, [paid.item]: -50_000 })
})

test('a payment that bounced is reversed, and the invoice is open again from that day', async () => {
  const c = await company()
  const { book, open, posted, reverse } = deskOf(c)
  const invoice = await book('2026-06-01', '1500:10001', 70_000)
  const id = voucherId()
  await posted({
    id,
    type: 'payment-in',
    voucherDate: '2026-06-10',
    lines: [
      { account: '1500:10001', amount: -70_000, matches: [{ openItem: invoice.item, amount: 70_000 }] },
      { account: '1920', amount: 70_000 },
    ],
  })
  expect(await open()).toEqual({})
  expect((await reverse(id, '2026-07-02')).status).toBe(201)
  expect(await open()).toEqual({ [invoice.item]: 70_000 })
  expect(await open('&asAtDate=2026-06-30')).toEqual({})
  expect(await open('&asAtDate=2026-07-02')).toEqual({ [invoice.item]: 70_000 })
  const types = (await c.call('/events')).json.events.map((e: any) => e.type).slice(-3)
  expect(types).toEqual(['voucher.reversed', 'match.removed', 'match.created'])
})

test('one payment for three invoices and a credit note, several to several', async () => {
  const c = await company()
  const { book, open, match } = deskOf(c)
  const invoices = [
    await book('2026-08-01', '1500:10001', 10_000),
    await book('2026-08-02', '1500:10001', 25_000),
    await book('2026-08-03', '1500:10001', 7_500),
  ]
  const credit = await book('2026-08-04', '1500:10001', -2_500)
  const payment = await book('2026-08-20', '1500:10001', -40_000, {}, '1920')
  const items = [...invoices, credit, payment].map(({ item }) => ({ openItem: item }))
  const done = await match({ items, reason: 'Betalte alt under ett' })
  expect([done.status, done.json.because]).toEqual([201, 'Utlignet av en person: Betalte alt under ett'])
  expect(await open()).toEqual({})
})

test('a payment that is too small for two invoices settles nobody unasked, and the oldest when asked', async () => {
  const c = await company()
  const { book, open, match } = deskOf(c)
  const newer = await book('2026-09-05', '1500:10001', 30_000, { dueDate: '2026-09-20' })
  const older = await book('2026-09-06', '1500:10001', 20_000, { dueDate: '2026-09-10' })
  const payment = await book('2026-09-15', '1500:10001', -35_000, {}, '1920')
  const items = [newer, older, payment].map(({ item }) => ({ openItem: item }))
  expect((await match({ items })).json.issues[0].code).toBe('match/unbalanced')
  expect((await c.call('/matches/automatic', { body: {} })).json).toMatchObject({
    matches: [],
    left: [{ openItem: payment.item, why: 'no-candidate', because: 'Ingen post passer' }],
  })
  expect((await match({ items, oldestFirst: true })).status).toBe(201)
  expect(await open()).toEqual({ [newer.item]: 15_000 })
})

test('what no rule settles is decided in one sitting: a chosen invoice, the oldest first, kept open, and asked about again', async () => {
  const c = await company()
  const { book, open } = deskOf(c)
  const invoices = [
    await book('2026-01-05', '1500:10001', 30_000),
    await book('2026-01-06', '1500:10001', 30_000),
    await book('2026-01-07', '1500:10001', 50_000),
  ]
  const paid = await book('2026-02-01', '1500:10001', -30_000)
  const part = await book('2026-02-02', '1500:10001', -45_000)
  const more = await book('2026-02-03', '1500:10001', -1_000)
  const alone = await book('2026-02-04', '1500:10002', -7_000)
  const list = async () => (await c.call('/open-items/left')).json
  const before = await list()
  expect([before.undecided, before.kept, before.proposed]).toEqual([4, 0, 0])
  const of = (party: string) => before.groups.find((g: any) => g.left[0].party === party)
  expect(of('10001').left.map((i: any) => [i.id, i.why])).toEqual([
    [paid.item, 'several-candidates'],
    [part.item, 'no-candidate'],
    [more.item, 'no-candidate'],
  ])
  expect(of('10001').claims.map((i: any) => i.id)).toEqual(invoices.map((i) => i.item))
  expect(of('10002').claims).toEqual([])

  const decide = (decisions: object[]) => c.call('/open-items/left', { body: { decisions } })
  const done = await decide([
    { openItem: paid.item, do: 'match', with: [invoices[1]!.item] },
    { openItem: part.item, do: 'oldest' },
    { openItem: more.item, do: 'match', with: [invoices[0]!.item] },
    { openItem: alone.item, do: 'keep' },
  ])
  expect(done.json).toMatchObject({
    matched: 2,
    kept: 1,
    refused: [{ openItem: more.item, issues: [{ code: expect.stringMatching(/^match\//) }] }],
  })
  expect(await open()).toEqual({ [invoices[2]!.item]: 35_000, [more.item]: -1_000, [alone.item]: -7_000 })
  expect((await decide([{ openItem: alone.item, do: 'opening' }])).json.refused[0].issues[0].code).toBe(
    'match/nothing-to-settle',
  )
  expect(await list()).toMatchObject({ undecided: 1, kept: 1 })
  await decide([{ openItem: alone.item, do: 'ask' }])
  expect(await list()).toMatchObject({ undecided: 2, kept: 0 })
  const events = (await c.call('/events')).json.events.map((e: any) => e.type)
  expect(events).toEqual(expect.arrayContaining(['open-item.kept', 'open-item.reopened']))
})
