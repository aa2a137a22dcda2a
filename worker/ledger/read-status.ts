import { type Instant, type IsoDate, lastDay, type Month } from '#worker/core/dates.ts'
import type { Ore } from '#worker/core/money.ts'
import type { Database, ResultSet } from '#worker/database/connect.ts'

/** What the status line of every page says of the ledger. */
export type LedgerStatus = {
  ledgerVersion: number
  /** Sum of all kept balances in øre; anything but 0 is a fault. */
  difference: Ore
  /** The sequence of the newest event when this was read: what happened after it, a page may not show. */
  newestEvent: number
  /** The last day of the locked months at the beginning; null when the first month is open. */
  lockedTo: IsoDate | null
  /** When the newest voucher is dated, and when it was posted. */
  newest: { voucherDate: IsoDate; recordedAt: Instant } | null
}

/** What is asked for it, to be sent alone or with other questions. */
export const STATUS = [
  'select ledger_version, voucher_date, recorded_at from voucher order by ledger_version desc limit 1',
  `select coalesce(sum(debit - credit), 0) as difference, (select coalesce(max(sequence), 0) from event) as newest_event
    from balance`,
  `select max(month) as month from period
    where level <> 'open' and month < coalesce((select min(month) from period where level = 'open'), '9999')`,
]

/** One round trip, and the time does not grow with the number of vouchers. */
export const readStatus = async (db: Database): Promise<LedgerStatus> => statusOf(await db.batch(STATUS, 'read'))

export function statusOf([newest, balance, lock]: readonly ResultSet[]): LedgerStatus {
  const month = lock!.rows[0]!.month
  const head = newest!.rows[0]
  return {
    ledgerVersion: Number(head?.ledger_version ?? 0),
    difference: Number(balance!.rows[0]!.difference) as Ore,
    newestEvent: Number(balance!.rows[0]!.newest_event),
    lockedTo: month === null ? null : lastDay(String(month) as Month),
    newest: head
      ? { voucherDate: String(head.voucher_date) as IsoDate, recordedAt: String(head.recorded_at) as Instant }
      : null,
  }
}
