import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { testBooks } from '#tests/support/books.ts'
import { table } from '#tests/support/table.ts'
import { ore, sum } from '#worker/core/money.ts'
import type { Facts } from '#worker/ledger/books.ts'
import { checkVoucher } from '#worker/ledger/voucher.ts'
import { contentOf, withDefaults } from '#worker/ledger/voucher-draft.ts'

const id = `vch_${'a'.repeat(26)}`
const purchase = { account: '6800', amount: 125_000, vatCode: '1' }
const bank = { account: '1920', amount: -125_000 }
const draft = (over: Record<string, unknown> = {}) => ({
  id,
  type: 'general',
  voucherDate: '2026-03-31',
  text: 'Prøve',
  lines: [purchase, bank],
  ...over,
})
const withLine = (over: Record<string, unknown>) => draft({ lines: [{ ...purchase, ...over }, bank] })
const books = testBooks()
const issues = (raw: unknown, over: Partial<Facts> = {}, softLock = false) =>
  checkVoucher(raw, testBooks(over), { softLock }).issues.map(
    (i) => `${i.pointer} ${i.code}${i.params?.reason ? `#${i.params.reason}` : ''}`,
  )
const company = (over: object): Partial<Facts> => ({ company: { ...books.company, ...over } })
const locked = (level: 'soft' | 'hard'): Partial<Facts> => ({
  periods: [...books.periods].map(([month, l]) => ({
    month: month as never,
    year: 2026,
    level: month === '2026-03' ? level : l,
  })),
})

test('a good draft has no issues and entries that sum to zero', () => {
  const judged = checkVoucher(draft(), books, { softLock: false })
  expect([judged.ok, judged.issues]).toEqual([true, []])
  expect(table(judged.entries)).toMatchInlineSnapshot(`
    "6800           1 000,00               1
    2710             250,00               1
    1920                        1 250,00"
  `)
})

