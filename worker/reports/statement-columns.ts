import {
  addDays,
  addMonths,
  daysIn,
  firstDay,
  type IsoDate,
  isoDate,
  lastDay,
  type Month,
  monthOf,
  monthsBetween,
} from '#worker/core/dates.ts'
import type { FiscalYear } from '#worker/ledger/books.ts'
import { type Days, yearStart } from './period-range.ts'
import type { StatementKind } from './report-layout.ts'

/** One figure of each account: what is asked, in which days, of which entries. */
export type Figure = {
  /** `comparison`: of the previous system, where the ledger has nothing yet. */
  kind: 'actual' | 'budget' | 'comparison'
  measure: 'movement' | 'opening' | 'closing'
  days: Days
  dimensions: Readonly<Record<string, string>>
}

/** A column of a statement. A column with two figures tells how far the first lies from the second. */
export type StatementColumn = {
  key: string
  /** What its heading says. */
  what: 'actual' | 'to-date' | 'last-year' | 'last-year-to-date' | 'budget' | 'budget-to-date' | ColumnMore
  days: Days
  dimension?: { key: string; value: string }
  figure: Figure
  compared?: { to: Figure; as: 'amount' | 'percent' }
}
type ColumnMore = 'opening' | 'movement' | 'closing' | 'last-year-end' | 'deviation' | 'percent'

export type ColumnQuestion = {
  statement: StatementKind
  days: Days
  years: readonly FiscalYear[]
  dimensions: Readonly<Record<string, string>>
  /** Codes of the values a dimension has; undefined when there is no such dimension. */
  valuesOf: (dimension: string) => readonly string[] | undefined
  /** The last day that figures of the previous system tell of, where some are kept. */
  comparedUntil?: IsoDate | undefined
}

/** More columns than this are no report any more. */
export const MOST_COLUMNS = 80

/** The columns a statement has unless others are asked for. */
export const USUAL_COLUMNS: Record<StatementKind, string> = {
  income: 'actual,last-year,last-year-deviation,last-year-percent',
  balance: 'opening,movement,closing,last-year',
}

const DEVIATION = /^(last-year|budget)-(deviation|percent)(-to-date)?$/

/** The columns of a list such as `actual,budget,budget-deviation` or `by:department`; the first name that is none of ours. */
export function columnsOf(list: string, q: ColumnQuestion): { columns: StatementColumn[]; unknown?: string } {
  const columns: StatementColumn[] = []
  for (const name of list.split(',').map((s) => s.trim())) {
    const own = columnsCalled(name, q)
    if (!own) return { columns, unknown: name }
    columns.push(...own)
  }
  return { columns }
}

function columnsCalled(name: string, q: ColumnQuestion): StatementColumn[] | undefined {
  const { statement } = q
  const several = /^(months|quarters|years|by):?(.*)$/.exec(name)
  if (several) return severalOf(several[1]!, several[2]!, name, q)
  const deviation = DEVIATION.exec(name)
  if (deviation) {
    const [, against, as, toDate = ''] = deviation
    const [first] = plain(statement === 'income' ? `actual${toDate}` : 'closing', q) ?? []
    const [second] = plain(`${against}${toDate}`, q) ?? []
    if (!first || !second) return undefined
    const what = as as 'deviation' | 'percent'
    return [
      { ...first, key: name, what, compared: { to: second.figure, as: what === 'percent' ? 'percent' : 'amount' } },
    ]
  }
  return plain(name, q)
}

function plain(name: string, q: ColumnQuestion): StatementColumn[] | undefined {
  const { days, dimensions } = q
  const column = (
    what: StatementColumn['what'],
    own: Days,
    measure: Figure['measure'],
    kind: Figure['kind'] = 'actual',
  ): StatementColumn[] => [{ key: name, what, days: own, figure: { kind, measure, days: own, dimensions } }]
  const before = yearsEarlier(days, 1)
  const earlier = (what: StatementColumn['what'], own: Days, measure: Figure['measure']) =>
    column(what, own, measure, kindOf(own, q))
  if (q.statement === 'balance')
    switch (name) {
      case 'opening':
      case 'movement':
      case 'closing':
        return column(name, days, name)
      case 'last-year':
        return earlier('last-year', before, 'closing')
      case 'last-year-end': {
        const end = addDays(yearStart(days.toDate, q.years), -1)
        return earlier('last-year-end', { fromDate: yearStart(end, q.years), toDate: end }, 'closing')
      }
      default:
        return undefined
    }
  switch (name) {
    case 'actual':
      return column('actual', days, 'movement')
    case 'actual-to-date':
      return column('to-date', toDate(days, q.years), 'movement')
    case 'last-year':
      return earlier('last-year', before, 'movement')
    case 'last-year-to-date':
      return earlier('last-year-to-date', toDate(before, q.years), 'movement')
    case 'budget':
      return column('budget', days, 'movement', 'budget')
    case 'budget-to-date':
      return column('budget-to-date', toDate(days, q.years), 'movement', 'budget')
    default:
      return undefined
  }
}

