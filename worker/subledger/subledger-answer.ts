import * as z from 'zod/mini'
import { MATCH_RULES } from '#worker/ledger/item-match.ts'
import { IssueAnswer, PostedVoucher } from '#worker/ledger/voucher-answer.ts'

const TextOrNull = z.nullable(z.string())
const Head = z.object({ ledgerVersion: z.int(), atVersion: z.int(), sequence: z.int() })
const Kind = z.enum(['customer', 'supplier'])
const VoucherName = z.object({
  id: z.string(),
  type: z.string(),
  series: z.string(),
  fiscalYear: z.int(),
  number: z.int(),
})
const Check = z.object({ key: z.string(), holds: z.boolean(), difference: z.int() })

/** Amounts in øre with the sign of the entry: an invoice to a customer is positive, a payment from one negative. */
export const OpenItem = z.object({
  id: z.string(),
  kind: Kind,
  party: z.string(),
  partyName: z.string(),
  account: z.string(),
  voucher: VoucherName,
  voucherDate: z.string(),
  dueDate: TextOrNull,
  daysOverdue: z.int(),
  invoiceNumber: TextOrNull,
  paymentReference: TextOrNull,
  text: z.string(),
  currency: TextOrNull,
  currencyAmount: z.nullable(z.int()),
  currencyRest: z.nullable(z.int()),
  amount: z.int(),
  rest: z.int(),
})

export const OpenItemPage = z.extend(Head, {
  /** With `atVersion` what the pages after this are asked for by, as `asKnownAt`, to be of one state, matches included. */
  knownAt: TextOrNull,
  asAtDate: z.string(),
  items: z.array(OpenItem),
  totals: z.object({ count: z.int(), rest: z.int() }),
  cursor: TextOrNull,
})

const Ageing = { notDue: z.int(), pastDue: z.array(z.int()), total: z.int() }
export const AgeingAnswer = z.extend(Head, {
  /** With `atVersion` what gives the same state again, as `asKnownAt`: matches have no version of their own. */
  knownAt: TextOrNull,
  asAtDate: z.string(),
  kind: Kind,
  buckets: z.array(z.int()),
  rows: z.array(z.object({ kind: Kind, party: z.string(), partyName: z.string(), ...Ageing })),
  totals: z.object(Ageing),
  checks: z.array(Check),
})

export const Match = z.object({
  id: z.string(),
  status: z.enum(['ready', 'matched', 'undone']),
  kind: Kind,
  party: z.string(),
  account: z.string(),
  /** The day it counts from: the newest among its items. */
  matchDate: z.string(),
  rule: z.enum(MATCH_RULES),
  reason: TextOrNull,
  /** Why, in the caller's language. */
  because: z.string(),
  recordedAt: TextOrNull,
  by: z.string(),
  ledgerVersion: z.nullable(z.int()),
  undone: z.nullable(z.object({ date: z.string(), at: z.string(), by: z.string(), reason: TextOrNull })),
  lines: z.array(
    z.object({ openItem: z.string(), amount: z.int(), currencyAmount: z.nullable(z.int()), rest: z.int() }),
  ),
  difference: z.nullable(z.object({ amount: z.int(), account: z.string(), voucher: z.nullable(PostedVoucher) })),
  replayed: z.boolean(),
  issues: z.array(IssueAnswer),
})
export const RefusedMatch = z.object({
  id: TextOrNull,
  status: z.literal('refused'),
  issues: z.array(IssueAnswer),
})
export const AutomaticAnswer = z.object({
  ledgerVersion: z.int(),
  matches: z.array(z.union([Match, RefusedMatch])),
  /** Payments and credit notes that no rule settled. */
  left: z.array(
    z.object({
      openItem: z.string(),
      kind: Kind,
      party: z.string(),
      rest: z.int(),
      why: z.string(),
      because: z.string(),
    }),
  ),
  cursor: TextOrNull,
})

const NamedItem = z.extend(z.omit(OpenItem, { daysOverdue: true }), {
  /** It came with the opening balance. */
  opening: z.boolean(),
  /** Who decided that it stays open, and when. */
  kept: z.nullable(z.object({ by: z.string(), at: z.string() })),
})
export const LeftAnswer = z.object({
  groups: z.array(
    z.object({
      left: z.array(z.extend(NamedItem, { why: z.string(), because: z.string() })),
      /** What they could settle: claims of the same party and account. */
      claims: z.array(NamedItem),
    }),
  ),
  undecided: z.int(),
  kept: z.int(),
  /** Matches that follow from the items themselves, and are not made. */
  proposed: z.int(),
  cursor: TextOrNull,
})
export const DecidedAnswer = z.object({
  matched: z.int(),
  kept: z.int(),
  refused: z.array(z.object({ openItem: z.string(), issues: z.array(IssueAnswer) })),
})

export const OpenItemAnswer = z.extend(OpenItem, { matches: z.array(Match) })

export const StatementAnswer = z.extend(Head, {
  knownAt: TextOrNull,
  kind: Kind,
  party: z.string(),
  partyName: z.string(),
  fromDate: z.string(),
  toDate: z.string(),
  opening: z.int(),
  entries: z.array(
    z.object({
      openItem: z.string(),
      voucher: VoucherName,
      voucherDate: z.string(),
      account: z.string(),
      text: z.string(),
      amount: z.int(),
      balance: z.int(),
      currency: TextOrNull,
      currencyAmount: z.nullable(z.int()),
      invoiceNumber: TextOrNull,
      dueDate: TextOrNull,
      paymentReference: TextOrNull,
    }),
  ),
  closing: z.int(),
  openItems: z.array(OpenItem),
  openItemCount: z.int(),
  buckets: z.array(z.int()),
  ageing: z.object(Ageing),
  checks: z.array(Check),
  cursor: TextOrNull,
})
