import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays, type IsoDate } from '#worker/core/dates.ts'
import { ore } from '#worker/core/money.ts'
import { allocationOf, type Part } from '#worker/ledger/match-allocation.ts'
import { proposalsOf } from '#worker/ledger/match-proposal.ts'
import { type OpenItem, openItemId, placeOfItem } from '#worker/ledger/open-item.ts'

const item = (line: number, over: Partial<OpenItem> & { rest: OpenItem['rest'] }): OpenItem => ({
  id: openItemId(1, line),
  kind: 'customer',
  party: '10001',
  account: '1500',
  voucherDate: '2026-01-10' as IsoDate,
  dueDate: null,
  invoiceNumber: null,
  paymentReference: null,
  currency: null,
  currencyAmount: null,
  currencyRest: null,
  amount: over.rest,
  matchableFrom: '2026-01-10' as IsoDate,
  ...over,
})

const nonZero = fc.integer({ min: -200_000, max: 200_000 }).filter((n) => n !== 0)
/** Few numbers, references and amounts, so that they meet; some in euro, at a rate near 11. */
const someItems = fc
  .array(
    fc.record({
      rest: fc.oneof(nonZero, fc.constantFrom(5_000, -5_000, 12_500, -12_500, 40, -40)),
      more: fc.nat(50_000),
      day: fc.nat(300),
      due: fc.option(fc.nat(60), { nil: null }),
      reference: fc.constantFrom(null, null, 'A', 'B'),
      number: fc.constantFrom(null, null, '1', '2', '3'),
      party: fc.constantFrom('10001', '10002'),
      euro: fc.option(fc.integer({ min: 900, max: 1_300 }), { nil: null, freq: 4 }),
    }),
    { minLength: 1, maxLength: 14 },
  )
  .map((all) =>
    all.map(({ rest, more, day, due, reference, number, party, euro }, i) => {
      const voucherDate = addDays('2026-01-01' as IsoDate, day)
      const foreign = euro === null ? 0 : Math.trunc((rest * 100) / euro)
      const own = foreign !== 0
      return item(i + 1, {
        rest: ore(rest),
        amount: ore(rest + Math.sign(rest) * more),
        voucherDate,
        matchableFrom: voucherDate,
        dueDate: due === null ? null : addDays(voucherDate, due),
        paymentReference: reference,
        invoiceNumber: number,
        party,
        currency: own ? 'EUR' : null,
        currencyAmount: own ? foreign + Math.sign(foreign) * more : null,
        currencyRest: own ? foreign : null,
      })
    }),
  )

function expectWithin(parts: readonly Part[]) {
  for (const { item: i, amount, currencyAmount } of parts) {
    expect(amount).not.toBe(0)
    expect(Math.sign(amount)).toBe(Math.sign(i.rest))
    expect(Math.abs(amount)).toBeLessThanOrEqual(Math.abs(i.rest))
    expect(currencyAmount === null).toBe(i.currency === null)
    if (i.currencyRest === null || currencyAmount === null) continue
    expect(Math.abs(currencyAmount)).toBeLessThanOrEqual(Math.abs(i.currencyRest))
    expect(currencyAmount * i.currencyRest).toBeGreaterThanOrEqual(0)
    if (amount === i.rest) expect(currencyAmount).toBe(i.currencyRest)
  }
}
const sumOf = (parts: readonly Part[]): number => parts.reduce((sum, p) => sum + p.amount, 0)

describe('sharing out a match', () => {
  test('never takes more of an item than is left, and the difference is what the parts sum to', () => {
    fc.assert(
      fc.property(
        someItems,
        fc.boolean(),
        fc.boolean(),
        fc.infiniteStream(fc.nat(100)),
        (items, oldestFirst, keepDifference, some) => {
          const wanted = items.map((i) => {
            const share = some.next().value!
            const amount = share < 20 ? Math.trunc((i.rest * (share + 1)) / 21) : null
            return { item: i, amount: amount === 0 ? null : amount }
          })
          const { parts, difference } = allocationOf(wanted, { oldestFirst, keepDifference })
          expectWithin(parts)
          expect(sumOf(parts)).toBe(difference)
          for (const { item: i, amount } of wanted)
            if (amount !== null) expect(parts.find((p) => p.item === i)?.amount).toBe(amount)
        },
      ),
      { numRuns: 2_000 },
    )
  })
  test('the one item on the heavier side gives way, several only from the newest and when asked', () => {
    const payment = item(1, { rest: ore(-35_000) })
    const older = item(2, { rest: ore(20_000), dueDate: '2026-01-20' as IsoDate })
    const newer = item(3, { rest: ore(30_000), dueDate: '2026-02-20' as IsoDate })
    const of = (items: OpenItem[], oldestFirst = false) =>
      allocationOf(
        items.map((i) => ({ item: i, amount: null })),
        { oldestFirst, keepDifference: false },
      )
    expect(of([payment, older]).parts.map((p) => p.amount)).toEqual([-20_000, 20_000])
    expect(of([payment, newer, older]).difference).toBe(15_000)
    expect(of([payment, newer, older], true).parts.map((p) => p.amount)).toEqual([-35_000, 15_000, 20_000])
  })
})

