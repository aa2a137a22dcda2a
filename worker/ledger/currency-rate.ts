import type { IsoDate } from '#worker/core/dates.ts'

/** Who says what a currency is worth: Norges Bank, or a person. */
export type RateOrigin = 'norges-bank' | 'manual'
/** NOK per `unit` of a currency on a day; `rate` is an exact decimal as text. */
export type CurrencyRate = { currency: string; date: IsoDate; rate: string; unit: 1 | 100; source: RateOrigin }
/** Where an entry's rate came from: typed, derived from both amounts, or a row of the rate table by origin and day. */
export type RateSource = 'given' | 'derived' | `${RateOrigin} ${IsoDate}`

/** A currency's rate on a day: the day's own, else the last one before it (features.md COR-05). Rates in order of time. */
export function currencyRateOn(
  currency: string,
  day: IsoDate,
  rates: ReadonlyMap<string, readonly CurrencyRate[]>,
): CurrencyRate | undefined {
  return rates.get(currency)?.findLast((rate) => rate.date <= day)
}

/** Rates by currency, in order of time. */
export function ratesByCurrency(rates: readonly CurrencyRate[]): Map<string, CurrencyRate[]> {
  const byCurrency = new Map<string, CurrencyRate[]>()
  for (const rate of rates.toSorted((a, b) => (a.date < b.date ? -1 : 1)))
    byCurrency.set(rate.currency, [...(byCurrency.get(rate.currency) ?? []), rate])
  return byCurrency
}

export const rateSourceOf = ({ source, date }: CurrencyRate): RateSource => `${source} ${date}`

type Line = { currency?: unknown; rate?: unknown; amount?: unknown; currencyAmount?: unknown }
type Draft = Line & { documentDate?: unknown; voucherDate?: unknown; lines?: unknown }

/** Currencies and days whose rate a draft leaves to the table, in whatever shape it came. */
export function ratesNamed(draft: unknown): [currency: string, day: string][] {
  const { lines, ...header } = (draft ?? {}) as Draft
  const day = header.documentDate ?? header.voucherDate
  if (!Array.isArray(lines) || typeof day !== 'string') return []
  return lines.flatMap((line: Line | null): [string, string][] => {
    const currency = line?.currency ?? header.currency
    return typeof currency === 'string' && currency !== 'NOK' ? [[currency, day]] : []
  })
}
