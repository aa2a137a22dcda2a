import type { IsoDate } from '#worker/core/dates.ts'
import type { Database, InStatement } from '#worker/database/connect.ts'
import { argsOf, prelude, type Question, statement } from './question-store.ts'

/** Codes of the values of some dimensions, those in use first known; a row a dimension that exists. */
export const dimensionCodes = (keys: readonly string[]): InStatement => ({
  sql: `select d.key, (select json_group_array(code) from (select code from dimension_value v where v.dimension = d.key order by code)) as codes
        from dimension d where d.key in (select value from json_each(?))`,
  args: [JSON.stringify(keys)],
})

/**
 * For each month of the range that stands locked, by its newest lock: how many vouchers came into the lock's part of the range
 * after it. Vouchers are never changed, so a lock without any is the state that was sealed.
 */
export const vouchersSinceLocks = (q: Question): InStatement =>
  statement(
    `${prelude(q)}, newest_lock as materialized (
       select p.month, (select max(l.rowid) from period_lock l where p.month between l.from_month and l.to_month) as lock
         from period p where p.level <> 'open' and p.month between substr((select from_date from range), 1, 7)
           and substr((select to_date from range), 1, 7))
     select json_group_array(json_array(id, from_month, to_month, recorded_at, lock_version, late)) as rows from (
       select l.id, l.from_month, l.to_month, l.recorded_at, l.ledger_version as lock_version,
         sum((select count(*) from voucher v indexed by voucher_month where substr(v.voucher_date, 1, 7) = n.month
           and v.ledger_version > l.ledger_version and v.ledger_version <= (select version from view))) as late
         from newest_lock n join period_lock l on l.rowid = n.lock
        group by l.rowid order by l.from_month)`,
    argsOf(q),
  )

/** The day itself, or where no fiscal year has it the last day before it that one has; else the first day of all. */
export async function readDayInYears(db: Database, day: IsoDate): Promise<IsoDate> {
  const { rows } = await db.execute({
    sql: `select coalesce((select :day from fiscal_year where :day between first_date and last_date),
            (select max(last_date) from fiscal_year where last_date < :day), (select min(first_date) from fiscal_year), :day) as day`,
    args: { day },
  })
  return String(rows[0]!.day) as IsoDate
}
