import { isError, Problem } from '#worker/core/problem.ts'
import { checkVersion } from '#worker/core/version.ts'
import { refusalOf } from '#worker/database/refusal.ts'
import { changesOf, isUnchanged } from '#worker/events/event.ts'
import { insertEventsIfChanged } from '#worker/events/store.ts'
import type { Acting } from '#worker/http/acting.ts'
import { type AccountChange, checkAccount } from './chart-account.ts'
import { type KeptAccount, readChartAccount, readVatCodes, updateAccount } from './store.ts'

/**
 * Changes an account's names, VAT codes, grouping or closing day. The very next post is judged by it.
 * @throws Problem 404 account/unknown; 409 version/stale; 422 request/invalid, one issue for each wrong field.
 */
export async function changeAccount(
  { db, by, at }: Acting,
  number: string,
  change: AccountChange,
  version: number | undefined,
): Promise<KeptAccount> {
  const found = await readChartAccount(db, number)
  if (!found) throw new Problem(404, 'account/unknown', { params: { account: number } })
  checkVersion(version, found.version)
  const account = { ...found.account, ...change }
  const issues = checkAccount(account, (await readVatCodes(db)).codes, found.account)
  if (issues.some(isError)) throw new Problem(422, 'request/invalid', { issues })
  const changes = changesOf(found.account, account)
  if (isUnchanged(changes)) return found
  const event = { type: 'account.changed', at, by, subject: number, touched: [{ account: number }], changes }
  const [updated] = await db
    .batch([updateAccount(account, found.version), insertEventsIfChanged(event)], 'write')
    .catch((cause) => {
      if (refusalOf(cause)?.kind !== 'rule') throw cause
      throw new Problem(422, 'account/merged', { params: { account: number } }) // it stays closed
    })
  if (updated!.rowsAffected === 0) throw new Problem(409, 'version/stale')
  return { ...found, account, version: found.version + 1 }
}
