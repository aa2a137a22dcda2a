import type { Instant, IsoDate } from '#worker/core/dates.ts'
import { type Issue, isError } from '#worker/core/problem.ts'
import type { Database } from '#worker/database/connect.ts'
import type { Entry } from './entry.ts'
import type { Head } from './hash-chain.ts'
import type { ItemMatch, MatchLine } from './item-match.ts'
import type { NewMatch, UndoneMatch } from './item-store.ts'
import type { JobAnswer, PostedAnswer, TravellingProblem } from './job.ts'
import { type OpenItem, openItemId } from './open-item.ts'
import type { Scheduling } from './schedule-store.ts'
import type { NewVoucher, StoredVoucher } from './store.ts'

/** A voucher that is ready to be numbered and chained. `row` is set when that is done. */
export type Prepared = Omit<
  StoredVoucher,
  'ledgerVersion' | 'number' | 'recordedAt' | 'factsVersion' | 'prevHash' | 'hash'
> & {
  entries: readonly Entry[]
  issues: Issue[]
  eventType: string
  /** Where the draft stands in the request, of what was typed: it is looked for among the vouchers that stand. */
  at?: string
  /** What it carries beside its entries. */
  documents?: readonly string[]
  corrects?: string
  row?: NewVoucher
}

/** A match that is ready to be made. An item that is posted with it is known by its voucher and line until that has its place. */
export type PreparedMatch = Omit<ItemMatch, 'recordedAt' | 'ledgerVersion' | 'undone' | 'lines'> & {
  lines: readonly (Omit<MatchLine, 'openItem'> & {
    item: string | { voucher: Prepared; line: number }
    rest: number
  })[]
  row?: NewMatch
}
/** A match that is ready to be undone, from a day on. */
export type PreparedUndo = { match: ItemMatch; date: IsoDate; by: string; reason: string | null; row?: UndoneMatch }

/** What a job comes to: what it posts, undoes and matches, and its answer once that stands. */
export type Judged = {
  toPost: Prepared[]
  toUndo?: PreparedUndo[]
  toMatch?: PreparedMatch[]
  scheduling?: Partial<Scheduling>
  /** What it posted when it was done before, where its answer does not tell of that. */
  repeats?: readonly StoredVoucher[]
  /** The open items as the job leaves them, for the next one to be judged by; left out when it changes none. */
  openItems?: ReadonlyMap<string, OpenItem>
  refuses: boolean
  /** Where the job came from; its events say so. */
  origin?: string | undefined
  answer: (ledgerVersion: number) => JobAnswer
}

export type Surroundings = {
  db: Database
  now: Instant
  signingKey: string
  alreadyPosted: (id: string) => PostedAnswer | undefined
  /** Where the ledger stands as far as its writer knows; the commit fails if it has moved on. */
  ledgerVersion: number
  /** The voucher that is reversed in the same job: it is no double of what puts it right. */
  correcting?: string
}

export const refused = (problem: TravellingProblem): Judged => ({
  toPost: [],
  refuses: true,
  answer: () => ({ ok: false, problem }),
})

/** A reversal may refuse some months of a plan and stand all the same. */
export const isRefused = (judged: Judged): boolean => judged.refuses && judged.toPost.length === 0

/** The vouchers an answer tells of. */
export const vouchersOf = (answer: JobAnswer) => (answer.ok && 'vouchers' in answer ? answer.vouchers : [])

/** A refusal with its pointers into the part of the request that it is about. */
export function placed(judged: Judged, at: string): Judged {
  const answer = judged.answer(0)
  if (answer.ok) return judged
  const issues = answer.problem.issues.map((issue): Issue => {
    const pointer = at + issue.pointer.slice(1)
    return { ...issue, pointer, ...(issue.fix && { fix: { ...issue.fix, pointer: at + issue.fix.pointer.slice(1) } }) }
  })
  return refused({ ...answer.problem, issues: issues.some(isError) ? issues : answer.problem.issues })
}

export const problem = (
  status: TravellingProblem['status'],
  code: string,
  issues: readonly Issue[] = [],
  extra: Record<string, unknown> = {},
): TravellingProblem => ({ status, code, issues, params: {}, extra })

export function answerOf(prepared: Prepared): PostedAnswer {
  const row = prepared.row!
  return {
    id: row.id,
    type: row.type,
    series: row.series,
    fiscalYear: row.fiscalYear,
    number: row.number,
    status: 'posted',
    ledgerVersion: row.ledgerVersion,
    recordedAt: row.recordedAt,
    hash: row.hash,
    contentHash: row.contentHash,
    replayed: false,
    issues: prepared.issues,
  }
}

/** 423 when a lock is the only obstacle, else 422. */
export function invalid(issues: readonly Issue[]): TravellingProblem {
  const lockOnly = issues.filter(isError).every((issue) => issue.code === 'period/locked')
  return lockOnly
    ? { ...problem(423, 'period/locked', issues), params: issues.find(isError)?.params ?? {} }
    : problem(422, 'voucher/invalid', issues)
}

/**
 * Gives what a job undoes and matches its place: after its own vouchers, at their version, and never earlier than anything
 * before it. Gives the head with that time.
 */
export function placeMatches(
  { toUndo = [], toMatch = [], origin }: Judged,
  head: Head,
  now: Instant,
  into: { undone: UndoneMatch[]; made: NewMatch[] },
): Head {
  const at = now > head.recordedAt ? now : head.recordedAt
  const { ledgerVersion } = head
  for (const undo of toUndo) {
    undo.row = { match: undo.match, date: undo.date, by: undo.by, reason: undo.reason, at, ledgerVersion, origin }
    into.undone.push(undo.row)
  }
  for (const match of toMatch) {
    const { row: _, lines, ...rest } = match
    match.row = {
      ...rest,
      origin,
      recordedAt: at,
      ledgerVersion,
      lines: lines.map(({ item, ...line }) => ({
        openItem: typeof item === 'string' ? item : openItemId(item.voucher.row!.ledgerVersion, item.line),
        ...line,
      })),
    }
    into.made.push(match.row)
  }
  return { ...head, recordedAt: at }
}
