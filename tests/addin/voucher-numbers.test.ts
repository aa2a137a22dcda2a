import { expect, test } from 'vitest'
import { VoucherNumbers } from '#addin/audit/voucher-numbers.ts'

test('numbers of one series beyond what a call takes as arguments: the last, what is missing and what stands twice', () => {
  const numbers = new VoucherNumbers()
  for (let n = 1; n <= 200_000; n++) if (n !== 7) numbers.take('HB', 2026, n)
  numbers.take('HB', 2026, 9)
  numbers.take('UF', 2026, 1)
  expect(numbers.series).toEqual([
    { series: 'HB', fiscalYear: 2026, last: 200_000 },
    { series: 'UF', fiscalYear: 2026, last: 1 },
  ])
  expect(numbers.gaps.map(({ number }) => number)).toEqual([7, 9])
})
