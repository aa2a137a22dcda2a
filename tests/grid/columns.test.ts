import { describe, expect, test } from 'vitest'
import { testBooks } from '#tests/support/books.ts'
import { columnsFor, isNeeded, layoutOf } from '#web/islands/voucher/columns.ts'
import { edited } from '#web/islands/voucher/edit.ts'
import { judge } from '#web/islands/voucher/judge.ts'
import type { IsoDate } from '#worker/core/dates.ts'
import { type Desk, emptyDesk } from '#worker/sheets/sheet.ts'

const books = testBooks()
const court = { books, rights: { softLock: false, role: 'operator' as const }, locale: 'nb' as const }
const empty = emptyDesk(`vch_${'0'.repeat(26)}`, {
  type: 'IF',
  voucherDate: '2026-03-03',
  documentDate: '',
  text: '',
  reason: '',
})
const typed = (...lines: Record<string, string>[]): Desk =>
  lines.reduce(
    (desk, cells, row) =>
      edited(
        desk,
        Object.entries(cells).map(([field, value]) => ({ row, field, value })),
        { books, today: '2026-03-20' as IsoDate },
      ),
    empty,
  )
const fields = (desk: Desk, chosen?: Parameters<typeof layoutOf>[5]) =>
  layoutOf(desk, books, 'nb', {}, 1400, chosen).columns.map((column) => column.field)

describe('VAT typed instead of the computed', () => {
  test('has the sign of its amount, and is booked', () => {
    const desk = typed(
      { account: '6800', amount: '1250', vatAmount: '249,50' },
      { account: '2400:20017', amount: '-1250' },
    )
    expect(desk.rows[0]!.vatAmount).toBe(24_950)
    const verdict = judge(desk, court)
    expect(verdict.vatAt.get(0)).toBe(24_950)
    expect(verdict.vouchers[0]!.ready).toBe(true)
    expect(typed({ account: '3000', amount: '-1250', vatAmount: '249,50' }).rows[0]!.vatAmount).toBe(-24_950)
  })
  test('beyond the limit asks for a reason, which gets its column, and offers the computed', () => {
    const desk = typed({ account: '6800', amount: '1250', vatAmount: '100' })
    const [fault] = judge(desk, court).placed.filter((p) => p.field === 'vatAmount')
    expect([fault!.code, fault!.fix!.value]).toEqual(['vat-amount/over-limit', 25_000])
    expect([fields(empty).includes('vatAmountReason'), fields(desk).includes('vatAmountReason')]).toEqual([false, true])
    const reasoned = edited(desk, [{ row: 0, field: 'vatAmountReason', value: 'Som på fakturaen' }], {
      books,
      today: '2026-03-20' as IsoDate,
    })
    expect(judge(reasoned, court).placed.filter((p) => p.field === 'vatAmount')).toEqual([])
  })
})

describe('a line in another currency', () => {
  test('where one enters in currency, the columns stand ready, Enter stops there, and the next line repeats it', () => {
    const { columns } = layoutOf(empty, books, 'nb', { currency: true }, 1400)
    const setting = { books, today: '2026-03-20' as IsoDate, columns: [{ field: 'currency', repeats: true }] }
    const stops = (desk: Desk, row: number) =>
      columns.filter((column) => isNeeded(desk.rows[row]!, column, books, 'HB')).map(({ field }) => field)
    const begun = edited(empty, [{ row: 0, field: 'account', value: '6800' }], setting)
    expect(stops(begun, 0)).toEqual(['account', 'currency', 'currencyAmount', 'amount'])
    const [first, second] = [
      { row: 0, field: 'currency', value: 'eur' },
      { row: 1, field: 'account', value: '1920' },
    ]
    const desk = edited(begun, [first, { row: 0, field: 'currencyAmount', value: '100' }, second], setting)
    expect([desk.rows[1]!.currency, stops(desk, 1)]).toEqual(['EUR', ['account', 'currencyAmount', 'amount']])
    expect(stops(desk, 0)).toEqual(['account'])
  })
  test('currency amount and rate give the amount in kroner, and the columns come with them', () => {
    const desk = typed({ account: '6800', vatCode: '0', currency: 'eur', currencyAmount: '100', rate: '11,6543' })
    expect(desk.rows[0]).toMatchObject({ currency: 'EUR', currencyAmount: 10_000, rate: '11.6543', amount: 116_543 })
    expect(fields(desk)).toEqual(expect.arrayContaining(['currency', 'currencyAmount', 'rate']))
    expect(judge(desk, court).vouchers[0]!.draft).toMatchObject({
      lines: [{ currency: 'EUR', currencyAmount: 10_000, rate: '11.6543', amount: 116_543 }],
    })
    const perHundred = typed({ currency: 'SEK', currencyAmount: '100', rate: '103,25/100' })
    expect(perHundred.rows[0]!.amount).toBe(10_325)
    expect(judge(typed({ account: '6800', rate: 'elleve' }), court).placed[0]).toMatchObject({
      field: 'rate',
      code: 'unread',
    })
  })
})

describe('a layout', () => {
  const chosen = (columns: object[], frozen?: number) => ({ columns, ...(frozen !== undefined && { frozen }) }) as never
  test('moves, hides and widens columns; those it does not name follow the one before them', () => {
    const all = fields(empty)
    const moved = fields(empty, chosen([{ field: 'text' }, { field: 'account' }, { field: 'dueDate', hidden: true }]))
    expect(moved.slice(0, 2)).toEqual(['text', 'invoiceNumber'])
    expect(moved).not.toContain('dueDate')
    expect(moved.toSorted()).toEqual(all.filter((field) => field !== 'dueDate').toSorted())
    expect(layoutOf(empty, books, 'nb', {}, 1400, chosen([{ field: 'vatCode', width: 90 }], 3))).toMatchObject({
      frozen: 3,
    })
  })
  test('never hides what somebody has typed', () => {
    const hidden = chosen([{ field: 'dueDate', hidden: true }])
    expect(fields(typed({ account: '2400:20017', dueDate: '17' }), hidden)).toContain('dueDate')
  })
  test('every column can be shown', () => {
    const every = columnsFor(empty, books, 'nb', {}).map(({ field }) => ({ field }))
    expect(fields(empty, chosen(every))).toEqual(every.map(({ field }) => field))
  })
})
