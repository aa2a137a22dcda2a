import type { IsoDate } from '#worker/core/dates.ts'
import { Problem } from '#worker/core/problem.ts'
import type { Database } from '#worker/database/connect.ts'
import type { ItemMatch } from '#worker/ledger/item-match.ts'
import { readMatches, readMatchesOf, readOpenItems } from '#worker/ledger/item-store.ts'
import type { MatchAnswer } from '#worker/ledger/job.ts'
import { answerOfStored } from '#worker/ledger/match-answer.ts'
import { placeOfItem } from '#worker/ledger/open-item.ts'
import { withDaysOverdue } from './list-open-items.ts'
import { type ListedItem, readItem } from './store.ts'

/** A match as it stands. @throws Problem 404 match/unknown. */
export async function readMatch(db: Database, id: string): Promise<MatchAnswer> {
  const match = (await readMatches(db, [id])).get(id)
  if (!match) throw new Problem(404, 'match/unknown')
  const [answer] = await withRests(db, [match])
  return answer!
}

/** An open item with all its matches, in order of recording. @throws Problem 404 open-item/unknown. */
export async function readOpenItem(
  db: Database,
  id: string,
  today: IsoDate,
): Promise<ListedItem & { daysOverdue: number; matches: MatchAnswer[] }> {
  const place = placeOfItem(id)
  const item = place && (await readItem(db, place))
  if (!item) throw new Problem(404, 'open-item/unknown')
  return { ...withDaysOverdue(item, today), matches: await withRests(db, await readMatchesOf(db, id)) }
}

/** Matches with what is left of their items now. */
export async function withRests(db: Database, matches: readonly ItemMatch[]): Promise<MatchAnswer[]> {
  const items = await readOpenItems(
    db,
    matches.flatMap((m) => m.lines.map((l) => l.openItem)),
  )
  return matches.map((match) => answerOfStored(match, items, false))
}
