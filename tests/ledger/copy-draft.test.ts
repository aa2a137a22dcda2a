import { expect, test } from 'vitest'
import { testBooks } from '#tests/support/books.ts'
import type { IsoDate } from '#worker/core/dates.ts'
import { copyOf } from '#worker/ledger/copy-draft.ts'
import { checkVoucher } from '#worker/ledger/voucher.ts'

test('a booked import, of which there is only what was booked, is booked the same again: currency, quantity and all', () => {
  const voucherDate = '2026-03-01' as IsoDate
  const lines = [
    { rowKey: 'a', account: '6800', amount: 143_750, vatCode: '1', currency: 'SEK', rate: '103.25', rateUnit: 100 },
    { rowKey: 'b', account: '1950', amount: 115_000, currency: 'EUR', currencyAmount: 10_000, quantity: '2.5' },
    { rowKey: 'c', account: '1920', amount: -258_750 },
  ]
  const judged = (draft: unknown) => {
    const { issues, entries } = checkVoucher(draft, testBooks(), { softLock: false })
    expect(issues.filter(({ severity }) => severity === 'error')).toEqual([])
    return entries
  }
  const entries = judged({ id: `vch_${'0'.repeat(26)}`, type: 'general', voucherDate, lines })
  expect(entries.map(({ currencyAmount }) => currencyAmount)).toEqual([111_380, null, 10_000, null])
  const again = copyOf({ type: 'general', text: '', content: null, entries }, `vch_${'1'.repeat(26)}`, voucherDate)
  expect(judged(again)).toEqual(entries)
})
