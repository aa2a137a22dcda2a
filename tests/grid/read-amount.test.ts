import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { kroner } from '#i18n/format.ts'
import { decimalOf, readAmount, readTypedAmount } from '#worker/sheets/read-amount.ts'

/** As one reads it aloud: øre, or what is wrong with it. */
const read = (text: string, decimal?: ',' | '.') => {
  const found = readAmount(text, decimal)
  if (found.kind === 'amount') return found.ore
  if (found.kind === 'ambiguous') return `${found.asDecimal} or ${found.asThousands}`
  return found.kind === 'too-fine' ? `too fine, near ${found.rounded}` : found.kind
}

describe('an amount in a sheet', () => {
  test.each([
    ['1 234,50', 123_450],
    ['1\u00a0234,50', 123_450],
    ['1\u202f234\u202f567,00', 123_456_700],
    ['1.234,50', 123_450],
    ['1,234.50', 123_450],
    ["1'234.50", 123_450],
    ['1234,5', 123_450],
    ['1234', 123_400],
    ['(1 234)', -123_400],
    ['(1.234,50)', -123_450],
    ['1234,50-', -123_450],
    ['1 234,50 -', -123_450],
    ['-1 234,50', -123_450],
    ['\u22121\u00a0234,50', -123_450],
    ['\u2013 12,00', -1200],
    ['- 12', -1200],
    ['+12', 1200],
    ['kr 1 250,-', 125_000],
    ['1 250,- kr', 125_000],
    ['NOK 99,90', 9990],
    ['-kr 99,90', -9990],
    ['1 234,50 K', -123_450],
    ['1 234,50 D', 123_450],
    ['12,00 CR', -1200],
    [',50', 50],
    ['0,125', 'too fine, near 13'],
    ['0,00', 0],
    ['-0,00', 0],
    ['12.345.678', 1_234_567_800],
    ['1234,5000000001', 123_450],
    ['1234,4999999999', 123_450],
    ['1 475,962', 'too fine, near 147596'],
    ['12,345678', 'too fine, near 1235'],
    ['475,962', '47596 or 47596200'],
    ['-1.234', '-123 or -123400'],
    ['', 'empty'],
    ['   ', 'empty'],
    ['abc', 'unreadable'],
    ['1.2.3', 'unreadable'],
    ['1 23,00', 'unreadable'],
    ['12 kr 5', 'unreadable'],
    ['1,23E+05', 'unreadable'],
    ['--5', 'unreadable'],
    ['99999999999999', 'too-large'],
  ])('%j is %j', (text, expected) => expect(read(text)).toBe(expected))

  test('the mark its column uses settles what is ambiguous', () => {
    expect(read('475,962', '.')).toBe(47_596_200)
    expect(read('475,962', ',')).toBe('too fine, near 47596')
    expect(read('1.234', ',')).toBe(123_400)
    expect(read('1.234,50', '.')).toBe(123_450) // its own two marks say more than the column
  })

  test.each([
    [['1 234,50', '475,962'], ','],
    [['1.234,50'], ','],
    [['1,234.50', '475,962'], '.'],
    [['1.234.567'], ','],
    [['475,962', '100'], undefined],
    [['12,50', '12.50'], undefined],
    [['1 250,-'], undefined],
    [['1 475,962'], ','],
  ])('%j prove the decimal mark %j', (texts, expected) => expect(decimalOf(texts)).toBe(expected))

  test('what we write we can read, in both languages', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -89_999_999_999_999, max: 89_999_999_999_999 }),
        fc.constantFrom('nb', 'en'),
        (ore, locale) => {
          expect(readAmount(kroner(ore, locale as 'nb'))).toEqual({ kind: 'amount', ore: ore === 0 ? 0 : ore })
        },
      ),
    )
  })
})

describe('an amount one types', () => {
  const typed = (text: string) => {
    const found = readTypedAmount(text)
    if (found.kind === 'ambiguous') return `${found.asDecimal} or ${found.asThousands}`
    if (found.kind === 'too-fine') return `too fine, near ${found.rounded}`
    return found.kind === 'amount' ? found.ore : found.kind
  }
  test.each([
    ['1249,50', 124_950],
    ['1249.5', 124_950],
    ['1249,50+300', 154_950],
    ['=1249,50+300-49,50', 150_000],
    ['-100-50', -15_000],
    ['100-', -10_000],
    ['(100)', -10_000],
    ['1.249', '125 or 124900'],
    ['100+abc', 'unreadable'],
    ['100+', 'unreadable'],
    ['12*15000', 18_000_000],
    ['180000/12', 1_500_000],
    ['100/3', 3_333],
    ['100 × 1,5 + 20 ÷ 3', 15_667],
    ['-2*50', -10_000],
    ['(100)/3', -3_333],
    ['100/0', 'unreadable'],
    ['100*11,6543', 116_543],
    ['7,125*2', '1425 or 1425000'],
    ['200*1,025', '20500 or 20500000'],
    ['12*15.000', '18000 or 18000000'],
    ['-180.000/12', '-1500 or -1500000'],
    ['3*0,335/2', 50],
    ['100/0,125', 80_000],
    ['100*0,000', 0],
    ['100/0,000', 'unreadable'],
    ['500+1.249', '50125 or 174900'],
    ['500+0,125', 'too fine, near 50013'],
    ['100*', 'unreadable'],
    ['9000000000*9000000000', 'too-large'],
    ['', 'empty'],
  ])('%j is %j', (text, expected) => expect(typed(text)).toBe(expected))
})
