import type { Database, InStatement } from '#worker/database/connect.ts'
import type { FrozenFigure } from './year-closing.ts'

/** A year as it was closed; result and figures in øre. */
export type YearClosing = {
  id: string
  year: number
  lock: string
  voucher: string | null
  result: number
  ledgerVersion: number
  figures: FrozenFigure[]
  hash: string
  by: string
  recordedAt: string
}

/** Every closing of a year, newest first. */
export async function readClosings(db: Database, year: number): Promise<YearClosing[]> {
  const { rows } = await db.execute({
    sql: 'select * from year_closing where year = cast(? as integer) order by rowid desc',
    args: [year],
  })
  return rows.map((r) => ({
    id: String(r.id),
    year: Number(r.year),
    lock: String(r.lock_id),
    voucher: r.voucher_id === null ? null : String(r.voucher_id),
    result: Number(r.result),
    ledgerVersion: Number(r.ledger_version),
    figures: JSON.parse(String(r.figures)),
    hash: String(r.hash),
    by: String(r.by),
    recordedAt: String(r.recorded_at),
  }))
}

/** Keeps a closing, if the year's last lock is still the one it rests on. */
export const insertClosing = (c: YearClosing, lastMonth: string): InStatement => ({
  sql: `insert into year_closing (id, year, lock_id, voucher_id, result, ledger_version, figures, hash, by, recorded_at)
        select ?1->>0, ?1->>1, ?1->>2, ?1->>3, ?1->>4, ?1->>5, ?1->>6, ?1->>7, ?1->>8, ?1->>9
        where (select id from period_lock where ?2 between from_month and to_month order by rowid desc limit 1) = ?1->>2`,
  args: [
    JSON.stringify([
      c.id,
      c.year,
      c.lock,
      c.voucher,
      c.result,
      c.ledgerVersion,
      JSON.stringify(c.figures),
      c.hash,
      c.by,
      c.recordedAt,
    ]),
    lastMonth,
  ],
})
