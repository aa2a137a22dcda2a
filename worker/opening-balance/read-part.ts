import { dayInOslo } from '#worker/core/dates.ts'
import { Problem } from '#worker/core/problem.ts'
import type { Database } from '#worker/database/connect.ts'
import type { Books } from '#worker/ledger/books.ts'
import { type KeptTakeover, readTakeover } from './plan-store.ts'
import { readOpening } from './store.ts'
import { controlTargets, type OpeningPart, partOf } from './takeover-plan.ts'

/** What an opening balance of that day is to the company's take-over. What the plan opens with is read for open items only. */
export async function readPart(
  db: Database,
  openingDate: string,
  books: () => Promise<Pick<Books, 'accounts'>>,
): Promise<OpeningPart> {
  const plan = await readTakeover(db)
  const part = partOf(openingDate, plan, () => ({}))
  if (!plan || part.role !== 'items') return part
  const opening = await readOpening(db, plan.openingDate)
  return { ...part, targets: controlTargets(opening?.rows ?? [], plan.rows, await books()) }
}

/** The plan, where it may still be worked on. @throws Problem 422 takeover/finished. */
export async function readUnfinished(db: Database): Promise<KeptTakeover | undefined> {
  const plan = await readTakeover(db)
  if (plan?.finishedAt) throw new Problem(422, 'takeover/finished', { params: { date: dayInOslo(plan.finishedAt) } })
  return plan
}
