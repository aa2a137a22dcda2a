import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { testApp, voucherId } from '#tests/support/app.ts'
import { deskOf, withParties } from '#tests/support/ledger-desk.ts'
import type { IsoDate } from '#worker/core/dates.ts'
import type { VoucherId } from '#worker/core/ids.ts'
import { ore } from '#worker/core/money.ts'
import { readRevaluation } from '#worker/currency/post-revaluation.ts'
import { adjustmentsOf, revalue } from '#worker/currency/revaluation.ts'
import { ratesByCurrency } from '#worker/ledger/currency-rate.ts'

const app = testApp()
const year = new Date().getFullYear()
const on = (day: string) => `${year}-${day}`
const company = async () => withParties(await app.company())
const rate = (c: Awaited<ReturnType<typeof company>>, date: string, text: string) =>
  c.call('/currency-rates', { method: 'PUT', body: { rates: [{ currency: 'EUR', date: on(date), rate: text }] } })
const eur = (currencyAmount: number, text: string) => ({ currency: 'EUR', currencyAmount, rate: text })

describe('revaluation of open items', () => {
  test('carries them at the day’s rate, against gain and loss, and takes it back the day after', async () => {
    const c = await company()
    const { book, match } = deskOf(c)
    const invoice = await book(on('03-01'), '1500:10001', 110_000, eur(10_000, '11'))
    await book(on('03-02'), '2400:20001', -55_000, eur(-5_000, '11'))
    await rate(c, '03-31', '11.5')
    const shown = await c.call(`/currency-revaluation?date=${on('03-31')}`)
    expect(shown.json.adjustments).toEqual([
      { kind: 'customer', party: '10001', account: '1500', amount: 5_000 },
      { kind: 'supplier', party: '20001', account: '2400', amount: -2_500 },
    ])
    const id = voucherId()
    const done = await c.call('/currency-revaluations', { body: { id, date: on('03-31') } })
    expect(done.status, done.text).toBe(201)
    const { json: posted } = await c.call(`/vouchers/${id}`)
    expect(posted.entries.map((e: any) => [e.account, e.party, e.amount])).toEqual([
      ['1500', '10001', 5_000],
      ['2400', '20001', -2_500],
      ['8060', null, -5_000],
      ['8160', null, 2_500],
    ])
    const ageing = async (day: string) => (await c.call(`/open-items/ageing?kind=customer&asAtDate=${on(day)}`)).json
    expect([(await ageing('03-31')).totals.total, (await ageing('04-01')).totals.total]).toEqual([115_000, 110_000])
    expect((await ageing('03-31')).checks[0].holds).toBe(true)
    // Asked again with the same id: the same vouchers. Another id: nothing is left to book on that day.
    const again = await c.call('/currency-revaluations', { body: { id, date: on('03-31') } })
    expect(again.json.reversal.id).toBe(done.json.reversal.id)
    const twice = await c.call('/currency-revaluations', { body: { id: voucherId(), date: on('03-31') } })
    expect([twice.status, twice.json.code]).toEqual([422, 'revaluation/nothing'])
    // A changed rate books only what it changed.
    await rate(c, '03-31', '11.6')
    const more = await c.call(`/currency-revaluation?date=${on('03-31')}`)
    expect(more.json.adjustments.map((a: any) => a.amount)).toEqual([1_000, -500])
    // The payment meets the invoice as it was booked: the whole gain is realised then.
    const payment = await book(on('04-20'), '1500:10001', -118_000, eur(-10_000, '11.8'), '1920')
    const matched = await match({ items: [{ openItem: invoice.item }, { openItem: payment.item }], difference: {} })
    expect([matched.status, matched.json.difference]).toMatchObject([201, { amount: -8_000, account: '8060' }])
    expect((await c.call('/verify')).json.ok).toBe(true)
  })

  test('is refused without a rate, and where the month is locked', async () => {
    const c = await company()
    const { book } = deskOf(c)
    await book(on('03-01'), '1500:10001', 110_000, eur(10_000, '11'))
    const without = await c.call('/currency-revaluations', { body: { id: voucherId(), date: on('03-31') } })
    expect(without.json.issues).toMatchObject([{ code: 'currency-rate/missing', pointer: '#/date' }])
    await rate(c, '03-31', '12')
    const lock = { fromMonth: on('03'), toMonth: on('03'), level: 'hard', reason: 'Avstemt' }
    await c.call('/locks', { body: lock })
    const locked = await c.call('/currency-revaluations', { body: { id: voucherId(), date: on('03-31') } })
    expect([locked.status, locked.json.code]).toEqual([423, 'period/locked'])
  })

  test('is not posted when it cannot be taken back, nor twice by two at once', async () => {
    const c = await company()
    const { book } = deskOf(c)
    await book(on('03-01'), '1500:10001', 110_000, eur(10_000, '11'))
    await rate(c, '03-31', '11.5')
    await rate(c, '12-31', '12')
    const revalued = (date: string, more: object = {}) =>
      c.call('/currency-revaluations', { body: { id: voucherId(), date: on(date), ...more } })
    const count = async () => (await c.call('/vouchers')).json.vouchers.length
    await c.call('/locks', { body: { fromMonth: on('04'), toMonth: on('04'), level: 'hard', reason: 'Avstemt' } })
    const locked = await revalued('03-31')
    expect([locked.status, locked.json.issues[0].pointer]).toEqual([423, '#/reversalDate'])
    const noYear = await revalued('12-31', { reversalDate: `${year + 20}-01-01` })
    expect(noYear.json.issues).toMatchObject([{ code: 'fiscal-year/missing', pointer: '#/reversalDate' }])
    expect(await count()).toBe(1)
    const both = await Promise.all([
      revalued('03-31', { reversalDate: on('05-01') }),
      revalued('03-31', { reversalDate: on('05-01') }),
    ])
    expect(both.map((answer) => answer.status).sort()).toEqual([201, 409])
    expect(await count()).toBe(3)
  })

  test('is proposed of one moment, whatever is revalued while it is read', async () => {
    const c = await company()
    const { book } = deskOf(c)
    await book(on('03-01'), '1500:10001', 110_000, eur(10_000, '11'))
    await rate(c, '03-31', '11.5')
    // What is asked for by itself is answered first, and the items after somebody else's revaluation.
    let posted: Promise<unknown> | undefined
    const revaluation = { id: voucherId(), date: on('03-31') }
    const busy: typeof c.db = {
      ...c.db,
      async execute(...asked: Parameters<typeof c.db.execute>) {
        const answer = await c.db.execute(...asked)
        posted ??= c.call('/currency-revaluations', { body: revaluation })
        return answer
      },
      async batch(...asked: Parameters<typeof c.db.batch>) {
        await new Promise((done) => setTimeout(done, 50))
        await posted
        return c.db.batch(...asked)
      },
    }
    const shown = await readRevaluation(busy, on('03-31') as IsoDate, voucherId() as VoucherId, 'nb')
    expect([shown.ledgerVersion, shown.adjustments.map(({ amount }) => amount)]).toEqual([1, [5_000]])
    expect(await posted).toMatchObject({ status: 201 })
  })

  test('property: afterwards each party stands at the sum of its items’ worth', () => {
    const item = fc.record({
      kind: fc.constant('customer' as const),
      party: fc.constantFrom('10001', '10002'),
      account: fc.constant('1500'),
      currency: fc.constantFrom('EUR', 'SEK', null),
      currencyRest: fc.integer({ min: -1e9, max: 1e9 }),
      rest: fc.integer({ min: -1e10, max: 1e10 }).map(ore),
    })
    const day = '2026-03-31' as IsoDate
    const rates = ratesByCurrency([
      { currency: 'EUR', date: day, rate: '11.6543', unit: 1, source: 'manual' },
      { currency: 'SEK', date: day, rate: '103.35', unit: 100, source: 'manual' },
    ])
    fc.assert(
      fc.property(fc.array(item, { maxLength: 20 }), fc.array(item, { maxLength: 4 }), (items, earlier) => {
        const before = earlier.map((i) => ({ ...i, currency: null, currencyRest: null }))
        const { revalued, missing } = revalue(items, day, rates)
        expect(missing).toEqual([])
        const adjustments = adjustmentsOf(revalued, before)
        for (const party of ['10001', '10002']) {
          const sum = <T extends { party: string }>(of: readonly T[], amount: (one: T) => number) =>
            of.filter((one) => one.party === party).reduce((total, one) => total + amount(one), 0)
          const own = revalued.map((r) => ({ ...r, party: r.item.party }))
          const stood = sum(own, (r) => r.item.rest) + sum(before, (i) => i.rest)
          expect(stood + sum(adjustments, (a) => a.amount)).toBe(sum(own, (r) => r.worth))
        }
      }),
    )
  })
})
