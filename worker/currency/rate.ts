import * as z from 'zod/mini'
import { IsoDate } from '#worker/core/date-schema.ts'
import { decimal } from '#worker/core/decimal.ts'
import { Text } from '#worker/core/text.ts'
import type { CurrencyRate } from '#worker/ledger/currency-rate.ts'

/** A code of ISO 4217 other than the books' own. */
export const ForeignCurrency = Text(3).check(
  z.regex(/^[A-Z]{3}$/, 'field/invalid'),
  z.refine((code) => code !== 'NOK', 'field/invalid'),
)

/** NOK per unit of a currency: a plain decimal above zero with at most eight decimals. */
const RateText = Text(20).check(
  z.refine((s) => /^\d{1,10}(\.\d{1,8})?$/.test(s) && (decimal(s)?.digits ?? 0n) > 0n, 'field/invalid'),
)

/** A rate that a person writes. `unit` is 1 unless told; some currencies are told per 100. */
export const NewRate = z.strictObject({
  currency: ForeignCurrency,
  date: IsoDate,
  rate: RateText,
  unit: z.optional(z.literal([1, 100], { error: 'field/invalid' })),
})
export type NewRate = z.infer<typeof NewRate>

export const NewRates = z.strictObject({
  rates: z.array(NewRate).check(z.minLength(1, 'field/required'), z.maxLength(5_000, 'field/invalid')),
})

/** Which rates to fetch: days both included, a year at most. */
export const RatesToFetch = z.strictObject({
  currencies: z.array(ForeignCurrency).check(z.minLength(1, 'field/required'), z.maxLength(60, 'field/invalid')),
  fromDate: IsoDate,
  toDate: IsoDate,
})
export type RatesToFetch = z.infer<typeof RatesToFetch>

export const rateFrom = ({ currency, date, rate, unit = 1 }: NewRate): CurrencyRate => ({
  currency,
  date,
  rate,
  unit,
  source: 'manual',
})

export const sameRate = (a: CurrencyRate | undefined, b: CurrencyRate): boolean =>
  a !== undefined && a.rate === b.rate && a.unit === b.unit && a.source === b.source

/** What a rate is told as in the feed. */
export const rateContent = ({ rate, unit, source }: CurrencyRate): Record<string, string | number> => ({
  rate,
  unit,
  source,
})
