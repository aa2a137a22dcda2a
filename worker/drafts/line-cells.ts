import type { VoucherLine } from '#worker/ledger/voucher-draft.ts'

/** What a line of a draft is in the cells of a row, less what belongs to one invoice alone. A rate per hundred is one cell: `103.25/100`. */
export function fieldsOf(line: VoucherLine) {
  const { rate = '', rateUnit, vatCode } = line
  return {
    account: line.account,
    amount: line.amount || '',
    vatCode: vatCode ?? '',
    vatMode: line.vatMode ?? '',
    vatAmount: line.vatAmount ?? '',
    vatAmountReason: line.vatAmountReason ?? '',
    vatSpecification: line.vatSpecification ?? '',
    quantity: line.quantity ?? '',
    currency: line.currency ?? '',
    currencyAmount: line.currencyAmount ?? '',
    rate: rateUnit && rateUnit > 1 ? `${rate}/${rateUnit}` : rate,
    dimensions: withoutNone(line.dimensions ?? {}),
    text: line.text ?? '',
    script: line.script ?? '',
  }
}

/** Fields that say something. */
export const filledIn = <T extends object>(fields: T): Partial<T> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== '')) as Partial<T>

const withoutNone = (dimensions: Readonly<Record<string, string | null>>): Record<string, string> =>
  Object.fromEntries(Object.entries(dimensions).filter((pair): pair is [string, string] => pair[1] !== null))
