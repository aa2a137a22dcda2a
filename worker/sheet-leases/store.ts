import type { Instant } from '#worker/core/dates.ts'
import type { Database } from '#worker/database/connect.ts'

export type SheetLease = { workbook: string; holder: string; until: Instant }

/** Takes or prolongs a lease; one whose time is over is nobody's. Gives the lease as it then stands: perhaps another's. */
export async function takeLease(
  db: Database,
  { workbook, holder, until }: SheetLease,
  now: Instant,
): Promise<SheetLease> {
  const [, , read] = await db.batch(
    [
      { sql: 'delete from sheet_lease where until <= ?', args: [now] },
      {
        sql: `insert into sheet_lease (workbook, holder, until) values (?1, ?2, ?3)
              on conflict (workbook) do update set until = excluded.until where holder = excluded.holder`,
        args: [workbook, holder, until],
      },
      { sql: 'select holder, until from sheet_lease where workbook = ?', args: [workbook] },
    ],
    'write',
  )
  const stands = read!.rows[0]!
  return { workbook, holder: String(stands.holder), until: String(stands.until) as Instant }
}

export async function dropLease(db: Database, workbook: string, holder: string): Promise<void> {
  await db.execute({ sql: 'delete from sheet_lease where workbook = ? and holder = ?', args: [workbook, holder] })
}
