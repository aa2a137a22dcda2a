import { vat as en } from './en/vat.ts'
import { day, fill, type Locale } from './format.ts'
import { vat as nb } from './nb/vat.ts'

export const vatTexts: Record<Locale, typeof nb> = { nb, en }

/** The text of a settlement voucher. */
export const settlementText = (term: string, locale: Locale): string =>
  fill(vatTexts[locale].settlement.text, { term: termName(term, locale) }, locale)

/** The reason of the lock that marks a term as filed. */
export const filingText = (term: string, locale: Locale): string =>
  fill(vatTexts[locale].filing.text, { term: termName(term, locale) }, locale)

/** "2. termin 2026" for 2026-T2; a yearly term is its year. */
export function termName(key: string, locale: Locale): string {
  const [year, number] = key.split('-T')
  return number
    ? fill(vatTexts[locale].term, { year: year!, number }, locale)
    : fill(vatTexts[locale].year, { year: year! }, locale)
}

/** The days of a term as they are said. */
export const termDays = ({ fromDate, toDate }: { fromDate: string; toDate: string }): string =>
  `${day(fromDate).slice(0, 6)}–${day(toDate)}`
