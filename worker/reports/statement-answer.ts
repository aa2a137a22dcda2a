import * as z from 'zod/mini'
import { LayoutLine } from './report-layout.ts'

/** Shapes of statements and layouts, for the API document; a test holds real answers against them. */
const nullable = z.nullable(z.string())
/** Øre as the line shows them, or basis points in a column of percentages; null when there is nothing to compare with. */
const amounts = z.array(z.nullable(z.int()))

export const StatementHead = {
  report: z.string(),
  ledgerVersion: z.int(),
  atVersion: z.int(),
  chainHead: nullable,
  fromDate: z.string(),
  toDate: z.string(),
}
export const StatementCheckAnswer = z.object({
  key: z.string(),
  holds: z.boolean(),
  amount: z.int(),
  difference: z.int(),
  accounts: z.optional(z.array(z.string())),
  lock: z.optional(
    z.object({
      id: z.string(),
      fromMonth: z.string(),
      toMonth: z.string(),
      recordedAt: z.string(),
      ledgerVersion: z.int(),
    }),
  ),
})

export const StatementAnswer = z.object({
  ...StatementHead,
  layout: z.object({ key: z.string(), nameNb: z.string(), nameEn: z.string(), source: nullable }),
  dimensions: z.optional(z.record(z.string(), z.string())),
  columns: z.array(
    z.object({
      key: z.string(),
      what: z.string(),
      fromDate: z.string(),
      toDate: z.string(),
      dimension: z.optional(z.object({ key: z.string(), value: z.string() })),
      unit: z.enum(['ore', 'basis-points']),
      /** Figures of the previous system, kept beside the ledger. */
      comparison: z.optional(z.boolean()),
    }),
  ),
  budgets: z.optional(
    z.array(z.object({ id: z.string(), year: z.int(), name: z.string(), state: z.string(), revision: z.int() })),
  ),
  lines: z.array(
    z.object({
      key: z.string(),
      nameNb: z.string(),
      nameEn: z.string(),
      kind: z.enum(['heading', 'accounts', 'sum', 'result', 'unplaced']),
      side: z.enum(['debit', 'credit']),
      total: z.boolean(),
      amounts,
      accounts: z.array(z.object({ account: z.string(), nameNb: z.string(), nameEn: z.string(), amounts })),
    }),
  ),
  checks: z.array(StatementCheckAnswer),
  hash: z.string(),
})

const layout = {
  key: z.string(),
  nameNb: z.string(),
  nameEn: z.string(),
  statement: z.enum(['income', 'balance']),
  source: nullable,
  lines: z.array(LayoutLine),
  /** Of the company's own: what `If-Match` takes. */
  version: z.optional(z.int()),
  by: z.optional(z.string()),
  recordedAt: z.optional(z.string()),
}
export const LayoutList = z.object({ layouts: z.array(z.object(layout)) })
export const LayoutAnswer = z.object({
  ...layout,
  /** Accounts that no line takes: a report shows them apart. */
  issues: z.array(z.record(z.string(), z.unknown())),
})
