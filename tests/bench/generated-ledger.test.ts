import { expect, test } from 'vitest'
import { accounts, draftOf, vouchers } from '#bench/generated-ledger.ts'
import { type Figure, median, quantile, reaches } from '#bench/line.ts'
import { VoucherDraft } from '#worker/ledger/voucher-draft.ts'

const list = [...vouchers(2_000, 2026)]

test('the ledger of the benchmarks is the same every time, balances, and keeps to its accounts', () => {
  expect(JSON.stringify([...vouchers(2_000, 2026)])).toBe(JSON.stringify(list))
  expect(list.filter((v) => v.lines.reduce((sum, l) => sum + l.amount, 0) !== 0)).toEqual([])
  const known = new Set(accounts)
  expect(list.flatMap((v) => v.lines).filter((l) => !known.has(l.account))).toEqual([])
  expect(accounts).toHaveLength(247)
  const lines = list.reduce((n, v) => n + v.lines.length, 0)
  expect(lines / list.length).toBeGreaterThan(3.3)
  expect(lines / list.length).toBeLessThan(3.7)
  expect([list[0]!.date.slice(0, 7), list.at(-1)!.date.slice(0, 7)]).toEqual(['2024-01', '2026-12'])
})

test('each voucher is a draft that the API takes, and still balances', () => {
  for (const [i, v] of list.entries()) {
    const draft = draftOf(v, `vch_${String(i).padStart(26, '0')}`)
    expect(VoucherDraft.safeParse(draft).success).toBe(true)
    expect(draft.lines.reduce((sum, l) => sum + l.amount, 0)).toBe(0)
  }
})

test('medians and goals', () => {
  expect([median([3, 1, 2]), quantile([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 0.9)]).toEqual([2, 10])
  const figure = { id: 'P1', what: '', unit: '', floor: 1, n: 1, value: 0.3, ratio: 0.3 } satisfies Omit<Figure, 'goal'>
  expect(reaches({ ...figure, goal: 'ratio >= 0.25' })).toBe(true)
  expect(reaches({ ...figure, goal: 'value <= 0.2' })).toBe(false)
  expect(reaches({ ...figure, goal: null })).toBeUndefined()
})
