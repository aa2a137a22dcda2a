import type { Instant } from '#worker/core/dates.ts'
import type { Database, InStatement, ResultSet } from '#worker/database/connect.ts'
import type { LockLevel } from '#worker/ledger/books.ts'
import { argsOf, prelude, type Question, statement } from './question-store.ts'

/**
 * A lock under a report, and whether the report still shows what was sealed: nothing came into those of its months that the report covers
 * between the seal's ledger version and the report's own. `level` is how the months stand now.
 */
export type Seal = {
  lock: string
  fromMonth: string
  toMonth: string
  level: LockLevel
  recordedAt: string
  ledgerVersion: number
  hash: string
  agrees: boolean
}

/**
 * The seals of the months a report covers, in order of time, from `view (version)` and `range (from_date, to_date)`. Each month has its
 * newest lock that is not an opening. What came in is a seek for each month, so the cost does not grow with the number of vouchers;
 * `verifyLocks` computes the hashes themselves again.
 */
const SEALS = `, sealed as materialized (
    select p.month, p.level as now, (select max(l.rowid) from period_lock l
        where l.level <> 'open' and p.month between l.from_month and l.to_month) as lock
    from range, period p where p.month between substr(from_date, 1, 7) and substr(to_date, 1, 7)),
  told as (
    select l.rowid as lock, l.id, l.recorded_at, l.ledger_version, l.hash, min(s.month) as first, max(s.month) as last,
      max(case s.now when 'open' then 2 when 'soft' then 1 else 0 end) as level
    from sealed s join period_lock l on l.rowid = s.lock group by l.rowid order by first)
  select json_group_array(json_array(id, first, last, level, recorded_at, ledger_version, hash, exists (
      select 1 from sealed s cross join voucher v indexed by voucher_month on substr(v.voucher_date, 1, 7) = s.month
       where s.lock = t.lock and v.voucher_date between from_date and to_date
         and v.ledger_version > min(t.ledger_version, version) and v.ledger_version <= max(t.ledger_version, version))
    )) as rows from told t, view, range`

/** The seals under a question's days, read in the batch of its report. */
export const sealsUnder = (q: Question): InStatement => statement(`${prelude(q)}${SEALS}`, argsOf(q))

/** Where a report was drawn from, as its head says. */
type Drawn = { fromDate: string; toDate: string; atVersion: number }

/** The seals under a report that was read already. */
export const readSeals = async (db: Database, { fromDate, toDate, atVersion }: Drawn): Promise<Seal[]> =>
  sealsIn(
    await db.execute({
      sql: `with view as (select cast(? as integer) as version), range as (select ? as from_date, ? as to_date)${SEALS}`,
      args: [String(atVersion), fromDate, toDate],
    }),
  )

type Told = [string, string, string, 0 | 1 | 2, Instant, number, string, 0 | 1]

export const sealsIn = ({ rows }: ResultSet): Seal[] =>
  (JSON.parse(String(rows[0]!.rows)) as Told[]).map(
    ([lock, fromMonth, toMonth, level, recordedAt, ledgerVersion, hash, differs]) => ({
      lock,
      fromMonth,
      toMonth,
      level: (['hard', 'soft', 'open'] as const)[level],
      recordedAt,
      ledgerVersion,
      hash,
      agrees: differs === 0,
    }),
  )
