import * as z from 'zod/mini'
import { Month } from '#worker/core/date-schema.ts'
import { monthsBetween } from '#worker/core/dates.ts'
import { error, type Issue } from '#worker/core/problem.ts'
import { FilledText } from '#worker/core/text.ts'
import type { LockLevel, Period } from '#worker/ledger/books.ts'
import { scopeOf } from '#worker/ledger/lock.ts'

/** The scope of a lock that covers everything in its months. */
export const WHOLE = 'all'

/** Which months, how hard, what of them, and why. Source: decisions.md 8, features.md COR-02. */
export const NewLock = z.strictObject({
  fromMonth: Month,
  toMonth: Month,
  level: z.enum(['open', 'soft', 'hard'], 'field/invalid'),
  /** `vat`, `type:incoming-invoice`, `accounts:3000:3999`; without it the whole of the months. */
  scope: z.optional(FilledText(160).check(z.refine((s) => s === WHOLE || scopeOf(s) !== undefined, 'field/invalid'))),
  reason: FilledText(500),
})
export type NewLock = z.infer<typeof NewLock>

/** A voucher that stands in a period and did not when the period was sealed. */
export type LateVoucher = {
  id: string
  series: string
  fiscalYear: number
  number: number
  voucherDate: string
  ledgerVersion: number
  recordedAt: string
  by: string
  text: string
}

/** A lock as kept: what was locked or opened, and the hash of the period at that ledger version. */
export type PeriodLock = {
  id: string
  /** What of the months it covers: `all`, or a part of the books. */
  scope: string
  fromMonth: string
  toMonth: string
  level: LockLevel
  reason: string
  by: string
  recordedAt: string
  ledgerVersion: number
  hash: string
  /** The vouchers that came into the period since it was sealed before; null when it never was. */
  differences: LateVoucher[] | null
}

/** Every month from the first to the last must belong to a fiscal year. `periods` are those that do, in that range. */
export function checkNewLock(wanted: NewLock, periods: readonly Period[]): Issue[] {
  if (wanted.toMonth < wanted.fromMonth) return [error('field/invalid', '#/toMonth', {})]
  const known = new Set(periods.map((p) => p.month))
  const missing = monthsBetween(wanted.fromMonth, wanted.toMonth).find((m) => !known.has(m))
  if (!missing) return []
  return [error('period/unknown', missing === wanted.fromMonth ? '#/fromMonth' : '#/toMonth', { period: missing })]
}

/** A voucher type that is locked by itself must be one of the company's. */
export function checkScope({ scope = WHOLE }: NewLock, voucherTypes: ReadonlySet<string>): Issue[] {
  const part = scopeOf(scope)
  if (part?.kind !== 'type' || voucherTypes.has(part.type)) return []
  return [error('field/invalid', '#/scope', { reason: 'voucher-type', value: part.type })]
}

/** Whether it takes the right to unlock: a month that was shut to everybody would let someone in again. */
export const opensHardLock = (level: LockLevel, periods: readonly Period[]): boolean =>
  level !== 'hard' && periods.some((p) => p.level === 'hard')
