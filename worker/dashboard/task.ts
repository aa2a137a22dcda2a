import type { IsoDate, Month } from '#worker/core/dates.ts'
import { type Ore, ore } from '#worker/core/money.ts'
import type { VatSpecification } from '#worker/vat-return/read-vat-specification.ts'

/** Something that waits for a person. It goes by itself when its cause does. Amounts in øre; `date` is its deadline. */
export type Task =
  | { key: 'vat-settlement' | 'vat-return'; term: string; toPay: number; date: IsoDate }
  | { key: 'drafts' | 'documents'; count: number }
  | { key: 'overdue-customers' | 'overdue-suppliers'; count: number; amount: Ore }
  | { key: 'open-month'; month: Month }

type Aged = { rows: readonly { pastDue: readonly number[] }[] }
type Facts = {
  today: IsoDate
  vat: Pick<VatSpecification, 'term' | 'toPay' | 'accounts' | 'groups'>
  drafts: number
  unhandled: number
  customers: Aged
  suppliers: Aged
  openMonth: Month | undefined
}

/** What waits to be done, what has a deadline first. */
export function tasksOf({ today, vat, drafts, unhandled, customers, suppliers, openMonth }: Facts): Task[] {
  const { term, toPay, accounts, groups } = vat
  const settled = accounts.every(({ specified, settled }) => specified === -settled)
  // An unsettled term stays until it is settled; a settled one until the day its return is due.
  const isDue = groups.length > 0 && term.toDate < today && (!settled || today <= term.dueDate)
  return [
    ...(isDue
      ? [{ key: settled ? 'vat-return' : 'vat-settlement', term: term.key, toPay, date: term.dueDate } as const]
      : []),
    ...(unhandled > 0 ? [{ key: 'documents', count: unhandled } as const] : []),
    ...(drafts > 0 ? [{ key: 'drafts', count: drafts } as const] : []),
    ...overdue('overdue-customers', customers, 1),
    ...overdue('overdue-suppliers', suppliers, -1),
    ...(openMonth ? [{ key: 'open-month', month: openMonth } as const] : []),
  ]
}

/** The parties with something past due; `sign` is the side that is owed. */
function overdue(key: 'overdue-customers' | 'overdue-suppliers', { rows }: Aged, sign: 1 | -1): Task[] {
  const late = rows
    .map(({ pastDue }) => sign * pastDue.reduce((sum, amount) => sum + amount, 0))
    .filter((amount) => amount > 0)
  return late.length === 0 ? [] : [{ key, count: late.length, amount: ore(late.reduce((a, b) => a + b, 0)) }]
}
