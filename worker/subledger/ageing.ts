import { dayNumber, type IsoDate } from '#worker/core/dates.ts'
import { type Ore, ore } from '#worker/core/money.ts'

/** Columns of an ageing unless others are asked for: up to 30, 60 and 90 days past due, and older. */
export const DAYS_PAST_DUE: readonly number[] = [30, 60, 90]

/** What is open in øre: not yet due, and by days past due in as many columns as there are limits, and one more for the rest. */
export type Ageing = { notDue: Ore; pastDue: Ore[]; total: Ore }

/** Days from one day to another; negative when it is the earlier. */
export const daysBetween = (from: IsoDate, to: IsoDate): number => dayNumber(to) - dayNumber(from)

/** Sums what falls due on some days by how long that is past on a day. What falls due on the day itself is not yet due. */
export function ageingOf(
  sums: readonly { dueDate: IsoDate; rest: number }[],
  asAtDate: IsoDate,
  limits: readonly number[],
): Ageing {
  let notDue = 0
  const pastDue = [...limits, 0].map(() => 0)
  for (const { dueDate, rest } of sums) {
    const days = daysBetween(dueDate, asAtDate)
    if (days <= 0) notDue += rest
    else {
      const column = limits.findIndex((limit) => days <= limit)
      pastDue[column < 0 ? limits.length : column]! += rest
    }
  }
  const total = pastDue.reduce((sum, n) => sum + n, notDue)
  return { notDue: ore(notDue), pastDue: pastDue.map(ore), total: ore(total) }
}

/** Several ageings as one; with the same columns. */
export const ageingTotal = (all: readonly Ageing[], limits: readonly number[]): Ageing => ({
  notDue: ore(all.reduce((sum, a) => sum + a.notDue, 0)),
  pastDue: [...limits, 0].map((_, i) => ore(all.reduce((sum, a) => sum + a.pastDue[i]!, 0))),
  total: ore(all.reduce((sum, a) => sum + a.total, 0)),
})
