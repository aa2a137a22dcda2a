import { error, isError, Problem } from '#worker/core/problem.ts'
import { refusalOf } from '#worker/database/refusal.ts'
import { changesOf } from '#worker/events/event.ts'
import { insertEvents } from '#worker/events/store.ts'
import type { Acting } from '#worker/http/acting.ts'
import { accountFrom, checkAccount, type NewAccount } from './chart-account.ts'
import { insertAccount, type KeptAccount, readVatCodes } from './store.ts'

/**
 * Adds an account to the chart; it may be posted on at once.
 * @throws Problem 422 request/invalid, one issue for each wrong field; 422 account/exists.
 */
export async function createAccount({ db, by, at }: Acting, wanted: NewAccount): Promise<KeptAccount> {
  const account = accountFrom(wanted)
  const issues = checkAccount(account, (await readVatCodes(db)).codes)
  if (issues.some(isError)) throw new Problem(422, 'request/invalid', { issues })
  const subject = account.number
  const event = { type: 'account.created', at, by, subject, touched: [{ account: subject }] }
  try {
    await db.batch(
      [insertAccount(account), insertEvents({ ...event, changes: changesOf(undefined, account) })],
      'write',
    )
  } catch (cause) {
    if (refusalOf(cause)?.kind !== 'taken') throw cause
    const params = { account: account.number }
    throw new Problem(422, 'account/exists', { params, issues: [error('account/exists', '#/number', params)] })
  }
  return { account, version: 1, firstMonth: null, lastMonth: null }
}
