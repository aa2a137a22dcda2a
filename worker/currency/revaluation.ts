import type { IsoDate } from '#worker/core/dates.ts'
import { decimal, oreAtRate } from '#worker/core/decimal.ts'
import { type Ore, ore } from '#worker/core/money.ts'
import { error, type Issue } from '#worker/core/problem.ts'
import type { PartyKind } from '#worker/ledger/account.ts'
import { type Books, partyKey } from '#worker/ledger/books.ts'
import { type CurrencyRate, currencyRateOn } from '#worker/ledger/currency-rate.ts'
import { accountOfDifference } from '#worker/ledger/match-difference.ts'
import type { OpenItem } from '#worker/ledger/open-item.ts'
import type { VoucherDraft } from '#worker/ledger/voucher-draft.ts'

type Item = Pick<OpenItem, 'kind' | 'party' | 'account' | 'currency' | 'currencyRest' | 'rest'>
type Rates = ReadonlyMap<string, readonly CurrencyRate[]>

/** An open item at the rate of the day: what it stands at, what it is worth then, and the difference. Øre. */
export type Revalued<I extends Item = Item> = { item: I; rate: CurrencyRate; worth: Ore; adjustment: Ore }

/** Open items in a foreign currency at the day's rate, and the currencies that have none. */
export function revalue<I extends Item>(
  items: readonly I[],
  day: IsoDate,
  rates: Rates,
): { revalued: Revalued<I>[]; missing: string[] } {
  const revalued: Revalued<I>[] = []
  const missing = new Set<string>()
  for (const item of items) {
    if (item.currency === null || item.currencyRest === null) continue
    const rate = currencyRateOn(item.currency, day, rates)
    const worth = rate && oreAtRate(item.currencyRest, decimal(rate.rate)!, rate.unit)
    if (!rate || worth === undefined) missing.add(item.currency)
    else revalued.push({ item, rate, worth, adjustment: ore(worth - item.rest) })
  }
  return { revalued, missing: [...missing].sort() }
}

/** What one party's account is to be moved by, in øre: what its items call for, less what a revaluation has moved it already. */
export type Adjustment = { kind: PartyKind; party: string; account: string; amount: Ore }

export function adjustmentsOf(revalued: readonly Revalued[], before: readonly Item[]): Adjustment[] {
  const sums = new Map<string, Adjustment>()
  const add = ({ kind, party, account }: Item, amount: number) => {
    const key = `${account} ${partyKey(kind, party)}`
    const sum = sums.get(key)
    sums.set(key, { kind, party, account, amount: ore((sum?.amount ?? 0) + amount) })
  }
  for (const { item, adjustment } of revalued) add(item, adjustment)
  for (const item of before) add(item, -item.rest)
  return [...sums.values()]
    .filter(({ amount }) => amount !== 0)
    .sort((a, b) => (`${a.account} ${a.party}` < `${b.account} ${b.party}` ? -1 : 1))
}

/**
 * The voucher of a revaluation: the control accounts by party against gain (agio) and loss (disagio). It is dated the day of
 * the rates, and meant to be reversed the day after, so that a payment is later set against the invoice as it was booked.
 */
export function revaluationDraft(
  id: VoucherDraft['id'],
  day: IsoDate,
  text: string,
  adjustments: readonly Adjustment[],
  books: Books,
): { draft: VoucherDraft; issues: Issue[] } {
  const issues: Issue[] = []
  const total = (sign: 1 | -1) =>
    adjustments.reduce((sum, { amount }) => (Math.sign(amount) === sign ? sum + amount : sum), 0)
  const result = ([1, -1] as const).flatMap((sign) => {
    const amount = total(sign)
    if (amount === 0) return []
    const account = accountOfDifference({ parts: [], difference: ore(-amount), inCurrency: true }, books)
    if (!account) {
      issues.push(error('account/unknown', '#', { account: sign > 0 ? '8060' : '8160' }))
      return []
    }
    const code = account.defaultVatCode
    const withoutVat = code !== null && books.vatCodes.get(code)?.direction === 'none'
    return [
      {
        rowKey: sign > 0 ? 'gain' : 'loss',
        account: account.number,
        amount: ore(-amount),
        ...(withoutVat && { vatCode: code }),
      },
    ]
  })
  const lines = adjustments.map(({ account, party, amount }, i) => ({
    rowKey: `item-${i + 1}`,
    account: `${account}:${party}`,
    amount,
  }))
  return { draft: { id, type: 'general', voucherDate: day, text, lines: [...lines, ...result] }, issues }
}
