import { error } from '#worker/core/problem.ts'
import type { Books } from './books.ts'
import type { CorrectionJob } from './job.ts'
import { judgePost } from './judge-post.ts'
import { judgeReversal } from './judge-reversal.ts'
import { invalid, isRefused, type Judged, placed, refused, type Surroundings, vouchersOf } from './judged.ts'

/**
 * A correction is a reversal and a new voucher, both or neither. The new one says which voucher it puts right, in its own
 * content, so that the chain holds the link. Source: features.md COR-01, LED-16.
 */
export async function judgeCorrection(job: CorrectionJob, books: Books, around: Surroundings): Promise<Judged> {
  const { by, rights, of } = job
  if ((job.draft as { id?: unknown } | null)?.id === job.reversal.id)
    return refused(invalid([error('voucher/id-reused', '#/voucher/id', { voucher: job.reversal.id })]))
  const reversal = await judgeReversal({ do: 'reverse', of, ...job.reversal, by, rights }, books, around)
  if (isRefused(reversal)) return placed(reversal, '#/reversal')
  const draft = typeof job.draft === 'object' && job.draft !== null ? { ...job.draft, corrects: of } : job.draft
  const reversed = { ...books, correctable: new Map([[of, true]]) }
  const asked = { do: 'post', drafts: [draft], mode: 'all-or-nothing', single: true, by, rights } as const
  const post = await judgePost(asked, reversed, { ...around, correcting: of })
  if (isRefused(post)) return placed(post, '#/voucher')
  const toUndo = [...(reversal.toUndo ?? []), ...(post.toUndo ?? [])]
  const toMatch = [...(reversal.toMatch ?? []), ...(post.toMatch ?? [])]
  return {
    toPost: [...reversal.toPost, ...post.toPost],
    ...(toUndo.length > 0 && { toUndo }),
    ...(toMatch.length > 0 && { toMatch }),
    ...(post.openItems && { openItems: post.openItems }),
    scheduling: { ...reversal.scheduling, ...post.scheduling },
    refuses: reversal.refuses,
    answer: (v) => ({ ok: true, ledgerVersion: v, vouchers: [reversal, post].flatMap((j) => vouchersOf(j.answer(v))) }),
  }
}
