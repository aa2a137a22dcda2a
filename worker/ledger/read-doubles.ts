import { addDays, dayInOslo, type Instant } from '#worker/core/dates.ts'
import type { Issue } from '#worker/core/problem.ts'
import type { Database, InStatement, ResultSet } from '#worker/database/connect.ts'
import type { Entry } from './entry.ts'

/** How long back a voucher can be the double of one that is posted now, in days. */
const DAYS = 30
/** How many of the newest vouchers with the same date and text are looked at: a day may have thousands of them. */
const CANDIDATES = 20

/** A voucher that may have been posted before under another id. `ledgerVersion`: its own, once it has one. */
type Asked = {
  ledgerVersion: number | null
  voucherDate: string
  text: string
  entries: readonly Pick<Entry, 'account' | 'party' | 'amount'>[]
}

const likenessOf = (entries: Asked['entries']): string =>
  entries
    .map((e) => `${e.account}:${e.party ?? ''}:${e.amount}`)
    .sort()
    .join()

/**
 * Finds, for each voucher by its place, the newest other one of the last 30 days with the same date, text, accounts, parties
 * and amounts, that is neither reversed nor a reversal. Stands last in the posting batch, where it costs no round trip.
 */
export const findDoubles = (asked: readonly Asked[], now: Instant): InStatement => ({
  sql: `select a.key, v.series, v.fiscal_year, v.number from json_each(?1) a
        join voucher v on v.ledger_version = (
          select c.ledger_version from (
            select b.* from voucher b where b.voucher_date = a.value->>1 and b.text = a.value->>2
               and b.ledger_version < coalesce(a.value->>0, 9000000000000000)
             order by b.ledger_version desc limit ${CANDIDATES}) c
           where c.entry_count = a.value->>3 and c.recorded_at >= ?2 and c.reversal_of is null
             and not exists (select 1 from voucher r where r.reversal_of = c.id)
             and (select group_concat(x, ',') from (select account || ':' || coalesce(party, '') || ':' || amount as x
                    from entry e where e.ledger_version = c.ledger_version order by x)) = a.value->>4
           limit 1)`,
  args: [
    JSON.stringify(asked.map((v) => [v.ledgerVersion, v.voucherDate, v.text, v.entries.length, likenessOf(v.entries)])),
    addDays(dayInOslo(now), -DAYS),
  ],
})

/** The warnings by the place of what was asked. `at` is where a voucher stands in the request. */
export function doublesIn({ rows }: ResultSet, at: (place: number) => string): Map<number, Issue> {
  return new Map(
    rows.map((r) => [
      Number(r.key),
      {
        code: 'voucher/possible-duplicate',
        severity: 'warning',
        pointer: `${at(Number(r.key))}/lines`,
        params: { reason: 'same', voucher: `${r.series} ${r.fiscal_year}-${r.number}` },
      },
    ]),
  )
}

/** The same for vouchers that are only tried. */
export async function readDoubles(db: Database, asked: readonly Asked[], now: Instant, at: (place: number) => string) {
  return asked.length === 0 ? new Map<number, Issue>() : doublesIn(await db.execute(findDoubles(asked, now)), at)
}

/** Adds the warning, unless an invoice number has told of a double already. */
export function tellDouble(issues: Issue[], issue: Issue): void {
  if (!issues.some((one) => one.code === issue.code)) issues.push(issue)
}
