import type { IsoDate } from '#worker/core/dates.ts'
import { type Ore, ore } from '#worker/core/money.ts'
import type { PartyKind } from '#worker/ledger/account.ts'

/** An entry with what identifies its voucher. Amount in øre, debit positive. */
export type LedgerEntry = {
  account: string
  voucherId: string
  type: string
  series: string
  fiscalYear: number
  number: number
  voucherDate: IsoDate
  documentDate: IsoDate
  text: string
  amount: Ore
  vatCode: string | null
  partyKind: PartyKind | null
  party: string | null
  dimensions: Readonly<Record<string, string>> | null
  ledgerVersion: number
  line: number
  origin: 'line' | 'vat'
  currency: string | null
  currencyAmount: number | null
  invoiceNumber: string | null
  dueDate: string | null
  reversalOf: string | null
  recordedAt: string
  by: string
}
/** Balance: the account's opening and every entry of the report up to this one. */
export type RunningEntry = LedgerEntry & { balance: Ore }

/** Where a page of a general ledger ended; the next one takes balance and version from it. */
export type LedgerPlace = {
  /** What was asked: the cursor of one question makes no sense in another. */
  question: string
  atVersion: number
  account: string
  voucherDate: IsoDate
  ledgerVersion: number
  line: number
  balance: number
}

const FIELDS = [
  'account',
  'voucherId',
  'type',
  'series',
  'fiscalYear',
  'number',
  'voucherDate',
  'documentDate',
  'text',
  'amount',
  'vatCode',
  'partyKind',
  'party',
  'dimensions',
  'ledgerVersion',
  'line',
  'origin',
  'currency',
  'currencyAmount',
  'invoiceNumber',
  'dueDate',
  'reversalOf',
  'recordedAt',
  'by',
] as const satisfies readonly (keyof LedgerEntry)[]

/** An entry from its values in field order, as the database gives them. */
export const entryOfValues = (values: readonly unknown[]): LedgerEntry =>
  Object.fromEntries(FIELDS.map((field, i) => [field, values[i]])) as LedgerEntry

/**
 * Entries in order of account, day, version and line, each with the balance after it. The balance starts at the account's
 * opening, or goes on from where the page before ended.
 */
export function withRunningBalance(
  entries: readonly LedgerEntry[],
  openings: ReadonlyMap<string, Ore>,
  before: Pick<LedgerPlace, 'account' | 'balance'> | undefined,
): RunningEntry[] {
  let account = before?.account
  let balance = before?.balance ?? 0
  return entries.map((entry) => {
    if (entry.account !== account) balance = openings.get(entry.account) ?? 0
    account = entry.account
    balance = ore(balance + entry.amount)
    return { ...entry, balance: ore(balance) }
  })
}

export const PLACE = ['string', 'number', 'string', 'string', 'number', 'number', 'number'] as const

export const placeAfter = (entry: RunningEntry, question: string, atVersion: number): (string | number)[] => [
  question,
  atVersion,
  entry.account,
  entry.voucherDate,
  entry.ledgerVersion,
  entry.line,
  entry.balance,
]

export function ledgerPlaceOf(parts: readonly (string | number)[] | undefined): LedgerPlace | undefined {
  if (!parts) return undefined
  const [question, atVersion, account, voucherDate, ledgerVersion, line, balance] = parts as [
    string,
    number,
    string,
    IsoDate,
    number,
    number,
    number,
  ]
  return { question, atVersion, account, voucherDate, ledgerVersion, line, balance }
}
