import type { IsoDate, Month } from '#worker/core/dates.ts'
import { monthOf } from '#worker/core/dates.ts'
import { ore } from '#worker/core/money.ts'
import type { InStatement, ResultSet } from '#worker/database/connect.ts'
import { UNHANDLED } from '#worker/documents/store.ts'
import { OPEN_DRAFTS } from '#worker/drafts/store.ts'
import { lastEnded, type VatTermKind } from '#worker/vat/vat-term.ts'
import type { ClientWork } from './client-work.ts'

/** One statement, read from counts and kept balances: it does not grow with the number of vouchers. */
export function clientWork(today: IsoDate): InStatement {
  const endOf = (kind: VatTermKind) => monthOf(lastEnded(kind, today).toDate)
  return {
    sql: `with vat_account as (
        select output_account as number from vat_code where output_account is not null
        union select input_account from vat_code where input_account is not null),
      on_vat as (
        select sum(debit - credit) as amount from balance
        where account in (select number from vat_account)
          and month <= case (select vat_term from company) when 'year' then :year else :term end
        group by account),
      over as (select min(month) as first, count(*) as months from period where level = 'open' and month < :month)
      select vat_registered, vat_term, first, months,
        (select count(*) from ${OPEN_DRAFTS}) as drafts,
        (select count(*) from document d where ${UNHANDLED}) as documents,
        (select count(*) from open_item where rest <> 0 and (rest < 0) = (party_kind = 'customer')) as unmatched,
        (select coalesce(sum(rest), 0) from open_item
          where rest > 0 and party_kind = 'customer' and due_date < :today) as overdue,
        (select count(*) from on_vat where amount <> 0) as unsettled
      from company, over`,
    args: { today, month: monthOf(today), year: endOf('year'), term: endOf('two-months') },
  }
}

export function clientWorkOf({ rows }: ResultSet, today: IsoDate): ClientWork {
  const r = rows[0]!
  const months = Number(r.months)
  return {
    drafts: Number(r.drafts),
    documents: Number(r.documents),
    unmatched: Number(r.unmatched),
    overdue: ore(Number(r.overdue)),
    openMonth: months === 0 ? null : { first: String(r.first) as Month, count: months },
    vat:
      Number(r.vat_registered) === 1
        ? { term: lastEnded(String(r.vat_term) as VatTermKind, today), isSettled: Number(r.unsettled) === 0 }
        : null,
  }
}
