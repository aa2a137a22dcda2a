import type { IsoDate } from '#worker/core/dates.ts'
import { type Issue, Problem } from '#worker/core/problem.ts'
import type { Database, InStatement, ResultSet } from '#worker/database/connect.ts'
import type { FiscalYear } from '#worker/ledger/books.ts'
import { CHART, YEARS } from './batch-store.ts'
import { layoutCalled, layoutIn } from './layout-store.ts'
import { daysOf, periodOf } from './period-range.ts'
import { type Question, reportHeader } from './question-store.ts'
import { chartOf, yearsOf } from './read-figure-tables.ts'
import { checkFilters, checkQuestion, headOf, type ReportHead } from './report-head.ts'
import type { ReportAccount, ReportLayout, StatementKind } from './report-layout.ts'
import { STANDARD_LAYOUTS, usualLayout } from './standard-layouts.ts'
import { dimensionCodes } from './statement-store.ts'

/** What a statement stands in: its days, version, chart, years and layout, and the values of the dimensions asked for. */
export type Frame = {
  head: ReportHead
  chart: readonly ReportAccount[]
  years: readonly FiscalYear[]
  layout: ReportLayout
  codes: ReadonlyMap<string, readonly string[]>
  beside: readonly ResultSet[]
}

const issue = (code: string, pointer: string, params: NonNullable<Issue['params']> = {}): Issue => ({
  code,
  severity: 'error',
  pointer,
  params,
})
export function refuse(code: string, pointer: string, params: NonNullable<Issue['params']> = {}): never {
  throw new Problem(422, 'request/invalid', { issues: [issue(code, pointer, params)] })
}

/**
 * The question with the days of a period such as 2026-03, 2026-Q1 or 2026 (a fiscal year) put in.
 * @throws Problem 422 request/invalid: a period that cannot be read, or given beside days.
 */
export async function withPeriod<Q extends Question>(db: Database, q: Q, text: string | undefined): Promise<Q> {
  if (text === undefined) return q
  if (q.fromDate !== undefined || q.toDate !== undefined) refuse('field/invalid', '#/period')
  const period = periodOf(text)
  if (!period) refuse('period/unreadable', '#/period', { period: text })
  const named = 'year' in period.from || 'year' in period.to
  const years = named ? yearsOf(await db.execute(YEARS)) : []
  const days = daysOf(period, years)
  if (!days) refuse('period/unreadable', '#/period', { period: text })
  return { ...q, ...days }
}

/**
 * The frame of a statement, in one round trip. `layout`: a standard one's key or the id of one of the company's own.
 * @throws Problem 422 request/invalid: days in the wrong order or outside every fiscal year, an unknown version, dimension,
 * value or layout, or a layout of the other statement.
 */
export async function readFrame(
  db: Database,
  q: Question,
  asked: {
    layout?: string | undefined
    /** Instead of a kept layout. */
    draft?: ReportLayout | undefined
    statement?: StatementKind
    by?: readonly string[]
    beside?: InStatement[]
  },
): Promise<Frame> {
  checkQuestion(q)
  const { layout: wanted, by = [], beside = [] } = asked
  const [header, chart, years, codes, own, ...more] = await db.batch(
    [reportHeader(q), CHART, YEARS, dimensionCodes(by), layoutCalled(wanted ?? ''), ...beside],
    'read',
  )
  const head = headOf(header!, q)
  checkFilters(header!)
  const layout =
    asked.draft ??
    (wanted === undefined
      ? usualLayout(asked.statement ?? 'income')
      : (STANDARD_LAYOUTS.find(({ key }) => key === wanted) ?? layoutIn(own!)))
  if (!layout || (asked.statement && layout.statement !== asked.statement))
    refuse('report-layout/unknown', '#/layout', { layout: wanted ?? '' })
  return {
    head,
    chart: chartOf(chart!),
    years: yearsOf(years!),
    layout,
    codes: new Map(codes!.rows.map((r) => [String(r.key), JSON.parse(String(r.codes)) as string[]])),
    beside: more,
  }
}

/** The days of a head. */
export const daysOfHead = ({ fromDate, toDate }: ReportHead): { fromDate: IsoDate; toDate: IsoDate } => ({
  fromDate,
  toDate,
})
