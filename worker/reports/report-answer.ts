import * as z from 'zod/mini'

/** Shapes of report answers, for the API document; a test holds real answers against them. Amounts in øre. */
const nullable = z.nullable(z.string())
const head = {
  ledgerVersion: z.int(),
  atVersion: z.int(),
  chainHead: nullable,
  fromDate: z.string(),
  toDate: z.string(),
  sealed: z.boolean(),
}
/** Locks under the report, and whether it still shows what they sealed. */
const seals = z.array(
  z.object({
    lock: z.string(),
    fromMonth: z.string(),
    toMonth: z.string(),
    level: z.enum(['open', 'soft', 'hard']),
    recordedAt: z.string(),
    ledgerVersion: z.int(),
    hash: z.string(),
    agrees: z.boolean(),
  }),
)
const figures = { opening: z.int(), debit: z.int(), credit: z.int(), closing: z.int() }
const row = {
  account: z.string(),
  nameNb: z.string(),
  nameEn: z.string(),
  type: z.enum(['asset', 'equity', 'liability', 'income', 'expense']),
  ...figures,
}
const dimensions = z.optional(z.record(z.string(), z.string()))

export const TrialBalanceAnswer = z.object({
  ...head,
  seals,
  dimensions,
  /** `merged`: accounts a row holds beside its own, where they are told together. */
  rows: z.array(z.object({ ...row, merged: z.optional(z.array(z.string())) })),
  totals: z.object(figures),
  undistributedResult: z.int(),
  checks: z.array(
    z.object({
      key: z.string(),
      holds: z.boolean(),
      amount: z.int(),
      difference: z.int(),
      accounts: z.optional(z.array(z.string())),
    }),
  ),
  hash: z.string(),
})

const entry = {
  account: z.string(),
  voucherId: z.string(),
  type: z.string(),
  series: z.string(),
  fiscalYear: z.int(),
  number: z.int(),
  voucherDate: z.string(),
  documentDate: z.string(),
  text: z.string(),
  amount: z.int(),
  vatCode: nullable,
  partyKind: nullable,
  party: nullable,
  dimensions: z.nullable(z.record(z.string(), z.string())),
  ledgerVersion: z.int(),
  line: z.int(),
  origin: z.enum(['line', 'vat']),
  currency: nullable,
  currencyAmount: z.nullable(z.int()),
  invoiceNumber: nullable,
  dueDate: nullable,
  reversalOf: nullable,
  recordedAt: z.string(),
  by: z.string(),
}

export const GeneralLedgerAnswer = z.object({
  ...head,
  seals,
  /** Of an answer that holds all entries: they are what the kept balances moved. */
  checks: z.array(z.object({ key: z.string(), holds: z.boolean(), amount: z.int(), difference: z.int() })),
  party: z.optional(z.array(z.object({ kind: z.string(), number: z.string(), name: z.string() }))),
  dimensions,
  accounts: z.array(z.object(row)),
  ...figures,
  entries: z.array(z.object({ ...entry, balance: z.int() })),
  cursor: nullable,
})

export const VoucherJournalAnswer = z.object({ ...head, entries: z.array(z.object(entry)), cursor: nullable })

export const PartyBalanceAnswer = z.object({
  ...head,
  kind: z.string(),
  rows: z.array(z.object({ party: z.string(), name: z.string(), organisationNumber: nullable, ...figures })),
  totals: z.object(figures),
})

export const NumberSeriesAnswer = z.object({
  ledgerVersion: z.int(),
  series: z.array(
    z.object({
      series: z.string(),
      fiscalYear: z.int(),
      nameNb: z.string(),
      nameEn: z.string(),
      first: z.int(),
      last: z.int(),
      count: z.int(),
      lastGiven: z.int(),
      gaps: z.array(z.object({ from: z.int(), to: z.int() })),
      holds: z.boolean(),
    }),
  ),
  count: z.int(),
  holds: z.boolean(),
})

export const ReportBatchAnswer = z.object({
  ledgerVersion: z.int(),
  sequence: z.int(),
  groups: z.array(
    z.object({
      amounts: z.array(z.nullable(z.int())),
      atVersion: z.optional(z.int()),
      issues: z.array(
        z.object({
          cell: z.int(),
          code: z.string(),
          params: z.record(z.string(), z.unknown()),
          message: z.string(),
        }),
      ),
    }),
  ),
})

export const StaleAnswer = z.object({
  after: z.int(),
  sequence: z.int(),
  groups: z.array(z.object({ cells: z.array(z.int()) })),
})
