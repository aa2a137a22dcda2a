import { calendarYears } from '#worker/companies/company.ts'
import { addDays, addMonths, firstDay, type IsoDate, lastDay, type Month, monthOf, yearOf } from '#worker/core/dates.ts'
import { Problem } from '#worker/core/problem.ts'
import type { FiscalYear } from '#worker/ledger/books.ts'
import { fiscalYearLike } from '#worker/periods/fiscal-year.ts'

/** Days that books can be of. @throws Problem 422 saft/date for a year that is a slip of the keyboard. */
export function checkedDays({ first, last }: { first: IsoDate; last: IsoDate }): { first: IsoDate; last: IsoDate } {
  for (const day of [first, last])
    if (yearOf(day) < 1970 || yearOf(day) > 2200)
      throw new Problem(422, 'saft/date', { params: { line: 1, value: day } })
  return { first, last: last < first ? first : last }
}

/**
 * The fiscal years of a new company: from the file's first day to next year, so that one can go on posting. Calendar years,
 * or years like the file's own where that is a whole year that begins in another month.
 */
export function fiscalYearsFor(
  first: IsoDate,
  last: IsoDate,
  selection: { startDate: IsoDate | null; endDate: IsoDate | null },
  today: IsoDate,
): FiscalYear[] {
  const until = Math.max(yearOf(last), yearOf(today) + 1)
  const { startDate, endDate } = selection
  if (!startDate || !endDate || !isOtherYear(startDate, endDate)) return calendarYears(yearOf(first), until)
  const years: FiscalYear[] = []
  const beginning = startDate.slice(4, 7)
  for (let year = yearOf(first); year <= until + 1; year++) {
    const firstDate = firstDay(`${year - 1}${beginning}` as Month)
    const lastDate = addDays(firstDay(`${year}${beginning}` as Month), -1)
    if (lastDate >= first) years.push({ year: yearOf(lastDate), firstDate, lastDate })
  }
  return years
}

/** A whole year that does not begin in January. */
const isOtherYear = (start: IsoDate, end: IsoDate): boolean =>
  start.endsWith('-01') && start.slice(5, 7) !== '01' && end === lastDay(addMonths(monthOf(start), 11))

/**
 * The fiscal years that a company's books lack for these months, ending as those it has.
 * @throws Problem 422 fiscal-year/missing for a day that no fiscal year can be opened for without overlapping another.
 */
export function missingYears(months: Iterable<Month>, years: readonly FiscalYear[]): FiscalYear[] {
  const missing = new Map<number, FiscalYear>()
  for (const month of months) {
    const day = firstDay(month)
    if (years.some((y) => monthOf(y.firstDate) <= month && month <= monthOf(y.lastDate))) continue
    const wanted = fiscalYearLike(years, day)
    const overlaps = years.some((y) => y.firstDate <= wanted.lastDate && wanted.firstDate <= y.lastDate)
    if (overlaps) throw new Problem(422, 'fiscal-year/missing', { params: { date: day } })
    missing.set(wanted.year, wanted)
  }
  return [...missing.values()]
}
