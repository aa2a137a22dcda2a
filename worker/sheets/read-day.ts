import { dayWords, monthWords } from '#i18n/day-words.ts'
import { addDays, daysIn, type IsoDate, isoDate } from '#worker/core/dates.ts'

const two = (n: number | string): string => String(n).padStart(2, '0')
const dayOf = (y: number | string, m: number | string, d: number | string): IsoDate | undefined =>
  isoDate(`${String(y).padStart(4, '20')}-${two(m)}-${two(d)}`)

/**
 * A day as one types it: `3`, `0303`, `030326`, `3.3`, `3/3-26`, `2026-03-03`, `3. mars`, `i dag`, `yesterday`.
 * What is left out is taken from `near`, the day in use. Undefined when no such day exists.
 */
export function readDay(text: string, near: IsoDate, today: IsoDate): IsoDate | undefined {
  const t = text.trim().toLowerCase().replace(/\s+/g, ' ')
  const steps = dayWords[t]
  if (steps !== undefined) return addDays(today, steps)
  const [y, m] = [near.slice(0, 4), near.slice(5, 7)]
  if (/^\d+$/.test(t)) return fromDigits(t, y, m)
  const iso = /^(\d{4})[-./](\d{1,2})[-./](\d{1,2})$/.exec(t)
  if (iso) return dayOf(iso[1]!, iso[2]!, iso[3]!)
  const parts = /^(\d{1,2})[-./ ]+(\d{1,2})(?:[-./ ]+(\d{4}|\d{2}))?[-./]?$/.exec(t)
  if (parts) return dayOf(parts[3] ?? y, parts[2]!, parts[1]!)
  const onlyDay = /^(\d{1,2})\.$/.exec(t)
  if (onlyDay) return dayOf(y, m, onlyDay[1]!)
  const named = /^(\d{1,2})\.?[ -]?([a-zæøå]+)\.?[ -]?(\d{4}|\d{2})?$/.exec(t)
  const month = named && monthNumber(named[2]!)
  return month ? dayOf(named[3] ?? y, month, named[1]!) : undefined
}

function fromDigits(t: string, y: string, m: string): IsoDate | undefined {
  if (t.length <= 2) return dayOf(y, m, t)
  if (t.length === 4) return dayOf(y, t.slice(2), t.slice(0, 2))
  if (t.length === 6) return dayOf(t.slice(4), t.slice(2, 4), t.slice(0, 2))
  if (t.length !== 8) return undefined
  return dayOf(t.slice(4), t.slice(2, 4), t.slice(0, 2)) ?? dayOf(t.slice(0, 4), t.slice(4, 6), t.slice(6))
}

/** 1–12 from a month's name or the beginning of it, Norwegian or English. */
export function monthNumber(name: string): number | undefined {
  const found = monthWords.findIndex((names) =>
    names.some((n) => n === name || (name.length >= 3 && n.startsWith(name))),
  )
  return found < 0 ? undefined : found + 1
}

/** How the dates of a column are written where `3/4/2026` has two readings. */
export type DayOrder = 'day-first' | 'month-first'

export type ReadDate =
  | { kind: 'empty' }
  | { kind: 'day'; day: IsoDate; how?: 'month' | 'serial' }
  | { kind: 'ambiguous'; dayFirst: IsoDate; monthFirst: IsoDate }
  | { kind: 'unreadable' }

const EXCEL_DAY_ZERO = '1899-12-30' as IsoDate

