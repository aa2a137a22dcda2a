/** A calendar day, YYYY-MM-DD, without a time zone. Compares as a string. */
export type IsoDate = string & { readonly __unit: 'date' }
/** A calendar month, YYYY-MM. */
export type Month = string & { readonly __unit: 'month' }
/** A moment in UTC, 2026-04-09T07:31:05.123Z. Compares as a string. */
export type Instant = string & { readonly __unit: 'instant' }

const DAY = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/
const MONTH = /^\d{4}-(0[1-9]|1[0-2])$/

/** The string as a day, or undefined when no such day exists. */
export function isoDate(s: string): IsoDate | undefined {
  if (!DAY.test(s)) return undefined
  const day = Number(s.slice(8))
  return day <= 28 || day <= daysIn(s.slice(0, 7)) ? (s as IsoDate) : undefined
}
export const month = (s: string): Month | undefined => (MONTH.test(s) ? (s as Month) : undefined)
export const monthOf = (d: IsoDate): Month => d.slice(0, 7) as Month
export const yearOf = (d: IsoDate): number => Number(d.slice(0, 4))

/** Days in a month given as YYYY-MM. */
export function daysIn(m: string): number {
  const [y, mo] = [Number(m.slice(0, 4)), Number(m.slice(5, 7))]
  if (mo === 2) return (y % 4 === 0 && y % 100 !== 0) || y % 400 === 0 ? 29 : 28
  return [4, 6, 9, 11].includes(mo) ? 30 : 31
}

export const firstDay = (m: Month): IsoDate => `${m}-01` as IsoDate
export const lastDay = (m: Month): IsoDate => `${m}-${daysIn(m)}` as IsoDate

/** The month n months later (or earlier for a negative n). */
export function addMonths(m: Month, n: number): Month {
  const index = Number(m.slice(0, 4)) * 12 + Number(m.slice(5, 7)) - 1 + n
  return `${String(Math.floor(index / 12)).padStart(4, '0')}-${String((index % 12) + 1).padStart(2, '0')}` as Month
}

/** The day n days later (or earlier for a negative n). */
export function addDays(d: IsoDate, n: number): IsoDate {
  const utc = new Date(Date.UTC(Number(d.slice(0, 4)), Number(d.slice(5, 7)) - 1, Number(d.slice(8)) + n))
  return utc.toISOString().slice(0, 10) as IsoDate
}

/** Days since 1 January 1970. */
export const dayNumber = (d: IsoDate): number => Date.parse(`${d}T00:00:00Z`) / 86_400_000

/** All months from the first to the last, both included. */
export function monthsBetween(from: Month, to: Month): Month[] {
  const indexOf = (m: Month) => Number(m.slice(0, 4)) * 12 + Number(m.slice(5, 7))
  // Counted, not compared: the month after 9999-12 has no text of its own, and a loop that waits for it never ends.
  return Array.from({ length: Math.max(0, indexOf(to) - indexOf(from) + 1) }, (_, i) => addMonths(from, i))
}

const oslo = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Europe/Oslo',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
})

let lastHour = { hour: '', day: '' as IsoDate }

/** The day it is in Norway at that moment. Kept for the hour, since clocks and days change on it, and a look-up is slow. */
export function dayInOslo(at: string): IsoDate {
  const hour = at.slice(0, 13)
  if (hour !== lastHour.hour) lastHour = { hour, day: oslo.format(new Date(at)).slice(0, 10) as IsoDate }
  return lastHour.day
}

/** A Norwegian day and clock, `14:30:00` or with milliseconds, as a moment in UTC. Summer time is taken into account. */
export function momentInOslo(day: IsoDate, clock: string): Instant {
  const wanted = `${day} ${clock.slice(0, 8)}`
  for (const offset of ['+01:00', '+02:00']) {
    const at = new Date(`${day}T${clock}${offset}`)
    if (oslo.format(at) === wanted) return at.toISOString() as Instant
  }
  return new Date(`${day}T${clock}+01:00`).toISOString() as Instant // an hour that the clock leaps over
}

/** The last millisecond of a Norwegian day, as a moment in UTC. */
export const endOfDayInOslo = (day: IsoDate): Instant => momentInOslo(day, '23:59:59.999')

/** A moment given as an instant, or as a day that means its end in Norway. Undefined when it is neither. */
export function instantOf(s: string): Instant | undefined {
  const day = isoDate(s)
  if (day) return endOfDayInOslo(day)
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,3})?Z$/.test(s)) return undefined
  const at = new Date(s)
  return Number.isNaN(at.getTime()) ? undefined : (at.toISOString() as Instant)
}
