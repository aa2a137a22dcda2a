import * as z from 'zod/mini'
import { StatementCheckAnswer, StatementHead } from './statement-answer.ts'

/** Shapes of the reports that explain others, for the API document; a test holds real answers against them. Øre. */
const nullable = z.nullable(z.string())
const named = { nameNb: z.string(), nameEn: z.string() }
const checks = z.array(z.extend(StatementCheckAnswer, { kind: z.optional(z.string()) }))
const dimensions = z.optional(z.record(z.string(), z.string()))

export const KeyFiguresAnswer = z.object({
  ...StatementHead,
  lastYear: z.object({ fromDate: z.string(), toDate: z.string() }),
  dimensions,
  figures: z.array(
    z.object({
      key: z.string(),
      unit: z.enum(['percent', 'ratio', 'days']),
      /** Ten-thousandths: 14200 is 1.42, or 142 %. */
      value: z.nullable(z.int()),
      lastYear: z.nullable(z.int()),
      above: z.int(),
      below: z.int(),
      parts: z.array(
        z.object({
          line: z.string(),
          ...named,
          side: z.enum(['above', 'below']),
          amount: z.int(),
          minus: z.boolean(),
          average: z.boolean(),
        }),
      ),
    }),
  ),
  checks,
  hash: z.string(),
})

export const LiquidityAnswer = z.object({
  ...StatementHead,
  /** With `atVersion` what gives the same state again, as `asKnownAt`: matches have no version of their own. */
  knownAt: nullable,
  cash: z.int(),
  accounts: z.array(z.object({ account: z.string(), ...named, amount: z.int() })),
  spans: z.array(
    z.object({
      kind: z.enum(['overdue', 'week', 'later']),
      fromDate: nullable,
      toDate: nullable,
      in: z.int(),
      out: z.int(),
      net: z.int(),
      balance: z.int(),
    }),
  ),
  lowest: z.object({ balance: z.int(), toDate: nullable }),
  checks,
})

const voucher = {
  id: z.string(),
  series: z.string(),
  fiscalYear: z.int(),
  number: z.int(),
  voucherDate: z.string(),
  text: z.string(),
  recordedAt: z.string(),
}

export const ChangesAnswer = z.object({
  ...StatementHead,
  measure: z.enum(['closing', 'movement']),
  since: z.object({ atVersion: z.int(), chainHead: nullable, recordedAt: nullable }),
  accounts: z.array(z.object({ account: z.string(), ...named, before: z.int(), after: z.int(), change: z.int() })),
  totals: z.object({ before: z.int(), after: z.int(), change: z.int() }),
  vouchers: z.array(
    z.object({
      ...voucher,
      type: z.string(),
      ledgerVersion: z.int(),
      by: z.string(),
      reversalOf: nullable,
      reason: nullable,
      amount: z.int(),
      entries: z.array(z.object({ account: z.string(), amount: z.int() })),
    }),
  ),
  checks,
  cursor: nullable,
})

const stepVoucher = z.object({ ...voucher, side: z.enum(['this', 'before']), amount: z.int() })
export const ExplanationAnswer = z.object({
  ...StatementHead,
  line: z.nullable(z.object({ key: z.string(), ...named })),
  layout: z.string(),
  accounts: z.array(z.string()),
  against: z.enum(['last-year', 'budget']),
  before: z.object({ fromDate: z.string(), toDate: z.string() }),
  side: z.enum(['debit', 'credit']),
  from: z.int(),
  to: z.int(),
  difference: z.int(),
  steps: z.array(
    z.object({
      kind: z.enum(['voucher', 'correction', 'late', 'currency', 'ordinary', 'budget']),
      key: nullable,
      ...named,
      amount: z.int(),
      actual: z.int(),
      before: z.int(),
      vouchers: z.int(),
      voucher: z.nullable(stepVoucher),
    }),
  ),
  vouchers: z.optional(z.array(stepVoucher)),
  remainder: z.int(),
  checks,
})
