import type { Books } from './books.ts'
import { ratesNamed } from './currency-rate.ts'
import { accountAndParty } from './entry.ts'
import type { Job } from './job.ts'
import { judgeBooked } from './judge-booked.ts'
import { judgeMatch } from './judge-match.ts'
import { judgePost } from './judge-post.ts'
import { judgeReversal } from './judge-reversal.ts'
import { judgeScheduleReversal, judgeWaiting } from './judge-schedule.ts'
import { judgeTry } from './judge-try.ts'
import { judgeUnmatch } from './judge-unmatch.ts'
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
    case 'match':
      return judgeMatch(job, books, around)
    case 'unmatch':
      return judgeUnmatch(job, books, around)
    case 'post-waiting':
      return judgeWaiting(job, books, around)
    case 'reverse-schedule':
      return judgeScheduleReversal(job, books, around)
  }
}

/** Party numbers that a job's lines name, so that they can be read before it is judged. */
export const partiesNamed = (job: Job): string[] =>
  linesOf(job).flatMap((line) => {
    const account = (line as { account?: unknown } | null)?.account
    const party = typeof account === 'string' ? accountAndParty(account).party : null
    return party === null ? [] : [party]
  })

/** Currencies and days whose rate the table must tell, so that it can be read before the job is judged. */
export const currenciesNamed = (job: Job): [currency: string, day: string][] =>
  job.do === 'post' || job.do === 'try' ? job.drafts.flatMap(ratesNamed) : []

/** Open items that a job names, so that they can be read before it is judged. */
export function itemsNamed(job: Job): string[] {
  if (job.do === 'match') return job.matches.flatMap((m) => m.items.map((i) => i.openItem))
  return linesOf(job).flatMap((line) => {
    const matches = (line as { matches?: unknown } | null)?.matches
    if (!Array.isArray(matches)) return []
    return matches.flatMap((m) => {
      const item = (m as { openItem?: unknown } | null)?.openItem
      return typeof item === 'string' ? [item] : []
    })
  })
}

/** Lines of drafts in whatever shape they came. */
function linesOf(job: Job): unknown[] {
  if (job.do !== 'post' && job.do !== 'try') return []
  return job.drafts.flatMap((draft) => {
    const lines = (draft as { lines?: unknown } | null)?.lines
    return Array.isArray(lines) ? lines : []
  })
}
