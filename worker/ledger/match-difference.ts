import type { IsoDate } from '#worker/core/dates.ts'
import { type Ore, ore } from '#worker/core/money.ts'
import { error, type Issue } from '#worker/core/problem.ts'
import type { Account } from './account.ts'
import type { Books } from './books.ts'
import type { ItemMatch } from './item-match.ts'
import type { Allocation } from './match-allocation.ts'
import { openItemId } from './open-item.ts'
import type { VoucherDraft } from './voucher-draft.ts'

/** What is asked of a difference: where and when it is booked, or null for the usual place and day, and its text. */
export type AskedDifference = { account: string | null; voucherDate: IsoDate | null; text: string }

/**
 * Accounts of differences in the Norwegian standard chart, which are also the SAF-T codes they are grouped under:
 * currency gain, currency loss, and rounding. Source: norway.md, the chart of NS 4102.
 */
const GAIN = '8060'
const LOSS = '8160'
const ROUNDING = '7740'

/** A difference that is not the currency's may be booked by itself only up to the company's limit. */
export function checkDifference({ difference, inCurrency }: Allocation, books: Books, at: string): Issue[] {
  const limit = books.company.matchDifferenceLimit
  if (inCurrency || Math.abs(difference) <= limit) return []
  return [error('match/difference-over-limit', at, { difference: Math.abs(difference), limit })]
}

/** Where a difference is booked when nobody says; undefined when the company's chart has no such account. */
export function accountOfDifference({ difference, inCurrency }: Allocation, books: Books): Account | undefined {
  const code = inCurrency ? (difference > 0 ? LOSS : GAIN) : ROUNDING
  const grouped = [...books.accounts.values()].find((a) => a.groupingCode === code && a.closedFrom === null)
  return books.accounts.get(code) ?? grouped
}

/** The voucher that books a match's difference: its id follows from the match's. */
export const differenceVoucherOf = (match: string): VoucherDraft['id'] => `vch_${match.slice('mch_'.length)}`

const [ITEM, REST] = ['item', 'difference'] as const

/** Whether a voucher was made as a difference: a client's own voucher may have the id that a match's would have. */
const isDifference = (content: string | null): boolean =>
  (JSON.parse(content ?? '{}').lines ?? []).map((line: { rowKey: string }) => line.rowKey).join() === `${ITEM},${REST}`

type Placed = { ledgerVersion: number; content: string | null }

/** The voucher that a match booked, of the one that has its id: a client's own may have that too, though it is what was matched. */
export const differenceIn = <V extends Placed>(match: ItemMatch, named: V | undefined): V | undefined =>
  named && isDifference(named.content) && match.lines.some((line) => isItemOf(named, line.openItem)) ? named : undefined

/** A difference's first line is the item that makes its match sum to 0. */
export const isItemOf = (voucher: Placed, openItem: string): boolean =>
  openItem === openItemId(voucher.ledgerVersion, 1)

type Owner = { account: string; party: string }

/**
 * The voucher of a difference: its first line is the item that makes the match sum to 0, its second the cost or income. A sum
 * left on a customer or supplier as debit is a loss, as credit a gain.
 */
export function differenceDraft(
  id: VoucherDraft['id'],
  owner: Owner,
  difference: Ore,
  account: Account,
  asked: { voucherDate: IsoDate; text: string; reason: string | null },
  books: Books,
): VoucherDraft {
  const code = account.defaultVatCode
  const withoutVat = code !== null && books.vatCodes.get(code)?.direction === 'none'
  return {
    id,
    type: 'general',
    voucherDate: asked.voucherDate,
    text: asked.text,
    ...(asked.reason !== null && { reason: asked.reason }),
    lines: [
      { rowKey: ITEM, account: `${owner.account}:${owner.party}`, amount: ore(-difference) },
      { rowKey: REST, account: account.number, amount: difference, ...(withoutVat && { vatCode: code }) },
    ],
  }
}
