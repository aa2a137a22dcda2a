import { sha256 } from '#worker/core/hash.ts'
import { idFromHash } from '#worker/core/ids.ts'
import { type Books, firstOpenDay } from './books.ts'
import { readMatches, readOpenItems } from './item-store.ts'
import type { UnmatchJob } from './job.ts'
import { judgeReversal } from './judge-reversal.ts'
import { type Judged, type PreparedUndo, problem, refused, type Surroundings } from './judged.ts'
import { answerOfStored } from './match-answer.ts'
import { differenceIn, differenceVoucherOf, isItemOf } from './match-difference.ts'
import { readVouchersById } from './store.ts'

/**
 * Undoes a match, as if it had never counted. Where it booked a difference, that voucher is reversed, and the match is undone
 * by it: then from the day of the reversal. Undone before: the answer is the same again.
 */
export async function judgeUnmatch(job: UnmatchJob, books: Books, around: Surroundings): Promise<Judged> {
  const match = (await readMatches(around.db, [job.match])).get(job.match)
  if (!match) return refused(problem(404, 'match/unknown'))
  const reversal = idFromHash('vch', await sha256(`undo ${match.id}`))
  const [items, stored] = await Promise.all([
    readOpenItems(
      around.db,
      match.lines.map((l) => l.openItem),
    ),
    readVouchersById(around.db, [differenceVoucherOf(match.id), reversal]),
  ])
  const difference = differenceIn(
    match,
    stored.find(({ id }) => id === differenceVoucherOf(match.id)),
  )
  if (match.undone)
    return {
      toPost: [],
      repeats: stored.filter(({ id }) => difference && id === reversal),
      refuses: false,
      answer: (ledgerVersion) => ({ ok: true, ledgerVersion, matches: [answerOfStored(match, items, true)] }),
    }
  const { by, reason, rights } = job
  const done = difference
    ? await judgeReversal(
        {
          do: 'reverse',
          of: difference.id,
          id: reversal,
          voucherDate: job.voucherDate ?? firstOpenDay(difference.voucherDate, books) ?? difference.voucherDate,
          reason,
          by,
          rights,
        },
        books,
        around,
      )
    : { toPost: [], toUndo: [{ match, date: match.matchDate, by, reason }], refuses: false, answer: undefined }
  if (done.refuses) return done as Judged
  const own = done.toUndo!.find((u) => u.match.id === match.id)! as PreparedUndo
  return {
    ...done,
    answer: (ledgerVersion) => {
      const { date, at } = own.row!
      const answer = answerOfStored({ ...match, undone: { date, at, by, reason } }, items, false)
      const lines = answer.lines.map((l) => ({
        ...l,
        rest: difference && isItemOf(difference, l.openItem) ? 0 : l.rest + l.amount,
      }))
      return { ok: true, ledgerVersion, matches: [{ ...answer, lines }] }
    },
  }
}
