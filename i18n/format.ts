/** How figures, days and times are written. Kroner exist only here. */
export type Locale = 'nb' | 'en'
export const LOCALES: readonly Locale[] = ['nb', 'en']

const NBSP = '\u00a0'
const MINUS = '\u2212'

/** Øre as kroner with two decimals: −1 234,50 in Norwegian, −1,234.50 in English. Minus is U+2212. */
export function kroner(ore: number, locale: Locale): string {
  const [whole, decimals] = partsOf(ore)
  return `${ore < 0 ? MINUS : ''}${grouped(whole, locale)}${locale === 'nb' ? ',' : '.'}${decimals}`
}

/** Øre as whole kroner, half away from zero. */
export function wholeKroner(ore: number, locale: Locale): string {
  const rounded = Math.floor((Math.abs(ore) + 50) / 100)
  return `${ore < 0 && rounded > 0 ? MINUS : ''}${grouped(String(rounded), locale)}`
}

/** Øre as a figure for a cell one types in: 1234,50 or 1234.50, with a plain hyphen. */
export function plainKroner(ore: number, locale: Locale): string {
  const [whole, decimals] = partsOf(ore)
  return `${ore < 0 ? '-' : ''}${whole}${locale === 'nb' ? ',' : '.'}${decimals}`
}

function partsOf(ore: number): [whole: string, decimals: string] {
  const digits = String(Math.abs(ore)).padStart(3, '0')
  return [digits.slice(0, -2), digits.slice(-2)]
}

const grouped = (whole: string, locale: Locale): string =>
  whole.replace(/\B(?=(\d{3})+$)/g, locale === 'nb' ? NBSP : ',')

/** A count: 4 812 in Norwegian, 4,812 in English. */
export const whole = (n: number, locale: Locale): string => grouped(String(n), locale)

/** 2026-11-20 as 20.11.2026; the same in both languages, as accountants in Norway write it. */
export const day = (iso: string): string => `${iso.slice(8, 10)}.${iso.slice(5, 7)}.${iso.slice(0, 4)}`

const MONTHS = {
  nb: [
    'januar',
    'februar',
    'mars',
    'april',
    'mai',
    'juni',
    'juli',
    'august',
    'september',
    'oktober',
    'november',
    'desember',
  ],
  en: [
    'January',
    'February',
    'March',
    'April',
    'May',
    'June',
    'July',
    'August',
    'September',
    'October',
    'November',
    'December',
  ],
} as const

/** 2026-10 as oktober. */
export const monthName = (iso: string, locale: Locale): string => MONTHS[locale][Number(iso.slice(5, 7)) - 1]!

/** 2026-10 as oktober 2026. */
export const month = (iso: string, locale: Locale): string => `${monthName(iso, locale)} ${iso.slice(0, 4)}`

const times = new Map<string, Intl.DateTimeFormat>()
function oslo(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = JSON.stringify(options)
  let format = times.get(key)
  if (!format) {
    format = new Intl.DateTimeFormat('nb-NO', { timeZone: 'Europe/Oslo', ...options })
    times.set(key, format)
  }
  return format
}

/** A moment as 20.11.2026 14:02 Norwegian time; with seconds for logs. */
export function moment(at: string, seconds = false): string {
  const date = new Date(at)
  const days = oslo({ day: '2-digit', month: '2-digit', year: 'numeric' }).format(date)
  const time = oslo({ hour: '2-digit', minute: '2-digit', ...(seconds && { second: '2-digit' }) }).format(date)
  return `${days} ${time}`
}

/** 2026-11-20 as fredag 20. november 2026, or Friday 20 November 2026. */
export function longDay(iso: string, locale: Locale): string {
  const weekday = new Intl.DateTimeFormat(locale === 'nb' ? 'nb-NO' : 'en-GB', { weekday: 'long', timeZone: 'UTC' })
  const dot = locale === 'nb' ? '.' : ''
  return `${weekday.format(new Date(`${iso}T12:00:00Z`))} ${Number(iso.slice(8, 10))}${dot} ${month(iso, locale)}`
}

/** A counted thing, by its two forms: { one: '1 klient', many: '{count} klienter' }. */
export const counted = (n: number, forms: { one: string; many: string }, locale: Locale): string =>
  n === 1 ? forms.one : forms.many.replace('{count}', whole(n, locale))

/** 313482901 as 313 482 901. */
export const organisationNumber = (n: string): string => n.replace(/^(\d{3})(\d{3})(\d{3})$/, `$1${NBSP}$2${NBSP}$3`)

/** IF 2026-1043. */
export const voucherName = (v: { series: string; fiscalYear: number; number: number }): string =>
  `${v.series}${NBSP}${v.fiscalYear}-${v.number}`

/** Basis points as a per cent to the nearest tenth, as statements show it: −2,8 %. */
export function percentTenth(basisPoints: number, locale: Locale): string {
  const tenths = String(Math.floor((Math.abs(basisPoints) + 5) / 10)).padStart(2, '0')
  const text = `${tenths.slice(0, -1)}${locale === 'nb' ? ',' : '.'}${tenths.slice(-1)}`
  return `${basisPoints < 0 && Number(tenths) > 0 ? MINUS : ''}${text}${NBSP}%`
}

/** Basis points as 25 % or 11,11 %. */
export const percent = (basisPoints: number, locale: Locale): string => {
  const text = String(basisPoints / 100)
  return `${locale === 'nb' ? text.replace('.', ',') : text}${NBSP}%`
}

type Value = string | number | boolean | null | readonly string[] | undefined

/**
 * Fills a text's places: `{account}`, or with a way of writing it `{difference:kroner}`, `{date:day}`, `{until:moment}`,
 * `{period:month}`, `{allowed:list}`. `{n#row/rows}` is the word for that many. Of [one|another] the first is taken whose values
 * are all given; with none it is left out.
 */
export function fill(text: string, params: Readonly<Record<string, Value>>, locale: Locale): string {
  const given = (name: string) => params[name] !== undefined && params[name] !== null && params[name] !== ''
  const complete = (part: string) => [...part.matchAll(/\{(\w+)/g)].every((m) => given(m[1]!))
  const whole = text.replace(/\[([^\]]*)\]/g, (_, parts: string) => parts.split('|').find(complete) ?? '')
  const agreed = whole.replace(/\{(\w+)#([^/}]*)\/([^}]*)\}/g, (_, name: string, one: string, many: string) =>
    Number(params[name]) === 1 ? one : many,
  )
  return agreed.replace(/\{(\w+)(?::(\w+))?\}/g, (_, name: string, way?: string) => written(params[name], way, locale))
}

function written(value: Value, way: string | undefined, locale: Locale): string {
  if (value === undefined || value === null) return ''
  switch (way) {
    case 'kroner':
      return kroner(Number(value), locale)
    case 'day':
      return day(String(value))
    case 'moment':
      return moment(String(value))
    case 'month':
      return month(String(value), locale)
    case 'Month': {
      const name = month(String(value), locale)
      return name[0]!.toUpperCase() + name.slice(1)
    }
    case 'decimal':
      return locale === 'nb' ? String(value).replace('.', ',') : String(value)
    case 'list':
      return asList(Array.isArray(value) ? value : [String(value)], locale)
    default:
      return String(value)
  }
}

function asList(items: readonly string[], locale: Locale): string {
  const or = locale === 'nb' ? ' eller ' : ' or '
  return items.length < 2 ? (items[0] ?? '') : `${items.slice(0, -1).join(', ')}${or}${items.at(-1)}`
}
