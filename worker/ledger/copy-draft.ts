import type { IsoDate } from '#worker/core/dates.ts'
import { type Ore, ore } from '#worker/core/money.ts'
import type { Entry } from './entry.ts'
import type { VoucherDraft, VoucherLine } from './voucher-draft.ts'

/** A posted voucher with its entries, and what was typed where that is known. */
export type Copied = { type: string; text: string; content: string | null; entries: readonly Entry[] }

/**
 * A posted voucher as a draft again, under a new id and on a new day: every line as it was typed, less what belongs to the
 * old one (what it settled, why it was posted in a locked month, its documents, what it put right). Of booked imports, which
 * have no draft, the lines are made of the entries, VAT gathered in its line; the currency amount of such a line follows its rate.
 */
export function copyOf(voucher: Copied, id: VoucherDraft['id'], voucherDate: IsoDate): VoucherDraft {
  const typed = voucher.content ? (JSON.parse(voucher.content) as Partial<VoucherDraft>) : undefined
  if (!typed?.lines) return { id, type: voucher.type, voucherDate, text: voucher.text, lines: linesOf(voucher.entries) }
  const { documentDate, vatDate, reason, documents, corrects, lines, ...kept } = typed as VoucherDraft
  return { ...kept, id, voucherDate, lines: lines.map(({ matches, ...line }) => line) }
}

function linesOf(entries: readonly Entry[]): VoucherLine[] {
  const rows = new Map<string, { entry: Entry; amount: Ore }>()
  for (const entry of entries) {
    const row = rows.get(entry.rowKey)
    if (row && entry.origin === 'vat') row.amount = ore(row.amount + entry.amount)
    else rows.set(row ? `${entry.rowKey}-${rows.size}` : entry.rowKey, { entry, amount: entry.amount })
  }
  return [...rows].map(([rowKey, { entry, amount }]) => ({
    rowKey,
    account: entry.party === null ? entry.account : `${entry.account}:${entry.party}`,
    amount,
    text: entry.text,
    ...(entry.vatCode !== null && {
      vatCode: entry.vatCode,
      ...(entry.vatRate === null && { vatMode: 'none' as const }),
    }),
    ...(entry.vatSpecification !== null && { vatSpecification: entry.vatSpecification }),
    ...(entry.quantity !== null && { quantity: entry.quantity }),
    ...currencyOf(entry, amount),
    ...(entry.dimensions && { dimensions: { ...entry.dimensions } }),
    ...(entry.invoiceNumber !== null && { invoiceNumber: entry.invoiceNumber }),
    ...(entry.dueDate !== null && { dueDate: entry.dueDate as IsoDate }),
    ...(entry.paymentReference !== null && { paymentReference: entry.paymentReference }),
  }))
}

function currencyOf({ currency, currencyAmount, rate, rateUnit, ...entry }: Entry, amount: Ore): Partial<VoucherLine> {
  if (currency === null) return {}
  if (amount === entry.amount && currencyAmount !== null) return { currency, currencyAmount }
  return { currency, ...(rate !== null && { rate }), ...(rateUnit === 100 && { rateUnit }) }
}
