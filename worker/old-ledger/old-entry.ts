import type { IsoDate } from '#worker/core/dates.ts'
import type { PartyKind } from '#worker/ledger/account.ts'

/** An entry of the system a company came from, as it stood there. Texts are whole, `amount` in øre with debit positive. */
export type OldEntry = {
  account: string
  entryDate: IsoDate
  /** Journal and number there. */
  voucher: string
  text: string
  amount: number
  partyKind: PartyKind | null
  party: string | null
  invoiceNumber: string | null
  paymentReference: string | null
  dueDate: IsoDate | null
  vatCode: string | null
  currency: string | null
  /** As written; never a float. */
  currencyAmount: string | null
}
/** An account of that system, with the balances its file states, in øre. */
export type OldAccount = { number: string; name: string; opening: number; closing: number }
export type OldParty = { kind: PartyKind; number: string; name: string; organisationNumber: string | null }

/** What is hashed of an entry: every column, in this order, and nothing else. */
export const sealedEntry = (e: OldEntry): string =>
  `${JSON.stringify([e.account, e.entryDate, e.voucher, e.text, e.amount, e.partyKind, e.party, e.invoiceNumber, e.paymentReference, e.dueDate, e.vatCode, e.currency, e.currencyAmount])}\n`
export const sealedAccount = (a: OldAccount): string => `${JSON.stringify([a.number, a.name, a.opening, a.closing])}\n`
export const sealedParty = (p: OldParty): string =>
  `${JSON.stringify([p.kind, p.number, p.name, p.organisationNumber])}\n`
