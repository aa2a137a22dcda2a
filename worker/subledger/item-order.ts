import { dueDateOf, type OpenItem } from '#worker/ledger/open-item.ts'

/** What a list of open items is sorted by; `-` before one sorts the other way round. */
export const ITEM_ORDERS = ['date', '-date', 'due', '-due', 'rest', '-rest'] as const
export type ItemOrder = (typeof ITEM_ORDERS)[number]

type Sorted = Pick<OpenItem, 'kind' | 'voucherDate' | 'dueDate' | 'amount'> & {
  id: string
  party: string
  account: string
  rest: number
}

/** By party and age unless told; else the party with the first item comes first, with all it has. */
export function inOrder<I extends Sorted>(items: readonly I[], order?: ItemOrder): I[] {
  const sorted = items.toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))
  if (order === undefined) return sorted
  const of = VALUES[order.replace('-', '') as keyof typeof VALUES]
  const sign = order.startsWith('-') ? -1 : 1
  sorted.sort((a, b) => (of(a) === of(b) ? 0 : of(a) < of(b) ? -sign : sign))
  return [...Map.groupBy(sorted, (item) => item.party).values()].flat()
}
const VALUES: Readonly<Record<'date' | 'due' | 'rest', (item: Sorted) => string | number>> = {
  date: (item) => item.voucherDate,
  due: dueDateOf,
  rest: (item) => Math.abs(item.rest),
}

const keyOf = (item: Sorted): string => `${item.party}\u0000${item.account}\u0000${dueDateOf(item)}\u0000${item.id}`
