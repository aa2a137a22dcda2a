import { type Holder, mayDo } from '#worker/access/permission.ts'
import { addDays, type IsoDate, type Month } from '#worker/core/dates.ts'
import type { Ore } from '#worker/core/money.ts'
import type { VatTerm } from '#worker/vat/vat-term.ts'

/** What waits to be done for a client, as somebody with a role in it may know; null is what the role does not see. */
export type ClientWork = {
  drafts: number | null
  documents: number | null
  /** Payments and credit notes that settle nothing yet. */
  unmatched: number | null
  /** What customers owe past its due date, in øre. */
  overdue: Ore | null
  /** The first month that is over and open, and how many there are. */
  openMonth: { first: Month; count: number } | null
  /** The last ended term; null too where the company has no VAT. `isSettled`: nothing stands on the VAT accounts at its end. */
  vat: { term: VatTerm; isSettled: boolean } | null
}

/** What a role does not see is not answered. */
export const seenBy = (role: Holder, work: ClientWork): ClientWork => ({
  drafts: mayDo(role, 'ledger:read') ? work.drafts : null,
  documents: mayDo(role, 'document:read') ? work.documents : null,
  unmatched: mayDo(role, 'subledger:read') ? work.unmatched : null,
  overdue: mayDo(role, 'subledger:read') ? work.overdue : null,
  openMonth: mayDo(role, 'ledger:read') ? work.openMonth : null,
  vat: mayDo(role, 'report:read') ? work.vat : null,
})

/** A VAT return is begun in the last fortnight before it is due. */
const VAT_DAYS = 14

/** Why a client needs somebody today, what is worst first. */
export type Cause =
  | { key: 'unreachable' }
  | { key: 'difference'; amount: Ore }
  | { key: 'vat-late' | 'vat-due'; term: VatTerm }

export function causesOf(
  client: { status: { difference: Ore } | undefined; work: ClientWork | undefined },
  today: IsoDate,
): Cause[] {
  const { status, work } = client
  if (!status) return [{ key: 'unreachable' }]
  const { vat } = work ?? {}
  const isNear = vat && !vat.isSettled && vat.term.dueDate <= addDays(today, VAT_DAYS)
  return [
    ...(status.difference === 0 ? [] : [{ key: 'difference', amount: status.difference } as const]),
    ...(isNear ? [{ key: vat.term.dueDate < today ? 'vat-late' : 'vat-due', term: vat.term } as const] : []),
  ]
}
