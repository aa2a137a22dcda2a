import type { Locale } from '#i18n/format.ts'
import { type Month, monthOf } from '#worker/core/dates.ts'
import { type Books, type LockLevel, lockLevelOn } from '#worker/ledger/books.ts'
import type { SheetVoucher } from '../sheet/sheet-voucher.ts'

/** What vouchers come to once they are posted: by type, by month, and their VAT. Sums in øre. */
export const whatPostingDoes = (ready: readonly SheetVoucher[], books: Books, locale: Locale) => ({
  byType: typesOf(ready, books, locale),
  debit: ready.reduce((total, v) => total + debitOf(v), 0),
  periods: periodsOf(ready, books),
  vat: vatOf(ready),
})

/** The debit sum of the entries a voucher gives, in øre. */
export const debitOf = ({ judgement }: SheetVoucher): number =>
  judgement.entries.reduce((total, { amount }) => total + Math.max(0, amount), 0)

function typesOf(
  vouchers: readonly SheetVoucher[],
  books: Books,
  locale: Locale,
): { name: string; count: number; debit: number }[] {
  const types = new Map<string, { name: string; count: number; debit: number }>()
  for (const voucher of vouchers) {
    const type = books.voucherTypes.get(String(voucher.raw.type))
    const key = type?.key ?? ''
    const own = types.get(key) ?? { name: (locale === 'nb' ? type?.nameNb : type?.nameEn) ?? '', count: 0, debit: 0 }
    own.count++
    own.debit += debitOf(voucher)
    types.set(key, own)
  }
  return [...types.values()].sort((a, b) => b.count - a.count)
}

function periodsOf(vouchers: readonly SheetVoucher[], books: Books): { month: Month; level: LockLevel }[] {
  const months = new Map<Month, LockLevel>()
  for (const { judgement } of vouchers) {
    const day = judgement.voucher?.voucherDate
    if (day) months.set(monthOf(day), lockLevelOn(day, books))
  }
  return [...months].sort(([a], [b]) => (a < b ? -1 : 1)).map(([month, level]) => ({ month, level }))
}

function vatOf(vouchers: readonly SheetVoucher[]): { input: number; output: number } {
  const vat = { input: 0, output: 0 }
  for (const { judgement } of vouchers)
    for (const { vatSide, amount } of judgement.entries)
      if (vatSide === 'input' || vatSide === 'output') vat[vatSide] += amount
  return { input: vat.input, output: vat.output === 0 ? 0 : -vat.output }
}
