import { sha256 } from '#worker/core/hash.ts'
import { idFromHash } from '#worker/core/ids.ts'
import { lineMatchesOf, type MatchLine, matchDateOf } from './item-match.ts'
import type { Prepared, PreparedMatch } from './judged.ts'
import { afterMatch, currencyShareOf, itemOfEntry, type OpenItem } from './open-item.ts'
import type { Voucher } from './voucher-draft.ts'

type Items = ReadonlyMap<string, OpenItem>

/** The id of the match that a voucher makes by one of its entries: the same whenever it is judged. */
export const matchIdOf = async (voucher: string, line: number): Promise<string> =>
  idFromHash('mch', await sha256(`${voucher} ${line}`))

/** The matches that a checked voucher makes when it is posted, and its items as they stand then. */
export async function prepareLineMatches(
  voucher: Voucher,
  prepared: Prepared,
  items: Items,
): Promise<{ matches: PreparedMatch[]; items: Items }> {
  const matches: PreparedMatch[] = []
  const after = new Map(items)
  for (const { line, own, items: named } of lineMatchesOf(voucher, prepared.entries)) {
    const settled = named.map(({ openItem, amount }): MatchLine & { item: OpenItem } => {
      const item = after.get(openItem)!
      const currencyAmount = currencyShareOf(item, amount)
      after.set(openItem, afterMatch(item, amount, currencyAmount))
      return { openItem, amount, currencyAmount, item }
    })
    const ownItem = itemOfEntry(prepared.entries[line - 1]!, prepared.voucherDate)
    const lines: PreparedMatch['lines'][number][] = merged(settled).map((l) => ({
      item: l.openItem,
      amount: l.amount,
      currencyAmount: l.currencyAmount,
      rest: after.get(l.openItem)!.rest,
    }))
    if (own !== 0) {
      const currencyAmount = currencyShareOf(ownItem, own)
      const { rest } = afterMatch({ ...ownItem, id: '' }, own, currencyAmount)
      lines.push({ item: { voucher: prepared, line }, amount: own, currencyAmount, rest })
    }
    matches.push({
      id: await matchIdOf(prepared.id, line),
      kind: ownItem.kind,
      party: ownItem.party,
      account: ownItem.account,
      matchDate: matchDateOf([ownItem.voucherDate, ...settled.map((l) => l.item.matchableFrom)]),
      rule: 'voucher',
      reason: null,
      by: prepared.by,
      lines,
    })
  }
  return { matches, items: after }
}

/** An item that a line names twice is one line of the match. */
function merged(lines: readonly MatchLine[]): MatchLine[] {
  const byItem = new Map<string, MatchLine>()
  for (const { openItem, amount, currencyAmount } of lines) {
    const before = byItem.get(openItem)
    byItem.set(openItem, {
      openItem,
      amount: amount + (before?.amount ?? 0),
      currencyAmount: currencyAmount === null ? null : currencyAmount + (before?.currencyAmount ?? 0),
    })
  }
  return [...byItem.values()]
}
