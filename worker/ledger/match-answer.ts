import { ore } from '#worker/core/money.ts'
import type { ItemMatch } from './item-match.ts'
import type { MatchAnswer } from './job.ts'
import type { OpenItem } from './open-item.ts'

/** A match as it stands, with what is left of its items now. */
export const answerOfStored = (
  match: ItemMatch,
  openItems: ReadonlyMap<string, OpenItem>,
  replayed: boolean,
): MatchAnswer => ({
  ...match,
  status: match.undone ? 'undone' : 'matched',
  lines: match.lines.map((l) => ({ ...l, rest: openItems.get(l.openItem)?.rest ?? ore(0) })),
  difference: null,
  replayed,
  issues: [],
})
