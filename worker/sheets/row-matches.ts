import type { OpenItem } from '#worker/ledger/open-item.ts'

/** An open item that a row settles, and how much of it in øre with the item's sign. */
export type RowMatch = { openItem: string; amount: number }

const ONE = /^(itm_\d{26}):(-?\d{1,15})$/

/** The items that a row settles, from the text its cell keeps: `itm_…:12500 itm_…:-500`. Undefined when it cannot be read. */
export function matchesIn(text: string): RowMatch[] | undefined {
  if (text === '') return []
  const read = text.split(' ').map((one) => ONE.exec(one))
  return read.every((one) => one !== null)
    ? read.map((one) => ({ openItem: one![1]!, amount: Number(one![2]) }))
    : undefined
}

export const matchesText = (matches: readonly RowMatch[]): string =>
  matches.map(({ openItem, amount }) => `${openItem}:${amount}`).join(' ')

/** What a row comes to when it settles these items and nothing else, in øre. */
export const settledBy = (matches: readonly RowMatch[]): number =>
  0 - matches.reduce((sum, { amount }) => sum + amount, 0)

/**
 * The text with an item put to those that are settled, or taken away when it is among them. Of the item goes what is left of the
 * row's amount, all of it where the row has no amount yet.
 */
export function withItem(text: string, { id, rest }: Pick<OpenItem, 'id' | 'rest'>, amount: number | string): string {
  const matches = matchesIn(text) ?? []
  if (matches.some(({ openItem }) => openItem === id))
    return matchesText(matches.filter(({ openItem }) => openItem !== id))
  const left = typeof amount === 'number' ? settledBy(matches) - amount : rest
  const isPart = left > 0 === rest > 0 && Math.abs(left) < Math.abs(rest) && left !== 0
  return matchesText([...matches, { openItem: id, amount: isPart ? left : rest }])
}
