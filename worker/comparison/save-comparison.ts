import type { IsoDate, Month } from '#worker/core/dates.ts'
import { isError, Problem } from '#worker/core/problem.ts'
import { checkVersion } from '#worker/core/version.ts'
import type { Database } from '#worker/database/connect.ts'
import { insertEventsIfChanged } from '#worker/events/store.ts'
import type { Acting } from '#worker/http/acting.ts'
import type { Books } from '#worker/ledger/books.ts'
import { readOpeningBooks } from '#worker/opening-balance/book-opening.ts'
import { movedRows, textOfMonthRows } from '#worker/opening-balance/month-rows.ts'
import type { MovementRow } from '#worker/opening-balance/movement-row.ts'
import { readFirstDay } from '#worker/opening-balance/plan-store.ts'
import { comparedMonths } from './comparison.ts'
import { type ComparisonJudgement, judgeComparison } from './comparison-judgement.ts'
import { type KeptComparison, keepComparison, readComparison } from './store.ts'

export type JudgedComparison = { kept: KeptComparison; judgement: ComparisonJudgement }

/** Last year's figures as they are kept, judged over the months that the sheet has. */
export async function readJudgedComparison(db: Database): Promise<JudgedComparison> {
  return judgedOf(await readComparison(db), await readGround(db))
}

type Ground = { books: Books; begins: IsoDate | undefined }
const readGround = async (db: Database): Promise<Ground> => {
  const [books, begins] = await Promise.all([readOpeningBooks(db), readFirstDay(db)])
  return { books, begins }
}
const monthsOf = ({ rows }: KeptComparison, { begins }: Ground): Month[] => (begins ? comparedMonths(rows, begins) : [])
const judgedOf = (kept: KeptComparison, ground: Ground): JudgedComparison => ({
  kept,
  judgement: judgeComparison(kept.rows, monthsOf(kept, ground), ground.books),
})

/**
 * Keeps the figures in place of those there were, when an account and a month are known for each. The ledger is not touched.
 * @throws Problem 409 version/stale; 422 request/invalid with an issue for each fault.
 */
export async function saveComparison(
  { db, by, at }: Acting,
  given: readonly MovementRow[],
  version: number | undefined,
): Promise<JudgedComparison> {
  const rows = movedRows(given)
  const [before, ground] = await Promise.all([readComparison(db), readGround(db)])
  checkVersion(version, before.version)
  const months = monthsOf(before, ground)
  const issues = judgeComparison(rows, months, ground.books).issues.filter(isError)
  if (issues.length > 0) throw new Problem(422, 'request/invalid', { issues })
  if (textOfMonthRows(before.rows) === textOfMonthRows(rows)) return judgedOf(before, ground)
  const changes = { rows: [before.rows.length, rows.length] as const }
  const event = { type: 'comparison.saved', at, by, subject: months[0]!, changes }
  const [kept] = await db.batch([keepComparison(rows, before.version, by, at), insertEventsIfChanged(event)], 'write')
  if (kept!.rowsAffected === 0) throw new Problem(409, 'version/stale')
  return judgedOf({ rows, version: before.version + 1 }, ground)
}
