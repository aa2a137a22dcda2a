import { addinFunctions as en } from '#i18n/en/addin-functions.ts'
import { addinFunctions as nb } from '#i18n/nb/addin-functions.ts'
import {
  addMonths,
  dayInOslo,
  type Instant,
  type IsoDate,
  instantOf,
  isoDate,
  type Month,
  momentInOslo,
  month,
} from '#worker/core/dates.ts'
import { periodOf } from '#worker/reports/period-range.ts'
import { dayOfSerial, serialOf } from '../sheet/excel-value.ts'

/** A cell's or a range's value as Excel hands it over: a range is a matrix, and what is left out is null. */
export type Given = unknown
/** What is wrong with a function's arguments, by the key of its text. */
export class ArgumentFault extends Error {
  readonly key: keyof typeof nb.faults
  readonly value: string
  constructor(key: keyof typeof nb.faults, value: unknown = '') {
    super(key)
    this.key = key
    this.value = String(value ?? '')
  }
}

/** A matrix of the argument's values, whether a cell, a range or a literal was given. */
export function matrixOf(given: Given): unknown[][] {
  if (Array.isArray(given)) return given.length > 0 && Array.isArray(given[0]) ? (given as unknown[][]) : [given]
  return [[given]]
}
export const isGiven = (given: Given): boolean =>
  matrixOf(given).some((row) => row.some((v) => v !== null && v !== undefined && v !== ''))

/** One account or range with its sign; the figure of several is the sum of theirs. */
export type AccountTerm = { readonly sign: 1 | -1; readonly account: string }

const NUMBER = /^[0-9A-Za-z.]{1,20}$/
/** Characters that the ledger takes (`ReportGroup`). */
const LONGEST = { account: 145, key: 40, value: 100, party: 35 }
/** A line of a report, `@sales`, or of a layout of the company's own, `@lay_…/sales`. */
const LINE = /^@([^/;]+\/)?[^/;]+$/

/** `1920`, `"3000:3999"`, `"30*"`, `"6000:6999;-6300"`, and lines of a report, `"@sales"`. @throws ArgumentFault */
export function accountsOf(value: unknown): AccountTerm[] {
  const text = String(value ?? '').trim()
  if (text === '') throw new ArgumentFault('accountMissing')
  return text.split(';').map((part) => {
    const term = /^([-+]?)\s*(.+)$/.exec(part.trim())
    if (!term) throw new ArgumentFault('account', value)
    const sign = term[1] === '-' ? -1 : 1
    const account = term[2]!.trim()
    if (LINE.test(account) && account.length <= LONGEST.account) return { sign, account }
    const start = /^([0-9A-Za-z.]+)\*$/.exec(account)?.[1]
    if (start) return { sign, account: `${start}:${start}` } // a range takes all that begins with its end
    const [from, to, ...rest] = account.split(':').map((n) => n.trim())
    if (rest.length > 0 || !NUMBER.test(from!) || (to !== undefined && !NUMBER.test(to)))
      throw new ArgumentFault('account', value)
    return { sign, account: to === undefined ? from! : `${from}:${to}` }
  })
}

/** The month that a fiscal year with this month in it begins with. */
export type YearStart = (of: Month) => Month
const calendarYear: YearStart = (of) => `${of.slice(0, 4)}-01` as Month

/**
 * A period as the ledger reads it: `2026`, `"2026-03"`, `"2026-Q1"`, `"2026-T2"`, a day as text or as Excel's number, two of them
 * with a colon, `"YTD 2026-03"` and `"12M 2026-03"`. @throws ArgumentFault
 */
export function periodText(value: unknown, yearStart: YearStart = calendarYear): string {
  if (value === null || value === undefined || value === '') throw new ArgumentFault('periodMissing')
  if (typeof value === 'number') return numberedPeriod(value)
  const text = String(value).trim().toUpperCase()
  if (/^\d+$/.test(text)) return numberedPeriod(Number(text))
  const toDate = /^(YTD|HIA|HITTIL)\s+(\d{4}-\d{2})$/.exec(text)
  if (toDate) {
    const end = month(toDate[2]!)
    if (!end) throw new ArgumentFault('period', value)
    return `${yearStart(end)}:${end}`
  }
  const months = /^(\d{1,3})M\s+(\d{4}-\d{2})$/.exec(text)
  if (months) {
    const end = month(months[2]!)
    const count = Number(months[1])
    if (!end || count < 1) throw new ArgumentFault('period', value)
    return `${addMonths(end, 1 - count)}:${end}`
  }
  if (!periodOf(text)) throw new ArgumentFault('period', value)
  return text
}

