import type { Instant, IsoDate, Month } from '#worker/core/dates.ts'
import type { Issue, Params, ProblemStatus } from '#worker/core/problem.ts'
import type { BriefEntry } from './dry-run.ts'
import type { Entry } from './entry.ts'
import type { ItemMatch, MatchLine, MatchRule } from './item-match.ts'
import type { AskedDifference } from './match-difference.ts'
import type { Plan } from './schedule.ts'
import type { Rights } from './voucher.ts'

/** What a company's writer is asked to do. Plain JSON: it crosses to the Durable Object as it is. */
export type Job =
  | PostJob
  | TryJob
  | ReversalJob
  | ReversalsJob
  | CorrectionJob
  | BookedJob
  | MatchJob
  | UnmatchJob
  | WaitingJob
  | ScheduleReversalJob

/**
 * `name` is told to those who have a page open; who did it is `by`, and `origin` where from, as JSON for the audit log. The request's
 * id goes on to the database.
 */
type Asked = { by: string; name?: string; rights: Rights; origin?: string | undefined; requestId?: string | undefined }
/**
 * Posts drafts: all of them or none, or each for itself. `single` reports at the root of the request. `atVersion`: the drafts move
 * a figure that was read there, and are refused as contended when the ledger has moved on.
 */
export type PostJob = Asked & {
  do: 'post'
  drafts: readonly unknown[]
  mode: 'all-or-nothing' | 'per-voucher'
  single: boolean
  dryRunToken?: string
  atVersion?: number
}
/** The same without posting. `correcting`: together with the reversal of a voucher, which they take the place of. */
export type TryJob = Asked & {
  do: 'try'
  drafts: readonly unknown[]
  mode: PostJob['mode']
  correcting?: Pick<ReversalJob, 'of' | 'id' | 'voucherDate' | 'reason'>
}
export type ReversalJob = Asked & { do: 'reverse'; of: string; id: string; voucherDate: IsoDate; reason: string | null }
/** Reverses several vouchers, each on its own day, all of them or none: an import that is taken back. */
export type ReversalsJob = Asked & {
  do: 'reverse-all'
  reversals: readonly Pick<ReversalJob, 'of' | 'id' | 'voucherDate'>[]
  reason: string | null
}
/** Reverses a voucher and posts a draft that puts it right, both or neither. */
export type CorrectionJob = Asked & {
  do: 'correct'
  of: string
  reversal: Pick<ReversalJob, 'id' | 'voucherDate' | 'reason'>
  draft: unknown
  dryRunToken?: string
}
/** Posts entries that another system booked: checked against the books, VAT not computed again (decisions.md 1). */
export type BookedJob = Asked & { do: 'book'; importJob: string; vouchers: readonly BookedVoucher[] }
export type BookedVoucher = {
  id: string
  type: string
  voucherDate: IsoDate
  documentDate: IsoDate
  vatDate: IsoDate
  text: string
  externalId: string
  entries: readonly BookedEntry[]
}
/** An entry with only the fields that hold something: an import hands over hundreds of thousands. */
export type BookedEntry = Pick<Entry, 'rowKey' | 'account' | 'amount' | 'text'> & Partial<Entry>

/**
 * Matches open items: all of them or none, or each for itself. `single` reports at the root of the request. With `dryRun`
 * nothing is kept.
 */
export type MatchJob = Asked & {
  do: 'match'
  matches: readonly WantedMatch[]
  mode: PostJob['mode']
  single: boolean
  dryRun: boolean
}
/** Items to be matched; without an amount, all that is left of one, as far as the others allow. Amounts in the item's sign. */
export type WantedMatch = {
  id: string
  rule: MatchRule
  reason: string | null
  items: readonly { openItem: string; amount: number | null }[]
  oldestFirst: boolean
  /** Null: the items must sum to 0 by themselves. */
  difference: AskedDifference | null
}
/** `voucherDate`: of the reversal, where the match booked a difference; null for the first open day from the difference's own. */
export type UnmatchJob = Asked & { do: 'unmatch'; match: string; reason: string | null; voucherDate: IsoDate | null }

/** Posts months of schedules that waited for their fiscal year, now that it is there. */
export type WaitingJob = Asked & { do: 'post-waiting' }
/**
 * Reverses what stands of a schedule, from a month on or all of it, and drops what waits: each month in its own period where
 * that is open, else on `voucherDate`.
 */
export type ScheduleReversalJob = Asked & {
  do: 'reverse-schedule'
  schedule: string
  fromMonth: string | null
  voucherDate: IsoDate
  reason: string | null
}

/** One posted voucher, wherever it is answered (decisions.md 12). Hashes are bare hex SHA-256. */
export type PostedAnswer = {
  id: string
  type: string
  series: string
  fiscalYear: number
  number: number
  status: 'posted'
  ledgerVersion: number
  recordedAt: Instant
  hash: string
  contentHash: string
  replayed: boolean
  issues: Issue[]
}
export type RefusedAnswer = { id: string | null; status: 'refused'; issues: Issue[] }
export type TriedAnswer = {
  id: string | null
  status: 'ready' | 'refused' | 'posted'
  contentHash: string | null
  entries: Entry[]
  balancesAfter: { account: string; party?: string; amount: number }[]
  /** What the lines' scripts would post in other months. */
  schedules: TriedSchedule[]
  /** What would be left of the open items it settles, in øre. */
  openItemsAfter: { openItem: string; rest: number }[]
  issues: Issue[]
}

/** A plan as it would become; a month that waits for its fiscal year has no entries yet. Amounts in øre. */
export type TriedSchedule = Omit<Plan, 'months'> & {
  months: {
    month: Month
    voucherDate: IsoDate
    amount: number
    status: 'ready' | 'waiting'
    entries: readonly Entry[]
  }[]
}

/** A match, with what is left of each item after it in øre; `ready` in a dry run, and then without a place in time. */
export type MatchAnswer = Omit<ItemMatch, 'lines' | 'recordedAt' | 'ledgerVersion'> & {
  status: 'ready' | 'matched' | 'undone'
  recordedAt: Instant | null
  ledgerVersion: number | null
  lines: (MatchLine & { rest: number })[]
  /** What the items summed to, in øre, the account it is booked on, and the voucher that books it once that stands. */
  difference: { amount: number; account: string; voucher: PostedAnswer | null } | null
  replayed: boolean
  issues: Issue[]
}

/** A problem as it travels; the route raises it again, and `on-error.ts` puts words to it. */
export type TravellingProblem = {
  status: ProblemStatus
  code: string
  issues: readonly Issue[]
  params: Params
  extra: Record<string, unknown>
}
export type JobAnswer =
  | { ok: true; ledgerVersion: number; vouchers: (PostedAnswer | RefusedAnswer)[] }
  | { ok: true; ledgerVersion: number; tried: TriedAnswer[]; dryRunToken: string | null }
  | { ok: true; ledgerVersion: number; matches: (MatchAnswer | RefusedAnswer)[] }
  | { ok: false; problem: TravellingProblem }

/** A stale dry run: the entries as they were tried and as they would be now. */
export type StaleEntries = { tried: Record<string, BriefEntry[]> | null; now: Record<string, BriefEntry[]> }
