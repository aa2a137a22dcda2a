import { day, type Locale, month } from './format.ts'

const QUARTER = { nb: '. kvartal', en: 'Q' } as const

/** Days as people say them: 2026, oktober 2026, 1. kvartal 2026, or 01.01.2026–17.03.2026. */
export function spanText(fromDate: string, toDate: string, locale: Locale): string {
  const year = fromDate.slice(0, 4)
  if (fromDate === toDate) return day(toDate)
  if (fromDate.endsWith('-01') && year === toDate.slice(0, 4) && isLastDay(toDate)) {
    const [first, last] = [Number(fromDate.slice(5, 7)), Number(toDate.slice(5, 7))]
    if (first === 1 && last === 12) return year
    if (first === last) return month(fromDate, locale)
    if (last - first === 2 && last % 3 === 0)
      return locale === 'nb' ? `${last / 3}${QUARTER.nb} ${year}` : `${QUARTER.en}${last / 3} ${year}`
  }
  return `${day(fromDate)}–${day(toDate)}`
}

/** The same as short as a column's heading needs it: okt 2026, jan–okt 2026, 2026. */
export function shortSpan(fromDate: string, toDate: string, locale: Locale): string {
  const text = spanText(fromDate, toDate, locale)
  if (!fromDate.endsWith('-01') || !isLastDay(toDate) || /^\d{4}$/.test(text)) return text
  const name = (date: string) => month(date, locale).slice(0, 3)
  const [from, to] = [fromDate.slice(0, 4), toDate.slice(0, 4)]
  if (fromDate.slice(0, 7) === toDate.slice(0, 7)) return `${name(toDate)} ${to}`
  return from === to ? `${name(fromDate)}–${name(toDate)} ${to}` : text
}

function isLastDay(date: string): boolean {
  const next = new Date(`${date}T12:00:00Z`)
  next.setUTCDate(next.getUTCDate() + 1)
  return next.getUTCDate() === 1
}
