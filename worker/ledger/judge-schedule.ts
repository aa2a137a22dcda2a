import type { Instant } from '#worker/core/dates.ts'
import { sha256 } from '#worker/core/hash.ts'
import { idFromHash } from '#worker/core/ids.ts'
import { type Issue, isError } from '#worker/core/problem.ts'
import { type Books, fiscalYearOf } from './books.ts'
import type { ReversalJob, ScheduleReversalJob, WaitingJob } from './job.ts'
import { prepareAs } from './judge-drafts.ts'
import { checkDay, prepareReversal } from './judge-reversal.ts'
import { answerOf, invalid, type Judged, type Prepared, problem, refused, type Surroundings } from './judged.ts'
import { checkScopeLocks } from './lock.ts'
import { monthsPosted, type Reversibles, readReversible } from './read-reversible.ts'
import { readDueMonths, readSchedule, type Schedule, type Scheduling } from './schedule-store.ts'
import { checkVoucher } from './voucher.ts'

/** Months posted in one commit, when a year is made that many have waited for. */
const AT_A_TIME = 400

/** What cannot be posted yet, because an account was closed or a month locked meanwhile, goes on waiting. */
export async function judgeWaiting(job: WaitingJob, books: Books, around: Surroundings): Promise<Judged> {
  const toPost: Prepared[] = []
  const posted: Scheduling['posted'][number][] = []
  const due = await readDueMonths(around.db, AT_A_TIME)
  for (const { schedule, month, draft } of due) {
    const judged = checkVoucher(draft, books, job.rights)
    // Its VAT, if any, was settled with the source: an account that demands a code demands none here.
    if (judged.issues.some((issue) => isError(issue) && issue.code !== 'vat-code/required')) continue
    toPost.push(await prepareAs(draft, judged.entries, books, job.by))
    posted.push({ schedule, month, voucher: draft.id })
  }
  return {
    toPost,
    scheduling: { posted },
    refuses: toPost.length < due.length, // so that nothing goes on waiting by facts that are no longer true
    answer: (ledgerVersion) => ({ ok: true, ledgerVersion, vouchers: toPost.map(answerOf) }),
  }
}

export async function judgeScheduleReversal(
  job: ScheduleReversalJob,
  books: Books,
  around: Surroundings,
): Promise<Judged> {
  const schedule = await readSchedule(around.db, job.schedule)
  if (!schedule) return refused(problem(404, 'schedule/unknown'))
  const from = job.fromMonth ?? ''
  const months = schedule.months.filter((m) => m.month >= from)
  const own = months.filter((m) => m.status === 'posted')
  const locked = own.some((m) => checkDay({ ...job, voucherDate: m.voucherDate }, books, '#').length > 0)
  const issues = locked ? checkDay(job, books, '#') : []
  if (issues.length > 0) return refused(invalid(issues))
  const plan = { ...schedule, months }
  const { of } = await readReversible(
    around.db,
    monthsPosted([plan]).map((id) => ({ of: id })),
  )
  const undone = await undoMonths(plan, { ...job, lockedOn: job.voucherDate, at: around.now }, books, of)
  if (undone.refusals.length > 0) return refused(invalid(undone.refusals))
  const { toPost, toUndo, toMatch, scheduling } = undone
  return {
    toPost,
    ...(toUndo.length + toMatch.length > 0 && { toUndo, toMatch }),
    scheduling,
    refuses: false,
    answer: (ledgerVersion) => ({ ok: true, ledgerVersion, vouchers: undone.toPost.map(answerOf) }),
  }
}

type Undoing = Pick<ReversalJob, 'by' | 'rights' | 'reason'> & {
  lockedOn: ReversalJob['voucherDate'] | null
  at: Instant
}

/**
 * Drops the months of a schedule that wait and reverses those that are posted, each in its own period where that is open.
 * Others are reversed on `lockedOn`, or stand when there is no such day (`stands`). The reversals' ids follow from the months'.
 */
export async function undoMonths(schedule: Schedule, job: Undoing, books: Books, found: Reversibles['of']) {
  const toPost: Prepared[] = []
  const toUndo: NonNullable<Judged['toUndo']> = []
  const toMatch: NonNullable<Judged['toMatch']> = []
  const refusals: Issue[] = []
  const { by, reason, rights } = job
  for (const month of schedule.months) {
    if (month.status !== 'posted') continue
    const original = found.get(month.voucher!.id)!
    const own = { voucherDate: month.voucherDate, reason, rights, type: original.type }
    const open =
      checkDay(own, books, '#').length === 0 && checkScopeLocks(own, original.entries, books, rights, '#').length === 0
    const voucherDate = open ? month.voucherDate : job.lockedOn
    if (!voucherDate || !fiscalYearOf(voucherDate, books)) continue
    if (!open && refusals.length === 0)
      refusals.push(...checkScopeLocks({ ...own, voucherDate }, original.entries, books, rights, '#'))
    const id = idFromHash('vch', await sha256(`undo ${month.voucher!.id}`))
    const reversal = await prepareReversal(original, { id, voucherDate, by, reason }, books)
    toPost.push(...reversal.toPost)
    toUndo.push(...reversal.toUndo)
    toMatch.push(...reversal.toMatch)
  }
  const dropped = schedule.months
    .filter((m) => m.status === 'waiting')
    .map((m) => ({ schedule: schedule.id, month: m.month, at: job.at, by }))
  const stands = schedule.months.filter((m) => m.status === 'posted').length > toPost.length
  return { toPost, toUndo, toMatch, scheduling: { dropped }, stands, refusals }
}
