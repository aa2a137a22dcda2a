import type { Instant } from '#worker/core/dates.ts'
import { error, type Issue, isError } from '#worker/core/problem.ts'
import type { Database } from '#worker/database/connect.ts'
import { insertEvents } from '#worker/events/store.ts'
import type { WantedMatch } from '#worker/ledger/job.ts'
import { runJob } from '#worker/ledger/run-job.ts'
import { decidedItems, type LeftDecision, settle } from './left-items.ts'
import { askAgain, keepOpen, readOpenBeside } from './left-store.ts'
import { type Matcher, newMatchId } from './match-items.ts'

export type Decided = { matched: number; kept: number; refused: { openItem: string; issues: readonly Issue[] }[] }

/**
 * Does what a person decided of what the rules left, in one sitting. Each decision stands for itself, by what the ones before it
 * leave: one that cannot be is told, and the others are done.
 */
export async function matchLeftItems(
  { env, access, by, name, rights }: Matcher,
  db: Database,
  decisions: readonly LeftDecision[],
): Promise<Decided> {
  const open = await readOpenBeside(
    db,
    decisions.map((d) => d.openItem),
  )
  const refused: Decided['refused'] = []
  const wanted: (WantedMatch & { openItem: string })[] = []
  const [keep, ask]: [string[], string[]] = [[], []]
  for (const [i, decision] of decisions.entries()) {
    const { openItem, do: how } = decision
    const items = how === 'keep' || how === 'ask' ? undefined : decidedItems(decision, open)
    if (items) {
      wanted.push({
        openItem,
        id: newMatchId(),
        rule: 'manual',
        reason: null,
        items,
        oldestFirst: true,
        difference: null,
      })
      settle(open, items)
    } else if (!open.has(openItem))
      refused.push({ openItem, issues: [error('open-item/unknown', `#/decisions/${i}/openItem`, { openItem })] })
    else if (how === 'keep') keep.push(openItem)
    else if (how === 'ask') ask.push(openItem)
    else refused.push({ openItem, issues: [error('match/nothing-to-settle', `#/decisions/${i}/do`, {})] })
  }
  const notMatched = wanted.length > 0 ? await match(wanted) : []
  await write(db, by, keep, ask)
  return { matched: wanted.length - notMatched.length, kept: keep.length, refused: [...refused, ...notMatched] }

  async function match(all: typeof wanted): Promise<Decided['refused']> {
    const matches = all.map(({ openItem: _, ...one }) => one)
    const job = { do: 'match', matches, mode: 'per-voucher', single: false, dryRun: false, by, name, rights } as const
    const done = await runJob(env, access, job)
    const answers = 'matches' in done ? done.matches : []
    return answers.flatMap(({ status, issues }, i) =>
      status === 'refused' ? [{ openItem: all[i]!.openItem, issues: issues.filter(isError) }] : [],
    )
  }
}

async function write(db: Database, by: string, keep: readonly string[], ask: readonly string[]): Promise<void> {
  const at = new Date().toISOString() as Instant
  const events = [
    ...keep.map((subject) => ({ type: 'open-item.kept', at, by, subject })),
    ...ask.map((subject) => ({ type: 'open-item.reopened', at, by, subject })),
  ]
  if (events.length > 0) await db.batch([keepOpen(keep, by, at), askAgain(ask), insertEvents(...events)], 'write')
}
