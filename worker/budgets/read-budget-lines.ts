import { addMonths } from '#worker/core/dates.ts'
import { type Issue, Problem } from '#worker/core/problem.ts'
import type { Database } from '#worker/database/connect.ts'
import type { BudgetWithMonths } from './budget.ts'
import type { Dimensions } from './budget-cell.ts'
import { type BudgetRow, rowOfLine } from './budget-row.ts'
import type { Sign } from './budget-sign.ts'
import { readMoved } from './figures-store.ts'
import { type Registers, readBudget, readLines, readRegisters } from './store.ts'
import { markUnknown } from './unknown-names.ts'

/** A line as it is shown: amounts in øre, debit positive, in the order of the budget's months. */
export type ShownLine = {
  account: string
  dimensions: Dimensions
  spread: string
  comment: string
  amounts: (number | null)[]
}
export type BudgetLines = {
  budget: BudgetWithMonths
  lines: ShownLine[]
  issues: Issue[]
  registers: Registers
}

/** @throws Problem 404 budget/unknown. */
export async function readTheBudget(db: Database, id: string): Promise<BudgetWithMonths> {
  const budget = await readBudget(db, id)
  if (!budget) throw new Problem(404, 'budget/unknown')
  return budget
}

/** All lines of a budget, with a warning for each account and value that is not in the registers. @throws Problem 404 budget/unknown. */
export async function readBudgetLines(db: Database, id: string): Promise<BudgetLines> {
  const budget = await readTheBudget(db, id)
  const [kept, registers] = [await readLines(db, id), await readRegisters(db)]
  const lines = [...kept.values()].map(
    (line): ShownLine => ({
      account: line.account,
      dimensions: JSON.parse(line.dimensions),
      spread: line.spread,
      comment: line.comment,
      amounts: budget.months.map((month) => line.cells.get(month)?.amount ?? null),
    }),
  )
  return { budget, lines, issues: markUnknown(lines, registers, 'lines'), registers }
}

/** A budget as rows in a sign, which an import reads back as no change. @throws Problem 404 budget/unknown. */
export async function readBudgetRows(
  db: Database,
  id: string,
  sign: Sign,
): Promise<{ budget: BudgetWithMonths; rows: BudgetRow[] }> {
  const budget = await readTheBudget(db, id)
  const [kept, { accounts }] = [await readLines(db, id), await readRegisters(db)]
  const rows = [...kept.values()].map((line) => rowOfLine(line, budget.months, sign, accounts.get(line.account)?.type))
  return { budget, rows }
}

/** What stands beside a budget: what each account moved in its months, and in the same months a year before, in øre. */
export type Actuals = {
  months: readonly string[]
  lastYearMonths: readonly string[]
  rows: { account: string; value: string | null; thisYear: number[]; lastYear: number[] }[]
}

export async function readActuals(
  db: Database,
  { months }: Pick<BudgetWithMonths, 'months'>,
  by: string | null,
): Promise<Actuals> {
  const lastYearMonths = months.map((month) => addMonths(month, -12))
  const rows = new Map<string, Actuals['rows'][number]>()
  const add = async (field: 'thisYear' | 'lastYear', of: typeof months) => {
    for (const [account, value, month, amount] of await readMoved(db, of[0]!, of.at(-1)!, by)) {
      const key = `${account}\n${value ?? ''}`
      const row = rows.get(key) ?? { account, value, thisYear: of.map(() => 0), lastYear: of.map(() => 0) }
      row[field][of.indexOf(month as (typeof of)[number])] = amount
      rows.set(key, row)
    }
  }
  await add('thisYear', months)
  await add('lastYear', lastYearMonths)
  const ordered = [...rows.values()].sort((a, b) =>
    a.account === b.account ? ((a.value ?? '') < (b.value ?? '') ? -1 : 1) : a.account < b.account ? -1 : 1,
  )
  return { months, lastYearMonths, rows: ordered }
}
