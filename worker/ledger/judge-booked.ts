import { sha256 } from '#worker/core/hash.ts'
import { error } from '#worker/core/problem.ts'
import { type Books, fiscalYearOf } from './books.ts'
import type { Entry } from './entry.ts'
import type { BookedEntry, BookedJob, BookedVoucher, PostedAnswer } from './job.ts'
import { checkDay } from './judge-reversal.ts'
import { answerOf, invalid, type Judged, type Prepared, refused, type Surroundings } from './judged.ts'
import { checkScopeLocks } from './lock.ts'
import { checkBalance } from './voucher.ts'

export async function judgeBooked(job: BookedJob, books: Books, around: Surroundings): Promise<Judged> {
  const toPost: Prepared[] = []
  const replays = new Map<string, PostedAnswer>()
  for (const v of job.vouchers) {
    const contentHash = await sha256(bookedContent(v))
    const before = around.alreadyPosted(v.id)
    if (before?.contentHash === contentHash) {
      replays.set(v.id, before)
      continue
    }
    const issues = [
      ...checkDay({ voucherDate: v.voucherDate, reason: null, rights: job.rights }, books, '#'),
      ...checkScopeLocks(v, v.entries, books, job.rights, '#'),
      ...checkBalance(v.entries, '#'),
    ]
    if (before) issues.push(error('voucher/id-reused', '#/id', { voucher: v.externalId }))
    if (issues.length > 0) return refused({ ...invalid(issues), params: { voucher: v.externalId } })
    const type = books.voucherTypes.get(v.type) ?? books.voucherTypes.get('general')!
    toPost.push({
      id: v.id,
      type: type.key,
      series: type.series,
      fiscalYear: fiscalYearOf(v.voucherDate, books)!.year,
      voucherDate: v.voucherDate,
      documentDate: v.documentDate,
      vatDate: v.vatDate,
      text: v.text,
      by: job.by,
      reversalOf: null,
      reason: null,
      importJob: job.importJob,
      externalId: v.externalId,
      content: null,
      contentHash,
      entries: v.entries.map(wholeEntry),
      issues: [],
      eventType: 'voucher.posted',
    })
  }
  return {
    toPost,
    refuses: false,
    answer: (ledgerVersion) => ({
      ok: true,
      ledgerVersion,
      vouchers: [...toPost.map(answerOf), ...[...replays.values()].map((r) => ({ ...r, replayed: true }))],
    }),
  }
}

const NOTHING: Omit<Entry, 'rowKey' | 'account' | 'amount' | 'text'> = {
  origin: 'line',
  partyKind: null,
  party: null,
  vatCode: null,
  vatRate: null,
  vatSide: null,
  vatSpecification: null,
  vatAmountReason: null,
  vatOverridden: false,
  dimensions: null,
  currency: null,
  currencyAmount: null,
  rate: null,
  rateUnit: null,
  rateSource: null,
  quantity: null,
  invoiceNumber: null,
  dueDate: null,
  paymentReference: null,
}
const wholeEntry = (e: BookedEntry): Entry => ({ ...NOTHING, ...e })

/** What the content hash of a booked voucher is taken over: it has no draft. */
export const bookedContent = (v: BookedVoucher): string =>
  JSON.stringify([v.type, v.voucherDate, v.documentDate, v.vatDate, v.text, v.externalId, v.entries])
