import { type Issue, Problem } from '#worker/core/problem.ts'
import { checkVersion } from '#worker/core/version.ts'
import { refusalOf } from '#worker/database/refusal.ts'
import { changesOf, isUnchanged } from '#worker/events/event.ts'
import { insertEvents, insertEventsIfChanged } from '#worker/events/store.ts'
import type { Acting } from '#worker/http/acting.ts'
import { NO_RULES, type VoucherType } from '#worker/ledger/voucher-type.ts'
import type { NewVoucherType, VoucherTypeChange } from './chart-voucher-type.ts'
import {
  insertVoucherType,
  type KeptVoucherType,
  putVoucherTypeRule,
  readChartAccount,
  readVoucherType,
  updateVoucherType,
} from './store.ts'

/** Adds a voucher type with a number series of its own. @throws Problem 422 voucher-type/exists, account/unknown. */
export async function createVoucherType({ db, by, at }: Acting, wanted: NewVoucherType): Promise<KeptVoucherType> {
  const { key, series, nameNb, nameEn = nameNb, ...rules } = wanted
  const type: VoucherType = { key, series, nameNb, nameEn, active: true, ...NO_RULES, ...given(rules) }
  await checkAccounts(db, type)
  const event = { type: 'voucher-type.created', at, by, subject: key, changes: changesOf(undefined, type) }
  try {
    await db.batch([insertVoucherType(type), putVoucherTypeRule(type), insertEvents(event)], 'write')
  } catch (cause) {
    if (refusalOf(cause)?.kind !== 'taken') throw cause
    throw new Problem(422, 'voucher-type/exists', { params: { voucherType: key, series } })
  }
  return { ...type, version: 1, used: false }
}

/**
 * Changes a voucher type's names and rules, or whether it takes new vouchers.
 * @throws Problem 404 voucher-type/unknown; 409 version/stale; 422 account/unknown.
 */
export async function changeVoucherType(
  { db, by, at }: Acting,
  key: string,
  change: VoucherTypeChange,
  version: number | undefined,
): Promise<KeptVoucherType> {
  const found = await readVoucherType(db, key)
  if (!found) throw new Problem(404, 'voucher-type/unknown', { params: { voucherType: key } })
  checkVersion(version, found.version)
  const type = { ...found, ...given(change) }
  await checkAccounts(db, type)
  const changes = changesOf(found, type)
  if (isUnchanged(changes)) return found
  const event = { type: 'voucher-type.changed', at, by, subject: key, changes }
  const [updated] = await db.batch(
    [updateVoucherType(type, found.version), insertEventsIfChanged(event), putVoucherTypeRule(type, found.version + 1)],
    'write',
  )
  if (updated!.rowsAffected === 0) throw new Problem(409, 'version/stale')
  return { ...type, version: found.version + 1 }
}

/** What was given of a change; a field left out stays as it is. */
const given = <T extends object>(change: T) =>
  Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>
  }

async function checkAccounts(db: Acting['db'], type: VoucherType): Promise<void> {
  const issues: Issue[] = []
  for (const field of ['proposedAccount', 'proposedCounterAccount'] as const) {
    const account = type[field]
    if (account !== null && !(await readChartAccount(db, account)))
      issues.push({ code: 'account/unknown', severity: 'error', pointer: `#/${field}`, params: { account } })
  }
  if (issues.length > 0) throw new Problem(422, 'request/invalid', { issues })
}
