import { addDays, type IsoDate } from '#worker/core/dates.ts'

/** How a cell of a workbook shows its number. */
export type Shown = { as: 'number' | 'date' | 'percent' } | { as: 'digits'; length: number }

const NUMBER: Shown = { as: 'number' }
const DATE: Shown = { as: 'date' }
const PERCENT: Shown = { as: 'percent' }

/** Formats every workbook has without naming them. Source: ECMA-376 part 1, 18.8.30. */
const BUILT_IN_DATES = new Set([14, 15, 16, 17, 22, 27, 28, 29, 30, 31, 34, 35, 36, 50, 51, 52, 53, 54, 55, 56, 57, 58])

/** What a number format shows: a day, a percentage, a code of so many digits with its zeros in front, or just a number. */
export function shownBy(id: number, code: string | undefined): Shown {
  if (code === undefined) return BUILT_IN_DATES.has(id) ? DATE : id === 9 || id === 10 ? PERCENT : NUMBER
  const plain = code
    .split(';', 1)[0]!
    .replace(/"[^"]*"/g, '')
    .replace(/\[[^\]]*\]/g, '')
    .replace(/\\./g, '')
    .replace(/[_*]./g, '')
  if (/^0{2,}$/.test(plain)) return { as: 'digits', length: plain.length }
  if (plain.includes('%')) return PERCENT
  return /[dy]/i.test(plain) || /mmm/i.test(plain) ? DATE : NUMBER
}

const DAY_ZERO = '1899-12-30' as IsoDate
const DAY_ZERO_1904 = '1904-01-01' as IsoDate
/** The 31st of December 9999. */
const LAST_SERIAL = 2_958_465

/** A number as a cell shows it, never through a float: `1234.5` is `1234,5`, a serial in a day's format `2026-01-31`, 0.25 `25 %`. */
export function numberText(value: string, shown: Shown, from1904: boolean): string {
  const text = plainDecimal(value)
  if (text === undefined) return value
  if (shown.as === 'date') {
    const serial = Number(text.split(',')[0])
    if (serial >= 1 && serial <= LAST_SERIAL) return addDays(from1904 ? DAY_ZERO_1904 : DAY_ZERO, serial)
  }
  if (shown.as === 'percent') return `${plainDecimal(`${value}${/e/i.test(value) ? '' : 'E0'}`, 2)} %`
  if (shown.as === 'digits' && /^\d+$/.test(text)) return text.padStart(shown.length, '0')
  return text
}

/**
 * A workbook's number, `-1.5E-3`, with a decimal comma and no exponent, moved `by` places. Three decimals get a fourth: they could
 * else be read as thousands. Undefined when it is no number.
 */
function plainDecimal(value: string, by = 0): string | undefined {
  const read = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d{1,3}))?$/.exec(value.trim())
  if (!read) return undefined
  const [, sign, whole, fraction = '', exponent = '0'] = read
  const move = Number(exponent) + by
  const digits = whole! + fraction
  const point = whole!.length + move
  const padded =
    point <= 0 ? '0'.repeat(1 - point) + digits : point > digits.length ? digits.padEnd(point, '0') : digits
  const at = point <= 0 ? 1 : point
  const before = padded.slice(0, at).replace(/^0+(?=\d)/, '')
  const after = padded.slice(at).replace(/0+$/, '')
  const shown = after.length === 3 ? `${after}0` : after
  return `${/[1-9]/.test(before + after) ? sign : ''}${before}${shown ? `,${shown}` : ''}`
}
