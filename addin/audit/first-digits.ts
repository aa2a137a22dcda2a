import type { AuditVoucher } from './recompute-chain.ts'

/** How often amounts begin with a digit, and how often they would by Benford's law; shares of 1. */
export type DigitShare = {
  readonly digit: number
  readonly count: number
  readonly share: number
  readonly expected: number
  /** More often than chance gives once in a hundred. */
  readonly conspicuous: boolean
}

/** Among fewer amounts than this, chance gives almost anything. */
const FEWEST = 300
/** Standard deviations that chance exceeds once in a hundred. */
const RARE = 2.576

/** The first digit of an amount; 0 for none. */
export const firstDigit = (amount: number): number => Number(String(Math.abs(amount))[0])

/** The nine digits and how often the vouchers' amounts begin with them. */
export function digitShares(vouchers: readonly AuditVoucher[]): DigitShare[] {
  const counts = new Map<number, number>()
  for (const { amount } of vouchers) counts.set(firstDigit(amount), (counts.get(firstDigit(amount)) ?? 0) + 1)
  counts.delete(0)
  const of = [...counts.values()].reduce((sum, n) => sum + n, 0)
  return Array.from({ length: 9 }, (_, i) => {
    const digit = i + 1
    const count = counts.get(digit) ?? 0
    const expected = Math.log10(1 + 1 / digit)
    const share = of === 0 ? 0 : count / of
    const deviations = (share - expected - 1 / (2 * of)) / Math.sqrt((expected * (1 - expected)) / of)
    return { digit, count, share, expected, conspicuous: of >= FEWEST && deviations > RARE }
  })
}
