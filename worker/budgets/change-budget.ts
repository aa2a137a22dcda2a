import { Problem } from '#worker/core/problem.ts'
import { checkVersion } from '#worker/core/version.ts'
import { refusalOf } from '#worker/database/refusal.ts'
import { changesOf, isUnchanged } from '#worker/events/event.ts'
import { insertEvents, insertEventsIfChanged } from '#worker/events/store.ts'
import type { Acting } from '#worker/http/acting.ts'
import { type BudgetChange, type BudgetWithMonths, opensLocked } from './budget.ts'
import { nameTaken } from './create-budget.ts'
import { notDraft } from './save-lines.ts'
import { deleteBudget, readBudget, updateBudget } from './store.ts'

/**
 * Changes a budget's name, note or state, or makes it the one that reports take.
 * @throws Problem 404 budget/unknown; 409 version/stale; 403 permission/missing to open a locked one; 422 budget/name-taken.
 */
export async function changeBudget(
  { db, by, at }: Acting,
  id: string,
  change: BudgetChange,
  version: number | undefined,
  mayUnlock: boolean,
): Promise<BudgetWithMonths> {
  const found = await readBudget(db, id)
  if (!found) throw new Problem(404, 'budget/unknown')
  checkVersion(version, found.version)
  const budget = { ...found, ...change }
  const changes = changesOf(found, budget)
  if (isUnchanged(changes)) return found
  if (opensLocked(found.state, budget.state) && !mayUnlock) throw new Problem(403, 'permission/missing')
  const event = { type: 'budget.changed', at, by, subject: id, changes }
  try {
    const updates = updateBudget(budget, found.version)
    const done = await db.batch([...updates, insertEventsIfChanged(event)], 'write')
    if (done[updates.length - 1]!.rowsAffected === 0) throw new Problem(409, 'version/stale')
  } catch (cause) {
    if (refusalOf(cause)?.kind === 'taken') throw nameTaken(budget.year, budget.name)
    throw cause
  }
  return { ...budget, version: found.version + 1 }
}

/**
 * Takes a draft away with everything in it. Its event keeps what it was called.
 * @throws Problem 404 budget/unknown; 409 version/stale; 422 budget/not-draft.
 */
export async function removeBudget({ db, by, at }: Acting, id: string, version: number | undefined): Promise<void> {
  const found = await readBudget(db, id)
  if (!found) throw new Problem(404, 'budget/unknown')
  checkVersion(version, found.version)
  if (found.state !== 'draft') throw notDraft(found)
  const { year, name, note } = found
  const event = { type: 'budget.removed', at, by, subject: id, changes: changesOf({ year, name, note }, undefined) }
  try {
    await db.batch([...deleteBudget(id, year), insertEvents(event)], 'write')
  } catch (cause) {
    const refusal = refusalOf(cause)
    if (refusal?.kind === 'rule' && refusal.code === 'budget/not-draft') throw notDraft(found)
    throw cause
  }
}
