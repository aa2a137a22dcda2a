import { addDays, type IsoDate, type Month } from '#worker/core/dates.ts'
import { type Ore, ore } from '#worker/core/money.ts'
import type { VoucherDraft, VoucherLine } from '#worker/ledger/voucher-draft.ts'
import type { Random } from './random.ts'

/** A voucher of the demo company; ids come when all are in order of date. */
export type DemoVoucher = Omit<VoucherDraft, 'id' | 'lines'> & { lines: VoucherLine[] }

/** An invoice as it stands open: gross in øre, positive both for customers and suppliers. */
export type DemoInvoice = {
  party: string
  number: string
  date: IsoDate
  dueDate: IsoDate
  gross: Ore
  reference?: string
  /** Of a credit note: the invoice it is settled together with. */
  with?: DemoInvoice
}

/** One month to make up: chance of its own, and how much larger than the first year's the figures are. */
export type DemoMonth = { month: Month; place: number; growth: number; random: Random }

export const kroner = (n: number): Ore => ore(Math.round(n * 100))
export const dayOf = (month: Month, day: number): IsoDate => `${month}-${String(day).padStart(2, '0')}` as IsoDate

/** A line: account (and party after a colon), signed amount in øre, and the rest as in a draft. */
export const line = (
  account: string,
  amount: number,
  rest: Omit<VoucherLine, 'account' | 'amount'> = {},
): VoucherLine => ({
  account,
  amount: ore(amount),
  ...rest,
})

export const department = (code: '10' | '20' | '30', project?: string): { dimensions: Record<string, string> } => ({
  dimensions: project ? { department: code, project } : { department: code },
})

/** Monday when the day falls in a weekend. */
export function bankingDay(day: IsoDate): IsoDate {
  const weekday = new Date(`${day}T12:00:00Z`).getUTCDay()
  return weekday === 6 ? addDays(day, 2) : weekday === 0 ? addDays(day, 1) : day
}

/** Payment reference: the digits and a modulus 10 control digit. */
export function withLuhn(digits: string): string {
  let sum = 0
  for (let i = 0; i < digits.length; i++) {
    const doubled = Number(digits[digits.length - 1 - i]) * (i % 2 === 0 ? 2 : 1)
    sum += doubled > 9 ? doubled - 9 : doubled
  }
  return digits + ((10 - (sum % 10)) % 10)
}
