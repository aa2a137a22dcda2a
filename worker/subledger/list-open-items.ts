import type { IsoDate } from '#worker/core/dates.ts'
import { Problem } from '#worker/core/problem.ts'
import type { Database } from '#worker/database/connect.ts'
import { dueDateOf, isClaim, type OpenItem } from '#worker/ledger/open-item.ts'
import { daysBetween } from './ageing.ts'
import { type ItemHead, type ItemQuestion, type ListedItem, type Place, readItems } from './store.ts'

type Asked = ItemQuestion & { overdue?: boolean | undefined; limit?: number | undefined; cursor?: string | undefined }

/** A page holds this many rows unless told, and never more than the second (features.md 4.1). */
const [PAGE, LARGEST] = [500, 5_000]
export const pageSize = (limit: number | undefined): number => Math.min(Math.max(limit ?? PAGE, 1), LARGEST)

/** @throws Problem 422 request/invalid with ledger-version/unknown when the version asked for is not there yet. */
export function checkVersionAsked({ atVersion }: ItemQuestion, { ledgerVersion }: ItemHead): void {
  if (atVersion === undefined || atVersion <= ledgerVersion) return
  const params = { atVersion, ledgerVersion }
  throw new Problem(422, 'request/invalid', {
    issues: [{ code: 'ledger-version/unknown', severity: 'error', pointer: '#/atVersion', params }],
  })
}

/** An item with how many days a claim is past due on a day; 0 for what is not yet due, and for payments and credit notes. */
export const withDaysOverdue = <T extends Pick<OpenItem, 'kind' | 'amount' | 'dueDate' | 'voucherDate'>>(
  item: T,
  day: IsoDate,
): T & { daysOverdue: number } => ({
  ...item,
  daysOverdue: isClaim(item) ? Math.max(0, daysBetween(dueDateOf(item), day)) : 0,
})

/**
 * Open items in order of recording, with their count and sum in øre over all pages; these are of one state of the books when those after
 * the first are asked for at its `atVersion`, as known at its `knownAt`. Without a day they are those open now,
 * whatever their dates, and overdue means today.
 */
export async function listOpenItems(db: Database, asked: Asked, today: IsoDate) {
  const { overdue, limit, cursor, ...q } = asked
  const size = pageSize(limit)
  const day = q.asAtDate ?? today
  const after = cursor?.split('-').map(Number) as unknown as Place | undefined
  const found = await readItems(db, q, { overdueOn: overdue ? day : undefined, after, limit: size })
  checkVersionAsked(q, found.head)
  const items = found.items.slice(0, size).map((item: ListedItem) => withDaysOverdue(item, day))
  const more = found.items.length > size
  return {
    ...found.head,
    knownAt: found.knownAt,
    asAtDate: day,
    items,
    totals: { count: found.count, rest: found.rest },
    cursor: more ? cursorAfter(items.at(-1)!.id) : null,
  }
}

const cursorAfter = (item: string): string => `${Number(item.slice(4, 20))}-${Number(item.slice(20))}`
