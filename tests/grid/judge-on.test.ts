import { expect, test } from 'vitest'
import { testBooks } from '#tests/support/books.ts'
import { type Court, judge, judgeOn } from '#web/islands/voucher/judge.ts'
import { BLANK, type Desk, emptyDesk, type Row } from '#worker/sheets/sheet.ts'

const court: Court = { books: testBooks(), rights: { softLock: false }, locale: 'nb' }
const header = { type: 'HB', voucherDate: '2026-03-01', documentDate: '', text: '', reason: '' }
const row = (voucher: number, account: string, amount: number): Row => ({
  ...BLANK,
  voucher: String(voucher),
  id: `vch_${String(voucher).padStart(26, '0')}`,
  account,
  amount,
})
/** Vouchers of two lines each; one in ten does not balance. */
const sheet = (vouchers: number): Desk => ({
  ...emptyDesk(`vch_${'0'.repeat(26)}`, header),
  mode: 'sheet',
  rows: Array.from({ length: vouchers }, (_, i) => [
    row(i, '6800', 100),
    row(i, '1920', i % 10 === 0 ? -90 : -100),
  ]).flat(),
})

test('a long sheet is judged in slices, and comes to the same as judged at once', () => {
  const desk = sheet(100)
  const whole = judge(desk, court)
  const first = judge(desk, court, undefined, undefined, 20)
  expect([first.vouchers.length, first.waiting]).toEqual([10, 90])
  const left: number[] = []
  do left.push(judgeOn(desk, court, first.memory, 60))
  while (left.at(-1)! > 0)
  expect(left).toEqual([60, 30, 0])
  const { memory, ...then } = judge(desk, court, undefined, first.memory, 0)
  const { memory: _, ...atOnce } = whole
  expect(then).toEqual(atOnce)
  expect(memory.size).toBe(100)
})

test('what changes in a judged sheet is judged again, and nothing else', () => {
  const desk = sheet(100)
  const before = judge(desk, court)
  const rows = desk.rows.map((row, i) => (i === 21 ? { ...row, amount: -100 } : row))
  const after = judge({ ...desk, rows }, court, undefined, before.memory, 2)
  expect(after.waiting).toBe(0)
  expect(after.vouchers.filter((voucher, i) => voucher !== before.vouchers[i])).toEqual([after.vouchers[10]])
  expect([before.vouchers[10]!.ready, after.vouchers[10]!.ready]).toEqual([false, true])
})
