import * as z from 'zod/mini'

/** An amount in øre (1/100 NOK), always a safe integer. Positive is debit, negative is credit. */
export type Ore = number & { readonly __unit: 'ore' }

/** A rate in basis points: 2500 is 25.00 %, 1111 is 11.11 %. */
export type BasisPoints = number & { readonly __unit: 'bp' }

/** Amounts at or above this many øre are refused everywhere, sums included; it lies just below 2^53. */
export const TOO_LARGE = 9e15

/** A state that only a bug can reach. Stops the request; never caught to go on. */
export class InvariantError extends Error {}

/**
 * Brands a number of øre.
 * @throws InvariantError unless it is a whole number below 9 × 10^15.
 */
export function ore(n: number): Ore {
  if (!Number.isInteger(n) || Math.abs(n) >= TOO_LARGE) throw new InvariantError(`not whole øre: ${n}`)
  return (n === 0 ? 0 : n) as Ore // no negative zero
}

/** Sum in øre. @throws InvariantError when the sum leaves the range of `ore`. */
export const sum = (amounts: readonly Ore[]): Ore => ore(amounts.reduce<number>((a, b) => a + b, 0))
export const negate = (a: Ore): Ore => ore(-a)

/** Brands a rate in basis points. @throws InvariantError unless it is a whole number, 0 or more. */
export function bp(n: number): BasisPoints {
  if (!Number.isSafeInteger(n) || n < 0) throw new InvariantError(`not basis points: ${n}`)
  return n as BasisPoints
}

/** numerator / denominator in whole numbers, rounded half away from zero. */
export function roundedQuotient(numerator: bigint, denominator: bigint): bigint {
  const negative = numerator < 0n !== denominator < 0n
  const n = numerator < 0n ? -numerator : numerator
  const d = denominator < 0n ? -denominator : denominator
  const quotient = (2n * n + d) / (2n * d)
  return negative ? -quotient : quotient
}

/** amount × numerator / denominator in øre, rounded half away from zero. BigInt inside, so nothing overflows or drifts. */
export const mulDiv = (amount: Ore, numerator: number, denominator: number): Ore =>
  ore(Number(roundedQuotient(BigInt(amount) * BigInt(numerator), BigInt(denominator))))

/**
 * Splits an amount by weights so that the parts sum to it exactly. Each part is truncated toward zero;
 * the øre left over fall in the last part, as in accruals (features.md 4.6, schedules).
 * @throws InvariantError when there are no weights, a negative one, or they sum to 0.
 */
export function allocate(amount: Ore, weights: readonly number[]): Ore[] {
  const total = weights.reduce((a, b) => a + b, 0)
  if (weights.length === 0 || total <= 0 || weights.some((w) => w < 0 || !Number.isSafeInteger(w)))
    throw new InvariantError('weights must be whole numbers that sum above 0')
  const parts = weights.map((w) => ore(Number((BigInt(amount) * BigInt(w)) / BigInt(total))))
  const rest = amount - parts.reduce<number>((a, b) => a + b, 0)
  return parts.map((part, i) => (i === parts.length - 1 ? ore(part + rest) : part))
}

/** Schema with the type's name: whole øre below 9 × 10^15; its messages are problem codes. */
export const Ore = z
  .number({ error: (issue) => (issue.input === undefined ? 'field/required' : 'amount/not-whole-ore') })
  .check(
    z.refine((n) => Number.isInteger(n), { error: 'amount/not-whole-ore', abort: true }),
    z.refine((n) => Math.abs(n) < TOO_LARGE, 'amount/too-large'),
  ) as unknown as z.ZodMiniType<Ore, number>
