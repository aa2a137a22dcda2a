import type { Entry as Booked } from '#worker/ledger/entry.ts'
import type { Entry } from './entry.ts'
import type { VoucherVerdict } from './judge.ts'

/** What one account would be booked with, in øre: as it stands beside the grid, and as the ledger would book it now. */
export type Difference = {
  account: string
  /** Party, VAT code, dimensions and month, where the sums of the accounts agree. */
  of?: string
  shown: number
  now: number
}
/** Vouchers that are sent together. The token holds the ledger to what was tried; none where there was no answer, or nothing is booked. */
export type Part = { vouchers: readonly VoucherVerdict[]; token?: string }
/** What is to be sent, or how the ledger would book it otherwise than shown. */
export type Hold = { parts: readonly Part[]; differences: readonly Difference[] }

/** A voucher's own entries, and those of its plans by month. */
export type Bookings = {
  entries: readonly Booked[]
  plans: readonly { months: readonly { month: string; entries: readonly Booked[] }[] }[]
}
type Placed = { entry: Booked; month: string }

/**
 * Where what would be booked is not what one sees: account by account. Where the accounts agree, entry by entry: two lines
 * can differ and the account's sum be the same, and so can what a plan books in other months.
 */
export function differencesOf(shown: Bookings, now: Bookings): Difference[] {
  const own = ({ entries }: Bookings): Placed[] => entries.map((entry) => ({ entry, month: '' }))
  const all = (bookings: Bookings): Placed[] => [
    ...own(bookings),
    ...bookings.plans.flatMap(({ months }) =>
      months.flatMap(({ month, entries }) => entries.map((entry) => ({ entry, month }))),
    ),
  ]
  const accounts = unequal(own(shown), own(now), ({ entry }) => entry.account)
  if (accounts.length > 0) return accounts.map(({ entry, shown, now }) => ({ account: entry.account, shown, now }))
  return unequal(all(shown), all(now), keyOf).map(({ entry, month, shown, now }) => {
    const { party, vatCode, dimensions } = entry
    const of = [party, vatCode, ...Object.values(dimensions ?? {}), month].filter(Boolean).join(' · ')
    return { account: entry.account, of, shown, now }
  })
}

const keyOf = ({ entry, month }: Placed): string =>
  `${month}|${entry.rowKey}|${entry.origin}|${entry.account}|${entry.party}|${entry.vatCode}|${JSON.stringify(entry.dimensions)}`

/** Sums by key that are not the same on both sides, with the first that has the key. */
function unequal(shown: readonly Placed[], now: readonly Placed[], key: (placed: Placed) => string) {
  const sums = new Map<string, Placed & { shown: number; now: number }>()
  const add = (placed: Placed, side: 'shown' | 'now') => {
    const at = key(placed)
    const sum = sums.get(at) ?? { ...placed, shown: 0, now: 0 }
    sum[side] += placed.entry.amount
    sums.set(at, sum)
  }
  for (const placed of shown) add(placed, 'shown')
  for (const placed of now) add(placed, 'now')
  return [...sums.values()].filter((sum) => sum.shown !== sum.now)
}

/**
 * Holds vouchers to what stands on the screen (moonshot 5): what was tried is compared with what is shown, and goes with the
 * token of that try, or of one made now. What would be booked otherwise is told once, with the company's rules read anew;
 * whoever posts again has seen it. What is posted already goes by itself, for its number; what is refused stays.
 */
export async function holdToShown(entry: Entry, vouchers: readonly VoucherVerdict[], anew = false): Promise<Hold> {
  const isKnown = !anew && areTriedTogether(entry, vouchers)
  if (!isKnown && !(await entry.tryTogether(vouchers))) return { parts: [{ vouchers }], differences: [] }
  const differences = vouchers.flatMap((voucher) => {
    const { content, judgement } = voucher
    const booked = entry.triedOf(voucher)?.booked
    const found = booked ? differencesOf(judgement, booked) : []
    const told = JSON.stringify(found)
    if (found.length === 0 || entry.told.get(content) === told) return []
    entry.told.set(content, told)
    return found
  })
  if (differences.length > 0) await entry.renewBooks()
  const ready = vouchers.filter((voucher) => entry.triedOf(voucher)?.together)
  const token = ready[0] && entry.triedOf(ready[0])?.together?.token
  const posted = vouchers.filter((voucher) => entry.triedOf(voucher)?.posted)
  const parts = [{ vouchers: ready, ...(token && { token }) }, { vouchers: posted }]
  return { parts: parts.filter((part) => part.vouchers.length > 0), differences }
}

/** One token speaks for all that are not posted. */
function areTriedTogether(entry: Entry, vouchers: readonly VoucherVerdict[]): boolean {
  const open = vouchers.filter((voucher) => !entry.triedOf(voucher)?.posted)
  const together = open[0] && entry.triedOf(open[0])?.together
  if (!together) return open.length === 0
  return together.n === open.length && open.every((voucher) => entry.triedOf(voucher)?.together === together)
}
