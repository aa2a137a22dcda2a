import { addDays, firstDay, type IsoDate, lastDay, type Month, monthOf, monthsBetween } from '#worker/core/dates.ts'
import type { Database } from '#worker/database/connect.ts'
import type { LockLevel } from '#worker/ledger/books.ts'

/** Where a report was drawn from, as its head says. */
type Drawn = { fromDate: IsoDate; toDate: IsoDate; atVersion: number }

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

/** Locks and months, each month with its newest lock that is not an opening. */
const SEALS = `
  with sealed as (
    select p.month, p.level as now, (select max(l.rowid) from period_lock l
        where l.level <> 'open' and p.month between l.from_month and l.to_month) as lock
    from period p where p.month between ? and ?)
  select l.id, l.recorded_at, l.ledger_version, l.hash, min(s.month) as first, max(s.month) as last,
    max(case s.now when 'open' then 2 when 'soft' then 1 else 0 end) as level
  from sealed s join period_lock l on l.rowid = s.lock group by l.rowid order by first`

/**
 * The seals of the months a report covers, in order of time. What is asked is an index look-up for each day, so the cost does
 * not grow with the number of vouchers; `verifyLocks` computes the hashes themselves again.
 */
export async function readSeals(db: Database, { fromDate, toDate, atVersion }: Drawn): Promise<Seal[]> {
  const { rows } = await db.execute({ sql: SEALS, args: [monthOf(fromDate), monthOf(toDate)] })
  if (rows.length === 0) return []
  const asked = rows.map((r) => {
    const sealedAt = Number(r.ledger_version)
    const months = monthsBetween(String(r.first) as Month, String(r.last) as Month)
    const from = max(firstDay(months[0]!), fromDate)
    const to = min(lastDay(months.at(-1)!), toDate)
    return {
      sql: `select exists (select 1 from json_each(?) d cross join voucher v on v.voucher_date = d.value
              where v.ledger_version > cast(? as integer) and v.ledger_version <= cast(? as integer)) as differs`,
      args: [JSON.stringify(daysBetween(from, to)), Math.min(sealedAt, atVersion), Math.max(sealedAt, atVersion)],
    }
  })
  const found = await db.batch(asked, 'read')
  return rows.map((r, i) => ({
    lock: String(r.id),
    fromMonth: String(r.first),
    toMonth: String(r.last),
    level: (['hard', 'soft', 'open'] as const)[Number(r.level)]!,
    recordedAt: String(r.recorded_at),
    ledgerVersion: Number(r.ledger_version),
    hash: String(r.hash),
    agrees: found[i]!.rows[0]!.differs === 0,
  }))
}

const min = (a: IsoDate, b: IsoDate): IsoDate => (a < b ? a : b)
const max = (a: IsoDate, b: IsoDate): IsoDate => (a > b ? a : b)

function daysBetween(from: IsoDate, to: IsoDate): IsoDate[] {
  const days: IsoDate[] = []
  for (let day = from; day <= to; day = addDays(day, 1)) days.push(day)
  return days
}
