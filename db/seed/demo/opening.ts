import { addMonths, type IsoDate, type Month } from '#worker/core/dates.ts'
import { ore } from '#worker/core/money.ts'
import { type DemoInvoice, type DemoVoucher, dayOf, kroner, line } from './draft.ts'
import { LOAN } from './month-end.ts'

const HOLIDAY_PAY = kroner(541_800)
const VAT_OWED = kroner(318_650)
const EMPLOYER_TAX_OWED = kroner(132_400)
const TAX_OWED = kroner(265_400)

/** Invoices that stood open when the books were opened, and that are paid in the first weeks. */
function openItems(year: number): { sales: DemoInvoice[]; purchases: DemoInvoice[] } {
  const item = (party: string, number: string, day: number, amount: number): DemoInvoice => ({
    party,
    number,
    date: `${year - 1}-12-${day}` as IsoDate,
    dueDate: `${year}-01-${day}` as IsoDate,
    gross: kroner(amount),
  })
  return {
    sales: [
      item('10001', '3982', 11, 412_500),
      item('10002', '3987', 15, 268_750),
      item('10007', '3991', 16, 187_220.5),
      item('10020', '3996', 19, 317_750),
    ],
    purchases: [
      item('20001', '88102', 12, 241_300),
      item('20002', '51877', 14, 156_040),
      item('20003', '30415', 18, 48_625),
      item('20018', '7712', 19, 61_875),
    ],
  }
}

/** The opening balance of the first year, what was owed then, and how it is paid. */
export function openingOf(year: number) {
  const { sales, purchases } = openItems(year)
  const first = `${year}-01` as Month
  const lines = [
    line('1200', kroner(1_840_000)),
    line('1235', kroner(310_000)),
    line('1400', kroner(612_300)),
    ...sales.map((i) =>
      line(`1500:${i.party}`, i.gross, { text: `Faktura ${i.number}`, invoiceNumber: i.number, dueDate: i.dueDate }),
    ),
    line('1920', kroner(1_423_188.65)),
    line('2000', -kroner(300_000)),
    line('2220', -kroner(LOAN)),
    ...purchases.map((i) =>
      line(`2400:${i.party}`, -i.gross, { text: `Faktura ${i.number}`, invoiceNumber: i.number, dueDate: i.dueDate }),
    ),
    line('2500', -TAX_OWED),
    line('2740', -VAT_OWED),
    line('2770', -EMPLOYER_TAX_OWED),
    line('2785', -Math.round(HOLIDAY_PAY * 0.141)),
    line('2940', -HOLIDAY_PAY),
  ]
  const equity = ore(-lines.reduce((sum, l) => sum + l.amount!, 0))
  lines.splice(7, 0, line('2050', equity))
  const opening: DemoVoucher = { type: 'opening-balance', voucherDate: dayOf(first, 1), text: 'Åpningsbalanse', lines }
  const paid = (month: Month, day: number, text: string, account: string, amount: number): DemoVoucher => ({
    type: 'payment-out',
    voucherDate: dayOf(month, day),
    text,
    lines: [line(account, amount), line('1920', -amount)],
  })
  return {
    opening,
    sales,
    purchases,
    holidayPay: HOLIDAY_PAY,
    payments: [
      paid(first, 15, 'Arbeidsgiveravgift', '2770', EMPLOYER_TAX_OWED),
      paid(addMonths(first, 1), 10, 'Mva 6. termin', '2740', VAT_OWED),
      ...taxPaid(year, TAX_OWED),
    ],
  }
}

/** Last year's tax, in two halves. */
export function taxPaid(year: number, amount: number): DemoVoucher[] {
  const half = Math.round(amount / 200) * 100
  return (['02', '04'] as const).map((m, i) => {
    const part = i === 0 ? half : amount - half
    return {
      type: 'payment-out',
      voucherDate: `${year}-${m}-15` as IsoDate,
      text: 'Forskuddsskatt',
      lines: [line('2500', part), line('1920', -part)],
    }
  })
}
