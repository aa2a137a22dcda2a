import type { Entry as Booked } from '#worker/ledger/entry.ts'
import type { Entry } from './entry.ts'
import type { VoucherVerdict } from './judge.ts'

/** What one account would be booked with, in øre: as it stands beside the grid, and as the ledger would book it now. */
export type Difference = { account: string; shown: number; now: number }
/** What posting is held to: the token of the try that came out as shown, or how it now differs. No token without an answer. */
export type Hold = { token?: string; differences: readonly Difference[] }

/** Where what would be booked is not what one sees, account by account. */
export function differencesOf(
  shown: readonly Booked[],
  now: readonly Pick<Booked, 'account' | 'amount'>[],
): Difference[] {
  const sums = new Map<string, Difference>()
  const at = (account: string) => {
    const sum = sums.get(account) ?? { account, shown: 0, now: 0 }
    sums.set(account, sum)
    return sum
  }
  for (const { account, amount } of shown) at(account).shown += amount
  for (const { account, amount } of now) at(account).now += amount
  return [...sums.values()].filter((sum) => sum.shown !== sum.now)
}

/**
 * Holds vouchers to what stands on the screen (moonshot 5): the token of the try they were shown by, else of one made now. What
 * would be booked otherwise is told once, with the company's rules read anew; whoever posts again has seen it.
 */
export async function holdToShown(entry: Entry, vouchers: readonly VoucherVerdict[], anew = false): Promise<Hold> {
  const together = entry.triedOf(vouchers[0]!)?.together
  const known = together?.n === vouchers.length && vouchers.every((v) => entry.triedOf(v)?.together === together)
  if (known && !anew) return { token: together.token, differences: [] }
  const answer = await entry.tryTogether(vouchers)
  if (!answer) return { differences: [] }
  const differences = vouchers.flatMap(({ content, judgement }, i) => {
    const tried = answer.vouchers[i]
    const found = tried?.status === 'ready' ? differencesOf(judgement.entries, tried.entries) : []
    const told = JSON.stringify(found)
    if (found.length === 0 || entry.told.get(content) === told) return []
    entry.told.set(content, told)
    return found
  })
  if (differences.length > 0) await entry.renewBooks()
  const token = entry.triedOf(vouchers[0]!)?.together?.token
  return { ...(token && { token }), differences }
}
