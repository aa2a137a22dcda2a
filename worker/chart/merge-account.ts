import { isError, Problem } from '#worker/core/problem.ts'
import { refusalOf } from '#worker/database/refusal.ts'
import { insertEvents } from '#worker/events/store.ts'
import type { Acting } from '#worker/http/acting.ts'
import { type AccountMerge, checkMerge, type NewMerge } from './account-merge.ts'
import { countOpenItems, insertMerge, readMerges } from './merge-store.ts'
import { readAccountUse, readChartAccount } from './store.ts'

/**
 * Merges an account into another from a day on: it takes no more vouchers, its entries and their history stay, and reports can
 * show the two as one. Parties that pointed at it point at the other.
 * @throws Problem 404 account/unknown; 422 request/invalid with account/merge-differs, account/merged, account/merge-open-items,
 * account/in-use or account/closed.
 */
export async function mergeAccount({ db, by, at }: Acting, number: string, wanted: NewMerge): Promise<AccountMerge> {
  const found = await readChartAccount(db, number)
  if (!found) throw new Problem(404, 'account/unknown', { params: { account: number } })
  const [into, merges, openItems, use] = await Promise.all([
    readChartAccount(db, wanted.into),
    readMerges(db),
    countOpenItems(db, number),
    readAccountUse(db, number),
  ])
  const facts = { into: into?.account, merges, openItems, vatCodes: use.vatCodes }
  const issues = checkMerge(found.account, wanted, facts)
  if (issues.some(isError)) throw new Problem(422, 'request/invalid', { issues })
  const { into: other, fromDate, reason } = wanted
  const merge = { account: number, into: other, fromDate, reason, by, recordedAt: at }
  const changes = {
    into: [null, other] as const,
    closedFrom: [found.account.closedFrom, fromDate] as const,
    reason: [null, reason] as const,
  }
  const event = {
    type: 'account.merged',
    at,
    by,
    subject: number,
    touched: [{ account: number }, { account: other }],
    changes,
  }
  try {
    await db.batch([...insertMerge(merge), insertEvents(event)], 'write')
  } catch (cause) {
    const refusal = refusalOf(cause)
    if (refusal?.kind !== 'rule' && refusal?.kind !== 'taken') throw cause
    // Somebody else changed one of the two meanwhile.
    const code = refusal.kind === 'rule' ? refusal.code : 'account/merged'
    throw new Problem(422, code, { params: { account: number, into: other } })
  }
  return merge
}
