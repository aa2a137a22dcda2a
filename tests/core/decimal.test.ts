import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decimal, decimalText, oreAtRate, rateBetween } from '#worker/core/decimal.ts'
import { ore } from '#worker/core/money.ts'

test('a decimal is read exactly or not at all', () => {
  expect(decimal('11.6543')).toEqual({ digits: 116543n, scale: 4 })
  expect(['1,5', '1e3', '.5', '5.', '', '--1', '1.1234567890123456789'].map(decimal)).toEqual(Array(7).fill(undefined))
  fc.assert(
    fc.property(fc.bigInt({ min: -(10n ** 17n), max: 10n ** 17n }), fc.integer({ min: 0, max: 8 }), (digits, scale) => {
      const text = decimalText({ digits, scale })
      const read = decimal(text)!
      expect(read.digits * 10n ** BigInt(18 - read.scale)).toBe(digits * 10n ** BigInt(18 - scale))
    }),
  )
})

test('a currency amount at a rate, per 1 and per 100', () => {
  expect(oreAtRate(120_000, decimal('11.6543')!, 1)).toBe(1_398_516)
  expect(oreAtRate(100_000, decimal('101.25')!, 100)).toBe(101_250)
  expect(oreAtRate(-1, decimal('0.5')!, 1)).toBe(-1)
  expect(decimalText(rateBetween(ore(1_398_516), 120_000, 1))).toBe('11.6543')
})
