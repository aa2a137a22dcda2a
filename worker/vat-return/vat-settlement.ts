import type { VoucherId } from '#worker/core/ids.ts'
import { negate, type Ore, ore } from '#worker/core/money.ts'
import type { VoucherDraft } from '#worker/ledger/voucher-draft.ts'
import type { VatTerm } from '#worker/vat/vat-term.ts'

/** Where a term's VAT is owed or claimed, and where øre that the return does not take end up. Both in the standard chart. */
export const SETTLEMENT_ACCOUNT = '2740'
export const ROUNDING_ACCOUNT = '7740'

/** What is booked on one VAT account for a term, and what earlier settlements of it have taken, in øre as booked. */
export type Unsettled = { account: string; specified: Ore; settled: Ore }

/**
 * The voucher that moves a term's VAT to the settlement account: each VAT account's part of the specification is taken
 * off it, whole kroner go to 2740, øre to rounding. `toPay` and `settledKroner` are kroner: the return's sum, and how much
 * of it is settled already. Undefined when nothing is left to move.
 */
export function settlementVoucher(
  id: VoucherId,
  term: VatTerm,
  text: string,
  unsettled: readonly Unsettled[],
  toPay: number,
  settledKroner: number,
): VoucherDraft | undefined {
  const moved = unsettled
    .map(({ account, specified, settled }) => ({ account, amount: negate(ore(specified + settled)) }))
    .filter(({ amount }) => amount !== 0)
  const owed = ore((settledKroner - toPay) * 100)
  const rounding = ore(-owed - moved.reduce((sum, { amount }) => sum + amount, 0))
  const lines = [
    ...moved,
    { account: SETTLEMENT_ACCOUNT, amount: owed },
    { account: ROUNDING_ACCOUNT, amount: rounding },
  ].filter(({ amount }) => amount !== 0)
  return lines.length < 2 ? undefined : { id, type: 'vat', voucherDate: term.toDate, text, lines }
}
