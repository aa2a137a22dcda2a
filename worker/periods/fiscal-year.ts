import * as z from 'zod/mini'
import { IsoDate } from '#worker/core/date-schema.ts'
import {
  addDays,
  addMonths,
  firstDay,
  lastDay,
  type Month,
  monthOf,
  monthsBetween,
  yearOf,
} from '#worker/core/dates.ts'
import { error, type Issue } from '#worker/core/problem.ts'
import type { FiscalYear } from '#worker/ledger/books.ts'

/** Months in the longest fiscal year we take; a longer one is a slip of the hand. */
const LONGEST = 18

/** A fiscal year to open. Without days: twelve months after the last. `year` names it in voucher numbers. */
export const NewFiscalYear = z.strictObject({
  year: z.optional(z.int('field/invalid').check(z.gte(1970, 'field/invalid'), z.lte(2200, 'field/invalid'))),
  firstDate: z.optional(IsoDate),
  lastDate: z.optional(IsoDate),
})
export type NewFiscalYear = z.infer<typeof NewFiscalYear>

/**
 * The year asked for, with what was left out filled in: it follows the last year and has twelve months, and is called by the
 * calendar year it ends in. `existing` is in order of time.
 */
export function fiscalYearFrom(wanted: NewFiscalYear, existing: readonly FiscalYear[]): FiscalYear {
  const last = existing.at(-1)
  const year = wanted.year ?? (last ? last.year + 1 : 1970)
  const follows = last ? addDays(last.lastDate, 1) : (`${year}-01-01` as IsoDate)
  const firstDate = wanted.firstDate ?? follows
  const lastDate = wanted.lastDate ?? lastDay(addMonths(monthOf(firstDate), 11))
  return { year: wanted.year ?? yearOf(lastDate), firstDate, lastDate }
}

/**
 * The whole fiscal year a day is in that none of these has: it ends as the last before it does, or as the first where it comes before all
 * of them; the calendar year where there is none. `existing` is in order of time.
 */
export function fiscalYearLike(existing: readonly FiscalYear[], day: IsoDate): FiscalYear {
  const like = existing.findLast(({ lastDate }) => lastDate < day) ?? existing[0]
  const end = `${yearOf(day)}-${like?.lastDate.slice(5, 7) ?? '12'}` as Month
  const last = monthOf(day) > end ? addMonths(end, 12) : end
  return { year: yearOf(lastDay(last)), firstDate: firstDay(addMonths(last, -11)), lastDate: lastDay(last) }
}

/**
 * What keeps a year from being opened beside those that exist: it must hold whole months, touch a neighbour, overlap none, and
 * have a name of its own. The company's first year may begin in the middle of a month: the day it was founded.
 */
export function checkFiscalYear(wanted: FiscalYear, existing: readonly FiscalYear[]): Issue[] {
  const { year, firstDate, lastDate } = wanted
  const params = { year, firstDate, lastDate }
  if (lastDate < firstDate) return [error('field/invalid', '#/lastDate', params)]
  const issues: Issue[] = []
  if (existing.some((y) => y.year === year)) issues.push(error('fiscal-year/exists', '#/year', params))
  if (year < yearOf(firstDate) || year > yearOf(lastDate)) issues.push(error('field/invalid', '#/year', params))
  if (lastDate !== lastDay(monthOf(lastDate))) issues.push(error('fiscal-year/not-whole-months', '#/lastDate', params))
  const isFirst = existing.every((y) => y.firstDate > lastDate)
  if (firstDate !== firstDay(monthOf(firstDate)) && !isFirst)
    issues.push(error('fiscal-year/not-whole-months', '#/firstDate', params))
  if (addMonths(monthOf(firstDate), LONGEST - 1) < monthOf(lastDate))
    issues.push(error('fiscal-year/too-long', '#/lastDate', { ...params, months: LONGEST }))
  const overlapped = existing.find((y) => firstDate <= y.lastDate && y.firstDate <= lastDate)
  if (overlapped) issues.push(error('fiscal-year/overlaps', '#/firstDate', { ...params, other: overlapped.year }))
  else if (existing.length > 0 && !touchesOne(wanted, existing))
    issues.push(error('fiscal-year/gap', '#/firstDate', params))
  return issues
}

const touchesOne = (wanted: FiscalYear, existing: readonly FiscalYear[]): boolean =>
  existing.some((y) => addDays(y.lastDate, 1) === wanted.firstDate || addDays(wanted.lastDate, 1) === y.firstDate)

export const monthsIn = ({ firstDate, lastDate }: FiscalYear) => monthsBetween(monthOf(firstDate), monthOf(lastDate))
