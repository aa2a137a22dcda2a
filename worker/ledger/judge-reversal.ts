import { sha256 } from '#worker/core/hash.ts'
import { negate } from '#worker/core/money.ts'
import { error, type Issue } from '#worker/core/problem.ts'
import { type Books, fiscalYearOf } from './books.ts'
import { matchDateOf } from './item-match.ts'
import type { PostedAnswer, ReversalJob } from './job.ts'
import { matchIdOf } from './judge-line-matches.ts'
import { undoMonths } from './judge-schedule.ts'
import {
  answerOf,
  invalid,
  type Judged,
  type Prepared,
  type PreparedMatch,
  type PreparedUndo,
  problem,
  refused,
  type Surroundings,
} from './judged.ts'
import { checkLock, checkScopeLocks } from './lock.ts'
import { type Reversible, type Reversibles, readReversible } from './read-reversible.ts'
import type { StoredVoucher } from './store.ts'
import { checkTakenOver } from './voucher.ts'
import { checkRole } from './voucher-type.ts'

/**
 * The reversal negates each entry as it was booked; nothing is computed anew. Reversed once; the reversal may itself be
 * reversed, which gives the original's figures. Source: features.md 4.2; bokføringsloven § 9.
 */
export async function judgeReversal(
  job: ReversalJob,
  books: Books,
  around: Surroundings,
  known?: Reversibles,
): Promise<Judged> {
  const found = known ?? (await readReversible(around.db, [job]))
  const original = found.of.get(job.of)
  if (!original) return refused(problem(404, 'voucher/unknown'))
  const content = JSON.stringify({ id: job.id, reversalOf: job.of, voucherDate: job.voucherDate, reason: job.reason })
  const contentHash = await sha256(content)
  const before = around.alreadyPosted(job.id) ?? storedAnswer(found.stored.get(job.id))
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
  const type = books.voucherTypes.get(original.type)
  if (type) issues.push(...checkRole(type, job.rights, '#'))
  if (original.undoesSchedule) issues.push(error('schedule/reversal-is-final', '#', {}))
  issues.push(
    ...checkTakenOver(original, books, '#'),
    ...checkDay(job, books, '#'),
    ...checkScopeLocks({ ...job, type: original.type }, original.entries, books, job.rights, '#'),
  )
  if (issues.length > 0) {
    const only = issues.length === 1 && issues[0]!.code !== 'fiscal-year/missing' ? issues[0] : undefined
    return refused(
      only && only.code !== 'period/locked'
        ? { ...problem(422, only.code, issues), params: only.params ?? {} }
        : invalid(issues),
    )
  }
  const { by, reason, rights } = job
  const wanted = { id: job.id, voucherDate: job.voucherDate, by, reason }
  const own = await prepareReversal(original, wanted, books, { content, contentHash })
  const undoing = { by, reason, rights, lockedOn: null, at: around.now }
  const undone = []
  for (const plan of original.plans) undone.push(await undoMonths(plan, undoing, books, found.of))
  const all = [own, ...undone]
  return {
    toPost: all.flatMap((u) => u.toPost),
    ...(all.some((u) => u.toUndo.length + u.toMatch.length > 0) && {
      toUndo: all.flatMap((u) => u.toUndo),
      toMatch: all.flatMap((u) => u.toMatch),
    }),
    scheduling: { dropped: undone.flatMap((u) => u.scheduling.dropped) },
    refuses: undone.some((u) => u.stands), // so that no month stands by facts that are no longer true
    answer: (v) => ({ ok: true, ledgerVersion: v, vouchers: [answerOf(own.toPost[0]!)] }),
  }
}

type Wanted = Pick<ReversalJob, 'id' | 'voucherDate' | 'by' | 'reason'>

/** The voucher that negates another as it was booked, and what becomes of the open items of both. */
export async function prepareReversal(
  original: Reversible,
  wanted: Wanted,
  books: Books,
  known?: { content: string; contentHash: string },
): Promise<{ toPost: Prepared[]; toUndo: PreparedUndo[]; toMatch: PreparedMatch[] }> {
  const { id, voucherDate, by, reason } = wanted
  const content = known?.content ?? JSON.stringify({ id, reversalOf: original.id, voucherDate, reason })
  const entries = original.entries.map((entry) => ({
    ...entry,
    amount: negate(entry.amount),
    currencyAmount: entry.currencyAmount === null ? null : -entry.currencyAmount,
  }))
  const prepared: Prepared = {
    id,
    type: original.type,
    series: original.series,
    fiscalYear: fiscalYearOf(voucherDate, books)!.year,
    voucherDate,
    documentDate: voucherDate,
    vatDate: original.vatDate,
    text: original.text,
    by,
    reversalOf: original.id,
    reason,
    importJob: null,
    externalId: null,
    content,
    contentHash: known?.contentHash ?? (await sha256(content)),
    entries,
    issues: [],
    eventType: 'voucher.reversed',
    ...(original.documents.length > 0 && { documents: original.documents.map((d) => d.id) }),
  }
  const freed = entries.some((e) => e.party !== null) ? await freeItems(original, prepared) : undefined
  return { toPost: [prepared], toUndo: freed?.toUndo ?? [], toMatch: freed?.toMatch ?? [] }
}

/**
 * The reversal settles the original's open items with its own, whole. What the original had settled, or was settled by, is
 * open again from the day of the reversal: a payment that bounced leaves its invoice unpaid.
 */
async function freeItems(
  { settlement: { items, matches } }: Reversible,
  reversal: Prepared,
): Promise<{ toUndo: PreparedUndo[]; toMatch: PreparedMatch[] }> {
  const { voucherDate: day, by, reason } = reversal
  const toUndo = matches.map((match) => ({ match, date: matchDateOf([match.matchDate, day]), by, reason }))
  const toMatch: PreparedMatch[] = []
  for (const [line, item] of items) {
    if (item.amount === 0) continue
    const freedOn = toUndo
      .filter(({ match, date }) => date > match.matchDate && match.lines.some((l) => l.openItem === item.id))
      .map(({ date }) => date)
    const { kind, party, account, amount, currencyAmount } = item
    toMatch.push({
      id: await matchIdOf(reversal.id, line),
      kind,
      party,
      account,
      matchDate: matchDateOf([item.matchableFrom, day, ...freedOn]),
      rule: 'reversal',
      reason,
      by,
      lines: [
        { item: item.id, amount, currencyAmount, rest: 0 },
        {
          item: { voucher: reversal, line },
          amount: negate(amount),
          currencyAmount: currencyAmount === null ? null : -currencyAmount,
          rest: 0,
        },
      ],
    })
  }
  return { toUndo, toMatch }
}

const storedAnswer = (stored: StoredVoucher | undefined): PostedAnswer | undefined =>
  stored && { ...stored, status: 'posted', replayed: true, issues: [] }

export function checkDay(
  job: Pick<ReversalJob, 'voucherDate' | 'reason' | 'rights'>,
  books: Books,
  at: string,
): Issue[] {
  if (!fiscalYearOf(job.voucherDate, books))
    return [error('fiscal-year/missing', `${at}/voucherDate`, { date: job.voucherDate })]
  return checkLock({ voucherDate: job.voucherDate, reason: job.reason ?? undefined }, books, job.rights, at)
}
