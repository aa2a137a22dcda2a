import { type IsoDate, monthOf } from '#worker/core/dates.ts'
import { decimal, decimalText, oreAtRate } from '#worker/core/decimal.ts'
import { copyOf } from './copy-draft.ts'
import type { Reversible } from './read-reversible.ts'
import type { VoucherDraft, VoucherLine } from './voucher-draft.ts'

/**
 * A posted voucher as the draft that takes its place, for a day on which it may be reversed: every line as it was typed, with its
 * documents and what it settles now. The day of its document stays where that is of the same month: the reversal is of its own
 * day, and both are to fall in one VAT term. So does the day of its VAT where that is another.
 */
export function correctionOf(voucher: Reversible, id: VoucherDraft['id'], day: IsoDate): VoucherDraft {
  const { documentDate, vatDate, documents } = voucher
  const draft = copyOf(voucher, id, day)
  const settled = settledBy(voucher)
  const document =
    documentDate !== voucher.voucherDate && monthOf(documentDate) === monthOf(day) ? documentDate : undefined
  return {
    ...draft,
    corrects: voucher.id as VoucherDraft['id'],
    ...(document && { documentDate: document }),
    ...(vatDate !== (document ?? day) && { vatDate }),
    ...(documents.length > 0 && { documents: documents.map((d) => d.id) as VoucherDraft['documents'] }),
    lines: draft.lines.map((line, i): VoucherLine => {
      const rowKey = line.rowKey ?? `r${i + 1}`
      const matches = settled.get(rowKey)
      return { ...asBooked(line, rowKey, voucher), ...(matches && { matches }) }
    }),
  }
}

/** A line of which only the currency amount was typed, at the rate it was booked at: the table's of another day would make another amount. */
function asBooked(line: VoucherLine, rowKey: string, { entries }: Reversible): VoucherLine {
  if (line.amount !== undefined || line.currencyAmount === undefined) return line
  const booked = entries.find((e) => e.origin === 'line' && e.rowKey === rowKey)
  const rate = decimal(booked?.rate ?? '')
  if (!rate) return line
  const rateUnit = booked?.rateUnit === 100 ? 100 : 1
  const amount = oreAtRate(line.currencyAmount, rate, rateUnit)
  return { ...line, amount, currency: booked?.currency ?? line.currency, rate: decimalText(rate), rateUnit }
}

/** What each line settles in matches that stand, whoever made them. One that has several of the voucher's own items has no one line to go with. */
function settledBy({
  entries,
  settlement: { items, matches },
}: Reversible): Map<string, NonNullable<VoucherLine['matches']>> {
  const own = new Map([...items].map(([line, item]) => [item.id, entries[line - 1]!]))
  const settled = new Map<string, NonNullable<VoucherLine['matches']>>()
  for (const { lines } of matches) {
    const [entry, ...others] = lines.flatMap(({ openItem }) => own.get(openItem) ?? [])
    if (!entry || others.length > 0 || entry.origin !== 'line') continue
    const theirs = lines.filter(({ openItem }) => !own.has(openItem))
    const before = settled.get(entry.rowKey) ?? []
    settled.set(entry.rowKey, [
      ...before,
      ...theirs.map(({ openItem, amount }) => ({ openItem, amount }) as (typeof before)[number]),
    ])
  }
  return settled
}
