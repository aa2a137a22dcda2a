import type { VoucherId } from '#worker/core/ids.ts'
import { mulDiv, negate, type Ore, ore, sum } from '#worker/core/money.ts'
import type { VoucherDraft } from '#worker/ledger/voucher-draft.ts'
import type { VatTerm } from '#worker/vat/vat-term.ts'

/** Where a term's VAT is owed or claimed, and where øre that the return does not take end up. Both in the standard chart. */
export const SETTLEMENT_ACCOUNT = '2740'
export const ROUNDING_ACCOUNT = '7740'

/** What is booked on one VAT account for a term, and what earlier settlements have taken off it, in øre as booked. */
export type Unsettled = { account: string; specified: Ore; settled: Ore }

/**
 * The voucher that moves a term's VAT to the settlement account: what is left of each VAT account's part of the specification
 * is taken off it, whole kroner go to 2740, øre to rounding. `toPay` is the return's sum in kroner. Undefined when nothing is
 * left to move.
 */
export function settlementVoucher(
  id: VoucherId,
  term: VatTerm,
  text: string,
  unsettled: readonly Unsettled[],
  toPay: number,
): VoucherDraft | undefined {
  const moved = unsettled
    .map(({ account, specified, settled }) => ({ account, amount: negate(ore(specified + settled)) }))
    .filter(({ amount }) => amount !== 0)
  if (moved.length === 0) return undefined
  const settled = mulDiv(sum(unsettled.map((one) => one.settled)), 1, 100)
  const owed = ore((settled - toPay) * 100)
  const rounding = negate(ore(owed + sum(moved.map((one) => one.amount))))
  const against = [
    { account: SETTLEMENT_ACCOUNT, amount: owed },
    { account: ROUNDING_ACCOUNT, amount: rounding },
  ].filter(({ amount }) => amount !== 0)
  return { id, type: 'vat', voucherDate: term.toDate, text, lines: [...moved, ...against] }
}
