import type { Issue } from '#worker/core/problem.ts'
import type { InStatement } from '#worker/database/connect.ts'
import type { PassedOver, Question, Told } from './import-reading.ts'

export type RowStatus = 'new' | 'changed' | 'unchanged' | 'refused'
/** What became, or would become, of a row of the sheet. */
export type RowOutcome = {
  /** Its number in the sheet, from 1. */
  row: number
  status: RowStatus
  /** What it is about: `1920 Bankinnskudd`, `IF 2026-14`. */
  subject: string
  changes: Record<string, readonly [before: unknown, after: unknown]>
  issues: Issue[]
}

/** What an import came to, and what takes it back. */
export type Run = {
  rows: RowOutcome[]
  passedOver: PassedOver[]
  told: Told[]
  questions: Question[]
  /** Øre that were read, where the rows carry amounts: held against the sums of the sheet by the reader. */
  sum: number | null
  steps: UndoSteps | null
  /** What writes it, where that stands or falls with the receipt; empty of what went through a door of its own. */
  statements?: InStatement[]
}

/** What an import did, so that it can be taken back while nothing builds on it. */
export type UndoSteps =
  | { of: 'chart'; added: string[]; changed: Change[] }
  | { of: 'parties'; added: [kind: string, number: string][]; changed: (Change & { kind: string })[] }
  | { of: 'dimension'; dimension: string; added: string[]; changed: Change[] }
  | { of: 'opening'; date: string; before: unknown; version: number }
  | { of: 'movements'; before: unknown; version: number }
  | { of: 'comparison'; before: unknown; version: number }
  | { of: 'vouchers'; ids: string[] }
  | { of: 'budget'; budget: string; lines: BudgetUndo[] }
  | { of: 'old-ledger'; id: string }
export type Change = { number: string; before: Record<string, unknown>; after: Record<string, unknown> }
export type BudgetUndo = {
  account: string
  dimensions: Record<string, string>
  field: string
  before: number | string | null
  after: number | string | null
}

export type Counts = Record<RowStatus | 'passedOver', number>
export function countsOf({ rows, passedOver }: Pick<Run, 'rows' | 'passedOver'>): Counts {
  const counts: Counts = { new: 0, changed: 0, unchanged: 0, refused: 0, passedOver: passedOver.length }
  for (const { status } of rows) counts[status]++
  return counts
}

/** An import may be made: every row is understood, nothing is left to ask, and there is something to do. */
export const isClean = (run: Pick<Run, 'rows' | 'passedOver' | 'questions'>): boolean => {
  const { refused, new: fresh, changed, unchanged } = countsOf(run)
  return refused === 0 && run.questions.length === 0 && fresh + changed + unchanged > 0
}

/** Issues by the place in the list that their pointers name: `#/accounts/3/name` is 3. */
export function byPlace(issues: readonly Issue[], list: string): Map<number, Issue[]> {
  const found = new Map<number, Issue[]>()
  for (const issue of issues) {
    const place = new RegExp(`^#/${list}/(\\d+)`).exec(issue.pointer)?.[1]
    if (place === undefined) continue
    found.set(Number(place), [...(found.get(Number(place)) ?? []), issue])
  }
  return found
}
