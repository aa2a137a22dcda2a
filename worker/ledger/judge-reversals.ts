import type { Books } from './books.ts'
import type { ReversalsJob } from './job.ts'
import { judgeReversal } from './judge-reversal.ts'
import { isRefused, type Judged, placed, type Surroundings, vouchersOf } from './judged.ts'
import { readReversible } from './read-reversible.ts'

/** Reverses several vouchers in one batch: where one of them may not be reversed, none is. */
export async function judgeReversals(job: ReversalsJob, books: Books, around: Surroundings): Promise<Judged> {
  const { reversals, reason, by, rights } = job
  const found = await readReversible(around.db, reversals)
  const all: Judged[] = []
  for (const [i, one] of reversals.entries()) {
    const judged = await judgeReversal({ do: 'reverse', ...one, reason, by, rights }, books, around, found)
    if (isRefused(judged)) return placed(judged, `#/reversals/${i}`)
    all.push(judged)
  }
  const toUndo = all.flatMap((j) => j.toUndo ?? [])
  const toMatch = all.flatMap((j) => j.toMatch ?? [])
  return {
    toPost: all.flatMap((j) => j.toPost),
    ...(toUndo.length > 0 && { toUndo }),
    ...(toMatch.length > 0 && { toMatch }),
    scheduling: { dropped: all.flatMap((j) => j.scheduling?.dropped ?? []) },
    refuses: all.some((j) => j.refuses),
    answer: (v) => ({ ok: true, ledgerVersion: v, vouchers: all.flatMap((j) => vouchersOf(j.answer(v))) }),
  }
}
