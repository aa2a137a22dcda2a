import type { Books } from './books.ts'
import { ratesNamed } from './currency-rate.ts'
import { accountAndParty } from './entry.ts'
import type { Job } from './job.ts'
import { judgeBooked } from './judge-booked.ts'
import { judgeCorrection, tryCorrection } from './judge-correction.ts'
import { judgeMatch } from './judge-match.ts'
import { judgePost } from './judge-post.ts'
import { judgeReversal } from './judge-reversal.ts'
import { judgeReversals } from './judge-reversals.ts'
import { judgeScheduleReversal, judgeWaiting } from './judge-schedule.ts'
import { judgeTry } from './judge-try.ts'
import { judgeUnmatch } from './judge-unmatch.ts'
import type { Judged, Surroundings } from './judged.ts'
import { differenceVoucherOf } from './match-difference.ts'

/** What a job comes to. Its events say where it came from. */
export async function judgeJob(job: Job, books: Books, around: Surroundings): Promise<Judged> {
  const judged = await judge(job, books, around)
  return job.origin === undefined ? judged : { ...judged, origin: job.origin }
}

function judge(job: Job, books: Books, around: Surroundings): Promise<Judged> {
  switch (job.do) {
    case 'post':
      return judgePost(job, books, around)
    case 'try':
      return job.correcting
        ? tryCorrection({ ...job, correcting: job.correcting }, books, around)
        : judgeTry(job, books, around)
    case 'reverse':
      return judgeReversal(job, books, around)
    case 'reverse-all':
      return judgeReversals(job, books, around)
    case 'correct':
      return judgeCorrection(job, books, around)
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
export const currenciesNamed = (job: Job): [currency: string, day: string][] => draftsOf(job).flatMap(ratesNamed)

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

/** Documents that a job's drafts name, so that they can be read before it is judged. */
export const documentsNamed = (job: Job): string[] =>
  draftsOf(job).flatMap((draft) => {
    const documents = (draft as { documents?: unknown } | null)?.documents
    return Array.isArray(documents) ? documents.filter((id) => typeof id === 'string') : []
  })

/** Vouchers that a job's drafts say they put right. */
export const correctedNamed = (job: Job): string[] =>
  draftsOf(job).flatMap((draft) => {
    const corrects = (draft as { corrects?: unknown } | null)?.corrects
    return typeof corrects === 'string' ? [corrects] : []
  })

const draftsOf = (job: Job): readonly unknown[] => {
  if (job.do === 'correct') return [job.draft]
  return job.do === 'post' || job.do === 'try' ? job.drafts : []
}

/** Lines of drafts in whatever shape they came. */
function linesOf(job: Job): unknown[] {
  return draftsOf(job).flatMap((draft) => {
    const lines = (draft as { lines?: unknown } | null)?.lines
    return Array.isArray(lines) ? lines : []
  })
}

/** Vouchers that a job posts or reverses. */
export const touchedBy = (job: Job): string[] => {
  if (job.do === 'reverse') return [job.id, job.of]
  if (job.do === 'reverse-all') return job.reversals.flatMap(({ id, of }) => [id, of])
  if (job.do === 'correct') return [...idsOf(job), job.of]
  return job.do === 'unmatch' ? [job.match, differenceVoucherOf(job.match)] : idsOf(job)
}

/** Ids that a job gives to what it makes. */
export const idsOf = (job: Job): string[] => {
  switch (job.do) {
    case 'post':
      return idsOfDrafts(job)
    case 'reverse':
      return [job.id]
    case 'reverse-all':
      return job.reversals.map((r) => r.id)
    case 'correct':
      return [job.reversal.id, ...idsOfDrafts(job)]
    case 'book':
      return job.vouchers.map((v) => v.id)
    case 'match':
      return job.matches.flatMap((m) => [m.id, differenceVoucherOf(m.id)])
    case 'unmatch':
      return [job.match]
    case 'try':
    case 'post-waiting':
    case 'reverse-schedule':
      return []
  }
}

const idsOfDrafts = (job: Job): string[] =>
  draftsOf(job).flatMap((draft) => {
    const id = (draft as { id?: unknown } | null)?.id
    return typeof id === 'string' ? [id] : []
  })
