import type * as z from 'zod/mini'
import { type Issue, isError, Problem } from '#worker/core/problem.ts'
import { byPlace, type RowOutcome } from './import-outcome.ts'
import type { ReadRow } from './sheet-records.ts'

type Listed = { row: ReadRow; value: Record<string, unknown> }
export type RowList = { good: Listed[]; bad: RowOutcome[] }
type Parse = (value: unknown, schema: z.ZodMiniType) => unknown

/** Cells that could not be read as what their column holds. */
const unreadIssues = (row: ReadRow, field: (key: string) => string): Issue[] =>
  row.unread.map((key) => ({
    code: 'sheet/cell',
    severity: 'error' as const,
    pointer: field(key),
    params: { text: String(row.values[key]), row: row.at },
  }))

/**
 * Rows in the shape a register takes, and those no register could: with a cell that cannot be read, or one that its schema refuses.
 */
export function listed(
  rows: readonly ReadRow[],
  list: string,
  schema: z.ZodMiniType,
  parse: Parse,
  shapeOf: (row: ReadRow) => Record<string, unknown> = ({ values }) => values,
): RowList {
  const bad: RowOutcome[] = []
  const good: Listed[] = []
  const refuse = (row: ReadRow, issues: Issue[]) =>
    bad.push({ row: row.at, status: 'refused', subject: subjectOf(row), changes: {}, issues })
  for (const row of rows) {
    const unread = unreadIssues(row, (key) => `#/${list}/${row.at}/${key}`)
    if (unread.length > 0) {
      refuse(row, unread)
      continue
    }
    const value = shapeOf(row)
    try {
      parse({ [list]: [value] }, schema)
      good.push({ row, value })
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      refuse(row, [...error.issues])
    }
  }
  return { good, bad }
}

const subjectOf = ({ values }: ReadRow): string =>
  ['number', 'code', 'account', 'party', 'name', 'nameNb']
    .flatMap((key) => (values[key] === undefined ? [] : [String(values[key])]))
    .slice(0, 2)
    .join(' ')

/** What became of each row, in the order of the sheet. */
export function outcomesOf(
  { good, bad }: RowList,
  list: string,
  issues: readonly Issue[],
  of: (value: Record<string, unknown>, place: number) => Pick<RowOutcome, 'status' | 'subject' | 'changes'>,
): RowOutcome[] {
  const placed = byPlace(issues, list)
  const read = good.map(({ row, value }, place): RowOutcome => {
    const own = placed.get(place) ?? []
    const outcome = of(value, place)
    return { row: row.at, ...outcome, issues: own, ...(own.some(isError) && { status: 'refused' as const }) }
  })
  return [...read, ...bad].sort((a, b) => a.row - b.row)
}
