import * as z from 'zod/mini'
import { addDays, type IsoDate, type Month, monthOf } from '#worker/core/dates.ts'
import type { Issue } from '#worker/core/problem.ts'
import { FilledText } from '#worker/core/text.ts'
import type { FiscalYear } from '#worker/ledger/books.ts'
import type { FigureTable, Place, Span } from './figure-table.ts'
import { daysOf, type Period, periodOf } from './period-range.ts'
import { type AccountRange, accountRangeOf, KnownAt } from './report-query.ts'

const AtVersion = z.union([z.literal('latest'), z.int().check(z.gte(0, 'field/invalid'))], { error: 'field/invalid' })
const MEASURES = ['opening', 'movement', 'closing', 'debit', 'credit', 'budget', 'variance'] as const
export type Measure = (typeof MEASURES)[number]

/** Figures of one kind: the axes once, then pairs of account and period by their place on the axes. */
export const ReportGroup = z.strictObject({
  measure: z.enum(MEASURES, { error: 'field/invalid' }),
  dimensions: z.optional(z.record(FilledText(40), FilledText(100))),
  atVersion: z.optional(AtVersion),
  asKnownAt: z.optional(KnownAt),
  budgetVersion: z.optional(FilledText(100)),
  accounts: z.array(FilledText(145), { error: 'field/required' }),
  periods: z.array(FilledText(25), { error: 'field/required' }),
  cells: z.array(z.tuple([z.int('field/invalid'), z.int('field/invalid')]), { error: 'field/required' }),
})
export type ReportGroup = z.infer<typeof ReportGroup>
export const ReportBatch = z.strictObject({
  atVersion: z.optional(AtVersion),
  groups: z.array(ReportGroup, { error: 'field/required' }),
})
export type ReportBatch = z.infer<typeof ReportBatch>

/** Cells that point outside their axes. */
export function checkCells(batch: ReportBatch): Issue[] {
  return batch.groups.flatMap(({ accounts, periods, cells }, g) =>
    cells.flatMap(([a, p], i) =>
      a >= 0 && a < accounts.length && p >= 0 && p < periods.length
        ? []
        : [{ code: 'field/invalid', severity: 'error' as const, pointer: `#/groups/${g}/cells/${i}`, params: {} }],
    ),
  )
}

export const cellCount = (batch: ReportBatch): number => batch.groups.reduce((n, group) => n + group.cells.length, 0)

/** Months that a period begins or ends within; their entries are needed day by day. */
export function partMonthsOf(periods: readonly (Period | undefined)[]): Month[] {
  const months = new Set<Month>()
  const add = (day: IsoDate) => {
    if (!day.endsWith('-01')) months.add(monthOf(day))
  }
  for (const period of periods) {
    if (period && !('year' in period.from)) add(period.from.fromDate)
    if (period && !('year' in period.to)) add(addDays(period.to.toDate, 1))
  }
  return [...months].sort()
}

/** Months that are needed, both ends included. */
export type Months = { first: string; last: string }

/** The months that some periods read from: movements need no month before them. A fiscal year may be any. */
export function monthsOf(periods: readonly (Period | undefined)[], measures: ReadonlySet<Measure>): Months {
  const known = periods.filter((period) => period !== undefined)
  const first = known.map(({ from }) => ('year' in from ? '0000-00' : monthOf(from.fromDate))).sort()[0]
  const last = known
    .map(({ to }) => ('year' in to ? '9999-99' : monthOf(to.toDate)))
    .sort()
    .at(-1)
  const fromTheStart = measures.has('opening') || measures.has('closing')
  return { first: fromTheStart ? '0000-00' : (first ?? '0000-00'), last: last ?? '0000-00' }
}

/** One range that holds all accounts of some axes. */
export function accountsOf(texts: readonly string[]): AccountRange | undefined {
  const ranges = texts.map(accountRangeOf).filter((range) => range !== undefined)
  if (ranges.length === 0) return undefined
  const from = ranges.reduce((least, range) => (range.from < least ? range.from : least), ranges[0]!.from)
  const to = ranges.reduce((most, range) => (range.to > most ? range.to : most), ranges[0]!.to)
  return { from, to }
}

export type CellIssue = { cell: number; code: string; params: NonNullable<Issue['params']> }
type Axis<T> = readonly (T | Omit<CellIssue, 'cell'>)[]

/**
 * The figures of a group in øre, in the order of its cells. What cannot be known is null with an issue, never 0.
 * `wrong`: what is the matter with the group as a whole, if anything.
 */
export function amountsOf(
  group: ReportGroup,
  table: FigureTable,
  years: readonly FiscalYear[],
  wrong: Omit<CellIssue, 'cell'> | undefined,
): { amounts: (number | null)[]; issues: CellIssue[] } {
  const { measure } = group
  const unfit = wrong ?? notAvailable(measure)
  if (unfit) return { amounts: group.cells.map(() => null), issues: group.cells.map((_, cell) => ({ cell, ...unfit })) }
  const accounts = accountAxis(group.accounts, table)
  const periods = periodAxis(group.periods, table, years)
  const issues: CellIssue[] = []
  const amounts = group.cells.map(([a, p], cell) => {
    const [account, period] = [accounts[a]!, periods[p]!]
    if ('code' in account) issues.push({ cell, ...account })
    else if ('code' in period) issues.push({ cell, ...period })
    else return table.figure(account, period, measure as Exclude<Measure, 'budget' | 'variance'>)
    return null
  })
  return { amounts, issues }
}

const notAvailable = (measure: Measure): Omit<CellIssue, 'cell'> | undefined =>
  measure === 'budget' || measure === 'variance' ? { code: 'measure/not-available', params: { measure } } : undefined

function accountAxis(texts: readonly string[], table: FigureTable): Axis<Place> {
  return texts.map((text): Axis<Place>[number] => {
    const range = accountRangeOf(text)
    if (!range) return { code: 'field/invalid', params: { reason: 'account-range', value: text } }
    const place = table.placeOf(range)
    const unknown = !text.includes(':') && place.first === place.end
    return unknown ? { code: 'account/unknown', params: { account: text } } : place
  })
}

function periodAxis(texts: readonly string[], table: FigureTable, years: readonly FiscalYear[]): Axis<Span> {
  return texts.map((text) => {
    const period = periodOf(text)
    const days = period && daysOf(period, years)
    return days ? table.spanOf(days) : { code: 'period/unreadable', params: { period: text } }
  })
}
