import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { allocate, InvariantError, mulDiv, Ore, ore, sum, TOO_LARGE } from '#worker/core/money.ts'

describe('øre', () => {
  test('is a whole number below the limit, and never minus zero', () => {
    expect(Object.is(ore(-0), 0)).toBe(true)
    for (const bad of [0.5, Number.NaN, Number.POSITIVE_INFINITY, TOO_LARGE, -TOO_LARGE, 2 ** 53])
      expect(() => ore(bad)).toThrow(InvariantError)
  })
  test('a schema says which rule was broken', () => {
    const code = (value: unknown) => Ore.safeParse(value).error?.issues[0]?.message
    expect([code(undefined), code('1250'), code(1.5), code(TOO_LARGE), code(2 ** 53), code(-5)]).toEqual([
      'field/required',
      'amount/not-whole-ore',
      'amount/not-whole-ore',
      'amount/too-large',
      'amount/too-large',
      undefined,
    ])
  })
})

test('mulDiv rounds half away from zero, exactly', () => {
  const cases = [
    [5, 1, 2, 3],
    [-5, 1, 2, -3],
    [4, 1, 3, 1],
    [-4, 1, 3, -1],
    [99_999, 2_500, 12_500, 20_000],
    [8_999_999_999_999_998, 9_999, 10_000, 8_999_099_999_999_998],
  ] as const
  for (const [amount, by, over, want] of cases) expect(mulDiv(ore(amount), by, over)).toBe(want)
})

test('allocation keeps every øre, whatever the amount and weights', () => {
  const amount = fc.integer({ min: -1_000_000_000_000, max: 1_000_000_000_000 }).map(ore)
  const weights = fc
    .array(fc.integer({ min: 0, max: 10_000 }), { minLength: 1, maxLength: 24 })
    .filter((w) => w.some((n) => n > 0))
  fc.assert(
    fc.property(amount, weights, (whole, by) => {
      const parts = allocate(whole, by)
      expect(sum(parts)).toBe(whole)
      expect(parts).toHaveLength(by.length)
    }),
  )
  expect(allocate(ore(100), [1, 1, 1])).toEqual([33, 33, 34])
  expect(() => allocate(ore(1), [])).toThrow(InvariantError)
  expect(() => allocate(ore(1), [0])).toThrow(InvariantError)
})