function numberedPeriod(n: number): string {
  if (Number.isInteger(n) && n >= 1900 && n <= 2199) return String(n)
  if (n >= 20_000 && n <= 80_000) return dayOfSerial(Math.floor(n))
  throw new ArgumentFault('period', n)
}

/** Ends a period on a day: what is later in it is left out. */
export const until = (period: string, day: IsoDate): string => `${period.split(':')[0]}:${day}`

const words = (pick: (texts: typeof nb) => Readonly<Record<string, readonly string[]>>): Map<string, string> =>
  new Map(
    [nb, en].flatMap((texts) =>
      Object.entries(pick(texts)).flatMap(([key, list]) => list.map((word) => [word, key] as const)),
    ),
  )
const dimensionWords = words((texts) => texts.dimensionWords)
const optionWords = words((texts) => texts.optionWords)
const valueWords = words((texts) => texts.valueWords)

/**
 * A filter: `"AVD=10;PROSJ=P1|P2"` or a range of two columns. Several values of one dimension are added up, each once, so it gives every
 * combination. `party`: also by one customer or supplier, as `party` and `partyKind`, which no dimension's key can be. What the ledger
 * would refuse is told here: it refuses a request as a whole. @throws ArgumentFault
 */
export function dimensionsOf(given: Given, { party = false } = {}): Record<string, string>[] {
  const pairs = pairsOf(given, 'dimensions')
  let filters: Record<string, string>[] = [{}]
  for (const [word, value] of pairs) {
    const meant = dimensionWords.get(word.toUpperCase()) ?? word.toLowerCase()
    const kind = meant === 'customer' || meant === 'supplier' ? { partyKind: meant } : undefined
    const key = kind ? 'party' : meant
    if (key === 'party' && (!party || 'party' in filters[0]!)) throw new ArgumentFault('party', word)
    const named = value.split('|').map((v) => v.trim())
    const values = new Set(named.map((v) => (valueWords.get(v.toUpperCase()) === 'none' ? 'none' : v)))
    values.delete('')
    if (values.size === 0 || key.length > LONGEST.key) throw new ArgumentFault('dimensions', `${word}=`)
    for (const v of values) {
      if (key === 'party' && (v === 'none' || v.length > LONGEST.party)) throw new ArgumentFault('partyNumber', value)
      if (v.length > LONGEST.value) throw new ArgumentFault('dimensions', value)
    }
    filters = filters.flatMap((filter) => [...values].map((v) => ({ ...filter, ...kind, [key]: v })))
  }
  return filters.map((filter) => Object.fromEntries(Object.entries(filter).sort(([a], [b]) => (a < b ? -1 : 1))))
}

export type Options = {
  natural: boolean
  unit: 1 | 1000
  company?: string
  atVersion?: number
  asAtDate?: IsoDate
  asKnownAt?: string
  budgetVersion?: string
}

/** `"sign=natural; unit=1000; atVersion=184; asKnownAt=2026-04-12"`, in Norwegian words too. @throws ArgumentFault */
export function optionsOf(given: Given): Options {
  const options: Options = { natural: false, unit: 1 }
  for (const [word, value] of pairsOf(given, 'options')) {
    const fault = () => new ArgumentFault('options', `${word}=${value}`)
    switch (optionWords.get(word.toUpperCase())) {
      case 'sign': {
        const sign = valueWords.get(value.toUpperCase())
        if (sign !== 'natural' && sign !== 'debit') throw fault()
        options.natural = sign === 'natural'
        break
      }
      case 'unit':
        if (value !== '1' && value !== '1000') throw fault()
        options.unit = value === '1' ? 1 : 1000
        break
      case 'company':
        options.company = value
        break
      case 'atVersion':
        if (!/^\d{1,15}$/.test(value)) throw fault()
        options.atVersion = Number(value)
        break
      case 'asAtDate': {
        const day = dayOf(value)
        if (!day) throw fault()
        options.asAtDate = day
        break
      }
      case 'asKnownAt': {
        const at = /^\d{5}([.,]\d+)?$/.test(value) ? momentOfSerial(Number(value.replace(',', '.'))) : momentOf(value)
        if (!at) throw fault()
        options.asKnownAt = at
        break
      }
      case 'budgetVersion':
        if (value.length > LONGEST.value) throw fault()
        options.budgetVersion = value
        break
      default:
        throw fault()
    }
  }
  return options
}