/** A date as it stands in a sheet's column: a whole date, a month (its last day), or Excel's day number. */
export function readSheetDate(text: string, order?: DayOrder): ReadDate {
  const t = text
    .trim()
    .toLowerCase()
    .replace(/ (kl\.? ?)?\d{1,2}[:.]\d{2}([:.]\d{2})?$/, '')
    .replace(/t\d{2}:\d{2}.*$/, '')
  if (t === '') return { kind: 'empty' }
  const day = (found: IsoDate | undefined): ReadDate => (found ? { kind: 'day', day: found } : { kind: 'unreadable' })
  const iso = /^(\d{4})[-./](\d{1,2})[-./](\d{1,2})$/.exec(t)
  if (iso) return day(dayOf(iso[1]!, iso[2]!, iso[3]!))
  const written = /^(\d{1,2})\/(\d{1,2})[-.](\d{4}|\d{2})$/.exec(t) // 3/4-26: nobody but Norwegians, day first
  if (written) return day(dayOf(written[3]!, written[2]!, written[1]!))
  const parts = /^(\d{1,2})([-./])(\d{1,2})\2(\d{4}|\d{2})\.?$/.exec(t)
  if (parts) return fromParts(parts[1]!, parts[3]!, parts[4]!, parts[2]!, order)
  if (/^(19|20)\d{6}$/.test(t)) return day(dayOf(t.slice(0, 4), t.slice(4, 6), t.slice(6)))
  if (/^\d{8}$/.test(t)) return day(dayOf(t.slice(4), t.slice(2, 4), t.slice(0, 2)))
  if (/^\d{6}$/.test(t)) return day(dayOf(t.slice(4), t.slice(2, 4), t.slice(0, 2)))
  if (/^[34]\d{4}$/.test(t)) return { kind: 'day', day: addDays(EXCEL_DAY_ZERO, Number(t)), how: 'serial' }
  return fromNames(t)
}

function fromParts(a: string, b: string, y: string, mark: string, order: DayOrder | undefined): ReadDate {
  const dayFirst = dayOf(y, b, a)
  const monthFirst = dayOf(y, a, b)
  const chosen = order ?? (mark === '/' ? undefined : 'day-first')
  if (dayFirst && monthFirst && dayFirst !== monthFirst && !chosen) return { kind: 'ambiguous', dayFirst, monthFirst }
  const found =
    chosen === 'month-first' ? (monthFirst ?? dayFirst) : (dayFirst ?? (mark === '/' ? monthFirst : undefined))
  return found ? { kind: 'day', day: found } : { kind: 'unreadable' }
}

function fromNames(t: string): ReadDate {
  const whole = /^(\d{1,2})\.?[ -]?([a-zæøå]+)\.?,?[ -]?(\d{4}|\d{2})$/.exec(t) ?? undefined
  const month = whole && monthNumber(whole[2]!)
  if (month) {
    const found = dayOf(whole[3]!, month, whole[1]!)
    return found ? { kind: 'day', day: found } : { kind: 'unreadable' }
  }
  const english = /^([a-z]+)\.? (\d{1,2}),? (\d{4})$/.exec(t)
  const named = english && monthNumber(english[1]!)
  if (named) {
    const found = dayOf(english[3]!, named, english[2]!)
    return found ? { kind: 'day', day: found } : { kind: 'unreadable' }
  }
  const only = /^([a-zæøå]+)\.?[ -]?(\d{4}|\d{2})$/.exec(t)
  const alone = only && monthNumber(only[1]!)
  if (!alone) return { kind: 'unreadable' }
  const year = only[2]!.padStart(4, '20')
  return { kind: 'day', day: `${year}-${two(alone)}-${daysIn(`${year}-${two(alone)}`)}` as IsoDate, how: 'month' }
}

/** The order of day and month that a column's own values prove. */
export function dayOrderOf(texts: Iterable<string>): DayOrder | undefined {
  let dayFirst = false
  let monthFirst = false
  for (const text of new Set(texts)) {
    const parts = /^(\d{1,2})\/(\d{1,2})\/(\d{4}|\d{2})\b/.exec(text.trim())
    if (!parts) continue
    if (Number(parts[1]) > 12) dayFirst = true
    if (Number(parts[2]) > 12) monthFirst = true
  }
  return dayFirst === monthFirst ? undefined : dayFirst ? 'day-first' : 'month-first'
}
