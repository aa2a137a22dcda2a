import type { Books } from './books.ts'
import { accountAndParty } from './entry.ts'
import type { Job } from './job.ts'
import { judgeBooked } from './judge-booked.ts'
import { judgePost } from './judge-post.ts'
import { judgeReversal } from './judge-reversal.ts'
import { judgeTry } from './judge-try.ts'
import type { Judged, Surroundings } from './judged.ts'

export function judgeJob(job: Job, books: Books, around: Surroundings): Promise<Judged> {
  switch (job.do) {
    case 'post':
      return judgePost(job, books, around)
    case 'try':
      return judgeTry(job, books, around)
    case 'reverse':
      return judgeReversal(job, books, around)
    case 'book':
      return judgeBooked(job, books, around)
  }
}

/** Party numbers that a job's lines name, so that they can be read before it is judged. */
export function partiesNamed(job: Job): string[] {
  if (job.do !== 'post' && job.do !== 'try') return []
  return job.drafts.flatMap((draft) => {
    const lines = (draft as { lines?: unknown } | null)?.lines
    if (!Array.isArray(lines)) return []
    return lines.flatMap((line) => {
      const account = (line as { account?: unknown } | null)?.account
      const party = typeof account === 'string' ? accountAndParty(account).party : null
      return party === null ? [] : [party]
    })
  })
}
