import { Problem } from '#worker/core/problem.ts'
import { checkVersion } from '#worker/core/version.ts'
import { refusalOf } from '#worker/database/refusal.ts'
import { changesOf, isUnchanged } from '#worker/events/event.ts'
import { insertEvents, insertEventsIfChanged } from '#worker/events/store.ts'
import type { Acting } from '#worker/http/acting.ts'
import type { NewVoucherType, VoucherTypeChange } from './chart-voucher-type.ts'
import { insertVoucherType, type KeptVoucherType, readVoucherType, updateVoucherType } from './store.ts'

/** Adds a voucher type with a number series of its own. @throws Problem 422 voucher-type/exists. */
export async function createVoucherType({ db, by, at }: Acting, wanted: NewVoucherType): Promise<KeptVoucherType> {
  const { key, series, nameNb, nameEn = nameNb } = wanted
  const type = { key, series, nameNb, nameEn, active: true }
  const event = { type: 'voucher-type.created', at, by, subject: key, changes: changesOf(undefined, type) }
  try {
    await db.batch([insertVoucherType(type), insertEvents(event)], 'write')
  } catch (cause) {
    if (refusalOf(cause)?.kind !== 'taken') throw cause
    throw new Problem(422, 'voucher-type/exists', { params: { voucherType: key, series } })
  }
  return { ...type, version: 1, used: false }
}

/**
 * Changes a voucher type's names, or whether it takes new vouchers.
 * @throws Problem 404 voucher-type/unknown; 409 version/stale.
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
  const type = { ...found, ...change }
  const changes = changesOf(found, type)
  if (isUnchanged(changes)) return found
  const event = { type: 'voucher-type.changed', at, by, subject: key, changes }
  const [updated] = await db.batch([updateVoucherType(type, found.version), insertEventsIfChanged(event)], 'write')
  if (updated!.rowsAffected === 0) throw new Problem(409, 'version/stale')
  return { ...type, version: found.version + 1 }
}
