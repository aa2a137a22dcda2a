import * as z from 'zod/mini'
import type { Month } from '#worker/core/dates.ts'
import { FilledText, Text } from '#worker/core/text.ts'

/** A draft may be written in; an approved one stands until it is taken back; a locked one only an administrator opens. */
export const STATES = ['draft', 'approved', 'locked'] as const
export type BudgetState = (typeof STATES)[number]

/** A version of a year's budget. Reports take the year's main one where none is named. */
export type Budget = {
  id: string
  year: number
  name: string
  state: BudgetState
  main: boolean
  note: string
  /** Counts what was saved in its lines. */
  revision: number
  /** Counts changes of its own fields: the ETag. */
  version: number
  createdAt: string
}

/** A budget with the months of its fiscal year, in order. */
export type BudgetWithMonths = Budget & { months: readonly Month[] }

const Name = FilledText(100).check(z.refine((name) => name.trim() === name, 'field/invalid'))

export const NewBudget = z.strictObject({
  year: z.int('field/invalid'),
  name: Name,
  note: z.optional(Text(1_000)),
})
export type NewBudget = z.infer<typeof NewBudget>

export const BudgetChange = z.strictObject({
  name: z.optional(Name),
  note: z.optional(Text(1_000)),
  state: z.optional(z.enum(STATES, 'field/invalid')),
  /** The year's other budgets give way. */
  main: z.optional(z.literal(true, 'field/invalid')),
})
export type BudgetChange = z.infer<typeof BudgetChange>

/** Only an administrator opens a locked budget again. */
export const opensLocked = (before: BudgetState, after: BudgetState): boolean =>
  before === 'locked' && after !== 'locked'
