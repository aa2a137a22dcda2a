import type { IsoDate } from '#worker/core/dates.ts'
import type { Entry } from './entry.ts'

/** What a set of entries adds to the kept balances, one row a key; amounts in øre, debit and credit both ≥ 0. */
export type BalanceRow = readonly [account: string, month: string, debit: number, credit: number]
export type PartyBalanceRow = readonly [kind: string, party: string, ...BalanceRow]
export type DimensionBalanceRow = readonly [dimension: string, value: string, ...BalanceRow]
export type BalanceRows = { account: BalanceRow[]; party: PartyBalanceRow[]; dimension: DimensionBalanceRow[] }

type Dated = { voucherDate: IsoDate; entries: readonly Entry[] }

/** Sums the entries by account and month, by party, and by dimension value, so that each key is written once. */
export function balanceRowsOf(vouchers: readonly Dated[]): BalanceRows {
  const account = new Totals()
  const party = new Totals()
  const dimension = new Totals()
  for (const { voucherDate, entries } of vouchers) {
    const month = voucherDate.slice(0, 7)
    for (const entry of entries) {
      account.add([entry.account, month], entry.amount)
      if (entry.party !== null) party.add([entry.partyKind!, entry.party, entry.account, month], entry.amount)
      for (const [key, value] of Object.entries(entry.dimensions ?? {}))
        dimension.add([key, value, entry.account, month], entry.amount)
    }
  }
  return { account: account.rows(), party: party.rows(), dimension: dimension.rows() }
}

class Totals {
  private readonly byKey = new Map<string, (string | number)[]>()

  add(key: readonly string[], amount: number) {
    const name = key.join('\u001f')
    let row = this.byKey.get(name)
    if (!row) {
      row = [...key, 0, 0]
      this.byKey.set(name, row)
    }
    const at = key.length + (amount < 0 ? 1 : 0)
    row[at] = (row[at] as number) + Math.abs(amount)
  }

  rows<T>(): T[] {
    return [...this.byKey.values()] as T[]
  }
}