describe('every issue of the table, each alone', () => {
  const cases: [name: string, raw: unknown, facts: Partial<Facts>, expected: string[]][] = [
    ['id missing', draft({ id: undefined }), {}, ['#/id field/required']],
    ['id of another shape', draft({ id: 'vch_1' }), {}, ['#/id field/invalid']],
    ['unknown voucher type', draft({ type: 'whim' }), {}, ['#/type field/invalid#voucher-type']],
    ['a field nobody knows', draft({ colour: 'red' }), {}, ['#/colour field/invalid#unknown']],
    ['a line field nobody knows', withLine({ colour: 'red' }), {}, ['#/lines/0/colour field/invalid#unknown']],
    ['no such day', draft({ voucherDate: '2026-02-30' }), {}, ['#/voucherDate date/invalid']],
    ['a day in words', draft({ documentDate: '31.03.2026' }), {}, ['#/documentDate date/invalid']],
    [
      'no fiscal year',
      draft({ voucherDate: '2031-01-01', documentDate: '2026-03-31' }),
      {},
      ['#/voucherDate fiscal-year/missing'],
    ],
    ['hard lock', draft(), locked('hard'), ['#/voucherDate period/locked']],
    ['soft lock', draft(), locked('soft'), ['#/voucherDate period/locked']],
    ['before cut-over', draft(), company({ cutOverDate: '2026-07-01' }), ['#/voucherDate voucher/before-cut-over']],
    ['U+0000 in a text', draft({ text: 'a\u0000b' }), {}, ['#/text text/not-allowed']],
    ['a lone surrogate', withLine({ text: '\ud800' }), {}, ['#/lines/0/text text/not-allowed']],
    ['a non-character', withLine({ text: '\ufffe' }), {}, ['#/lines/0/text text/not-allowed']],
    ['a text too long', draft({ text: 'x'.repeat(256) }), {}, ['#/text field/invalid']],
    ['unbalanced', withLine({ amount: 126_000 }), {}, ['#/lines voucher/unbalanced']],
    ['one entry', draft({ lines: [{ account: '1920', amount: 0 }] }), {}, ['#/lines voucher/unbalanced']],
    ['no lines', draft({ lines: [] }), {}, ['#/lines field/required']],
    ['unknown account', withLine({ account: '6801' }), {}, ['#/lines/0/account account/unknown']],
    [
      'closed account',
      draft(),
      { accounts: testBooksAccounts({ '6800': { closedFrom: '2026-01-01' } }) },
      ['#/lines/0/account account/closed'],
    ],
    [
      'control account without party',
      draft({ lines: [purchase, { account: '2400', amount: -125_000 }] }),
      {},
      ['#/lines/1/account party/missing'],
    ],
    [
      'no such party',
      draft({ lines: [purchase, { account: '2400:29999', amount: -125_000 }] }),
      {},
      ['#/lines/1/account party/unknown'],
    ],
    [
      'a customer where a supplier belongs',
      draft({ lines: [purchase, { account: '2400:10001', amount: -125_000 }] }),
      {},
      ['#/lines/1/account party/wrong-kind'],
    ],
    [
      'a party on an ordinary account',
      draft({ lines: [purchase, { account: '1920:10001', amount: -125_000 }] }),
      {},
      ['#/lines/1/account party/wrong-kind'],
    ],
    ['a float amount', withLine({ amount: 0.1 }), {}, ['#/lines/0/amount amount/not-whole-ore']],
    ['an amount in text', withLine({ amount: '1250,00' }), {}, ['#/lines/0/amount amount/not-whole-ore']],
    ['2^53', withLine({ amount: 2 ** 53 }), {}, ['#/lines/0/amount amount/too-large']],
    ['no amount', withLine({ amount: undefined }), {}, ['#/lines/0/amount field/required']],
    ['unknown VAT code', withLine({ vatCode: '99' }), {}, ['#/lines/0/vatCode vat-code/unknown']],
    [
      'VAT code before its time',
      { ...withLine({ vatCode: '85' }), vatDate: '2016-12-31' },
      {},
      ['#/lines/0/vatCode vat-code/not-valid-on-date'],
    ],
    ['a sales code on a cost', withLine({ vatCode: '3' }), {}, ['#/lines/0/vatCode vat-code/not-allowed']],
    [
      'code outside the account’s own list',
      draft(),
      { accounts: testBooksAccounts({ '6800': { allowedVatCodes: ['0', '11'] } }) },
      ['#/lines/0/vatCode vat-code/not-allowed'],
    ],
    [
      'account requires a code',
      withLine({ vatCode: undefined }),
      { accounts: testBooksAccounts({ '6800': { vatCodeRequired: true } }) },
      ['#/lines/0/vatCode vat-code/required'],
    ],
    [
      'not registered for VAT',
      draft(),
      company({ vatRegistered: false }),
      ['#/lines/0/vatCode vat-code/not-registered'],
    ],
    ['a VAT amount too far off', withLine({ vatAmount: 24_899 }), {}, ['#/lines/0/vatAmount vat-amount/over-limit']],
    [
      'a VAT amount with the other sign',
      withLine({ vatAmount: -25_000 }),
      {},
      ['#/lines/0/vatAmount field/invalid#other-sign'],
    ],
    [
      'a VAT amount where there is no VAT',
      withLine({ vatCode: '0', vatAmount: 100 }),
      {},
      ['#/lines/0/vatAmount field/invalid#no-vat-here'],
    ],
    ['no such dimension', withLine({ dimensions: { whim: '1' } }), {}, ['#/lines/0/dimensions/whim dimension/unknown']],
    [
      'no such value',
      withLine({ dimensions: { department: '99' } }),
      {},
      ['#/lines/0/dimensions/department dimension/unknown'],
    ],
    [
      'closed value',
      withLine({ dimensions: { department: '90' } }),
      {},
      ['#/lines/0/dimensions/department dimension/closed'],
    ],
    ['required dimension', withLine({ account: '6340' }), {}, ['#/lines/0/dimensions/department dimension/required']],
    [
      'forbidden dimension',
      draft({ lines: [purchase, { ...bank, dimensions: { department: '10' } }] }),
      {},
      ['#/lines/1/dimensions/department dimension/forbidden'],
    ],
    [
      'bad KID',
      draft({ lines: [purchase, { account: '2400:20017', amount: -125_000, paymentReference: '12345670' }] }),
      {},
      ['#/lines/1/paymentReference field/invalid#payment-reference'],
    ],
    [
      'an invoice number on an ordinary account',
      withLine({ invoiceNumber: '7' }),
      {},
      ['#/lines/0/invoiceNumber field/invalid#not-control-account'],
    ],
    [
      'amount and rate disagree',
      withLine({ currency: 'EUR', currencyAmount: 10_000, rate: '11.5' }),
      {},
      ['#/lines/0/amount field/invalid#differs-from-rate'],
    ],
    [
      'lines in euro alone that balance in kroner only',
      draft({
        lines: [
          { account: '1920', amount: 115_000, currency: 'EUR', currencyAmount: 10_000 },
          { ...bank, amount: -115_000, currency: 'EUR', currencyAmount: -10_100 },
        ],
      }),
      {},
      ['#/lines voucher/unbalanced'],
    ],
    ['a rate without currency', withLine({ rate: '11.5' }), {}, ['#/lines/0/rate field/invalid#without-currency']],
    [
      'the same row key twice',
      draft({
        lines: [
          { ...purchase, rowKey: 'a' },
          { ...bank, rowKey: 'a' },
        ],
      }),
      {},
      ['#/lines/1/rowKey field/invalid#row-key'],
    ],
  ]
  test.each(cases)('%s', (_, raw, facts, expected) => {
    expect(issues(raw, facts)).toEqual(expected)
  })
})

