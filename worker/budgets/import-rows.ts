import { type Issue, isError, Problem } from '#worker/core/problem.ts'
import type { Telling } from '#worker/events/tell-live.ts'
import type { Acting } from '#worker/http/acting.ts'
import { CELL_LIMIT, checkSpread, judgeChanges, type LineChange } from './budget-cell.ts'
import { type BudgetRows, changesOfRows } from './budget-row.ts'
import { readSpreadFacts } from './read-spread-facts.ts'
import { plain, type Saved, settle, tooManyCells } from './save-lines.ts'
import { readLines, readRegisters, readSeasons } from './store.ts'
import { markUnknown } from './unknown-names.ts'

/** What became, or would become, of a row. */
export type RowStatus = 'new' | 'changed' | 'unchanged' | 'refused'
export type Imported = Saved & { rows: RowStatus[]; cleared: number }

/**
 * Brings rows into a budget: lines are made, changed or left as they are, so the same rows a second time change nothing.
 * Rows with something wrong stop a save; a dry run tells them all.
 * @throws Problem as `saveLines`.
 */
export async function importRows(acting: Acting & Telling, id: string, wanted: BudgetRows): Promise<Imported> {
  const registers = await readRegisters(acting.db)
  const seasons = wanted.rows.some(({ spread }) => spread) ? await readSeasons(acting.db) : []
  const result: { rows: RowStatus[]; cleared: number } = { rows: [], cleared: 0 }
  const saved = await settle(acting, id, async (budget) => {
    if (wanted.rows.length * budget.months.length > 6 * CELL_LIMIT) throw tooManyCells()
    const kept = await readLines(acting.db, id)
    const usesTotals = wanted.rows.some((row) => row.total !== undefined && row.total !== null)
    const spreadOf = usesTotals
      ? await readSpreadFacts(acting.db, budget)
      : () => ({ lastYear: budget.months.map(() => 0), seasons: [] })
    const typeOf = (account: string) => registers.accounts.get(account)?.type
    const { changes, cleared, issues } = changesOfRows(wanted, { months: budget.months, typeOf, kept, spreadOf })
    changes.forEach((change, i) => {
      if (change) issues.push(...checkSpread(change, seasons, `#/rows/${i}/spread`))
    })
    if (issues.some(isError) && !wanted.dryRun) throw new Problem(422, 'request/invalid', { issues })
    const lines = [...changes.flatMap((change) => change ?? []), ...cleared]
    const judged = judgeChanges(lines, kept)
    const rowsOf = changes.flatMap((change, i) => (change ? [i] : []))
    const places = <T extends { line: number }>(list: T[]): T[] =>
      list.map((d) => ({ ...d, line: rowsOf[d.line] ?? -1 }))
    const differences = places(judged.differences)
    const touched = new Set(differences.map((d) => d.line))
    const isNew = (change: LineChange) => judged.differences.some((d) => lines[d.line] === change && d.before === null)
    result.rows = changes.map((change, i): RowStatus => {
      if (!change) return 'refused'
      if (!touched.has(i)) return 'unchanged'
      return change.cells.every((cell) => cell.was === null) && isNew(change) ? 'new' : 'changed'
    })
    result.cleared = cleared.length
    const unknown = markUnknown(wanted.rows.map(plain), registers, 'rows')
    return {
      judged: { ...judged, differences, conflicts: places(judged.conflicts) },
      issues: inRowOrder([...issues, ...unknown]),
      dryRun: wanted.dryRun,
    }
  })
  return { ...saved, ...result }
}

const inRowOrder = (issues: Issue[]): Issue[] => {
  const row = (issue: Issue) => Number(issue.pointer.split('/')[2])
  return issues.sort((a, b) => row(a) - row(b))
}
