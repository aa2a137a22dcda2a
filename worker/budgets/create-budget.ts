import { idOf } from '#worker/core/ids.ts'
import { Problem } from '#worker/core/problem.ts'
import { refusalOf } from '#worker/database/refusal.ts'
import { changesOf } from '#worker/events/event.ts'
import { insertEvents } from '#worker/events/store.ts'
import type { Acting } from '#worker/http/acting.ts'
import type { BudgetWithMonths, NewBudget } from './budget.ts'
import { insertBudget, readBudget, readMonths } from './store.ts'

/**
 * Makes an empty budget for a fiscal year. The first of a year is the one that reports take.
 * @throws Problem 404 fiscal-year/unknown; 422 budget/name-taken.
 */
export async function createBudget({ db, by, at }: Acting, wanted: NewBudget): Promise<BudgetWithMonths> {
  const { year, name, note = '' } = wanted
  if (!(await readMonths(db, year))) throw new Problem(404, 'fiscal-year/unknown', { params: { year } })
  const id = idOf('bud', crypto.getRandomValues(new Uint8Array(17)))
  const event = { type: 'budget.created', at, by, subject: id, changes: changesOf(undefined, { year, name, note }) }
  try {
    await db.batch([insertBudget({ id, year, name, note, createdAt: at }), insertEvents(event)], 'write')
  } catch (cause) {
    if (refusalOf(cause)?.kind !== 'taken') throw cause
    throw nameTaken(year, name)
  }
  return (await readBudget(db, id))!
}

export const nameTaken = (year: number, name: string) =>
  new Problem(422, 'budget/name-taken', { params: { year, budget: name } })
