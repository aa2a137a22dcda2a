import type { Instant, IsoDate } from '#worker/core/dates.ts'
import type { Database, InStatement, ResultSet } from '#worker/database/connect.ts'
import type { CurrencyRate, RateOrigin } from '#worker/ledger/currency-rate.ts'

type Row = ResultSet['rows'][number]

/** A rate with who wrote it, and when. */
export type KeptRate = CurrencyRate & { by: string; recordedAt: string }
const keptRateOf = (r: Row): KeptRate => ({
  currency: String(r.currency),
  date: String(r.rate_date) as IsoDate,
  rate: String(r.rate),
  unit: Number(r.unit) as CurrencyRate['unit'],
  source: String(r.source) as RateOrigin,
  by: String(r.by),
  recordedAt: String(r.recorded_at),
})

type Wanted = {
  currency?: string | undefined
  fromDate?: IsoDate | undefined
  toDate?: IsoDate | undefined
  /** Only those that stand after this one in the list. */
  after?: { date: string; currency: string } | undefined
}

/** Rates, newest day first. */
export async function readRates(db: Database, q: Wanted, limit: number): Promise<KeptRate[]> {
  const { rows } = await db.execute({
    sql: `select * from currency_rate where (?1 is null or currency = ?1) and (?2 is null or rate_date >= ?2)
            and (?3 is null or rate_date <= ?3) and (?5 is null or rate_date < ?5 or (rate_date = ?5 and currency > ?6))
          order by rate_date desc, currency limit cast(?4 as integer)`,
    args: [...argsOf(q), String(limit), q.after?.date ?? null, q.after?.currency ?? null],
  })
  return rows.map(keptRateOf)
}

/** How many rates all pages of a list have. */
export async function countRates(db: Database, q: Wanted): Promise<number> {
  const { rows } = await db.execute({
    sql: `select count(*) as n from currency_rate where (?1 is null or currency = ?1) and (?2 is null or rate_date >= ?2)
            and (?3 is null or rate_date <= ?3)`,
    args: argsOf(q),
  })
  return Number(rows[0]!.n)
}

const argsOf = (q: Wanted) => [q.currency ?? null, q.fromDate ?? null, q.toDate ?? null]

/** Of each currency its newest rate on or before a day. */
export async function readNewestRates(db: Database, day: IsoDate): Promise<KeptRate[]> {
  const { rows } = await db.execute({
    sql: `select * from currency_rate r where rate_date = (select max(rate_date) from currency_rate b
            where b.currency = r.currency and b.rate_date <= ?) order by currency`,
    args: [day],
  })
  return rows.map(keptRateOf)
}

/** The rates that stand on these days of these currencies. */
export async function readStanding(
  db: Database,
  keys: readonly (readonly [currency: string, day: string])[],
): Promise<Map<string, KeptRate>> {
  const { rows } = await db.execute({
    sql: `select r.* from json_each(?) k cross join currency_rate r on r.currency = k.value->>0 and r.rate_date = k.value->>1`,
    args: [JSON.stringify(keys)],
  })
  return new Map(rows.map(keptRateOf).map((rate) => [rateKey(rate), rate]))
}

export const rateKey = ({ currency, date }: { currency: string; date: string }): string => `${currency} ${date}`

export const upsertRates = (rates: readonly CurrencyRate[], by: string, at: Instant): InStatement => ({
  sql: `insert into currency_rate (currency, rate_date, rate, unit, source, by, recorded_at)
        select value->>0, value->>1, value->>2, value->>3, value->>4, ?2, ?3 from json_each(?1) where true
        on conflict do update set rate = excluded.rate, unit = excluded.unit, source = excluded.source, by = excluded.by,
          recorded_at = excluded.recorded_at`,
  args: [JSON.stringify(rates.map((r) => [r.currency, r.date, r.rate, r.unit, r.source])), by, at],
})

/** Vouchers that revalued open items, for the batch that reads the items of the same moment. */
export const SELECT_REVALUATIONS: InStatement = {
  sql: 'select voucher_id, reversal_date from currency_revaluation',
  args: [],
}
export const revaluationsFrom = ({ rows }: ResultSet): { voucherId: string; reversalDate: IsoDate }[] =>
  rows.map((r) => ({ voucherId: String(r.voucher_id), reversalDate: String(r.reversal_date) as IsoDate }))

export const insertRevaluation = (
  voucher: string,
  day: IsoDate,
  back: IsoDate,
  by: string,
  at: Instant,
): InStatement => ({
  sql: `insert into currency_revaluation (voucher_id, revaluation_date, reversal_date, by, recorded_at)
        values (?, ?, ?, ?, ?) on conflict do nothing`,
  args: [voucher, day, back, by, at],
})
