import { dayInOslo, monthOf } from '#worker/core/dates.ts'
import { serialOf } from '../sheet/excel-value.ts'
import { digitShares, firstDigit } from './first-digits.ts'
import type { AuditVoucher } from './recompute-chain.ts'

export const JOURNAL_TESTS = [
  'afterLock',
  'weekend',
  'late',
  'round',
  'twice',
  'reversal',
  'firstDigit',
  'noText',
] as const
export type JournalTest = (typeof JOURNAL_TESTS)[number]
export type Finding = { test: JournalTest; voucher: AuditVoucher }

/** Days after its own date from which a voucher is late. */
const LATE = 60
/** A round sum: whole tens of thousands of kroner, in øre. */
const ROUND = 1_000_000

/** A lock as the ledger tells of it; `open` is one that was lifted. */
export type Lock = { scope: string; fromMonth: string; toMonth: string; level: string; recordedAt: string }

/**
 * Vouchers that an auditor may want to see: none of it need be wrong. In the order of the tests, then of posting. `locks` are
 * all there ever were: what came into a locked month is told, whether it was opened for it or let through.
 */
export function journalTests(vouchers: readonly AuditVoucher[], locks: readonly Lock[] = []): Finding[] {
  const whole = locks.filter(({ scope, level }) => scope === 'all' && level !== 'open')
  const digits = new Set(digitShares(vouchers).flatMap(({ digit, conspicuous }) => (conspicuous ? [digit] : [])))
  const alike = new Map<string, number>()
  for (const { likeness } of vouchers) alike.set(likeness, (alike.get(likeness) ?? 0) + 1)
  const caught: Record<JournalTest, (v: AuditVoucher) => boolean> = {
    afterLock: (v) =>
      whole.some(
        (lock) =>
          lock.fromMonth <= monthOf(v.date) && monthOf(v.date) <= lock.toMonth && lock.recordedAt < v.recordedAt,
      ),
    weekend: (v) => serialOf(dayInOslo(v.recordedAt)) % 7 < 2, // Excel counts its days from a Saturday
    late: (v) => serialOf(dayInOslo(v.recordedAt)) - serialOf(v.date) > LATE,
    round: (v) => v.amount > 0 && v.amount % ROUND === 0,
    twice: (v) => alike.get(v.likeness)! > 1,
    reversal: (v) => v.reverses,
    firstDigit: (v) => digits.has(firstDigit(v.amount)),
    noText: (v) => v.text.trim() === '',
  }
  return JOURNAL_TESTS.flatMap((test) => vouchers.filter(caught[test]).map((voucher) => ({ test, voucher })))
}
