import * as z from 'zod/mini'
import { mulDiv, type Ore, ore } from '#worker/core/money.ts'
import { Problem } from '#worker/core/problem.ts'
import { FilledText } from '#worker/core/text.ts'
import type { Telling } from '#worker/events/tell-live.ts'
import type { Acting } from '#worker/http/acting.ts'
import type { BudgetRow, BudgetRows } from './budget-row.ts'
import { rowOfLine } from './budget-row.ts'
import { readMoved } from './figures-store.ts'
import { type Imported, importRows } from './import-rows.ts'
import { readBudget, readLines, readMonths } from './store.ts'

/**
 * Where a copy comes from: another budget, or what a year's accounts moved, all together or parted by a dimension. `change` is
 * in basis points: 500 makes everything five per cent larger, −200 two per cent smaller.
 */
export const BudgetCopy = z.strictObject({
  from: z.union(
    [
      z.strictObject({ budget: FilledText(128) }),
      z.strictObject({ actuals: z.int('field/invalid'), by: z.optional(z.nullable(FilledText(40))) }),
    ],
    { error: 'field/invalid' },
  ),
  change: z._default(
    z.int('field/invalid').check(z.gte(-10_000, 'field/invalid'), z.lte(1_000_000, 'field/invalid')),
    0,
  ),
  /** Only these accounts, first and last number. */
  accounts: z.optional(z.strictObject({ from: FilledText(70), to: FilledText(70) })),
  /** What becomes of lines that the source does not have. */
  missing: z._default(z.enum(['keep', 'clear'], 'field/invalid'), 'keep'),
  dryRun: z._default(z.boolean(), false),
})
export type BudgetCopy = z.infer<typeof BudgetCopy>

/**
 * Copies amounts into a budget, month by month in order, each changed by the percentage and rounded to whole øre by itself.
 * @throws Problem 404 budget/unknown, fiscal-year/unknown; else as `importRows`.
 */
export async function importCopy(acting: Acting & Telling, id: string, copy: BudgetCopy): Promise<Imported> {
  const target = await readBudget(acting.db, id)
  if (!target) throw new Problem(404, 'budget/unknown')
  const source = await readSource(acting, copy.from)
  const months = new Map(source.months.map((month, i) => [month as string, target.months[i]]))
  const within = ({ account }: BudgetRow) =>
    !copy.accounts || (copy.accounts.from <= account && account <= `${copy.accounts.to}\uffff`)
  const rows = source.rows.filter(within).map((row) => ({
    ...row,
    amounts: Object.fromEntries(
      Object.entries(row.amounts).flatMap(([month, amount]) => {
        const to = months.get(month)
        return to ? [[to, amount === null ? null : mulDiv(amount, 10_000 + copy.change, 10_000)]] : []
      }),
    ) as BudgetRow['amounts'],
  }))
  const wanted: BudgetRows = { rows, sign: 'debit', missing: copy.missing, dryRun: copy.dryRun }
  return importRows(acting, id, wanted)
}

async function readSource({ db }: Acting, from: BudgetCopy['from']) {
  if ('budget' in from) {
    const budget = await readBudget(db, from.budget)
    if (!budget) throw new Problem(404, 'budget/unknown')
    const lines = await readLines(db, from.budget)
    return {
      months: budget.months,
      rows: [...lines.values()].map((line) => rowOfLine(line, budget.months, 'debit', undefined)),
    }
  }
  const months = await readMonths(db, from.actuals)
  if (!months) throw new Problem(404, 'fiscal-year/unknown', { params: { year: from.actuals } })
  const rows = new Map<string, BudgetRow>()
  for (const [account, value, month, amount] of await readMoved(db, months[0]!, months.at(-1)!, from.by ?? null)) {
    const key = `${account}\n${value ?? ''}`
    const row = rows.get(key) ?? {
      account,
      dimensions: value === null ? {} : { [from.by!]: value },
      amounts: {} as Record<string, Ore | null>,
    }
    row.amounts[month as keyof typeof row.amounts] = ore(amount)
    rows.set(key, row)
  }
  return { months, rows: [...rows.values()] }
}
