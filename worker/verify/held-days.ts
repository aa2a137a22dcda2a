import { dayNumber, type IsoDate } from '#worker/core/dates.ts'

/** Days that are always held, those of the named that are, and nights within which each of the others has its turn. */
const [NEWEST, NAMED, TURNS] = [7, 60, 30]

/**
 * Which of the days that heads are kept of are held against the bucket, newest first: the newest of all, the newest of those named, and on
 * a night its share of the others.
 */
export function daysToHold(all: readonly IsoDate[], named: Iterable<IsoDate>, night?: IsoDate): IsoDate[] {
  const newestFirst = all.toSorted().toReversed()
  const isNamed = new Set(named)
  const held = new Set([
    ...newestFirst.slice(0, NEWEST),
    ...newestFirst.filter((day) => isNamed.has(day)).slice(0, NAMED),
  ])
  const isTurn = (day: IsoDate) => night !== undefined && (dayNumber(night) - dayNumber(day)) % TURNS === 0
  return newestFirst.filter((day) => held.has(day) || isTurn(day))
}
