import { standardChart } from '#db/seed/standard-chart.ts'

export type Grouping = { category: string; code: string }
const ofStandard = new Map(standardChart.map(([number, , , , category, code]) => [number, { category, code }]))

/** Not placed: what the schema takes where no place is known (norway.md 6.2). */
export const NOT_PLACED: Grouping = { category: 'NA', code: 'NA' }

/**
 * Where an account without a grouping of its own is reported: as the account of our standard chart with its number, or with
 * the longest beginning in common, two digits at least.
 */
export function usualGrouping(number: string): Grouping {
  for (let length = number.length; length >= 2; length--) {
    const start = number.slice(0, length)
    const same = ofStandard.get(start.padEnd(4, '0'))
    if (same) return same
    for (const [standard, grouping] of ofStandard) if (standard.startsWith(start)) return grouping
  }
  return NOT_PLACED
}
