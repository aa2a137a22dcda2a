import { type Ore, ore, sum } from '#worker/core/money.ts'
import type { Schedule } from '#worker/ledger/schedule-store.ts'

/** An asset as its depreciation plan tells it, at the end of a month. Amounts in øre, cost positive. */
export type Asset = {
  schedule: string
  text: string
  source: Schedule['source']
  account: string
  costAccount: string
  cost: Ore
  depreciated: Ore
  bookValue: Ore
  months: number
  monthsLeft: number
  firstMonth: string
  lastMonth: string
  /** What the next month takes; 0 when nothing is left. */
  nextAmount: Ore
  reversed: boolean
}

/**
 * The register view of assets that `AVSKR` made: what each cost, what is depreciated to the end of `month`, and what is left.
 * A reversed purchase is shown without value. Source: features.md LED-13.
 */
export function assetsOf(schedules: readonly Schedule[], month: string): Asset[] {
  return schedules.map((s) => {
    const standing = s.months.filter((m) => m.status === 'posted' || m.status === 'waiting')
    const past = standing.filter((m) => m.month <= month && m.status === 'posted')
    const reversed = s.source.reversedBy !== null
    const cost = reversed ? ore(0) : s.amount
    const depreciated = sum(past.map((m) => m.amount))
    const left = standing.filter((m) => m.month > month)
    return {
      schedule: s.id,
      text: s.text,
      source: s.source,
      account: s.through ?? '',
      costAccount: s.account ?? '',
      cost,
      depreciated,
      bookValue: ore(cost - depreciated),
      months: s.months.length,
      monthsLeft: reversed ? 0 : left.length,
      firstMonth: s.months[0]!.month,
      lastMonth: s.months.at(-1)!.month,
      nextAmount: reversed ? ore(0) : (left[0]?.amount ?? ore(0)),
      reversed,
    }
  })
}
