import * as z from 'zod/mini'

const RowAnswer = z.object({
  key: z.string(),
  position: z.string(),
  cells: z.record(z.string(), z.union([z.string(), z.int()])),
  removed: z.boolean(),
  version: z.int(),
  by: z.string(),
  at: z.string(),
})
const HeadAnswer = z.object({
  id: z.string(),
  version: z.int(),
  changedBy: z.string(),
  changedAt: z.string(),
  deletedBy: z.nullable(z.string()),
  deletedAt: z.nullable(z.string()),
})
/** A draft as it is answered. */
export const DraftAnswer = z.extend(HeadAnswer, {
  rows: z.array(RowAnswer),
  /** Its vouchers that stand in the ledger. */
  posted: z.array(
    z.object({
      id: z.string(),
      series: z.string(),
      fiscalYear: z.int(),
      number: z.int(),
      by: z.string(),
      recordedAt: z.string(),
    }),
  ),
  /** Names of those who wrote, by id. */
  names: z.record(z.string(), z.string()),
})
export type DraftAnswer = z.infer<typeof DraftAnswer>
export const ListedDraftAnswer = z.extend(HeadAnswer, {
  type: z.string(),
  voucherDate: z.string(),
  text: z.string(),
  lines: z.int(),
  vouchers: z.int(),
  posted: z.int(),
  amount: z.int(),
  clashes: z.int(),
})