/** Earlier days are the previous system's where all of them lie in what is kept of it; it has no dimensions. */
const kindOf = ({ toDate }: Days, { comparedUntil, dimensions }: ColumnQuestion): Figure['kind'] =>
  comparedUntil && toDate <= comparedUntil && Object.keys(dimensions).length === 0 ? 'comparison' : 'actual'

function severalOf(what: string, argument: string, name: string, q: ColumnQuestion): StatementColumn[] | undefined {
  const measure = q.statement === 'income' ? 'movement' : 'closing'
  const label = q.statement === 'income' ? 'actual' : 'closing'
  const { days, dimensions } = q
  const column = (key: string, own: Days, more: Partial<StatementColumn> = {}): StatementColumn => ({
    key,
    what: label,
    days: own,
    figure: { kind: 'actual', measure, days: own, dimensions },
    ...more,
  })
  if (what === 'by') {
    const values = q.valuesOf(argument)
    if (!values || argument in dimensions) return undefined
    const own = [...values, 'none'].map((value) =>
      column(`${name}=${value}`, days, {
        dimension: { key: argument, value },
        figure: { kind: 'actual', measure, days, dimensions: { ...dimensions, [argument]: value } },
      }),
    )
    return [...own, column(`${name}=all`, days)]
  }
  if (what === 'years') {
    const count = Number(/^\d{1,2}$/.exec(argument)?.[0] ?? Number.NaN)
    if (!(count >= 1 && count <= 20)) return undefined
    return Array.from({ length: count }, (_, i) => {
      const own = yearsEarlier(days, i)
      const figure: Figure = { kind: i === 0 ? 'actual' : kindOf(own, q), measure, days: own, dimensions }
      return column(`${name}/${i}`, own, { figure })
    })
  }
  if (argument !== '') return undefined
  const parts = partsOf(days, what === 'months' ? 1 : 3)
  return parts.map((own) => column(`${what}/${own.fromDate}`, own))
}

/** The days from the fiscal year's start through the end of the range. */
const toDate = ({ toDate }: Days, years: readonly FiscalYear[]): Days => ({
  fromDate: yearStart(toDate, years),
  toDate,
})

/** The same days some years before; the end of a month stays the end of that month. */
export function yearsEarlier({ fromDate, toDate }: Days, years: number): Days {
  return { fromDate: shifted(fromDate, years), toDate: endShifted(toDate, years) }
}

function shifted(day: IsoDate, years: number): IsoDate {
  const month = addMonths(monthOf(day), -12 * years)
  return isoDate(`${month}${day.slice(7)}`) ?? lastDay(month)
}
function endShifted(day: IsoDate, years: number): IsoDate {
  const isLast = Number(day.slice(8)) === daysIn(monthOf(day))
  return isLast ? lastDay(addMonths(monthOf(day), -12 * years)) : shifted(day, years)
}

/** The range in months, or in calendar quarters; the first and the last may be shorter. */
function partsOf({ fromDate, toDate }: Days, length: 1 | 3): Days[] {
  const first = addMonths(monthOf(fromDate), -((Number(fromDate.slice(5, 7)) - 1) % length))
  const months = monthsBetween(first, monthOf(toDate)).filter((_, i) => i % length === 0)
  return months.slice(0, MOST_COLUMNS + 1).map((month: Month) => {
    const [from, to] = [firstDay(month), lastDay(addMonths(month, length - 1))]
    return { fromDate: from < fromDate ? fromDate : from, toDate: to > toDate ? toDate : to }
  })
}

export const figureKey = ({ kind, measure, days, dimensions }: Figure): string =>
  JSON.stringify([kind, measure, days.fromDate, days.toDate, Object.entries(dimensions).sort()])

/** Every figure that some columns need, each once, by its key. */
export const figuresOf = (columns: readonly StatementColumn[]): Map<string, Figure> =>
  new Map(
    columns
      .flatMap(({ figure, compared }) => (compared ? [figure, compared.to] : [figure]))
      .map((figure) => [figureKey(figure), figure]),
  )
