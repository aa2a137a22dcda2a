import type { Instant, IsoDate } from '#worker/core/dates.ts'
import type { Issue, Params, ProblemStatus } from '#worker/core/problem.ts'
import type { BriefEntry } from './dry-run.ts'
import type { Entry } from './entry.ts'
import type { Rights } from './voucher.ts'

/** What a company's writer is asked to do. Plain JSON: it crosses to the Durable Object as it is. */
export type Job = PostJob | TryJob | ReversalJob | BookedJob

type Asked = { by: string; rights: Rights }
/** Posts drafts: all of them or none, or each for itself. `single` reports at the root of the request. */
export type PostJob = Asked & {
  do: 'post'
  drafts: readonly unknown[]
  mode: 'all-or-nothing' | 'per-voucher'
  single: boolean
  dryRunToken?: string
}
/** The same without posting. */
export type TryJob = Asked & { do: 'try'; drafts: readonly unknown[]; mode: PostJob['mode'] }
export type ReversalJob = Asked & { do: 'reverse'; of: string; id: string; voucherDate: IsoDate; reason: string | null }
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
  | { ok: false; problem: TravellingProblem }

/** A stale dry run: the entries as they were tried and as they would be now. */
export type StaleEntries = { tried: Record<string, BriefEntry[]> | null; now: Record<string, BriefEntry[]> }
