import { type Issue, isError, Problem } from '#worker/core/problem.ts'
import { refusalOf } from '#worker/database/refusal.ts'
import type { NewEvent } from '#worker/events/event.ts'
import { insertEvents } from '#worker/events/store.ts'
import type { Telling } from '#worker/events/tell-live.ts'
import type { Acting } from '#worker/http/acting.ts'
import type { BudgetWithMonths } from './budget.ts'
import {
  CELL_LIMIT,
  checkChanges,
  checkSpread,
  type Difference,
  type Judged,
  judgeChanges,
  type LineChange,
  type LineChanges,
} from './budget-cell.ts'
import { readBudget, readRegisters, readSeasons, readTheseLines, writeDifferences } from './store.ts'
import { markUnknown } from './unknown-names.ts'

/** What a save did, or would do: every place it was asked to change is in one of the three. */
export type Saved = Judged & { revision: number; saved: boolean; issues: Issue[] }

const ATTEMPTS = 8
/** An event names each changed amount up to this many; beyond them it tells how many. */
const TOLD = 1_000

/**
 * Saves changed cells of a budget. What somebody else changed since it was read is left as it is and answered with both
 * values; accounts and values that are not in the registers are kept, and marked.
 * @throws Problem 404 budget/unknown; 422 budget/not-draft; 422 request/invalid with budget/month-outside-year or
 *   budget/line-twice; 413 request/too-large; 409 budget/contended.
 */
export async function saveLines(acting: Acting & Telling, id: string, { lines, dryRun }: LineChanges): Promise<Saved> {
  if (lines.reduce((n, line) => n + line.cells.length, 0) > CELL_LIMIT) throw tooManyCells()
  const registers = await readRegisters(acting.db)
  const seasons = lines.some(({ spread }) => spread) ? await readSeasons(acting.db) : []
  return settle(acting, id, async (budget) => {
    const issues = [
      ...checkChanges(lines, budget.months),
      ...lines.flatMap((line, i) => checkSpread(line, seasons, `#/lines/${i}/spread/value`)),
    ]
    if (issues.some(isError)) throw new Problem(422, 'request/invalid', { issues })
    const judged = judgeChanges(lines, await readTheseLines(acting.db, id, lines))
    return { judged, issues: markUnknown(lines.map(plain), registers, 'lines'), dryRun: dryRun ?? false }
  })
}

export const tooManyCells = () =>
  new Problem(413, 'request/too-large', { params: { reason: 'budget-cells', cells: CELL_LIMIT } })

/** A change's place with its dimension values, those that are empty left out. */
export const plain = ({ account, dimensions, rowKey }: Pick<LineChange, 'account' | 'dimensions' | 'rowKey'>) => ({
  account,
  dimensions: Object.fromEntries(
    Object.entries(dimensions).filter((one): one is [string, string] => one[1] !== null && one[1] !== ''),
  ),
  rowKey: rowKey ?? null,
})

type Judgement = { judged: Judged; issues: Issue[]; dryRun: boolean }

/** Judges, writes, and tells those who have it open; when somebody saved in between, judges again by what stands now. */
export async function settle(
  { db, by, at, tellLive }: Acting & Telling,
  id: string,
  judge: (budget: BudgetWithMonths) => Promise<Judgement>,
): Promise<Saved> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const budget = await readBudget(db, id)
    if (!budget) throw new Problem(404, 'budget/unknown')
    const { judged, issues, dryRun } = await judge(budget)
    const { differences } = judged
    if (dryRun || differences.length === 0) return { ...judged, issues, revision: budget.revision, saved: false }
    if (budget.state !== 'draft') throw notDraft(budget)
    try {
      await db.batch(
        [
          ...writeDifferences(id, budget.revision, differences, by, at),
          insertEvents(savedEvent({ by, at, subject: id }, differences)),
        ],
        'write',
      )
    } catch (cause) {
      const refusal = refusalOf(cause)
      if (refusal?.kind !== 'rule') throw cause
      if (refusal.code === 'amount/too-large') throw new Problem(422, 'amount/too-large')
      if (refusal.code !== 'budget/contended' && refusal.code !== 'budget/not-draft') throw cause
      continue
    }
    const revision = budget.revision + 1
    await tellLive({ type: 'sheet', sheet: 'budget', id, version: revision })
    return { ...judged, issues, revision, saved: true }
  }
  throw new Problem(409, 'budget/contended')
}

export const notDraft = ({ name, state }: Pick<BudgetWithMonths, 'name' | 'state'>) =>
  new Problem(422, 'budget/not-draft', { params: { budget: name, reason: state } })

function savedEvent(of: Pick<NewEvent, 'by' | 'at' | 'subject'>, differences: readonly Difference[]): NewEvent {
  const months = differences.filter((d) => d.field !== 'spread' && d.field !== 'comment')
  const touched = [...new Map(months.map((d) => [`${d.account} ${d.field}`, d])).values()]
  const placeOf = (d: Difference) => [d.account, ...Object.values(d.dimensions), d.field].join(' ')
  return {
    type: 'budget.saved',
    ...of,
    touched: touched.slice(0, TOLD).map((d) => ({ account: d.account, period: d.field })),
    changes:
      differences.length <= TOLD
        ? Object.fromEntries(differences.map((d) => [placeOf(d), [d.before, d.after] as const]))
        : { cells: [null, differences.length] },
  }
}
