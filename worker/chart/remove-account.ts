import { Problem } from '#worker/core/problem.ts'
import { checkVersion } from '#worker/core/version.ts'
import { refusalOf } from '#worker/database/refusal.ts'
import { changesOf } from '#worker/events/event.ts'
import { insertEventsIfChanged } from '#worker/events/store.ts'
import type { Acting } from '#worker/http/acting.ts'
import { deleteAccount, readAccountUse, readChartAccount } from './store.ts'

/**
 * Takes away an account that was never used. One that was is closed from a day instead.
 * @throws Problem 404 account/unknown; 409 version/stale; 422 account/in-use.
 */
export async function removeAccount(
  { db, by, at }: Acting,
  number: string,
  version: number | undefined,
): Promise<void> {
  const found = await readChartAccount(db, number)
  if (!found) throw new Problem(404, 'account/unknown', { params: { account: number } })
  checkVersion(version, found.version)
  if (found.firstMonth !== null) throw inUse(number)
  const use = await readAccountUse(db, number)
  if (use.vatCodes.length > 0) throw inUse(number, { reason: 'vat-code', vatCodes: use.vatCodes })
  if (use.parties > 0) throw inUse(number, { reason: 'party', parties: use.parties })
  const changes = changesOf(found.account, undefined)
  const event = { type: 'account.deleted', at, by, subject: number, touched: [{ account: number }], changes }
  try {
    const done = await db.batch([...deleteAccount(number, found.version), insertEventsIfChanged(event)], 'write')
    if (done.at(-2)!.rowsAffected === 0) throw new Problem(409, 'version/stale')
  } catch (cause) {
    // Somebody posted on it, or pointed something at it, in the meantime.
    const refusal = refusalOf(cause)
    if (refusal?.kind === 'rule' || refusal?.kind === 'other') throw inUse(number)
    throw cause
  }
}

const inUse = (account: string, more: Record<string, string | number | readonly string[]> = {}): Problem =>
  new Problem(422, 'account/in-use', { params: { account, ...more } })
