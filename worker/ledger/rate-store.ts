import type { IsoDate } from '#worker/core/dates.ts'
import type { Database, ResultSet } from '#worker/database/connect.ts'
import type { CurrencyRate, RateOrigin } from './currency-rate.ts'

type Row = ResultSet['rows'][number]

const rateOf = (r: Row): CurrencyRate => ({
  currency: String(r.currency),
  date: String(r.rate_date) as IsoDate,
  rate: String(r.rate),
  unit: Number(r.unit) as CurrencyRate['unit'],
  source: String(r.source) as RateOrigin,
})

/** Of each currency and day that is asked for, the day's rate or the last one before it. */
export async function readRatesFor(
  db: Database,
  asked: readonly (readonly [currency: string, day: string])[],
): Promise<CurrencyRate[]> {
  const { rows } = await db.execute({
    sql: `select r.* from (select distinct value->>0 as currency, value->>1 as day from json_each(?)) a
          cross join currency_rate r on r.currency = a.currency
            and r.rate_date = (select max(rate_date) from currency_rate where currency = a.currency and rate_date <= a.day)`,
    args: [JSON.stringify(asked)],
  })
  return rows.map(rateOf)
}

/** All rates from a day on, and of each currency the last one before it: for grid and add-in. */
export async function readRatesSince(db: Database, day: IsoDate): Promise<CurrencyRate[]> {
  const { rows } = await db.execute({
    sql: `select * from currency_rate r where rate_date >= coalesce((select max(rate_date) from currency_rate b
            where b.currency = r.currency and b.rate_date <= ?), '') order by currency, rate_date`,
    args: [day],
  })
  return rows.map(rateOf)
}
