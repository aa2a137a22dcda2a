import type { IsoDate } from '#worker/core/dates.ts'
import type { PartyKind } from '#worker/ledger/account.ts'

/** What a SAF-T Financial file holds, as read: texts trimmed, amounts in øre with debit positive, `line` where it stands. */
export type SaftHeader = {
  version: string
  companyName: string
  /** As written; may hold spaces or letters. */
  registrationNumber: string
  taxRegistrations: string[]
  currency: string
  software: string
  startDate: IsoDate | null
  endDate: IsoDate | null
}

export type SaftAccount = {
  line: number
  id: string
  description: string
  groupingCategory: string
  groupingCode: string
  standardAccount: string
  opening: number
  closing: number
}

export type SaftBalance = { account: string; opening: number; closing: number }

export type SaftParty = {
  line: number
  kind: PartyKind
  id: string
  name: string
  registrationNumber: string
  address: string
  postalCode: string
  city: string
  country: string
  email: string
  phone: string
  bankAccount: string
  paymentDays: number | null
  passive: boolean
  balances: SaftBalance[]
}

export type SaftTaxCode = { code: string; standard: string; description: string; percent: string }
export type SaftAnalysisType = { description: string; values: Map<string, { name: string; endDate: IsoDate | null }> }

export type SaftJournal = { id: string; description: string; type: string }

export type SaftAnalysis = { type: string; id: string; amount: number | null }
/** The tax of a line. `amount` is signed as debit and credit; `unsigned` when the file (1.10) does not say which. */
export type SaftTax = {
  code: string
  percent: string
  base: number | null
  amount: number
  unsigned: boolean
}

export type SaftLine = {
  line: number
  recordId: string
  account: string
  customer: string
  supplier: string
  text: string
  amount: number
  isDebit: boolean
  currency: string
  currencyAmount: string
  rate: string
  analysis: SaftAnalysis[] | null
  tax: SaftTax[] | null
  reference: string
  paymentReference: string
  dueDate: IsoDate | null
  quantity: string
}

export type SaftTransaction = {
  line: number
  journal: SaftJournal
  id: string
  period: string
  periodYear: string
  transactionDate: IsoDate | null
  postingDate: IsoDate | null
  voucherType: string
  voucherDescription: string
  text: string
  lines: SaftLine[]
}

/** The totals that a file states of its entries. */
export type SaftTotals = { entries: number | null; debit: number | null; credit: number | null }

/** The month of a transaction is its posting date's, else its own date's (features.md 4.8). */
export const dateOf = (t: SaftTransaction): IsoDate => (t.postingDate ?? t.transactionDate)!
