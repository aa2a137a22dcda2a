import * as z from 'zod/mini'
import { STATES } from './budget.ts'
import { SIGNS } from './budget-sign.ts'

const BUDGET = {
  id: z.string(),
  year: z.int(),
  name: z.string(),
  state: z.enum(STATES),
  main: z.boolean(),
  note: z.string(),
  revision: z.int(),
  version: z.int(),
  createdAt: z.string(),
}
export const BudgetAnswer = z.object({ ...BUDGET, months: z.array(z.string()) })
export const BudgetList = z.object({
  budgets: z.array(z.object({ ...BUDGET, lines: z.int(), result: z.int() })),
})

const Issue = z.object({
  code: z.string(),
  severity: z.enum(['error', 'warning']),
  pointer: z.string(),
  message: z.string(),
})
const Line = z.object({
  account: z.string(),
  dimensions: z.record(z.string(), z.string()),
  spread: z.string(),
  comment: z.string(),
  /** In øre, debit positive, in the order of `months`; null where nothing is budgeted. */
  amounts: z.array(z.nullable(z.int())),
})
export const LinesAnswer = z.object({ budget: BudgetAnswer, lines: z.array(Line), issues: z.array(Issue) })

const Value = z.nullable(z.union([z.int(), z.string()]))
const PLACE = {
  line: z.int(),
  rowKey: z.nullable(z.string()),
  account: z.string(),
  dimensions: z.record(z.string(), z.string()),
  field: z.string(),
}
const SAVED = {
  saved: z.boolean(),
  revision: z.int(),
  unchanged: z.int(),
  differences: z.array(z.object({ ...PLACE, before: Value, after: Value })),
  conflicts: z.array(
    z.object({
      ...PLACE,
      was: Value,
      yours: Value,
      theirs: Value,
      by: z.nullable(z.string()),
      byName: z.nullable(z.string()),
      at: z.nullable(z.string()),
    }),
  ),
  issues: z.array(Issue),
}
export const SavedAnswer = z.object(SAVED)
export const ImportedAnswer = z.object({
  ...SAVED,
  rows: z.array(z.enum(['new', 'changed', 'unchanged', 'refused'])),
  cleared: z.int(),
})

export const RowsAnswer = z.object({
  budget: BudgetAnswer,
  sign: z.enum(SIGNS),
  rows: z.array(
    z.object({
      account: z.string(),
      dimensions: z.record(z.string(), z.string()),
      amounts: z.record(z.string(), z.nullable(z.int())),
      spread: z.string(),
      comment: z.string(),
    }),
  ),
})

const Moved = z.object({
  account: z.string(),
  /** The dimension's value; null for what has none, or when it was not asked for. */
  value: z.nullable(z.string()),
  thisYear: z.array(z.int()),
  lastYear: z.array(z.int()),
})
export const ActualsAnswer = z.object({
  months: z.array(z.string()),
  lastYearMonths: z.array(z.string()),
  rows: z.array(Moved),
})

export const SeasonAnswer = z.object({ key: z.string(), name: z.string(), weights: z.array(z.int()) })
