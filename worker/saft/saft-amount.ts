import { TOO_LARGE } from '#worker/core/money.ts'

const ZERO = 48
const DOT = 46

/**
 * Decimal text as hundredths: "1234.5" is 123450, never through a float. Undefined when it is not a plain decimal, has more
 * than two decimals that mean something, or leaves the range of øre. Below a millionth is noise of a float somewhere else
 * and is dropped (features.md 4.8).
 */
export function hundredths(text: string): number | undefined {
  const negative = text.charCodeAt(0) === 45
  let at = negative || text.charCodeAt(0) === 43 ? 1 : 0
  const length = text.length
  let whole = 0
  let digits = 0
  for (; at < length; at++) {
    const digit = text.charCodeAt(at) - ZERO
    if (digit < 0 || digit > 9) break
    whole = whole * 10 + digit
    if (whole > 0) digits++
  }
  const anyDigits = at > (negative ? 1 : 0)
  let cents = 0
  if (at < length) {
    if (text.charCodeAt(at) !== DOT || (!anyDigits && at + 1 >= length)) return undefined
    const decimals = text.slice(at + 1)
    if (!/^\d*$/.test(decimals) || !isHundredths(decimals)) return undefined
    cents = Number(decimals.slice(0, 2).padEnd(2, '0'))
  } else if (!anyDigits) return undefined
  if (digits > 14) return undefined
  const amount = whole * 100 + cents
  if (amount >= TOO_LARGE) return undefined
  return negative && amount !== 0 ? -amount : amount
}

/** Nothing but zeros after the second decimal, or noise: zeros up to the sixth. */
const isHundredths = (decimals: string): boolean => decimals.length <= 2 || /^0*$/.test(decimals.slice(2, 6))

/** A rate in percent as basis points: "25" is 2500, "11.11" is 1111. Undefined outside 0–100 and for other text. */
export function basisPointsOf(percent: string): number | undefined {
  const rate = hundredths(percent)
  return rate !== undefined && rate >= 0 && rate <= 10_000 ? rate : undefined
}
