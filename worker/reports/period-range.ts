import {
  addDays,
  addMonths,
  daysIn,
  firstDay,
  type IsoDate,
  isoDate,
  lastDay,
  type Month,
  month as monthFrom,
  monthOf,
} from '#worker/core/dates.ts'
import type { FiscalYear } from '#worker/ledger/books.ts'

/** Days of a report, both ends included. */
export type Days = { fromDate: IsoDate; toDate: IsoDate }

/**
 * The place between two days, said in what is kept by month: everything before `month`, plus (or, with sign −1, less) the
 * entries from `from` on that come before `before`. The shorter side of the month is read, so never more than 16 days.
 */
export type Cut = { month: Month; entries: { sign: 1 | -1; from: IsoDate; before: IsoDate } | null }

/** The cut just before a day. */
export function cutBefore(day: IsoDate): Cut {
  const own = monthOf(day)
  const [first, next] = [firstDay(own), addMonths(own, 1)]
  if (day === first) return { month: own, entries: null }
  const daysBefore = Number(day.slice(8)) - 1
  return daysBefore <= daysIn(own) / 2
    ? { month: own, entries: { sign: 1, from: first, before: day } }
    : { month: next, entries: { sign: -1, from: day, before: firstDay(next) } }
}

/** The cut just after a day. */
export const cutAfter = (day: IsoDate): Cut => cutBefore(addDays(day, 1))

/** A period as written: plain days, or years whose days the company's fiscal years decide. */
export type Period = { from: Unit; to: Unit }
type Unit = { year: number } | Days

/**
 * Reads `2026` (fiscal year), `2026-03`, `2026-Q1` (calendar quarter), `2026-T2` (VAT term of two months), `2026-03-15`, and
 * two of these with a colon between them. Undefined when it is none of them.
 */
export function periodOf(text: string): Period | undefined {
  const [first, last, ...rest] = text.split(':')
  if (first === undefined || rest.length > 0) return undefined
  const from = unitOf(first)
  const to = last === undefined ? from : unitOf(last)
  return from && to && { from, to }
}

function unitOf(text: string): Unit | undefined {
  if (/^\d{4}$/.test(text)) return { year: Number(text) }
  const parted = /^(\d{4})-(?:Q([1-4])|T([1-6]))$/.exec(text)
  if (parted) {
    const [, year, quarter, term] = parted
    const length = quarter ? 3 : 2
    const first = addMonths(`${year}-01` as Month, (Number(quarter ?? term) - 1) * length)
    return { fromDate: firstDay(first), toDate: lastDay(addMonths(first, length - 1)) }
  }
  const month = monthFrom(text)
  if (month) return { fromDate: firstDay(month), toDate: lastDay(month) }
  const day = isoDate(text)
  return day && { fromDate: day, toDate: day }
}

/**
 * The days of a period. A year is the company's fiscal year of that number, else the calendar year. Undefined when the
 * period ends before it begins.
 */
export function daysOf({ from, to }: Period, years: readonly FiscalYear[]): Days | undefined {
  const { fromDate } = 'year' in from ? yearDays(from.year, years) : from
  const { toDate } = 'year' in to ? yearDays(to.year, years) : to
  return fromDate <= toDate ? { fromDate, toDate } : undefined
}

function yearDays(year: number, years: readonly FiscalYear[]): Days {
  const own = years.find((y) => y.year === year)
  if (own) return { fromDate: own.firstDate, toDate: own.lastDate }
  const text = String(year).padStart(4, '0')
  return { fromDate: `${text}-01-01` as IsoDate, toDate: `${text}-12-31` as IsoDate }
}

/** The first day of the fiscal year that income and cost are counted from; the day itself when no year holds it. */
export const yearStart = (day: IsoDate, years: readonly FiscalYear[]): IsoDate =>
  years.find((y) => y.firstDate <= day && day <= y.lastDate)?.firstDate ?? day
