import * as z from 'zod/mini'
import type { Touched } from '#worker/events/event.ts'
import type { FiscalYear } from '#worker/ledger/books.ts'
import { lineRefOf } from './line-ref.ts'
import { daysOf, periodOf } from './period-range.ts'
import { ReportGroup } from './report-batch.ts'
import { accountRangeOf, holds } from './report-query.ts'

/** Cells that were drawn at a place in the event feed. */
export const StaleQuestion = z.strictObject({
  after: z.int('field/invalid').check(z.gte(0, 'field/invalid')),
  groups: z.array(ReportGroup, { error: 'field/required' }),
})
export type StaleQuestion = z.infer<typeof StaleQuestion>

/**
 * The cells of a group that an event may have changed: those with an account of it, in its month or later where the measure
 * counts what came before, with its dimensions and its party. A group pinned to a version, or to what was known at a time, never changes.
 */
export function touchedCells(
  group: ReportGroup,
  touched: readonly Touched[],
  years: readonly FiscalYear[],
  accountsOfLine: (ref: { layout: string | undefined; line: string }) => readonly string[] | undefined,
): number[] {
  if (typeof group.atVersion === 'number' || group.asKnownAt) return []
  const own = touched.filter(
    ({ account, period, party, dimensions = {} }) =>
      account !== undefined &&
      period !== undefined &&
      (group.party === undefined || party === group.party) &&
      Object.entries(group.dimensions ?? {}).every(([key, value]) => (dimensions[key] ?? 'none') === value),
  )
  const accounts = group.accounts.map((text) => {
    const ref = lineRefOf(text)
    const list = ref && new Set(accountsOfLine(ref) ?? [])
    const range = ref ? undefined : accountRangeOf(text)
    return new Set(
      own.flatMap((t, i) => ((list ? list.has(t.account!) : range && holds(range, t.account!)) ? [i] : [])),
    )
  })
  const cumulative = group.measure === 'closing' || group.measure === 'opening'
  const periods = group.periods.map((text) => {
    const period = periodOf(text)
    const days = period && daysOf(period, years)
    if (!days) return new Set<number>()
    const [first, last] = [days.fromDate.slice(0, 7), days.toDate.slice(0, 7)]
    return new Set(own.flatMap((t, i) => (t.period! <= last && (cumulative || t.period! >= first) ? [i] : [])))
  })
  return group.cells.flatMap(([a, p], cell) => {
    const times = periods[p]
    return times && [...(accounts[a] ?? [])].some((i) => times.has(i)) ? [cell] : []
  })
}