describe('automatic matching', () => {
  test('every proposal sums to zero within one party, account and currency, and none settles more than there is', () => {
    fc.assert(
      fc.property(someItems, fc.boolean(), (items, oldestFirst) => {
        const { proposals, left } = proposalsOf(items, { oldestFirst })
        const taken = new Map<string, number>()
        for (const { parts, rule } of proposals) {
          expectWithin(parts)
          expect(sumOf(parts)).toBe(0)
          expect(parts.length).toBeGreaterThan(1)
          expect(new Set(parts.map(({ item: i }) => i.party)).size).toBe(1)
          for (const { item: i, amount } of parts) if (parts.some((p) => p.item.currency)) expect(amount).toBe(i.rest)
          if (rule === 'oldest-first') expect(oldestFirst).toBe(true)
          for (const { item: i, amount } of parts) taken.set(i.id, (taken.get(i.id) ?? 0) + amount)
        }
        for (const i of items) expect(Math.abs(taken.get(i.id) ?? 0)).toBeLessThanOrEqual(Math.abs(i.rest))
        for (const { item: i } of left) expect(taken.get(i.id) ?? 0).not.toBe(items.find((x) => x.id === i.id)!.rest)
      }),
      { numRuns: 2_000 },
    )
  })
  const rules = (items: OpenItem[], oldestFirst = false) =>
    proposalsOf(items, { oldestFirst }).proposals.map((p) => [p.rule, ...p.parts.map((x) => x.item.id.slice(-2))])
  test.each([
    [
      'a reference settles in part',
      [
        { rest: 100, paymentReference: '9' },
        { rest: -40, paymentReference: '9' },
      ],
      [['payment-reference', '01', '02']],
    ],
    [
      'a reference on two invoices, one of them of the amount',
      [
        { rest: 100, paymentReference: '9' },
        { rest: 60, paymentReference: '9' },
        { rest: -60, paymentReference: '9' },
      ],
      [['payment-reference', '03', '02']],
    ],
    [
      'a reference on two invoices, none of the amount',
      [
        { rest: 100, paymentReference: '9' },
        { rest: 60, paymentReference: '9' },
        { rest: -70, paymentReference: '9' },
      ],
      [],
    ],
    [
      'an invoice number settles when the sums agree',
      [
        { rest: 100, invoiceNumber: '7' },
        { rest: -100, invoiceNumber: '7' },
      ],
      [['invoice-number', '01', '02']],
    ],
    [
      'an invoice number never settles in part',
      [
        { rest: 100, invoiceNumber: '7' },
        { rest: -40, invoiceNumber: '7' },
      ],
      [],
    ],
    ['an amount that is alone on each side', [{ rest: 100 }, { rest: -100 }, { rest: 30 }], [['amount', '01', '02']]],
    ['an amount that two share is left to a person', [{ rest: 100 }, { rest: 100 }, { rest: -100 }], []],
    [
      'everything when it sums to zero',
      [{ rest: 100 }, { rest: 50 }, { rest: -70 }, { rest: -80 }],
      [['total', '01', '02', '03', '04']],
    ],
  ] as const)('%s', (_, items, expected) => {
    const made = items.map((i, n) => item(n + 1, { ...i, rest: ore(i.rest) } as any))
    expect(rules(made).map(([rule, ...ids]) => [rule, ...ids.toSorted()])).toEqual(
      expected.map(([rule, ...ids]) => [rule, ...(ids as string[]).toSorted()]),
    )
  })
  test('in a currency: paid in kroner to the øre, or in the currency at the same rate; else a person must see to it', () => {
    const euro = (line: number, rest: number, currencyRest: number) =>
      item(line, { rest: ore(rest), invoiceNumber: '7', currency: 'EUR', currencyAmount: currencyRest, currencyRest })
    const paid = item(2, { rest: ore(-115_000), invoiceNumber: '7' })
    expect(rules([euro(1, 115_000, 10_000), paid])).toEqual([['invoice-number', '01', '02']])
    expect(rules([euro(1, 115_000, 10_000), euro(2, -115_000, -10_000)])).toEqual([['invoice-number', '01', '02']])
    expect(rules([euro(1, 115_000, 10_000), euro(2, -115_000, -9_900)])).toEqual([])
    expect(rules([euro(1, 115_000, 10_000), euro(2, -117_000, -10_000)])).toEqual([])
  })
  test('a tie says so; a payment that fits nothing says that', () => {
    const { left } = proposalsOf(
      [
        item(1, { rest: ore(100) }),
        item(2, { rest: ore(100) }),
        item(3, { rest: ore(-100) }),
        item(4, { rest: ore(-7) }),
      ],
      { oldestFirst: false },
    )
    expect(left.map((l) => [l.item.id.slice(-2), l.why])).toEqual([
      ['03', 'several-candidates'],
      ['04', 'no-candidate'],
    ])
  })
})

test('an item’s id is its entry’s place, and only that', () => {
  fc.assert(
    fc.property(fc.nat(Number.MAX_SAFE_INTEGER), fc.integer({ min: 1, max: 10_000 }), (version, line) => {
      expect(placeOfItem(openItemId(version, line))).toEqual([version, line])
    }),
  )
  expect(['', 'itm_1', `itm_${'9'.repeat(26)}`, `vch_${'0'.repeat(26)}`].map(placeOfItem)).toEqual(
    Array(4).fill(undefined),
  )
})
