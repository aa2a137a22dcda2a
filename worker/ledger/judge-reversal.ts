import { monthOf } from '#worker/core/dates.ts'
import { sha256 } from '#worker/core/hash.ts'
import { negate } from '#worker/core/money.ts'
import type { Issue } from '#worker/core/problem.ts'
import type { Database } from '#worker/database/connect.ts'
import { type Books, fiscalYearOf, lockLevelOn } from './books.ts'
import type { PostedAnswer, ReversalJob } from './job.ts'
import { answerOf, type Judged, type Prepared, problem, refused, type Surroundings } from './judged.ts'
import { readVoucher, readVouchersById } from './store.ts'
import { error } from './voucher.ts'

/**
 * The reversal negates each entry as it was booked; nothing is computed anew. Reversed once; the reversal may itself be
 * reversed, which gives the original's figures. Source: features.md 4.2; bokføringsloven § 9.
 */
export async function judgeReversal(job: ReversalJob, books: Books, around: Surroundings): Promise<Judged> {
  const original = await readVoucher(around.db, job.of)
  if (!original) return refused(problem(404, 'voucher/unknown'))
  const content = JSON.stringify({ id: job.id, reversalOf: job.of, voucherDate: job.voucherDate, reason: job.reason })
  const contentHash = await sha256(content)
  const before = around.alreadyPosted(job.id) ?? (await storedAnswer(job.id, around.db))
  if (before?.contentHash === contentHash)
    return {
      toPost: [],
      refuses: false,
      answer: (v) => ({ ok: true, ledgerVersion: v, vouchers: [{ ...before, replayed: true }] }),
    }
  const issues: Issue[] = []
  if (before)
    issues.push(
      error('voucher/id-reused', '#/id', { voucher: `${before.series} ${before.fiscalYear}-${before.number}` }),
    )
  if (original.reversedBy) issues.push(error('voucher/already-reversed', '#', { by: original.reversedBy }))
  issues.push(...checkDay(job, books, '#'))
  if (issues.length > 0) {
    const only = issues.length === 1 && issues[0]!.code !== 'fiscal-year/missing' ? issues[0]!.code : 'voucher/invalid'
    return refused(only === 'period/locked' ? problem(423, only, issues) : problem(422, only, issues))
  }
  const entries = original.entries.map((entry) => ({
    ...entry,
    amount: negate(entry.amount),
    currencyAmount: entry.currencyAmount === null ? null : -entry.currencyAmount,
  }))
  const prepared: Prepared = {
    id: job.id,
    type: original.type,
    series: original.series,
    fiscalYear: fiscalYearOf(job.voucherDate, books)!.year,
    voucherDate: job.voucherDate,
    documentDate: job.voucherDate,
    vatDate: original.vatDate,
    text: original.text,
    by: job.by,
    reversalOf: original.id,
    reason: job.reason,
    importJob: null,
    externalId: null,
    content,
    contentHash,
    entries,
    issues: [],
    eventType: 'voucher.reversed',
  }
  return {
    toPost: [prepared],
    refuses: false,
    answer: (v) => ({ ok: true, ledgerVersion: v, vouchers: [answerOf(prepared)] }),
  }
}

async function storedAnswer(id: string, db: Database): Promise<PostedAnswer | undefined> {
  const [stored] = await readVouchersById(db, [id])
  return stored && { ...stored, status: 'posted', replayed: true, issues: [] }
}

export function checkDay(
  job: Pick<ReversalJob, 'voucherDate' | 'reason' | 'rights'>,
  books: Books,
  at: string,
): Issue[] {
  if (!fiscalYearOf(job.voucherDate, books))
    return [error('fiscal-year/missing', `${at}/voucherDate`, { date: job.voucherDate })]
  const level = lockLevelOn(job.voucherDate, books)
  if (level === 'open' || (level === 'soft' && job.rights.softLock && job.reason)) return []
  return [error('period/locked', `${at}/voucherDate`, { period: monthOf(job.voucherDate), level })]
}
