import type { Instant } from '#worker/core/dates.ts'
import { sha256 } from '#worker/core/hash.ts'
import { Problem } from '#worker/core/problem.ts'
import type { Database } from '#worker/database/connect.ts'
import { type Client, networkOf } from './client.ts'
import { randomToken } from './random-token.ts'
import { type Counted, countTry, forgetOldTries, readFirstTry } from './try-store.ts'

const WINDOW_MS = 15 * 60_000
/** Tries in 15 minutes: of passwords for an account, of codes for an account, and of anything from a network. Source: reliability.md S11, S12. */
export const ACCOUNT_TRIES = 10
export const CODE_TRIES = 5
const NETWORK_TRIES = 100

/** A try that was counted: what it is taken back by when it was no wrong one. */
export type Try = { at: string; subject: string }

/**
 * Counts a try before it is made. Tries that are refused are not counted, so nobody is locked out for longer than the window.
 * @throws Problem 429 request/too-many, with `params.subject` when it is the account and not the network.
 */
export async function countOrRefuse(
  control: Database,
  account: Counted,
  { network }: Pick<Client, 'network'>,
  now: Instant,
): Promise<Try> {
  const counted = [account, { subject: `network:${networkOf(network)}`, limit: NETWORK_TRIES }]
  const at = `${now}~${randomToken(6)}`
  const since = new Date(Date.parse(now) - WINDOW_MS).toISOString() as Instant
  const [, made, first] = await control.batch(
    [forgetOldTries(since), countTry(counted, at, since), readFirstTry(counted, since)],
    'write',
  )
  if (made!.rowsAffected > 0) return { at, subject: account.subject }
  const oldest = String(first!.rows[0]?.first ?? now).split('~')[0]!
  const seconds = Math.max(1, Math.ceil((Date.parse(oldest) + WINDOW_MS - Date.parse(now)) / 1_000))
  const params: Record<string, string | number> =
    seconds > 90 ? { seconds, reason: 'minutes', minutes: Math.ceil(seconds / 60) } : { seconds }
  throw new Problem(429, 'request/too-many', { params })
}

/** Whether something is done for the first time in the window: for what should happen once, however often it is asked. */
export async function isFirst(control: Database, what: string, now: Instant): Promise<boolean> {
  const since = new Date(Date.parse(now) - WINDOW_MS).toISOString() as Instant
  const at = `${now}~${randomToken(6)}`
  return (await control.execute(countTry([{ subject: what, limit: 1 }], at, since))).rowsAffected > 0
}

/**
 * Whose tries count together. A browser that has signed in to this account before has tries of its own, so that strangers
 * cannot use up its owner's.
 */
export async function subjectOf(kind: 'account' | 'code', address: string, known: string | undefined): Promise<string> {
  return `${kind}:${await sha256(known ? `device ${known}` : `account ${address}`)}`
}
