import type { Database } from '#worker/database/connect.ts'
import { isBalanceAccount } from './account.ts'
import type { Books } from './books.ts'
import type { TriedVoucher } from './dry-run.ts'
import type { TriedAnswer } from './job.ts'

type After = TriedAnswer['balancesAfter']

/**
 * What balance accounts and parties would stand at, in øre, after each tried voucher, taken in turn. Read from the kept
 * balances; by voucher id.
 */
export async function readBalancesAfter(
  db: Database,
  tried: readonly (Pick<TriedVoucher, 'entries'> & { voucher: { id: string } })[],
  books: Books,
): Promise<Map<string, After>> {
  const keys = new Map<string, { account: string; party?: string }>()
  for (const entry of tried.flatMap((t) => t.entries)) {
    const account = books.accounts.get(entry.account)
    if (!account || !isBalanceAccount(account.type)) continue
    const one = entry.party === null ? { account: entry.account } : { account: entry.account, party: entry.party }
    keys.set(keyOf(one), one)
  }
  if (keys.size === 0) return new Map()
  const wanted = JSON.stringify([...keys.values()].map((k) => [k.account, k.party ?? null]))
  const { rows } = await db.execute({
    sql: `select value->>0 as account, value->>1 as party,
            case when value->>1 is null
              then (select coalesce(sum(debit - credit), 0) from balance b where b.account = value->>0)
              else (select coalesce(sum(debit - credit), 0) from party_balance p
                     where p.party_kind in ('customer', 'supplier') and p.party = value->>1 and p.account = value->>0) end as amount
          from json_each(?)`,
    args: [wanted],
  })
  const running = new Map(
    rows.map((r) => [
      keyOf({ account: String(r.account), ...(r.party !== null && { party: String(r.party) }) }),
      Number(r.amount),
    ]),
  )
  const after = new Map<string, After>()
  for (const { voucher, entries } of tried) {
    const touched = new Map<string, { account: string; party?: string }>()
    for (const entry of entries) {
      const one = entry.party === null ? { account: entry.account } : { account: entry.account, party: entry.party }
      if (!running.has(keyOf(one))) continue
      running.set(keyOf(one), running.get(keyOf(one))! + entry.amount)
      touched.set(keyOf(one), one)
    }
    after.set(
      voucher.id,
      [...touched].map(([key, one]) => ({ ...one, amount: running.get(key)! })),
    )
  }
  return after
}

const keyOf = ({ account, party }: { account: string; party?: string }): string => `${account}:${party ?? ''}`
