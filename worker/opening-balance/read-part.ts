import { Problem } from '#worker/core/problem.ts'
import type { Database } from '#worker/database/connect.ts'
import type { Books } from '#worker/ledger/books.ts'
import { type KeptTakeover, readTakeover } from './plan-store.ts'
import { readOpening } from './store.ts'
import { controlTargets, type OpeningPart, partOf } from './takeover-plan.ts'

/** What an opening balance of that day is to the company's take-over. */
export async function readPart(
  db: Database,
  openingDate: string,
  books: Pick<Books, 'accounts'>,
  plan: KeptTakeover | undefined,
): Promise<OpeningPart> {
  const opening = plan && (await readOpening(db, plan.openingDate))
  return partOf(openingDate, plan, ({ rows }) => controlTargets(opening?.rows ?? [], rows, books))
}

/** The plan, where it may still be worked on. @throws Problem 422 takeover/finished. */
export async function readUnfinished(db: Database): Promise<KeptTakeover | undefined> {
  const plan = await readTakeover(db)
  if (plan?.finishedAt) throw new Problem(422, 'takeover/finished', { params: { date: plan.finishedAt.slice(0, 10) } })
  return plan
}
