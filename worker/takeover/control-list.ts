import { addDays, monthOf } from '#worker/core/dates.ts'
import { type Ore, ore } from '#worker/core/money.ts'
import { isBalanceAccount } from '#worker/ledger/account.ts'
import { type Books, fiscalYearOf } from '#worker/ledger/books.ts'
import type { TakeoverPlan } from '#worker/opening-balance/takeover-plan.ts'
import type { LedgerFigures } from './store.ts'
import type { Pair } from './takeover-proof.ts'

/** What the old system's own trial balance says of an account, in øre, debit positive. */
export type ControlRow = { account: string; amount: Ore }
/**
 * The old system's trial balance of the last day before the cut-over, and the file it came in: nothing is booked from it.
 * `explanationBefore`: what explained differences when it came, which was not written of it.
 */
export type ControlList = {
  fileName: string | null
  sha256: string
  rows: ControlRow[]
  by: string
  at: string
  explanationBefore: string | null
}
export type ComparedList = ControlList & { accounts: number; differences: ({ account: string } & Pair)[] }

/**
 * Holds the ledger against a trial balance that it was not booked from, account by account. Income and cost are those of the fiscal
 * year that the cut-over falls in or follows; where balances alone are taken over, their result stands where it was moved to.
 */
export function comparedWith(
  list: ControlList,
  ledger: LedgerFigures['accounts'],
  { variant, cutOverDate }: Pick<TakeoverPlan, 'variant' | 'cutOverDate'>,
  books: Pick<Books, 'accounts' | 'fiscalYears'>,
  resultAccount: string | null,
): ComparedList {
  const last = addDays(cutOverDate, -1)
  const from = fiscalYearOf(last, books)?.firstDate ?? last
  const isResult = (account: string) => {
    const own = books.accounts.get(account)
    return own !== undefined && !isBalanceAccount(own.type)
  }
  const [old, ours] = [new Map<string, number>(), new Map<string, number>()]
  const add = (sums: Map<string, number>, account: string, amount: number) =>
    sums.set(account, (sums.get(account) ?? 0) + amount)
  for (const { account, amount } of list.rows)
    add(old, variant === 'opening' && resultAccount && isResult(account) ? resultAccount : account, amount)
  for (const { account, month, amount } of ledger)
    if (!isResult(account) || month >= monthOf(from)) add(ours, account, amount)
  const accounts = [...new Set([...old.keys(), ...ours.keys()])].sort()
  const pairs = accounts.map((account) => ({
    account,
    old: ore(old.get(account) ?? 0),
    ledger: ore(ours.get(account) ?? 0),
  }))
  return {
    ...list,
    accounts: pairs.filter((pair) => pair.old !== 0 || pair.ledger !== 0).length,
    differences: pairs.filter((pair) => pair.old !== pair.ledger),
  }
}