function testBooksAccounts(changes: Record<string, object>) {
  return [...books.accounts.values()].map((a) => ({ ...a, ...changes[a.number] }))
}

test('warnings never stop a posting', () => {
  const judged = checkVoucher(withLine({ vatCode: undefined }), books, { softLock: false })
  expect(judged.issues).toMatchObject([
    { code: 'vat-code/default-available', severity: 'warning', fix: { value: '1' } },
  ])
  expect(judged.ok).toBe(true)
})

test('a soft lock lets accountants through with a reason', () => {
  expect(issues(draft({ reason: 'Avtalt med revisor' }), locked('soft'), true)).toEqual([])
  expect(issues(draft(), locked('soft'), true)).toEqual(['#/voucherDate period/locked#reason-needed'])
})

test('all faults are told at once, in field order', () => {
  const raw = {
    colour: 1,
    lines: [
      { account: '1', amount: 0.5, text: '\u0000' },
      { account: '2400', amount: 1 },
    ],
    voucherDate: 'i går',
    type: 'x',
  }
  expect(issues(raw)).toEqual([
    '#/id field/required',
    '#/type field/invalid#voucher-type',
    '#/voucherDate date/invalid',
    '#/colour field/invalid#unknown',
    '#/lines/0/account account/unknown',
    '#/lines/0/amount amount/not-whole-ore',
    '#/lines/0/text text/not-allowed',
    '#/lines/1/account party/missing',
  ])
})

test.each([null, 7, 'tekst', [], { lines: 'x' }, { lines: [1, null] }, {}])(
  'whatever is sent, it is judged and nothing is thrown: %j',
  (raw) => {
    expect(checkVoucher(raw, books, { softLock: false }).ok).toBe(false)
  },
)

test('content is the same text whatever order and defaults it was sent with', () => {
  const a = withDefaults(draft() as never)
  const b = withDefaults({
    lines: [{ vatCode: '1', amount: 125_000, account: '6800', text: 'Prøve', rowKey: 'r1' }, bank],
    text: 'Prøve',
    documentDate: '2026-03-31',
    voucherDate: '2026-03-31',
    type: 'general',
    id,
  } as never)
  expect(contentOf(b)).toBe(contentOf(a))
})

test('whatever balances gross balances with its VAT split out', () => {
  const line = fc.record({
    account: fc.constantFrom('6800', '4300', '6560'),
    amount: fc.integer({ min: -1e11, max: 1e11 }),
    vatCode: fc.constantFrom('0', '1', '11', '13', '14', '81', '82', '86', '87', '88', '91', '92'),
  })
  fc.assert(
    fc.property(fc.array(line, { minLength: 1, maxLength: 20 }), (lines) => {
      const rest = { account: '1920', amount: -lines.reduce((total, l) => total + l.amount, 0) }
      const judged = checkVoucher(draft({ lines: [...lines, rest] }), books, { softLock: false })
      expect(judged.issues).toEqual([])
      expect(sum(judged.entries.map((e) => ore(e.amount)))).toBe(0)
    }),
  )
})
