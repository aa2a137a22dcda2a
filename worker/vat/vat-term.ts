import { addMonths, firstDay, type IsoDate, lastDay, type Month, monthOf } from '#worker/core/dates.ts'
import { workingDayFrom } from '#worker/core/working-day.ts'

/** How often a company reports VAT: every two months, or once a year. */
export const VAT_TERM_KINDS = ['two-months', 'year'] as const
export type VatTermKind = (typeof VAT_TERM_KINDS)[number]

/** What one VAT return covers, both days included, and when it must be delivered and paid. `key` is 2026-T2 or 2026. */
export type VatTerm = { key: string; kind: VatTermKind; fromDate: IsoDate; toDate: IsoDate; dueDate: IsoDate }

/**
 * The term a day falls in. Source of the deadlines: norway.md 5.7; on a weekend or public holiday the next working day.
 */
export function termOf(kind: VatTermKind, day: IsoDate): VatTerm {
  const year = day.slice(0, 4)
  if (kind === 'year') return yearTerm(year)
  const number = Math.ceil(Number(day.slice(5, 7)) / 2)
  const first = `${year}-${String(number * 2 - 1).padStart(2, '0')}` as Month
  const last = addMonths(first, 1)
  const due = number === 3 ? (`${year}-08-31` as IsoDate) : (`${addMonths(last, 2)}-10` as IsoDate)
  return {
    key: `${year}-T${number}`,
    kind,
    fromDate: firstDay(first),
    toDate: lastDay(last),
    dueDate: workingDayFrom(due),
  }
}

const yearTerm = (year: string): VatTerm => ({
  key: year,
  kind: 'year',
  fromDate: `${year}-01-01` as IsoDate,
  toDate: `${year}-12-31` as IsoDate,
  dueDate: workingDayFrom(`${addMonths(`${year}-12` as Month, 3)}-10` as IsoDate),
})

/** The term of a key; undefined when it is none. */
export function termOfKey(key: string): VatTerm | undefined {
  if (/^\d{4}$/.test(key)) return yearTerm(key)
  const [, year, number] = /^(\d{4})-T([1-6])$/.exec(key) ?? []
  return year ? termOf('two-months', `${year}-${String(Number(number) * 2).padStart(2, '0')}-01` as IsoDate) : undefined
}

/** The terms of the years from the first day to the last, in order. */
export function termsBetween(kind: VatTermKind, fromDate: IsoDate, toDate: IsoDate): VatTerm[] {
  const terms: VatTerm[] = []
  for (let term = termOf(kind, fromDate); term.fromDate <= toDate; ) {
    terms.push(term)
    term = termOf(kind, firstDay(addMonths(monthOf(term.toDate), 1)))
  }
  return terms
}

/** The last term that was over on a day: the one whose return is next to be delivered. */
export const lastEnded = (kind: VatTermKind, day: IsoDate): VatTerm =>
  termOf(kind, lastDay(addMonths(monthOf(termOf(kind, day).fromDate), -1)))
