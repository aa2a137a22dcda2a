import type { IsoDate } from '#worker/core/dates.ts'
import { ore } from '#worker/core/money.ts'
import type { VoucherDraft, VoucherLine } from '#worker/ledger/voucher-draft.ts'

/**
 * Everyday cases as vouchers: what an accountant looks up. The help shows them with the entries they give, the demo company has
 * them in its books, and a test holds each against its golden entries. Titles and explanations: i18n/nb/everyday.ts.
 */
export type EverydayCase = {
  key: string
  group: EverydayGroup
  vouchers: readonly EverydayVoucher[]
  /** The demo company's own vouchers show the case already. */
  inDemo?: false
}
export const EVERYDAY_GROUPS = ['purchases', 'sales', 'payments', 'payroll', 'vat', 'finance', 'year-end'] as const
export type EverydayGroup = (typeof EVERYDAY_GROUPS)[number]

export type Line = readonly [account: string, kroner: number, rest?: Omit<VoucherLine, 'account' | 'amount'>]
export type EverydayVoucher = {
  type: string
  /** Month and day of the year it is shown in. */
  day: string
  text: string
  lines: readonly Line[]
}

/** An invoice’s number and due date on its control account line; the date is month and day until the year is known. */
export const invoice = (invoiceNumber: string, due?: string) => ({
  invoiceNumber,
  ...(due && { dueDate: due as IsoDate }),
})
export const one = (type: string, day: string, text: string, lines: readonly Line[]): EverydayVoucher => ({
  type,
  day,
  text,
  lines,
})
export const incoming = (day: string, text: string, lines: readonly Line[]) => one('incoming-invoice', day, text, lines)
export const outgoing = (day: string, text: string, lines: readonly Line[]) => one('outgoing-invoice', day, text, lines)

/** A case's vouchers in a year, as they are entered; ids come when they are posted. */
export const draftsOf = ({ vouchers }: EverydayCase, year: number): Omit<VoucherDraft, 'id'>[] =>
  vouchers.map(({ day, lines, ...rest }) => ({
    ...rest,
    voucherDate: `${year}-${day}` as IsoDate,
    lines: lines.map(([account, kroner, { dueDate, ...more } = {}]) => ({
      account,
      amount: ore(Math.round(kroner * 100)),
      ...more,
      ...(dueDate && { dueDate: `${year}-${dueDate}` as IsoDate }),
    })),
  })) as Omit<VoucherDraft, 'id'>[]
