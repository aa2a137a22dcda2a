import * as z from 'zod/mini'
import { addMonths, type IsoDate, lastDay, type Month, yearOf } from '#worker/core/dates.ts'
import { isOrganisationNumber } from '#worker/core/identifiers.ts'
import { FilledText } from '#worker/core/text.ts'
import type { FiscalYear } from '#worker/ledger/books.ts'

const Year = z.int('field/invalid').check(z.gte(1970, 'field/invalid'), z.lte(2200, 'field/invalid'))

/** What it takes to open a company's books. Without years: last year, this year and next. */
export const NewCompany = z.strictObject({
  name: FilledText(256),
  organisationNumber: z.optional(z.string().check(z.refine(isOrganisationNumber, 'organisation-number/invalid'))),
  vatRegistered: z.optional(z.boolean()),
  fromYear: z.optional(Year),
  toYear: z.optional(Year),
  test: z.optional(z.boolean()),
  /** The accounting office it becomes a client of; who opens it is then responsible there. */
  office: z.optional(z.string()),
})
export type NewCompany = z.infer<typeof NewCompany>

/** Colours a company is known by in band and tab; given in turn. Source: design language, company colours. */
export const COMPANY_COLOURS = ['kobber', 'petrol', 'mose', 'plomme', 'vin', 'skifer', 'oker', 'fiolett'] as const

/** Calendar years as fiscal years. */
export const calendarYears = (from: number, to: number): FiscalYear[] =>
  Array.from({ length: Math.max(0, to - from + 1) }, (_, i) => {
    const year = from + i
    return { year, firstDate: `${year}-01-01` as IsoDate, lastDate: `${year}-12-31` as IsoDate }
  })

export const yearsAround = (today: IsoDate): [from: number, to: number] => [yearOf(today) - 1, yearOf(today) + 1]

/** The months a fiscal year consists of. */
export function monthsOf({ firstDate, lastDate }: FiscalYear): Month[] {
  const months: Month[] = []
  for (let m = firstDate.slice(0, 7) as Month; m <= lastDate.slice(0, 7); m = addMonths(m, 1)) months.push(m)
  return months
}

/** A fiscal year ends on the last day of a month and holds whole months, but that its first month may start late. */
export const isWholeYear = ({ firstDate, lastDate }: FiscalYear): boolean =>
  firstDate <= lastDate && lastDate === lastDay(lastDate.slice(0, 7) as Month)
