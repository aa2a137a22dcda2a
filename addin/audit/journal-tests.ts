import { dayInOslo } from '#worker/core/dates.ts'
import { serialOf } from '../sheet/excel-value.ts'
import type { AuditVoucher } from './recompute-chain.ts'

export const JOURNAL_TESTS = ['weekend', 'late', 'round', 'twice', 'reversal', 'noText'] as const
export type JournalTest = (typeof JOURNAL_TESTS)[number]
export type Finding = { test: JournalTest; voucher: AuditVoucher }

/** Days after its own date from which a voucher is late. */
const LATE = 60
/** A round sum: whole tens of thousands of kroner, in øre. */
const ROUND = 1_000_000

/** Vouchers that an auditor may want to see: none of it need be wrong. In the order of the tests, then of posting. */
export function journalTests(vouchers: readonly AuditVoucher[]): Finding[] {
  const alike = new Map<string, number>()
  for (const { likeness } of vouchers) alike.set(likeness, (alike.get(likeness) ?? 0) + 1)
  const caught: Record<JournalTest, (v: AuditVoucher) => boolean> = {
    weekend: (v) => serialOf(dayInOslo(v.recordedAt)) % 7 < 2, // Excel counts its days from a Saturday
    late: (v) => serialOf(dayInOslo(v.recordedAt)) - serialOf(v.date) > LATE,
    round: (v) => v.amount > 0 && v.amount % ROUND === 0,
    twice: (v) => alike.get(v.likeness)! > 1,
    reversal: (v) => v.reverses,
    noText: (v) => v.text.trim() === '',
  }
  return JOURNAL_TESTS.flatMap((test) => vouchers.filter(caught[test]).map((voucher) => ({ test, voucher })))
}
