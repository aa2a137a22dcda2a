import type { IsoDate } from '#worker/core/dates.ts'
import { cutText } from '#worker/core/text.ts'
import { checkedDays, fiscalYearsFor } from './fiscal-years.ts'
import { organisationNumberOf } from './saft-register.ts'

type Named = {
  name: string
  registrationNumber: string
  vatRegistered: boolean
  /** The days that the file says it covers. */
  selection: { startDate: IsoDate | null; endDate: IsoDate | null }
}

/**
 * The company that a file names, and its fiscal years for the days that the file's content covers.
 * @throws Problem 422 saft/date for days that no books are of.
 */
export function companyOf(
  { name, registrationNumber, vatRegistered, selection }: Named,
  covered: { first: IsoDate; last: IsoDate },
  today: IsoDate,
) {
  const organisationNumber = organisationNumberOf(registrationNumber)
  const { first, last } = checkedDays(covered)
  return {
    wanted: { name: cutText(name, 256), ...(organisationNumber && { organisationNumber }), vatRegistered },
    years: fiscalYearsFor(first, last, selection, today),
  }
}
