import { monthName } from '#i18n/format.ts'
import { addMonths, type Month } from '#worker/core/dates.ts'
import { ore } from '#worker/core/money.ts'
import { type DemoMonth, type DemoVoucher, dayOf, department, kroner, line } from './draft.ts'

/** Monthly pay by department, in kroner: four in the workshop with the manager, three mounting, one and a half in the shop. */
const PAY = [
  ['10', 208_000],
  ['20', 141_500],
  ['30', 58_200],
] as const
const TAX = 0.318
const EMPLOYER_TAX = 0.141
const HOLIDAY_PAY = 0.12
/** In June holiday pay is paid instead of most of the wages. */
const JUNE_SHARE = 0.18

/** Sums of a month's payroll in øre; `holidayPay` is what was earned, to be paid next year. */
export type Payroll = { tax: number; employerTax: number; net: number; holidayPay: number }

const share = (amount: number, rate: number): number => Math.round(amount * rate)

/** Wages, withheld tax, employer's tax and holiday pay of a month. `holidayPayDue` in øre is what was earned last year. */
export function payrollOf(
  { month, place, growth }: DemoMonth,
  holidayPayDue: number,
): { voucher: DemoVoucher; sums: Payroll } {
  const june = place === 5
  const pay = PAY.map(([code, amount]) => ({
    code,
    amount: kroner(Math.round(amount * (growth > 1 ? 1.041 : 1) * (june ? JUNE_SHARE : 1))),
  }))
  const gross = pay.reduce((sum, { amount }) => sum + amount, 0)
  const holidayPay = june ? holidayPayDue : 0
  // Half of the tax in December, none on holiday pay.
  const tax = share(gross, place === 11 ? TAX / 2 : june ? 0.05 : TAX)
  const taxBearing = gross + holidayPay
  const employerTax = share(taxBearing, EMPLOYER_TAX)
  const accrued = pay.map(({ code, amount }) => ({ code, amount: share(amount, HOLIDAY_PAY) }))
  const onHolidayPay = accrued.map(({ code, amount }) => ({ code, amount: share(amount, EMPLOYER_TAX) }))
  const total = (list: { amount: number }[]) => list.reduce((sum, { amount }) => sum + amount, 0)
  const lines = [
    ...pay.map(({ code, amount }) => line('5000', amount, department(code))),
    ...(holidayPay > 0 ? [line('2940', holidayPay, { text: 'Feriepenger utbetalt' })] : []),
    line('2600', -tax),
    line('2930', -(gross + holidayPay - tax)),
    ...pay.map(({ code, amount }) => line('5400', share(amount, EMPLOYER_TAX), department(code))),
    ...(holidayPay > 0 ? [line('2785', share(holidayPay, EMPLOYER_TAX))] : []),
    line('2770', -employerTax),
    ...accrued.map(({ code, amount }) => line('5180', amount, department(code))),
    line('2940', -total(accrued)),
    ...onHolidayPay.map(({ code, amount }) => line('5182', amount, department(code))),
    line('2785', -total(onHolidayPay)),
  ]
  // The parts of the employer's tax are rounded one by one; the øre left over go to its own account.
  const rest = lines.reduce((sum, l) => sum + l.amount!, 0)
  if (rest !== 0) lines.push(line('7740', -rest, { vatCode: '0', text: 'Øreavrunding' }))
  return {
    voucher: { type: 'payroll', voucherDate: dayOf(month, 12), text: `Lønn ${monthName(month, 'nb')}`, lines },
    sums: { tax, employerTax, net: gross + holidayPay - tax, holidayPay: total(accrued) },
  }
}

/** The net pay and the withheld tax leave the bank on the same day. */
export const payOutOf = ({ month }: DemoMonth, { net, tax }: Payroll): DemoVoucher => ({
  type: 'payment-out',
  voucherDate: dayOf(month, 12),
  text: `Utbetaling av lønn ${monthName(month, 'nb')}`,
  lines: [line('2930', net), line('2600', tax, { text: 'Forskuddstrekk' }), line('1920', -ore(net + tax))],
})

/** Employer's tax of two months, on the 15th of the month after them. */
export const employerTaxPaid = (afterMonth: Month, amount: number): DemoVoucher => ({
  type: 'payment-out',
  voucherDate: dayOf(addMonths(afterMonth, 1), 15),
  text: 'Arbeidsgiveravgift',
  lines: [line('2770', amount), line('1920', -amount)],
})
