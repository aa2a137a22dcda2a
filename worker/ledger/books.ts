import { type Instant, type IsoDate, lastDay, type Month, monthOf } from '#worker/core/dates.ts'
import type { CompanyId } from '#worker/core/ids.ts'
import type { VatCode, VatRate } from '#worker/vat/vat.ts'
import type { Account, PartyKind } from './account.ts'
import { type CurrencyRate, ratesByCurrency } from './currency-rate.ts'
import type { ScopeLock } from './lock.ts'
import type { OpenItem } from './open-item.ts'
import type { VoucherType } from './voucher-type.ts'

export type { VoucherType }

/** The facts a voucher is judged by, as they travel: `GET /companies/{company}/books` gives them to grid and add-in. */
export type Facts = {
  company: {
    id: CompanyId
    vatRegistered: boolean
    reverseChargeLiable: boolean
    /** How far a typed VAT amount may lie from the computed one, in øre. */
    vatAmountLimit: number
    /** The largest difference that a match books by itself, in øre, when it is no currency difference. */
    matchDifferenceLimit: number
    cutOverDate: string | null
    /** When the take-over from the system before was finished; what carries over stands still from then on. */
    takenOverAt?: string | null
    currency: string
  }
  factsVersion: number
  accounts: readonly Account[]
  vatCodes: readonly VatCode[]
  vatRates: readonly VatRate[]
  voucherTypes: readonly VoucherType[]
  fiscalYears: readonly FiscalYear[]
  periods: readonly Period[]
  dimensions: readonly Dimension[]
  parties: readonly Party[]
  /** The last year's rates of foreign currencies, where they are at hand. */
  currencyRates?: readonly CurrencyRate[]
  splitKeys?: readonly SplitKey[]
  /** Locks of part of the books, newest first. */
  scopeLocks?: readonly ScopeLock[]
}

export type FiscalYear = { year: number; firstDate: IsoDate; lastDate: IsoDate }
/** `open`: whoever may post. `soft`: administrators and accountants, with a reason. `hard`: nobody. */
export type LockLevel = 'open' | 'soft' | 'hard'
export type Period = { month: Month; year: number; level: LockLevel; lockedAt?: Instant }
export type Dimension = {
  key: string
  nameNb: string
  nameEn: string
  values: readonly { code: string; name: string; closedFrom: string | null }[]
  /** What an account demands of this dimension; an account that is not named leaves it optional. */
  rules: Readonly<Record<string, 'required' | 'forbidden'>>
  /** The value an account's lines get where one types; the API fills in none. */
  defaults?: Readonly<Record<string, string>>
}
/** Shares over the values of a dimension, under a short code that `FORDEL` names. Weights are whole, and mean parts of their sum. */
export type SplitKey = {
  code: string
  name: string
  dimension: string
  shares: readonly { code: string; weight: number }[]
  active: boolean
}
export type Party = {
  kind: PartyKind
  number: string
  name: string
  controlAccount: string
  active: boolean
  /** What else lists know it by, where it has one. */
  organisationNumber?: string
  externalNumber?: string
  /** What its vouchers have as a rule, filled in where one types. */
  usual?: PartyDefaults
}
export type PartyDefaults = {
  account: string | null
  vatCode: string | null
  paymentTermsDays: number | null
  dimensions: Readonly<Record<string, string>> | null
}

/** The facts, ready for looking things up. */
export type Books = Omit<
  Facts,
  'accounts' | 'vatCodes' | 'voucherTypes' | 'periods' | 'dimensions' | 'parties' | 'currencyRates'
> & {
  accounts: ReadonlyMap<string, Account>
  vatCodes: ReadonlyMap<string, VatCode>
  /** By key and by series code. */
  voucherTypes: ReadonlyMap<string, VoucherType>
  periods: ReadonlyMap<string, LockLevel>
  /** When the months that are locked were. */
  lockedAt?: ReadonlyMap<string, Instant>
  dimensions: ReadonlyMap<string, Dimension & { byCode: ReadonlyMap<string, Dimension['values'][number]> }>
  parties: Map<string, Party>
  /** By currency, in order of time. */
  currencyRates: ReadonlyMap<string, readonly CurrencyRate[]>
  /** The open items that are named, by id. Undefined where they are not at hand: what names them is then not judged. */
  openItems?: ReadonlyMap<string, OpenItem>
  /** The documents that are named, by id; and whether the vouchers that are to be put right are reversed. As the open items. */
  documents?: ReadonlyMap<string, { stamp: number; rejected: boolean }>
  correctable?: ReadonlyMap<string, boolean>
}

export const partyKey = (kind: PartyKind, number: string): string => `${kind}:${number}`

export function booksOf(facts: Facts): Books {
  return {
    ...facts,
    accounts: new Map(facts.accounts.map((a) => [a.number, a])),
    vatCodes: new Map(facts.vatCodes.map((v) => [v.code, v])),
    voucherTypes: new Map(facts.voucherTypes.flatMap((t) => [[t.series, t] as const, [t.key, t] as const])),
    periods: new Map(facts.periods.map((p) => [p.month, p.level])),
    lockedAt: new Map(facts.periods.flatMap((p) => (p.lockedAt ? [[p.month, p.lockedAt] as const] : []))),
    dimensions: new Map(
      facts.dimensions.map((d) => [d.key, { ...d, byCode: new Map(d.values.map((v) => [v.code, v])) }]),
    ),
    parties: new Map(facts.parties.map((p) => [partyKey(p.kind, p.number), p])),
    currencyRates: ratesByCurrency(facts.currencyRates ?? []),
  }
}

export const fiscalYearOf = (day: IsoDate, books: Pick<Books, 'fiscalYears'>): FiscalYear | undefined =>
  books.fiscalYears.find((y) => y.firstDate <= day && day <= y.lastDate)

export const lockLevelOn = (day: IsoDate, books: Pick<Books, 'periods'>): LockLevel =>
  books.periods.get(monthOf(day)) ?? 'open'

/** The first day from `day` on that is open and lies in a fiscal year; undefined when there is none. */
export function firstOpenDay(day: IsoDate, books: Pick<Books, 'periods' | 'fiscalYears'>): IsoDate | undefined {
  const next = [...books.periods]
    .filter(([m, level]) => level === 'open' && m >= monthOf(day))
    .map(([m]) => m)
    .sort()[0]
  if (!next) return undefined
  const first = (next === monthOf(day) ? day : `${next}-01`) as IsoDate
  return fiscalYearOf(first, books) && first
}

/**
 * The day a reversal is proposed for: the first open day from the voucher's own. It does not lie in the future when any day
 * up to `today` is open: then it is the newest of those.
 */
export function reversalDay(
  day: IsoDate,
  today: IsoDate,
  books: Pick<Books, 'periods' | 'fiscalYears'>,
): IsoDate | undefined {
  const first = firstOpenDay(day, books)
  if (first && first <= today) return first
  const newest = [...books.periods]
    .filter(([m, level]) => level === 'open' && m <= monthOf(today))
    .map(([m]) => m as Month)
    .sort()
    .at(-1)
  if (!newest) return first
  const last = newest === monthOf(today) ? today : lastDay(newest)
  return fiscalYearOf(last, books) ? last : first
}
