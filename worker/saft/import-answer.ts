import * as z from 'zod/mini'

/** Shapes of the answers about imports, for the API document; a test holds real answers against them. Amounts in øre. */
const Figures = z.object({ opening: z.int(), debit: z.int(), credit: z.int(), closing: z.int() })
const Stated = z.nullable(z.object({ opening: z.int(), closing: z.int() }))
const VatSums = z.object({ base: z.int(), tax: z.int() })

export const ImportAnswer = z.object({
  importJob: z.string(),
  company: z.object({ id: z.string(), name: z.string() }),
  ledgerVersion: z.int(),
  counts: z.object({
    accounts: z.int(),
    customers: z.int(),
    suppliers: z.int(),
    transactions: z.int(),
    lines: z.int(),
    vouchers: z.int(),
    replayed: z.int(),
    entries: z.int(),
  }),
  differences: z.array(
    z.object({
      kind: z.string(),
      account: z.optional(z.string()),
      partyKind: z.optional(z.string()),
      party: z.optional(z.string()),
      taxCode: z.optional(z.string()),
      period: z.optional(z.string()),
      file: z.int(),
      ours: z.int(),
      difference: z.int(),
      message: z.string(),
    }),
  ),
  told: z.array(
    z.object({ code: z.string(), params: z.record(z.string(), z.unknown()), count: z.int(), message: z.string() }),
  ),
  proof: z.object({
    fromDate: z.string(),
    toDate: z.string(),
    accounts: z.array(z.object({ account: z.string(), file: Stated, ours: Figures, difference: z.int() })),
    parties: z.array(
      z.object({ kind: z.string(), party: z.string(), file: Stated, ours: Figures, difference: z.int() }),
    ),
    /** Parties in all, and those the file states balances of. */
    partyCount: z.optional(z.object({ all: z.int(), stated: z.int() })),
    months: z.array(
      z.object({
        month: z.string(),
        accounts: z.int(),
        file: z.int(),
        ours: z.int(),
        differing: z.array(z.object({ account: z.string(), file: z.int(), ours: z.int() })),
      }),
    ),
    vat: z.array(z.object({ period: z.string(), vatCode: z.string(), file: VatSums, ours: VatSums })),
  }),
  file: z.object({ sha256: z.string(), size: z.int(), version: z.string(), software: z.string() }),
  /** Where matching was asked for: matches made, and payments left to a person. */
  openItems: z.optional(z.object({ matches: z.int(), left: z.int() })),
  /** Of a ZIP archive: every file, in the order they were booked. */
  files: z.optional(z.array(z.object({ importJob: z.string(), name: z.string() }))),
  replayed: z.optional(z.boolean()),
})

export const ImportList = z.object({
  imports: z.array(
    z.object({
      id: z.string(),
      kind: z.string(),
      fileName: z.nullable(z.string()),
      sha256: z.string(),
      size: z.int(),
      by: z.string(),
      recordedAt: z.string(),
      finished: z.boolean(),
    }),
  ),
})
