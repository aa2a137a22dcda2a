import { type Ore, ore, sum } from '#worker/core/money.ts'
import { type AccountType, isBalanceAccount, type PartyKind } from '#worker/ledger/account.ts'

/** An account with what it summed to before its fiscal year (income and cost only), before the range and in it. Øre. */
export type AccountSums = readonly [
  account: string,
  nameNb: string,
  nameEn: string,
  type: AccountType,
  control: PartyKind | null,
  yearStart: number,
  before: number,
  debit: number,
  credit: number,
]
/** What is to be added to the sums of a key: an account, a party. */
export type Correction = readonly [key: string, yearStart: number, before: number, debit: number, credit: number]
/** Corrections added up by key. */
export function correctionsByKey(corrections: readonly Correction[]): Map<string, Four> {
  const byKey = new Map<string, Four>()
  for (const [key, ...four] of corrections) {
    const [a, b, c, d] = byKey.get(key) ?? [0, 0, 0, 0]
    byKey.set(key, [a + four[0], b + four[1], c + four[2], d + four[3]])
  }
  return byKey
}

type Four = readonly [yearStart: number, before: number, debit: number, credit: number]

/** An account with what is kept of it, as the database gives it: what no row was kept of is null. */
export type KeptAccount = readonly [
  account: string,
  nameNb: string,
  nameEn: string,
  type: AccountType,
  control: PartyKind | null,
  yearStart: number | null,
  before: number | null,
  moved: readonly [debit: number | null, credit: number | null],
]

/** The accounts by number, with their corrections added. */
export function withCorrections(kept: readonly KeptAccount[], corrections: readonly Correction[]): AccountSums[] {
  const byKey = correctionsByKey(corrections)
  return kept
    .map(([number, nameNb, nameEn, type, control, yearStart, before, [debit, credit]]): AccountSums => {
      const [a, b, c, d] = byKey.get(number) ?? [0, 0, 0, 0]
      const sums: Four = [(yearStart ?? 0) + a, (before ?? 0) + b, (debit ?? 0) + c, (credit ?? 0) + d]
      return [number, nameNb, nameEn, type, control, ...sums]
    })
    .sort((a, b) => (a[0] < b[0] ? -1 : 1))
}

/** `closing = opening + debit − credit`; debit and credit are ≥ 0. Øre. */
export type Figures = { opening: Ore; debit: Ore; credit: Ore; closing: Ore }
export type TrialBalanceRow = { account: string; nameNb: string; nameEn: string; type: AccountType } & Figures

/** Something that must hold if the report is right: an amount in øre, and by how much it fails. */
export type Check = {
  key:
    | 'debit-equals-credit'
    | 'closing-sums-to-zero'
    | 'customer-ledger-equals-control'
    | 'supplier-ledger-equals-control'
  holds: boolean
  amount: Ore
  difference: Ore
  /** The control accounts that were compared. */
  accounts?: readonly string[]
}

export function figuresOf(opening: number, debit: number, credit: number): Figures {
  return { opening: ore(opening), debit: ore(debit), credit: ore(credit), closing: ore(opening + debit - credit) }
}

/** Balance accounts open with all that stood before the range; income and cost open at 0 each fiscal year (decisions.md 4). */
export function rowOf([
  account,
  nameNb,
  nameEn,
  type,
  ,
  yearStart,
  before,
  debit,
  credit,
]: AccountSums): TrialBalanceRow {
  const opening = isBalanceAccount(type) ? before : before - yearStart
  return { account, nameNb, nameEn, type, ...figuresOf(opening, debit, credit) }
}

export const isZero = ({ opening, debit, credit }: Figures): boolean => opening === 0 && debit === 0 && credit === 0

/** Sums of the columns. */
export const totalsOf = (rows: readonly Figures[]): Figures =>
  figuresOf(sum(rows.map((r) => r.opening)), sum(rows.map((r) => r.debit)), sum(rows.map((r) => r.credit)))

/** The result of years before the range that no voucher has moved to equity yet, in øre; profit is negative (credit). */
export const undistributedResultOf = (sums: readonly AccountSums[]): Ore =>
  sum(sums.map(([, , , type, , yearStart]) => ore(isBalanceAccount(type) ? 0 : yearStart)))

/** What the parties of a kind are kept at, and what their control accounts are; øre. */
export type SubLedgerSums = readonly [kind: PartyKind, parties: number, own: number]

/**
 * What a whole trial balance must satisfy: debit equals credit, closings and undistributed result sum to zero, and the
 * control accounts of each kind are what its parties sum to.
 */
export function checksOf(sums: readonly AccountSums[], subLedger: readonly SubLedgerSums[]): Check[] {
  const rows = sums.map(rowOf)
  const totals = totalsOf(rows)
  const closing = ore(totals.closing + undistributedResultOf(sums))
  return [
    check('debit-equals-credit', totals.debit, totals.debit - totals.credit),
    check('closing-sums-to-zero', closing, closing),
    ...subLedger.flatMap((kept) => subLedgerCheck(kept, sums)),
  ]
}

const check = (key: Check['key'], amount: number, difference: number, accounts?: readonly string[]): Check => ({
  key,
  holds: difference === 0,
  amount: ore(amount),
  difference: ore(difference),
  ...(accounts && { accounts }),
})

function subLedgerCheck([kind, parties, kept]: SubLedgerSums, sums: readonly AccountSums[]): Check[] {
  const own = sums.filter(([, , , , control]) => control === kind).map(rowOf)
  if (own.length === 0) return []
  const closing = own.reduce((total, row) => total + row.closing, 0)
  const accounts = own.map((row) => row.account)
  return [check(`${kind}-ledger-equals-control`, closing + parties - kept, parties - kept, accounts)]
}
