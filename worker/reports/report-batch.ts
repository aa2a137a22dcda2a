import * as z from 'zod/mini'
import { addDays, type IsoDate, type Month, monthOf } from '#worker/core/dates.ts'
import type { Issue } from '#worker/core/problem.ts'
import { FilledText } from '#worker/core/text.ts'
import type { FiscalYear } from '#worker/ledger/books.ts'
import type { FigureTable } from './figure-table.ts'
import { type Days, daysOf, type Period, periodOf } from './period-range.ts'
import { accountRangeOf, KnownAt } from './report-query.ts'

/** Largest request, features.md 4.3. */
export const CELLS = 20_000
export const BYTES = 1_500_000
/** Distinct filters and versions each cost a read. */
export const GROUPS = 1_000

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

export type CellIssue = { cell: number; code: string; params: NonNullable<Issue['params']> }
type Axis<T> = readonly (T | Omit<CellIssue, 'cell'>)[]

const isIssue = <T extends object>(place: T | Omit<CellIssue, 'cell'>): place is Omit<CellIssue, 'cell'> =>
  'code' in place

/**
 * The figures of a group in øre, in the order of its cells. What cannot be known is null with an issue, never 0.
 * `wrong`: what is the matter with the group as a whole, if anything.
 */
export function amountsOf(
  group: ReportGroup,
  table: FigureTable | undefined,
  years: readonly FiscalYear[],
  wrong: Omit<CellIssue, 'cell'> | undefined,
): { amounts: (number | null)[]; issues: CellIssue[] } {
  const { measure } = group
  const unfit = wrong ?? notAvailable(measure)
  const accounts = unfit || !table ? [] : accountAxis(group.accounts, table)
  const periods = unfit ? [] : periodAxis(group.periods, years)
  const issues: CellIssue[] = []
  const amounts = group.cells.map(([a, p], cell) => {
    const [account, days] = unfit ? [unfit, unfit] : [accounts[a]!, periods[p]!]
    if (isIssue(account)) issues.push({ cell, ...account })
    else if (isIssue(days)) issues.push({ cell, ...days })
    else return table!.figure(account, days, measure as Exclude<Measure, 'budget' | 'variance'>)
    return null
  })
  return { amounts, issues }
}

const notAvailable = (measure: Measure): Omit<CellIssue, 'cell'> | undefined =>
  measure === 'budget' || measure === 'variance' ? { code: 'measure/not-available', params: { measure } } : undefined

function accountAxis(texts: readonly string[], table: FigureTable): Axis<{ first: number; end: number }> {
  return texts.map((text): ReturnType<FigureTable['placeOf']> | Omit<CellIssue, 'cell'> => {
    const range = accountRangeOf(text)
    if (!range) return { code: 'field/invalid', params: { reason: 'account-range', value: text } }
    const place = table.placeOf(range)
    const unknown = !text.includes(':') && place.first === place.end
    return unknown ? { code: 'account/unknown', params: { account: text } } : place
  })
}

function periodAxis(texts: readonly string[], years: readonly FiscalYear[]): Axis<Days> {
  return texts.map((text) => {
    const period = periodOf(text)
    return (period && daysOf(period, years)) ?? { code: 'period/unreadable', params: { period: text } }
  })
}
