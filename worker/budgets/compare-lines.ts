import { type Ore, ore, sum } from '#worker/core/money.ts'
import { type Dimensions, dimensionsText, lineKey } from './budget-cell.ts'

type Line = { account: string; dimensions: Dimensions; amounts: readonly (number | null)[] }
/** A line of either of two budgets with both its sums, in øre, debit positive. `improves` is how much better the result is by it. */
export type Compared = {
  account: string
  dimensions: Dimensions
  mine: Ore
  other: Ore
  difference: Ore
  improves: Ore
}

const sumOf = ({ amounts }: Pick<Line, 'amounts'>): Ore => sum(amounts.map((amount) => ore(amount ?? 0)))

/** The lines of two budgets side by side, by account and dimensions; a line that only one of them has is 0 in the other. */
export function compareLines(mine: readonly Line[], others: readonly Line[]): Compared[] {
  const lines = new Map<string, { line: Line; mine: Ore; other: Ore }>()
  const add = (list: readonly Line[], side: 'mine' | 'other') => {
    for (const line of list) {
      const key = lineKey(line.account, dimensionsText(line.dimensions))
      const both = lines.get(key) ?? { line, mine: ore(0), other: ore(0) }
      lines.set(key, { ...both, [side]: sumOf(line) })
    }
  }
  add(mine, 'mine')
  add(others, 'other')
  return [...lines.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, { line, mine: own, other }]) => {
      const difference = ore(own - other)
      const { account, dimensions } = line
      return { account, dimensions, mine: own, other, difference, improves: ore(-difference) }
    })
}
