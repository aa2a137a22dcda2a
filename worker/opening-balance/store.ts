import type { IsoDate } from '#worker/core/dates.ts'
import type { Database, InStatement, ResultSet } from '#worker/database/connect.ts'
import type { OpeningContent } from './opening-row.ts'

/** How an opening balance stands: filled in, in the ledger as it is, changed since it was booked, or reversed. */
export type OpeningState = 'draft' | 'booked' | 'changed' | 'reversed'
export type KeptOpening = OpeningContent & {
  openingDate: IsoDate
  state: OpeningState
  version: number
  at: string
  by: string
  /** The voucher that stands for it, or stood. */
  voucher: { id: string; series: string; fiscalYear: number; number: number; reversed: boolean } | null
}

type Row = ResultSet['rows'][number]
const OPENING = `select o.*, v.series, v.fiscal_year, v.number,
    exists (select 1 from voucher r where r.reversal_of = o.voucher) as reversed
  from opening_balance o left join voucher v on v.id = o.voucher`

function openingOf(row: Row): KeptOpening {
  const reversed = row.reversed === 1
  const isBooked = row.series !== null && row.series !== undefined
  const version = Number(row.version)
  return {
    openingDate: String(row.opening_date) as IsoDate,
    rows: JSON.parse(String(row.rows)),
    resultAccount: row.result_account === null ? null : String(row.result_account),
    state: !isBooked ? 'draft' : reversed ? 'reversed' : Number(row.booked_version) === version ? 'booked' : 'changed',
    version,
    at: String(row.at),
    by: String(row.by),
    voucher: isBooked
      ? {
          id: String(row.voucher),
          series: String(row.series),
          fiscalYear: Number(row.fiscal_year),
          number: Number(row.number),
          reversed,
        }
      : null,
  }
}

/** Every opening balance, the newest day first. */
export const readOpenings = async (db: Database): Promise<KeptOpening[]> =>
  (await db.execute(`${OPENING} order by o.opening_date desc`)).rows.map(openingOf)

export async function readOpening(db: Database, openingDate: string): Promise<KeptOpening | undefined> {
  const { rows } = await db.execute({ sql: `${OPENING} where o.opening_date = ?`, args: [openingDate] })
  return rows[0] && openingOf(rows[0])
}

/** How often one was saved, also before it was taken away: each time is a version, and none comes again. */
const SAVES = "(select count(*) from event where type = 'opening-balance.saved' and subject = ?1)"

/** The version that the first save of a day gives it, where none stands. */
export async function readFirstVersion(db: Database, openingDate: string): Promise<number> {
  const { rows } = await db.execute({ sql: `select ${SAVES} + 1 as version`, args: [openingDate] })
  return Number(rows[0]!.version)
}

/** Keeps an opening balance if it still has that version; version 0 is none yet. */
export const keepOpening = (
  openingDate: string,
  { rows, resultAccount }: OpeningContent,
  version: number,
  by: string,
  at: string,
): InStatement =>
  version === 0
    ? {
        sql: `insert into opening_balance (opening_date, rows, result_account, by, at, version)
              values (?1, ?2, ?3, ?4, ?5, ${SAVES} + 1)
              on conflict do nothing`,
        args: [openingDate, JSON.stringify(rows), resultAccount, by, at],
      }
    : {
        sql: `update opening_balance set rows = ?2, result_account = ?3, by = ?4, at = ?5, version = version + 1
              where opening_date = ?1 and version = cast(?6 as integer)`,
        args: [openingDate, JSON.stringify(rows), resultAccount, by, at, String(version)],
      }

/** Finds a row while an opening balance has that version; version 0 is none. */
export const openingHas = (openingDate: string, version: number): { sql: string; args: string[] } =>
  version === 0
    ? { sql: 'select 1 where not exists (select 1 from opening_balance where opening_date = ?)', args: [openingDate] }
    : {
        sql: 'select 1 from opening_balance where opening_date = ? and version = cast(? as integer)',
        args: [openingDate, String(version)],
      }

/** The voucher that stands for it now, and the version it was made from. */
export const setBooked = (openingDate: string, voucher: string, version: number): InStatement => ({
  sql: 'update opening_balance set voucher = ?2, booked_version = cast(?3 as integer) where opening_date = ?1',
  args: [openingDate, voucher, String(version)],
})

export const deleteOpening = (openingDate: string, version: number): InStatement => ({
  sql: 'delete from opening_balance where opening_date = ? and version = cast(? as integer)',
  args: [openingDate, String(version)],
})

/** An opening voucher of that day that stands, and is none of those. */
export async function readOtherOpening(
  db: Database,
  openingDate: string,
  own: readonly string[],
): Promise<{ series: string; fiscalYear: number; number: number } | undefined> {
  const { rows } = await db.execute({
    sql: `select series, fiscal_year, number from voucher v where voucher_date = ?1 and type = 'opening-balance'
            and reversal_of is null and not exists (select 1 from voucher r where r.reversal_of = v.id)
            and id not in (select value from json_each(?2)) limit 1`,
    args: [openingDate, JSON.stringify(own)],
  })
  const row = rows[0]
  return row && { series: String(row.series), fiscalYear: Number(row.fiscal_year), number: Number(row.number) }
}

/** How many open items of a voucher others have been matched with. */
export async function readMatchedItems(db: Database, voucher: string): Promise<number> {
  const { rows } = await db.execute({
    sql: `select count(distinct l.ledger_version || '-' || l.line) as n
            from voucher v join item_match_line l on l.ledger_version = v.ledger_version
            join item_match m on m.id = l.match_id where v.id = ? and m.undone_at is null`,
    args: [voucher],
  })
  return Number(rows[0]!.n)
}

/** Position of the newest voucher; 0 before the first. */
export async function readLedgerVersion(db: Database): Promise<number> {
  const { rows } = await db.execute('select coalesce(max(ledger_version), 0) as newest from voucher')
  return Number(rows[0]!.newest)
}
