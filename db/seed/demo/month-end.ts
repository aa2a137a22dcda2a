import { addMonths, type IsoDate, lastDay, type Month } from '#worker/core/dates.ts'
import { ore } from '#worker/core/money.ts'
import { type DemoMonth, type DemoVoucher, dayOf, department, kroner, line } from './draft.ts'

/** Balances in øre by account (control accounts with all their parties). */
export type Balances = ReadonlyMap<string, number>

export const LOAN = 1_850_000
const INSTALMENT = 24_000
/** The bank takes 6.3 % a year. */
const INTEREST = 0.063 / 12

/** What a month ends with: bank fee, loan, depreciation and the month's share of the insurance. */
export function monthEndOf({ month, growth, random }: DemoMonth, monthsFromStart: number): DemoVoucher[] {
  const last = lastDay(month)
  const interest = kroner(Math.round((LOAN - INSTALMENT * monthsFromStart) * INTEREST))
  const fee = kroner(random.whole(1_050, 1_720) + 0.5)
  return [
    {
      type: 'bank',
      voucherDate: last,
      text: 'Bankgebyr',
      lines: [line('7770', fee, { vatCode: '0' }), line('1920', -fee)],
    },
    {
      type: 'bank',
      voucherDate: dayOf(month, 25),
      text: 'Avdrag og renter, banklån',
      lines: [
        line('2220', kroner(INSTALMENT)),
        line('8150', interest),
        line('1920', -ore(kroner(INSTALMENT) + interest)),
      ],
    },
    {
      type: 'depreciation',
      voucherDate: last,
      text: 'Avskrivning',
      lines: [
        line('6015', kroner(15_400), department('10')),
        line('1200', -kroner(15_400), { vatCode: '0' }),
        line('6010', kroner(5_200), department('20')),
        line('1235', -kroner(5_200), { vatCode: '0' }),
      ],
    },
    {
      type: 'accrual',
      voucherDate: last,
      text: 'Forsikring, månedens del',
      lines: [
        line('7500', kroner(growth > 1 ? 5_620 : 5_227), { vatCode: '0' }),
        line('1720', -kroner(growth > 1 ? 5_620 : 5_227)),
      ],
    },
  ]
}

/** Where a VAT term's return is paid: its last month, and the day. Source: norway.md, VAT terms. */
export const VAT_TERMS: readonly (readonly [lastPlace: number, dueMonthsLater: number, dueDay: number])[] = [
  [1, 2, 10],
  [3, 2, 10],
  [5, 2, 31],
  [7, 2, 10],
  [9, 2, 10],
  [11, 2, 10],
]

export const isVatAccount = (account: string): boolean => account >= '2700' && account <= '2716'

/** Moves what stands on the VAT accounts to the settlement account, in whole kroner. Undefined when nothing stands there. */
export function vatSettlement(
  lastDayOfTerm: IsoDate,
  term: number,
  balances: Balances,
): { voucher: DemoVoucher; due: number } | undefined {
  const standing = [...balances]
    .filter(([account, amount]) => isVatAccount(account) && amount !== 0)
    .sort(([a], [b]) => (a < b ? -1 : 1))
  if (standing.length === 0) return undefined
  const total = standing.reduce((sum, [, amount]) => sum + amount, 0)
  const due = Math.round(total / 100) * 100
  const rounding = total - due
  return {
    due,
    voucher: {
      type: 'vat',
      voucherDate: lastDayOfTerm,
      text: `Mva-oppgjør ${term}. termin`,
      lines: [
        ...standing.map(([account, amount]) => line(account, -amount)),
        line('2740', due),
        ...(rounding === 0 ? [] : [line('7740', rounding, { vatCode: '0', text: 'Øreavrunding' })]),
      ],
    },
  }
}

/** A negative `due`, in øre, is what is owed. */
export const vatPaid = (month: Month, day: number, term: number, due: number): DemoVoucher => ({
  type: 'payment-out',
  voucherDate: dayOf(month, day),
  text: `Mva ${term}. termin`,
  lines: [line('2740', -due), line('1920', due)],
})

export const dueMonth = (lastMonthOfTerm: Month, later: number): Month => addMonths(lastMonthOfTerm, later)

const isResult = (account: string): boolean => account >= '3'

/** Stock counted, tax of the year's profit, and the profit carried to equity. */
export function yearEndOf(year: number, balances: Balances): DemoVoucher[] {
  const last = `${year}-12-31` as IsoDate
  const stock = kroner(86_400)
  const profit = -[...balances].reduce((sum, [account, amount]) => (isResult(account) ? sum + amount : sum), 0) + stock
  const tax = Math.max(0, Math.round((profit * 0.22) / 100) * 100)
  return [
    {
      type: 'year-end',
      voucherDate: last,
      text: 'Beholdningsendring, varelager talt',
      lines: [line('1400', stock), line('4090', -stock, { vatCode: '0', ...department('10') })],
    },
    {
      type: 'year-end',
      voucherDate: last,
      text: 'Skatt på årets resultat',
      lines: [line('8300', tax), line('2500', -tax)],
    },
    {
      type: 'year-end',
      voucherDate: last,
      text: 'Årsresultat til egenkapital',
      lines: [line('8960', profit - tax), line('2050', -(profit - tax))],
    },
  ]
}
