import type { PartyKind } from '#worker/ledger/account.ts'

/** What the file says its accounts and parties open and close at, in øre, debit positive. */
export type FileBalances = {
  accounts: Map<string, { opening: number; closing: number }>
  parties: { kind: PartyKind; id: string; account: string; opening: number; closing: number }[]
}
