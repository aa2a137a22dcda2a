import { exportTexts } from '#i18n/export-texts.ts'
import { day, fill, type Locale, moment, whole } from '#i18n/format.ts'
import { pageTexts } from '#i18n/page-texts.ts'
import { dayInOslo, type Instant, type IsoDate } from '#worker/core/dates.ts'
import type { ExportTable, Fact } from '../export-table.ts'

/** Who asks for a table, when, and in which language: what every table says of itself. */
export type Asking = {
  locale: Locale
  company: ExportTable['company']
  by: string
  at: Instant
  today: IsoDate
  /** Path and query under which the same figures can be had again; empty where they are of now alone. */
  address: string
}
/** Where figures were drawn from; a chain head where the report tells it, and an instant where they rest on matches, which have no version. */
export type Drawn = { ledgerVersion: number; atVersion: number; chainHead?: string | null; knownAt?: string | null }
type Check = {
  key: string
  holds: boolean
  difference: number
  amount?: number
  accounts?: readonly string[]
  lock?: { recordedAt: string }
}
type Shown = {
  asKnownAt?: string | undefined
  atVersion?: number | undefined
  dimensions?: Readonly<Record<string, string>>
  party?: string | undefined
  account?: string | undefined
  line?: string | undefined
  /** What else a list is narrowed by, in words. */
  filters?: readonly string[]
}

/** Days, filters and the state of the ledger, as a reader needs them above the figures. */
export function headFacts(
  { locale }: Asking,
  days: { fromDate: string; toDate: string } | { asAtDate: string },
  { asKnownAt, atVersion, dimensions = {}, filters: more = [], ...asked }: Shown = {},
): Fact[] {
  const words = exportTexts[locale]
  const narrowed = Object.entries(dimensions).map(
    ([key, value]) => `${key} ${value === 'none' ? words.without : value}`,
  )
  const named = (['party', 'account', 'line'] as const).flatMap((key) =>
    asked[key] === undefined ? [] : [`${words.column[key]} ${asked[key]}`],
  )
  const filters = [...narrowed, ...named, ...more]
  const known = [
    asKnownAt && moment(asKnownAt),
    atVersion !== undefined && fill(words.knownAtVersion, { version: atVersion }, locale),
  ]
  return [
    'asAtDate' in days ? [words.asAt, day(days.asAtDate)] : [words.period, `${day(days.fromDate)}–${day(days.toDate)}`],
    ...(filters.length > 0 ? [[words.filters, filters.join(', ')] as const] : []),
    ...(asKnownAt || atVersion !== undefined ? [[words.knownAt, known.filter(Boolean).join(', ')] as const] : []),
  ]
}

/**
 * The days of figures: without them in its address, another day would be given others. `dated` where the route asks for them under other
 * names; null where no day changes what is read.
 */
type Dated =
  | { fromDate: string; toDate: string }
  | { asAtDate: string }
  | { dated: Readonly<Record<string, string>> | null }

function withDays(address: string, days: Dated): string {
  const [path, query] = address.split('?')
  const params = new URLSearchParams(query)
  if (address === '' || params.has('period')) return address
  const named =
    'dated' in days
      ? days.dated
      : 'asAtDate' in days
        ? { asAtDate: days.asAtDate }
        : { fromDate: days.fromDate, toDate: days.toDate }
  if (named === null) return address
  for (const [key, day] of Object.entries(named)) params.set(key, day)
  return `${path}?${params}`
}

/** The state of figures, for an address that has their days. */
function withState(address: string, { atVersion, knownAt }: Drawn): string {
  const known = knownAt && !/[?&]asKnownAt=/.test(address) ? `asKnownAt=${knownAt}&` : ''
  return `${address}${address.includes('?') ? '&' : '?'}${known}atVersion=${atVersion}`
}

/** Version, chain head, checks, and how to have the same figures again. */
export function proofFacts(asking: Asking, drawn: Drawn & Dated, checks: readonly Check[] = [], hash?: string): Fact[] {
  const { locale, at, by } = asking
  const address = withDays(asking.address, drawn)
  const words = exportTexts[locale]
  const { atVersion, ledgerVersion, chainHead } = drawn
  const version =
    atVersion === ledgerVersion
      ? whole(atVersion, locale)
      : fill(words.versionOf, { version: whole(atVersion, locale), newest: whole(ledgerVersion, locale) }, locale)
  return [
    [words.version, version],
    ...(chainHead ? [[words.chainHead, chainHead] as const] : []),
    ...checks.map((check) => [words.checks, checkText(check, locale)] as const),
    ...(hash ? [[words.figures, hash] as const] : []),
    ...(address ? [[words.verify, withState(address, drawn)] as const] : []),
    [words.fetched, fill(words.fetchedBy, { at: moment(at), name: by }, locale)],
  ]
}

function checkText({ key, holds, difference, amount, accounts, lock }: Check, locale: Locale): string {
  const words = exportTexts[locale]
  const { checks, broken } = pageTexts[locale].reports.proof
  const params = {
    amount: amount ?? 0,
    difference: Math.abs(difference),
    accounts: accounts?.join(key.endsWith('control') ? ' + ' : ', ') ?? '',
    count: difference,
    lockedOn: lock && dayInOslo(lock.recordedAt),
  }
  const named = amount === undefined ? (words.sums[key] ?? checks[key]) : checks[key]
  const what = fill(named ?? key, params, locale)
  if (holds) return fill(words.holds, { what }, locale)
  return fill(words.fails, { what: broken[key] ? fill(broken[key], params, locale) : what, difference }, locale)
}

/** `department=10; project=P-7`, nothing where there is none. */
export const dimensionText = (dimensions: Readonly<Record<string, string>> | null): string | null =>
  dimensions &&
  Object.entries(dimensions)
    .map(([key, value]) => `${key}=${value}`)
    .join('; ')
