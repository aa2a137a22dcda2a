import { addDays, type IsoDate, yearOf } from './dates.ts'

/** Easter Sunday of a year in the Gregorian calendar. Source: the anonymous algorithm of 1876 (Meeus, Astronomical Algorithms, ch. 8). */
export function easterSunday(year: number): IsoDate {
  const whole = (n: number, by: number) => (n - (n % by)) / by
  const [a, b, c] = [year % 19, whole(year, 100), year % 100]
  const g = whole(8 * b + 13, 25)
  const h = (19 * a + b - whole(b, 4) - g + 15) % 30
  const l = (32 + 2 * (b % 4) + 2 * whole(c, 4) - h - (c % 4)) % 7
  const m = whole(a + 11 * h + 22 * l, 451)
  const march = h + l - 7 * m + 22
  return addDays(`${String(year).padStart(4, '0')}-03-01` as IsoDate, march - 1)
}

/** Whether a day is a Norwegian public holiday. Source: lov om helligdager og helligdagsfred § 2; lov om 1. og 17. mai. */
export function isPublicHoliday(day: IsoDate): boolean {
  if (['01-01', '05-01', '05-17', '12-25', '12-26'].includes(day.slice(5))) return true
  const easter = easterSunday(yearOf(day))
  return [-3, -2, 0, 1, 39, 49, 50].some((days) => addDays(easter, days) === day)
}

/** 0 is Monday, 6 Sunday. */
export const weekday = (day: IsoDate): number =>
  (new Date(Date.UTC(yearOf(day), Number(day.slice(5, 7)) - 1, Number(day.slice(8)))).getUTCDay() + 6) % 7

/** The day itself, or the first one after it that is neither a weekend nor a public holiday. */
export function workingDayFrom(day: IsoDate): IsoDate {
  let found = day
  while (weekday(found) > 4 || isPublicHoliday(found)) found = addDays(found, 1)
  return found
}
