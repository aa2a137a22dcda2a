import { firstDay, type IsoDate, lastDay, type Month, monthOf } from '#worker/core/dates.ts'
import type { FiscalYear } from '#worker/ledger/books.ts'

export type SaftVersion = '1.30' | '1.40'

/** One file of an export: whole months of one fiscal year. */
export type SaftPart = { fiscalYear: number; fromDate: IsoDate; toDate: IsoDate; version: SaftVersion }

/**
 * The version that Skatteetaten requires for a period: 1.40 from 2027, else 1.30; 1.40 may be used before.
 * Source: norway.md 6.1.
 */
export const versionFor = (fromDate: IsoDate, wanted?: '1.40'): SaftVersion =>
  wanted ?? (fromDate >= '2027-01-01' ? '1.40' : '1.30')

/** The months as one file for each fiscal year that they touch, oldest first (norway.md 6.3). Undefined when none does. */
export function partsOf(
  years: readonly FiscalYear[],
  months: { from: Month; to: Month },
  wanted?: '1.40',
): SaftPart[] | undefined {
  const parts = years
    .filter((y) => monthOf(y.firstDate) <= months.to && monthOf(y.lastDate) >= months.from)
    .toSorted((a, b) => (a.firstDate < b.firstDate ? -1 : 1))
    .map((y): SaftPart => {
      const [first, last] = [firstDay(months.from), lastDay(months.to)]
      const fromDate = y.firstDate > first ? y.firstDate : first
      const toDate = y.lastDate < last ? y.lastDate : last
      return { fiscalYear: y.year, fromDate, toDate, version: versionFor(fromDate, wanted) }
    })
  return parts.length > 0 ? parts : undefined
}

/** `SAF-T Financial_923609016_20260115093000_1_of_2.xml` (norway.md 6.3). */
export function saftFileName(organisationNumber: string | null, stamp: string, n = 1, of = 1): string {
  const digits = stamp.replace(/\D/g, '').slice(0, 14)
  const own = (organisationNumber ?? 'NA').replace(/[^0-9A-Za-z]/g, '')
  return `SAF-T Financial_${own}_${digits}${of > 1 ? `_${n}_of_${of}` : ''}.xml`
}
