import * as z from 'zod/mini'
import type { IsoDate } from '#worker/core/dates.ts'
import { type Ore, ore, roundedQuotient } from '#worker/core/money.ts'
import type { PartyKind } from './account.ts'
import type { Entry } from './entry.ts'

/**
 * An entry with a party, and what is left of it. `amount` and `rest` are øre with the entry's sign: an invoice to a customer
 * is positive, a payment from one negative. Currency amounts are minor units with the same sign.
 */
export type OpenItem = {
  id: string
  kind: PartyKind
  party: string
  account: string
  voucherDate: IsoDate
  dueDate: IsoDate | null
  invoiceNumber: string | null
  paymentReference: string | null
  currency: string | null
  currencyAmount: number | null
  currencyRest: number | null
  amount: Ore
  rest: Ore
  /** The first day that a new match of it may count from: its own, or the day that a reversal freed it. */
  matchableFrom: IsoDate
}

const ID = /^itm_(\d{16})(\d{10})$/

/** An item is its entry: the id says which place in the chain, and which line. */
export const openItemId = (ledgerVersion: number, line: number): string =>
  `itm_${String(ledgerVersion).padStart(16, '0')}${String(line).padStart(10, '0')}`

/** Ledger version and line of an item's entry; undefined for an id that can be no item's. */
export function placeOfItem(id: string): [ledgerVersion: number, line: number] | undefined {
  const found = ID.exec(id)
  const place = found && ([Number(found[1]), Number(found[2])] as [number, number])
  return place?.every(Number.isSafeInteger) ? place : undefined
}

/** The item that an entry with a party will be, as the trigger `entry_with_party_is_an_open_item` makes it. */
export function itemOfEntry(entry: Entry, voucherDate: IsoDate): Omit<OpenItem, 'id'> {
  const { amount, currencyAmount } = entry
  const own = entry.currency !== null && currencyAmount !== null && Math.sign(amount) * Math.sign(currencyAmount) > 0
  return {
    kind: entry.partyKind!,
    party: entry.party!,
    account: entry.account,
    voucherDate,
    dueDate: entry.dueDate as IsoDate | null,
    invoiceNumber: entry.invoiceNumber,
    paymentReference: entry.paymentReference,
    currency: own ? entry.currency : null,
    currencyAmount: own ? currencyAmount : null,
    currencyRest: own ? currencyAmount : null,
    amount,
    rest: amount,
    matchableFrom: voucherDate,
  }
}

/** When it falls due: the day of the voucher where none was stated. */
export const dueDateOf = ({ dueDate, voucherDate }: Pick<OpenItem, 'dueDate' | 'voucherDate'>): IsoDate =>
  dueDate ?? voucherDate

/** Whether it is owed to the company by a customer, or by the company to a supplier; a payment or credit note is not. */
export const isClaim = ({ kind, amount }: Pick<OpenItem, 'kind' | 'amount'>): boolean =>
  kind === 'customer' ? amount > 0 : amount < 0

/** The part of the currency rest that goes with a part of the rest in øre: all with all, else in proportion. */
export function currencyShareOf(
  { rest, currencyRest }: Pick<OpenItem, 'rest' | 'currencyRest'>,
  amount: number,
): number | null {
  if (currencyRest === null || amount === rest) return currencyRest
  return Number(roundedQuotient(BigInt(currencyRest) * BigInt(amount), BigInt(rest)))
}

/** What is left after so much of it is settled; both with the item's sign. */
export const afterMatch = (item: OpenItem, amount: number, currencyAmount: number | null): OpenItem => ({
  ...item,
  rest: ore(item.rest - amount),
  currencyRest: item.currencyRest === null ? null : item.currencyRest - (currencyAmount ?? 0),
})

/** Schema of an item's id. */
export const OpenItemId = z
  .string({ error: (issue) => (issue.input === undefined ? 'field/required' : 'field/invalid') })
  .check(z.regex(ID, 'field/invalid'))
