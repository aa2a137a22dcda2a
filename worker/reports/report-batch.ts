import * as z from 'zod/mini'
import { addDays, type IsoDate, type Month, monthOf } from '#worker/core/dates.ts'
import { ore } from '#worker/core/money.ts'
import type { Issue } from '#worker/core/problem.ts'
import { FilledText } from '#worker/core/text.ts'
import type { FiscalYear } from '#worker/ledger/books.ts'
import type { FigureTable, Place, Span } from './figure-table.ts'
import { lineRefOf } from './line-ref.ts'
import { type Days, daysOf, type Period, periodOf } from './period-range.ts'
import { type AccountRange, accountRangeOf, Kind, KnownAt } from './report-query.ts'

const AtVersion = z.union([z.literal('latest'), z.int().check(z.gte(0, 'field/invalid'))], { error: 'field/invalid' })
const MEASURES = ['opening', 'movement', 'closing', 'debit', 'credit', 'budget', 'variance'] as const
export type Measure = (typeof MEASURES)[number]

/** Figures of one kind: the axes once, then pairs of account and period by their place on the axes. */
export const ReportGroup = z.strictObject({
  measure: z.enum(MEASURES, { error: 'field/invalid' }),
  dimensions: z.optional(z.record(FilledText(40), FilledText(100))),
  /** One party's entries alone; `kind`: a customer and a supplier may have the same number. */
  party: z.optional(FilledText(35)),
  kind: z.optional(Kind),
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

/** One range that holds all accounts of some axes; undefined when a line of a report is among them, which may hold any. */
export function accountsOf(texts: readonly string[]): AccountRange | undefined {
  if (texts.some((text) => lineRefOf(text))) return undefined
  const ranges = texts.map(accountRangeOf).filter((range) => range !== undefined)
  if (ranges.length === 0) return undefined
  const from = ranges.reduce((least, range) => (range.from < least ? range.from : least), ranges[0]!.from)
  const to = ranges.reduce((most, range) => (range.to > most ? range.to : most), ranges[0]!.to)
  return { from, to }
}

/** What a batch's figures are drawn from: the ledger's table, the budget's, and the accounts of a line. */
export type Sources = {
  actual: FigureTable
  /** None when the batch asks for no budget; without a budget there is an issue in its place. */
  budget: FigureTable | Omit<CellIssue, 'cell'> | undefined
  accountsOfLine: (ref: { layout: string | undefined; line: string }) => readonly string[] | undefined
}

export type CellIssue = { cell: number; code: string; params: NonNullable<Issue['params']> }
type Axis<T> = readonly (T | Omit<CellIssue, 'cell'>)[]

/**
 * The figures of a group in øre, in the order of its cells. What cannot be known is null with an issue, never 0.
 * `wrong`: what is the matter with the group as a whole, if anything.
 */
export function amountsOf(
  group: ReportGroup,
  sources: Sources,
  years: readonly FiscalYear[],
  wrong: Omit<CellIssue, 'cell'> | undefined,
): { amounts: (number | null)[]; issues: CellIssue[] } {
  const { measure } = group
  const { actual, budget } = sources
  const unfit = wrong ?? (budget && 'code' in budget ? budget : undefined)
  if (unfit) return { amounts: group.cells.map(() => null), issues: group.cells.map((_, cell) => ({ cell, ...unfit })) }
  const planned = budget as FigureTable | undefined
  const accounts = accountAxis(group.accounts, actual, sources.accountsOfLine)
  const days = group.periods.map((text) => daysOfText(text, years))
  const spans = days.map((own) => ('code' in own ? own : actual.spanOf(own)))
  const budgetSpans = days.map((own) => ('code' in own || !planned ? undefined : planned.spanOf(own)))
  const issues: CellIssue[] = []
  const amounts = group.cells.map(([a, p], cell) => {
    const [account, span] = [accounts[a]!, spans[p]!]
    if ('code' in account) issues.push({ cell, ...account })
    else if ('code' in span) issues.push({ cell, ...span })
    else if (!planned) return sumOf(actual, account.places, span, measure as LedgerMeasure)
    else {
      // The two tables hold the same chart, so a place in one is the same place in the other.
      const amount = sumOf(planned, account.places, budgetSpans[p]!, 'movement')
      return measure === 'budget' ? amount : ore(sumOf(actual, account.places, span, 'movement') - amount)
    }
    return null
  })
  return { amounts, issues }
}

type LedgerMeasure = Exclude<Measure, 'budget' | 'variance'>
const sumOf = (table: FigureTable, places: readonly Place[], span: Span, measure: LedgerMeasure): number =>
  places.length === 1
    ? table.figure(places[0]!, span, measure)
    : ore(places.reduce((sum, place) => sum + table.figure(place, span, measure), 0))

export const isBudgetMeasure = (measure: Measure): boolean => measure === 'budget' || measure === 'variance'

function accountAxis(
  texts: readonly string[],
  table: FigureTable,
  accountsOfLine: Sources['accountsOfLine'],
): Axis<{ places: readonly Place[] }> {
  return texts.map((text): Axis<{ places: readonly Place[] }>[number] => {
    const ref = lineRefOf(text)
    if (ref) {
      const accounts = accountsOfLine(ref)
      if (!accounts) return { code: 'report-layout/line-unknown', params: { line: text } }
      return { places: accounts.map((account) => table.accountPlace(account)) }
    }
    const range = accountRangeOf(text)
    if (!range) return { code: 'field/invalid', params: { reason: 'account-range', value: text } }
    const place = table.placeOf(range)
    const unknown = !text.includes(':') && place.first === place.end
    return unknown ? { code: 'account/unknown', params: { account: text } } : { places: [place] }
  })
}

function daysOfText(text: string, years: readonly FiscalYear[]): Days | Omit<CellIssue, 'cell'> {
  const period = periodOf(text)
  const days = period && daysOf(period, years)
  if (!days) return { code: 'period/unreadable', params: { period: text } }
  const known = years.some(({ firstDate, lastDate }) => firstDate <= days.toDate && days.fromDate <= lastDate)
  return known ? days : { code: 'fiscal-year/missing', params: { date: days.fromDate } }
}
