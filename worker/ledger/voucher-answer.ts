import * as z from 'zod/mini'
import { ScheduleAnswer } from './schedule-answer.ts'

/** Shapes of answers about vouchers, for the API document; a test holds real answers against them. Amounts in øre. */
export const IssueAnswer = z.object({
  code: z.string(),
  severity: z.enum(['error', 'warning']),
  pointer: z.string(),
  rowKey: z.optional(z.string()),
  params: z.optional(z.record(z.string(), z.unknown())),
  fix: z.optional(z.object({ label: z.optional(z.string()), pointer: z.string(), value: z.unknown() })),
  message: z.optional(z.string()),
})

export const PostedVoucher = z.object({
  id: z.string(),
  type: z.string(),
  series: z.string(),
  fiscalYear: z.int(),
  number: z.int(),
  status: z.string(),
  ledgerVersion: z.int(),
  recordedAt: z.string(),
  hash: z.string(),
  contentHash: z.string(),
  replayed: z.boolean(),
  issues: z.array(IssueAnswer),
  schedules: z.optional(z.array(ScheduleAnswer)),
})

/** One of a batch that stands each for itself. */
export const RefusedVoucher = z.object({
  id: z.nullable(z.string()),
  status: z.literal('refused'),
  issues: z.array(IssueAnswer),
})

const nullable = z.nullable(z.string())
export const EntryAnswer = z.object({
  rowKey: z.string(),
  origin: z.enum(['line', 'vat']),
  account: z.string(),
  partyKind: nullable,
  party: nullable,
  amount: z.int(),
  vatCode: nullable,
  vatRate: z.nullable(z.int()),
  vatSide: nullable,
  vatSpecification: nullable,
  vatAmountReason: nullable,
  vatOverridden: z.boolean(),
  dimensions: z.nullable(z.record(z.string(), z.string())),
  text: z.string(),
  currency: nullable,
  currencyAmount: z.nullable(z.int()),
  rate: nullable,
  rateUnit: z.nullable(z.int()),
  rateSource: nullable,
  quantity: nullable,
  invoiceNumber: nullable,
  dueDate: nullable,
  paymentReference: nullable,
})

/** What a script posts in other months, in a dry run. */
export const TriedScheduleAnswer = z.object({
  rowKey: z.string(),
  kind: z.enum(['accrual', 'depreciation', 'repeat']),
  script: z.string(),
  text: z.string(),
  account: nullable,
  through: nullable,
  amount: z.int(),
  months: z.array(
    z.object({
      month: z.string(),
      voucherDate: z.string(),
      amount: z.int(),
      status: z.enum(['ready', 'waiting']),
      entries: z.array(EntryAnswer),
    }),
  ),
})

export const TriedVouchers = z.object({
  ledgerVersion: z.int(),
  dryRunToken: z.nullable(z.string()),
  vouchers: z.array(
    z.object({
      id: nullable,
      status: z.enum(['ready', 'refused', 'posted']),
      contentHash: nullable,
      entries: z.array(EntryAnswer),
      balancesAfter: z.array(z.object({ account: z.string(), party: z.optional(z.string()), amount: z.int() })),
      openItemsAfter: z.array(z.object({ openItem: z.string(), rest: z.int() })),
      schedules: z.array(TriedScheduleAnswer),
      issues: z.array(IssueAnswer),
    }),
  ),
})

const VoucherHeader = z.object({
  ledgerVersion: z.int(),
  id: z.string(),
  type: z.string(),
  series: z.string(),
  fiscalYear: z.int(),
  number: z.int(),
  voucherDate: z.string(),
  documentDate: z.string(),
  vatDate: z.string(),
  text: z.string(),
  recordedAt: z.string(),
  by: z.string(),
  reversalOf: nullable,
  reason: nullable,
  importJob: nullable,
  externalId: nullable,
  contentHash: z.string(),
  hash: z.string(),
  status: z.enum(['posted', 'reversed']),
})
export const VoucherWithEntries = z.extend(VoucherHeader, {
  prevHash: z.string(),
  factsVersion: z.int(),
  reversedBy: nullable,
  documents: z.array(z.object({ id: z.string(), stamp: z.int() })),
  corrects: nullable,
  correctedBy: z.array(z.string()),
  /** Where it is asked for, a mark of the Excel file it was posted from; null where it was posted otherwise, left out where that is not known. */
  postedFrom: z.optional(nullable),
  draft: z.unknown(),
  /** Each with the stamp number of the first document that the voucher rests on. */
  entries: z.array(z.extend(EntryAnswer, { stampNumber: z.nullable(z.int()) })),
})
export const ListedVoucher = z.extend(VoucherHeader, { amount: z.int(), entryCount: z.int() })
export const VoucherPage = z.object({
  ledgerVersion: z.int(),
  vouchers: z.array(ListedVoucher),
  unsearched: z.optional(z.int()),
  cursor: nullable,
})
