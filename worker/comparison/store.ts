import type { Database, InStatement, ResultSet } from '#worker/database/connect.ts'
import type { MovementRow } from '#worker/opening-balance/movement-row.ts'
import type { Comparison } from './comparison.ts'

export type KeptComparison = { rows: MovementRow[]; version: number }
const NONE: KeptComparison = { rows: [], version: 0 }

/** The figures as they were brought in; version 0 is none yet. */
export async function readComparison(db: Database): Promise<KeptComparison> {
  const { rows } = await db.execute('select rows, version from comparison')
  return rows[0] ? { rows: JSON.parse(String(rows[0].rows)), version: Number(rows[0].version) } : NONE
}

/** Finds a row while the figures have that version. */
export const comparisonHas = (version: number): { sql: string; args: string[] } => ({
  sql: 'select 1 where coalesce((select version from comparison), 0) = cast(? as integer)',
  args: [String(version)],
})

/** Keeps them in place of those of that version; of another version no row is changed. */
export const keepComparison = (rows: readonly MovementRow[], version: number, by: string, at: string): InStatement => ({
  sql: `insert into comparison (id, rows, by, at) select 1, ?, ?, ?
         where coalesce((select version from comparison), 0) = cast(? as integer)
        on conflict do update set rows = excluded.rows, by = excluded.by, at = excluded.at, version = version + 1`,
  args: [JSON.stringify(rows), by, at, String(version)],
})

/** The figures with what each account was brought over at when the ledger began after them, for a batch of reports. */
export const COMPARISON = `select rows, (select json_group_array(json_array(account, amount)) from (
    select e.account, sum(e.amount) as amount from voucher v join entry e on e.ledger_version = v.ledger_version
     where v.type = 'opening-balance' and v.voucher_date = (select date(max(m.key) || '-01', '+1 month')
       from json_each(comparison.rows) r, json_each(r.value, '$.amounts') m where m.value <> 0)
     group by e.account)) as openings from comparison`

export function comparisonOf({ rows }: ResultSet): Comparison {
  const [row] = rows
  return row
    ? { rows: JSON.parse(String(row.rows)), openings: new Map(JSON.parse(String(row.openings))) }
    : { rows: [], openings: new Map() }
}
