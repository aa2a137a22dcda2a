import { describe, expect, test, vi } from 'vitest'
import { addinTexts } from '#addin/sheet/sheet-words.ts'
import { voucherColumns } from '#addin/sheet/voucher-columns.ts'
import { testBooks } from '#tests/support/books.ts'
import { columnsFor, isNeeded, layoutOf, lockOf } from '#web/islands/voucher/columns.ts'
import { edited } from '#web/islands/voucher/edit.ts'
import { judge } from '#web/islands/voucher/judge.ts'
import { commandOf, keyMapFrom } from '#web/islands/voucher/keys.ts'
import { withColumn } from '#web/islands/voucher/layouts.ts'
import { OpenItems } from '#web/islands/voucher/open-items.ts'
import type { Line } from '#web/islands/voucher/send.ts'
import { typedText } from '#web/islands/voucher/shown.ts'
import type { IsoDate } from '#worker/core/dates.ts'
import { ore } from '#worker/core/money.ts'
import { withItem } from '#worker/sheets/row-matches.ts'
import { BLANK, type Desk, emptyDesk } from '#worker/sheets/sheet.ts'

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

describe('the columns that Excel has too', () => {
  const FIELDS = ['vatMode', 'vatDate', 'vatSpecification', 'quantity', 'matches'] as const
  test('have the same names, come when they are wanted or filled in, and are locked by the same rules', () => {
    for (const locale of ['nb', 'en'] as const) {
      const titles = new Map(columnsFor(empty, books, locale, {}).map(({ field, title }) => [field, title]))
      const { captions } = addinTexts[locale]
      for (const { id } of voucherColumns([])) {
        if (id in captions && FIELDS.includes(id as 'vatMode'))
          expect(titles.get(id), id).toBe(captions[id as 'vatMode'])
      }
      expect(FIELDS.every((field) => titles.has(field))).toBe(true)
    }
    expect(fields(empty).filter((field) => FIELDS.includes(field as 'vatMode'))).toEqual([])
    const wanted = { columns: FIELDS.map((field) => ({ field })), frozen: 1 } as never
    expect(fields(empty, wanted)).toEqual(expect.arrayContaining([...FIELDS]))
    const order = fields(empty).map((field) => ({ field }))
    expect(fields(empty, withColumn(undefined, order, 'script', { hidden: false }))).toContain('script')
    const pressed = { key: 'u', code: 'KeyU', ctrlKey: false, metaKey: false, altKey: true, shiftKey: false }
    const where = { inGrid: true, isWriting: false, mayBeText: true }
    expect(commandOf(pressed, where)).toBe('matches')
    expect(commandOf({ ...pressed, key: 'F4', altKey: false }, where, keyMapFrom({ script: 'F4' }))).toBe('script')
    const matches = columnsFor(empty, books, 'nb', {}).find(({ field }) => field === 'matches')!
    expect(lockOf({ ...BLANK, account: '6800', amount: 1 }, matches, books)).toBe('lockedForAccount')
    expect(lockOf({ ...BLANK, account: '1500:10042' }, matches, books)).toBeUndefined()
  })
  test('a net line, a VAT date and a quantity are booked as Excel would book them', () => {
    const desk = typed(
      { account: '6800', amount: '1000', vatMode: 'netto', quantity: '2,5' },
      { account: '1920', amount: '-1250', vatDate: '28.02.2026' },
    )
    expect(desk.rows[0]).toMatchObject({ vatMode: 'net', quantity: '2.5' })
    const { vouchers, placed } = judge(desk, court)
    expect(vouchers[0]!.draft).toMatchObject({
      vatDate: '2026-02-28',
      lines: [{ vatMode: 'net', quantity: '2.5', amount: 100_000 }, {}],
    })
    expect([placed.filter(({ level }) => level !== 'warning'), vouchers[0]!.rest]).toEqual([[], 0])
    expect(typedText(desk.rows[0]!, 'vatMode', 'nb')).toBe('Netto')
  })
  test('what cannot be read is said of its cell, and so are two VAT dates in one voucher', () => {
    const desk = typed(
      { account: '6800', amount: '1250', vatMode: 'halv', vatDate: '01.03.2026', quantity: 'mange' },
      { account: '1920', amount: '-1250', vatDate: '02.03.2026' },
    )
    const found = judge(desk, court).placed.map(({ row, field }) => `${row} ${field}`)
    expect(found).toEqual(expect.arrayContaining(['0 vatMode', '0 quantity', '1 vatDate']))
  })
  test('a payment settles the items one picks: what is left is filled in, and one picked again is taken away', () => {
    const one = `itm_${'0'.repeat(15)}1${'0'.repeat(9)}1`
    const two = `itm_${'0'.repeat(15)}2${'0'.repeat(9)}1`
    const [a, b] = [
      { id: one, rest: ore(100_000) },
      { id: two, rest: ore(50_000) },
    ]
    const picked = withItem('', a, '')
    expect(picked).toBe(`${one}:100000`)
    const desk = typed({ account: '1500:10042', matches: picked }, { account: '1920', amount: '1000' })
    expect(desk.rows[0]!.amount).toBe(-100_000)
    expect(judge(desk, court).vouchers[0]!.draft.lines).toMatchObject([
      { matches: [{ openItem: one, amount: 100_000 }] },
      {},
    ])
    expect(withItem(picked, b, -120_000)).toBe(`${one}:100000 ${two}:20000`)
    expect(withItem(`${one}:100000 ${two}:20000`, a, -120_000)).toBe(`${two}:20000`)
    // One more is put to it as long as the amount is what was chosen.
    const setting = { books, today: '2026-03-20' as IsoDate }
    const more = edited(desk, [{ row: 0, field: 'matches', value: withItem(picked, b, -100_000) }], setting)
    expect(more.rows[0]!.amount).toBe(-150_000)
    const over = edited(desk, [{ row: 0, field: 'amount', value: '-900' }], setting)
    expect(judge(over, court).placed).toContainEqual(
      expect.objectContaining({ row: 0, field: 'matches', code: 'match/over' }),
    )
    expect(judge(typed({ account: '1500:10042', matches: 'faktura 3', amount: '-1' }), court).placed).toContainEqual(
      expect.objectContaining({ row: 0, field: 'matches' }),
    )
  })
  test('items are read when they are asked for, found by invoice, and named in the cell', async () => {
    const id = `itm_${'0'.repeat(15)}1${'0'.repeat(9)}1`
    const item = {
      id,
      rest: 100_000,
      invoiceNumber: '3307',
      dueDate: '2026-04-11',
      text: 'Fliser',
      voucher: { series: 'UF', fiscalYear: 2026, number: 4 },
    }
    const asked: string[] = []
    let heard = 0
    const line = {
      base: '/api',
      fetch: (async (path: string) => {
        asked.push(path)
        return Response.json({ items: [item] })
      }) as typeof fetch,
    } as Line
    const items = new OpenItems(line, () => heard++)
    const row = { ...BLANK, account: '1500:10042', amount: '', matches: `${id}:100000` }
    expect(items.shown(row)).toBe('…')
    await vi.waitFor(() => expect(heard).toBe(1))
    expect([items.shown(row), asked]).toEqual(['3307', ['/api/open-items?account=1500&party=10042&limit=5000']])
    const { options, chosen } = items.options({ ...row, matches: '' }, '330', 'nb')
    expect([options[0]!.value, options[0]!.code, chosen]).toEqual([`${id}:100000`, '3307', 0])
    expect(items.options(row, 'finnes ikke', 'nb').options).toEqual([])
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
