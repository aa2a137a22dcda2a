import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { IsoDate } from '#worker/core/dates.ts'
import { bp, ore, sum } from '#worker/core/money.ts'
import { standardVatCodes, standardVatRates } from '#worker/vat/standard-vat-codes.ts'
import { isValidOn, rateOn, splitVat, vatInGross, vatOfLine, vatOnNet } from '#worker/vat/vat.ts'

const code = (c: string) => standardVatCodes.find((v) => v.code === c)!
const day = '2026-03-31' as IsoDate
/** Account and amount of base and VAT, as an accountant reads them. */
function booked(c: string, amount: number, mode: 'gross' | 'net' = 'gross') {
  const v = code(c)
  const rate = rateOn(v, day, standardVatRates)
  const vat = rate === undefined ? ore(0) : vatOfLine(ore(amount), v, rate, mode)
  const split = splitVat(ore(amount), vat, v, mode, '6800')
  return [`base ${split.base}`, ...split.entries.map((e) => `${e.account} ${e.amount}`)].join(', ')
}

describe('every code of the list', () => {
  test('books as the law and the chart say', () => {
    const table = standardVatCodes.map(
      (v) => `${v.code.padStart(2)}: ${booked(v.code, v.direction === 'output' ? -100_000 : 100_000)}`,
    )
    expect(table.join('\n')).toMatchInlineSnapshot(`
      " 0: base 100000
       1: base 80000, 2710 20000
       3: base -80000, 2700 -20000
       5: base -100000
       6: base -100000
       7: base 100000
      11: base 86957, 2711 13043
      12: base 90001, 2713 9999
      13: base 89286, 2712 10714
      14: base 80000, 2715 20000
      15: base 86957, 2715 13043
      20: base 100000
      21: base 100000
      22: base 100000
      31: base -86957, 2701 -13043
      32: base -90001, 2703 -9999
      33: base -89286, 2702 -10714
      51: base -100000
      52: base -100000
      81: base 100000, 2715 25000, 2705 -25000
      82: base 100000, 6800 25000, 2705 -25000
      83: base 100000, 2715 15000, 2705 -15000
      84: base 100000, 6800 15000, 2705 -15000
      85: base 100000
      86: base 100000, 2714 25000, 2704 -25000
      87: base 100000, 6800 25000, 2704 -25000
      88: base 100000, 2714 12000, 2704 -12000
      89: base 100000, 6800 12000, 2704 -12000
      91: base 100000, 2716 25000, 2706 -25000
      92: base 100000, 6800 25000, 2706 -25000"
    `)
  })
  test('has accounts where it computes VAT, and only there', () => {
    const computes = standardVatCodes.filter((v) => v.direction !== 'none' && v.rateClass !== 'zero')
    expect(computes.filter((v) => v.direction === 'output' && !v.outputAccount)).toEqual([])
    expect(computes.filter((v) => v.direction === 'input' && !v.inputAccount)).toEqual([])
    expect(
      computes.filter(
        (v) => v.direction === 'reverse' && (!v.outputAccount || v.deductible !== (v.inputAccount !== null)),
      ),
    ).toEqual([])
    expect(standardVatCodes.filter((v) => !computes.includes(v) && (v.outputAccount || v.inputAccount))).toEqual([])
  })
})

test('half an øre is rounded away from zero', () => {
  expect(vatInGross(ore(99_999), bp(2500))).toBe(20_000)
  expect(vatOnNet(ore(2), bp(2500))).toBe(1)
  expect(vatOnNet(ore(-2), bp(2500))).toBe(-1)
  expect(vatOnNet(ore(1_350), bp(1111))).toBe(150)
})

test('rates follow the day', () => {
  const low = (d: string) => rateOn(code('33'), d as IsoDate, standardVatRates)
  expect(['2015-12-31', '2016-01-01', '2018-01-01', '2020-04-01', '2021-09-30', '2021-10-01'].map(low)).toEqual([
    800, 1000, 1200, 600, 600, 1200,
  ])
  expect(low('2005-12-31')).toBeUndefined()
  expect(isValidOn(code('52'), '2016-12-31' as IsoDate)).toBe(false)
})

test('whatever the amount and code, base and VAT keep every øre', () => {
  const amount = fc.integer({ min: -1e12, max: 1e12 }).map(ore)
  fc.assert(
    fc.property(
      amount,
      fc.constantFrom(...standardVatCodes),
      fc.constantFrom('gross' as const, 'net' as const),
      (a, v, mode) => {
        const rate = rateOn(v, day, standardVatRates)
        const vat = rate === undefined ? ore(0) : vatOfLine(a, v, rate, mode)
        const split = splitVat(a, vat, v, mode, '4300')
        const added = sum(split.entries.map((e) => e.amount))
        if (v.direction === 'reverse') expect([split.base, added]).toEqual([a, 0])
        else expect(split.base + added).toBe(mode === 'gross' ? a : a + vat)
      },
    ),
  )
})