/** Before this day nobody knew anything of these books, so a smaller number is a version: 1 January 2020. */
const FIRST_KNOWN = 43_831
/** A larger number is no day that anybody asks about, so it is a version: 10 January 2119. */
const LAST_KNOWN = 80_000

/**
 * What was known: a version of the ledger, or a day (its end) or a day and a clock in Norway. A number that can be a day is one, and is
 * refused while that day is to come: the same formula must not tell of a version now and of a day later. Such a version is written as
 * text. @throws ArgumentFault
 */
export function knownAtOf(given: Given): Pick<Options, 'atVersion' | 'asKnownAt'> {
  const known = matrixOf(given)[0]![0]
  if (typeof known === 'number') {
    const tomorrow = serialOf(dayInOslo(new Date().toISOString() as Instant)) + 1
    if (known >= FIRST_KNOWN && known < tomorrow + 1) return { asKnownAt: momentOfSerial(known) }
    if (Number.isInteger(known) && known >= 0 && (known < FIRST_KNOWN || known > LAST_KNOWN))
      return { atVersion: known }
    throw new ArgumentFault('known', known)
  }
  const text = String(known ?? '').trim()
  if (/^\d{1,15}$/.test(text)) return { atVersion: Number(text) }
  const asKnownAt = momentOf(text)
  if (!asKnownAt) throw new ArgumentFault('known', text)
  return { asKnownAt }
}

/** Excel's number for a day, or for a day and a clock. */
function momentOfSerial(serial: number): string {
  const day = dayOfSerial(Math.floor(serial))
  const seconds = Math.min(86_399, Math.round((serial % 1) * 86_400))
  if (seconds === 0) return day
  const two = (n: number) => String(Math.floor(n)).padStart(2, '0')
  return momentInOslo(day, `${two(seconds / 3600)}:${two((seconds / 60) % 60)}:${two(seconds % 60)}`)
}

/** `2026-04-12`, `12.04.2026 14:30`, `2026-04-12T14:30:00Z`: a day, or a moment. */
function momentOf(text: string): string | undefined {
  const [, date, hour, minute, second = '00'] = /^(\S+?)[T ]+(\d{1,2})[:.]([0-5]\d)(?:[:.]([0-5]\d))?$/.exec(text) ?? []
  if (date === undefined) return dayOf(text) ?? instantOf(text)
  const day = dayOf(date)
  return day && Number(hour) < 24 ? momentInOslo(day, `${hour!.padStart(2, '0')}:${minute}:${second}`) : undefined
}

const dayOf = (text: string): IsoDate | undefined => {
  const norwegian = /^(\d{2})\.(\d{2})\.(\d{4})$/.exec(text)
  if (norwegian) return isoDate(`${norwegian[3]}-${norwegian[2]}-${norwegian[1]}`)
  return /^\d{5}$/.test(text) ? dayOfSerial(Number(text)) : isoDate(text)
}

function pairsOf(given: Given, fault: 'dimensions' | 'options'): [string, string][] {
  if (!isGiven(given)) return []
  const rows = matrixOf(given)
  const isTable = rows[0]!.length === 2 && !rows.flat().some((cell) => String(cell ?? '').includes('='))
  if (isTable)
    return rows.flatMap(([key, value]) =>
      key === '' || key === null ? [] : [[String(key).trim(), String(value ?? '').trim()]],
    )
  return rows.flat().flatMap((cell) =>
    String(cell ?? '')
      .split(';')
      .filter((part) => part.trim() !== '')
      .map((part): [string, string] => {
        const at = part.indexOf('=')
        if (at < 1) throw new ArgumentFault(fault, part.trim())
        return [part.slice(0, at).trim(), part.slice(at + 1).trim()]
      }),
  )
}
