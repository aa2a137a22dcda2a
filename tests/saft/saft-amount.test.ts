import fc from 'fast-check'
import { expect, test } from 'vitest'
import { kr } from '#tests/support/saft.ts'
import { basisPointsOf, hundredths } from '#worker/saft/saft-amount.ts'

test.each([
  ['0', 0],
  ['0.00', 0],
  ['-0.00', 0],
  ['1', 100],
  ['1.', 100],
  ['.5', 50],
  ['1.5', 150],
  ['1.05', 105],
  ['-1.05', -105],
  ['+1.05', 105],
  ['0001.10', 110],
  ['1.100000', 110],
  ['10.0000000003', 1_000],
  ['89999999999999.99', 8_999_999_999_999_999],
])('%s is %d', (text, amount) => {
  expect(hundredths(text)).toBe(amount)
})

test.each([
  '',
  ' ',
  '-',
  '.',
  '1,50',
  '1e3',
  '1.5.0',
  'NaN',
  'Infinity',
  '0x10',
  '1 000',
  '1.005',
  '1.0001',
  '--1',
  '90000000000000.00',
  '123456789012345678901',
])('%o is no amount of øre', (text) => {
  expect(hundredths(text)).toBeUndefined()
})

test('every amount of øre is read back exactly as it was written', () => {
  fc.assert(
    fc.property(fc.integer({ min: -8_999_999_999_999_999, max: 8_999_999_999_999_999 }), (ore) => {
      expect(hundredths(kr(ore))).toBe(ore === 0 ? 0 : ore)
    }),
  )
})

test('percent becomes basis points', () => {
  expect(['25', '25.00', '11.11', '0', '100', '101', '-1', 'x'].map(basisPointsOf)).toEqual([
    2500,
    2500,
    1111,
    0,
    10_000,
    undefined,
    undefined,
    undefined,
  ])
})
