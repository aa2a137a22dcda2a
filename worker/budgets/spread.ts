import { allocate, type Ore, ore, sum } from '#worker/core/money.ts'

/** The keys every company has. Any other is one of its own seasons: a weight for each calendar month. */
export const SPREAD_KEYS = ['even', 'last-year'] as const
export type Season = { key: string; name: string; weights: readonly number[] }

/** Whether a line can have the key; one that is empty keeps the line's shape. */
export const isSpreadKey = (key: string, seasons: readonly Pick<Season, 'key'>[]): boolean =>
  key === '' || spreadKeys(seasons).includes(key)
export const spreadKeys = (seasons: readonly Pick<Season, 'key'>[]): string[] => [
  ...SPREAD_KEYS,
  ...seasons.map(({ key }) => key),
]

/**
 * Shares a sum over months by weights, so that every øre stays. A month without weight gets nothing; the odd øre fall in the
 * last month that has one, as in accruals (features.md 4.8). Without any weight it is shared evenly.
 */
export function spread(total: Ore, weights: readonly number[]): Ore[] {
  const weighed = weights.flatMap((weight, i) => (weight > 0 ? [i] : []))
  if (weighed.length === 0)
    return allocate(
      total,
      weights.map(() => 1),
    )
  const parts = allocate(
    total,
    weighed.map((i) => weights[i]!),
  )
  const shares = weights.map(() => ore(0))
  weighed.forEach((at, i) => {
    shares[at] = parts[i]!
  })
  return shares
}

/** What a sum is spread by: months of the year, last year's movement in øre by month, and the company's seasons. */
export type SpreadFacts = { months: readonly string[]; lastYear: readonly number[]; seasons: readonly Season[] }

/**
 * The weights of a key over the months of a year. By last year: what the account moved in each month, in the direction it
 * moved over the year; a month that went the other way weighs nothing. A key nobody knows is even.
 */
export function weightsOf(key: string, { months, lastYear, seasons }: SpreadFacts): number[] {
  if (key === 'last-year') {
    const total = lastYear.reduce((a, b) => a + b, 0)
    const moved = months.map((_, i) => Math.max(0, Math.sign(total) * (lastYear[i] ?? 0)))
    return moved.some((weight) => weight > 0) ? moved : months.map(() => 1)
  }
  const season = seasons.find((s) => s.key === key)
  return months.map((month) => (season ? season.weights[Number(month.slice(5)) - 1]! : 1))
}

/**
 * A new sum for a line: shared by its key. A line without a key keeps its shape: what the sum grows by is shared by what stands
 * in the months, whichever side it is on.
 */
export function spreadTotal(total: Ore, key: string, standing: readonly (number | null)[], facts: SpreadFacts): Ore[] {
  if (key !== '' || !standing.some((amount) => amount)) return spread(total, weightsOf(key, facts))
  const stood = standing.map((amount) => ore(amount ?? 0))
  const growth = spread(ore(total - sum(stood)), stood.map(Math.abs))
  return stood.map((amount, i) => ore(amount + growth[i]!))
}
