import { type Ore, ore, roundedQuotient } from '#worker/core/money.ts'
import { currencyShareOf, dueDateOf, type OpenItem } from './open-item.ts'

/** So much of an item, in øre and minor units of its currency, with its sign. */
export type Part = { item: OpenItem; amount: Ore; currencyAmount: number | null }

/**
 * How a match settles its items. `difference`: what the parts sum to, in øre; nothing when they settle each other.
 * `inCurrency`: the parts settle each other in their currency, so a difference is gain or loss on it.
 */
export type Allocation = { parts: Part[]; difference: Ore; inCurrency: boolean }

/**
 * Shares out a match. An item without an amount is settled in full; where one side holds more than the other, its one item
 * takes only what the others leave, or with `oldestFirst` the newest of several. With `keepDifference` nobody gives way, and
 * the difference is told. Items that are all in one currency are settled in it, so that the difference is what its rate did.
 */
export function allocationOf(
  wanted: readonly { item: OpenItem; amount: number | null }[],
  how: { oldestFirst: boolean; keepDifference: boolean },
): Allocation {
  const currency = wanted[0]?.item.currency
  const inCurrency =
    currency !== null && wanted.every(({ item, amount }) => item.currency === currency && amount === null)
  const full = wanted.map(({ item, amount }) => amount ?? (inCurrency ? item.currencyRest! : item.rest))
  const surplus = full.reduce((sum, n) => sum + n, 0)
  const shares =
    surplus === 0 || (how.keepDifference && !inCurrency) ? full : givingWay(wanted, full, surplus, how.oldestFirst)
  const parts = wanted.flatMap(({ item }, i): Part[] => {
    const share = shares[i]!
    if (share === 0) return []
    if (!inCurrency) return [{ item, amount: ore(share), currencyAmount: currencyShareOf(item, share) }]
    return [{ item, amount: oreShareOf(item, share), currencyAmount: share }]
  })
  const sumOf = (of: (p: Part) => number) => parts.reduce((sum, part) => sum + of(part), 0)
  return {
    parts,
    difference: ore(sumOf((p) => p.amount)),
    inCurrency:
      parts.length > 0 &&
      parts.every((p) => p.item.currency !== null && p.item.currency === parts[0]!.item.currency) &&
      sumOf((p) => p.currencyAmount!) === 0,
  }
}

const oreShareOf = ({ rest, currencyRest }: OpenItem, share: number): Ore =>
  share === currencyRest ? rest : ore(Number(roundedQuotient(BigInt(rest) * BigInt(share), BigInt(currencyRest!))))

/** Takes the surplus from the side that has it: from its one free item, or from the newest of several when that is asked for. */
function givingWay(
  wanted: readonly { item: OpenItem; amount: number | null }[],
  full: readonly number[],
  surplus: number,
  oldestFirst: boolean,
): readonly number[] {
  const free = wanted.flatMap(({ item, amount }, i) =>
    amount === null && full[i]! > 0 === surplus > 0 && full[i] !== 0 ? [{ item, i }] : [],
  )
  const room = free.reduce((sum, { i }) => sum + Math.abs(full[i]!), 0)
  if (room <= Math.abs(surplus) || (free.length > 1 && !oldestFirst)) return full
  const shares = [...full]
  let left = surplus
  for (const { i } of free.sort((a, b) => byAge(b.item, a.item))) {
    const taken = Math.abs(left) < Math.abs(full[i]!) ? left : full[i]!
    shares[i] = full[i]! - taken
    left -= taken
  }
  return shares
}

/** Oldest first, by the day they fall due. */
export const byAge = (a: OpenItem, b: OpenItem): number => {
  const [x, y] = [keyOf(a), keyOf(b)]
  return x < y ? -1 : x > y ? 1 : 0
}
const keyOf = (item: OpenItem): string => `${dueDateOf(item)} ${item.voucherDate} ${item.id}`
