import { addDays, daysIn, type IsoDate, type Month } from '#worker/core/dates.ts'
import { ore } from '#worker/core/money.ts'
import { bankingDay, type DemoInvoice, type DemoVoucher, dayOf, kroner, line } from './draft.ts'
import { demoParties } from './parties.ts'
import { randomFrom } from './random.ts'

const nameOf = new Map(demoParties.map((p) => [`${p.kind}:${p.number}`, p.name]))

/** Days of the month on which money that came in is booked; some customers pay late, and one in sixty not at all. */
const BOOKED_ON = [4, 12, 19, 26]
/** Days of the month on which suppliers are paid. */
const PAID_ON = [10, 20, 28]

/** Payments from customers, several in one voucher, up to `today`. */
export function paymentsIn(invoices: readonly DemoInvoice[], today: IsoDate): DemoVoucher[] {
  const byDay = groupedBy(invoices, (invoice) => {
    const { number, dueDate, date } = invoice.with ?? invoice
    const random = randomFrom(Number(number.replace(/\D/g, '')) * 7)
    const late = random.chance(0.016)
      ? 4_000
      : random.chance(0.1)
        ? random.whole(30, 60)
        : random.chance(0.25)
          ? random.whole(4, 24)
          : random.whole(-3, 2)
    const paid = addDays(dueDate, late)
    return bankingDay(nextOf(BOOKED_ON, paid > date ? paid : addDays(date, 1)))
  })
  return [...byDay]
    .filter(([day]) => day <= today)
    .map(([day, paid]) => ({
      type: 'payment-in',
      voucherDate: day,
      text:
        paid.length === 1
          ? `Innbetaling ${nameOf.get(`customer:${paid[0]!.party}`)}`
          : `Innbetaling, ${paid.length} fakturaer`,
      lines: [
        line(
          '1920',
          paid.reduce((sum, { gross }) => sum + gross, 0),
        ),
        ...paid.map(({ party, number, gross }) =>
          line(`1500:${party}`, -gross, { text: `Faktura ${number}`, invoiceNumber: number }),
        ),
      ],
    }))
}

/** Payments to suppliers by their due dates, up to `today`. Foreign ones by themselves, since the krone has moved. */
export function paymentsOut(invoices: readonly DemoInvoice[], today: IsoDate): DemoVoucher[] {
  const foreign = new Set(demoParties.filter((p) => p.country !== 'NO').map((p) => p.number))
  const dayOfPayment = (invoice: DemoInvoice) => {
    const { dueDate, date } = invoice.with ?? invoice
    const day = bankingDay(lastOf(PAID_ON, dueDate))
    return day > date ? day : bankingDay(dueDate)
  }
  const domestic = groupedBy(
    invoices.filter((i) => !foreign.has(i.party)),
    dayOfPayment,
  )
  const runs = [...domestic].map(
    ([day, paid]): DemoVoucher => ({
      type: 'payment-out',
      voucherDate: day,
      text: `Betaling til leverandører, ${paid.length} fakturaer`,
      lines: [
        ...paid.map(({ party, number, gross }) =>
          line(`2400:${party}`, gross, { text: `Faktura ${number}`, invoiceNumber: number }),
        ),
        line('1920', -paid.reduce((sum, { gross }) => sum + gross, 0)),
      ],
    }),
  )
  const abroad = invoices.filter((i) => foreign.has(i.party)).map((i) => abroadOn(dayOfPayment(i), i))
  return [...runs, ...abroad].filter((v) => v.voucherDate <= today)
}

function abroadOn(day: IsoDate, { party, number, gross }: DemoInvoice): DemoVoucher {
  const moved = kroner(randomFrom(Number(number)).whole(-60, 60) + 0.35)
  const name = nameOf.get(`supplier:${party}`)
  return {
    type: 'payment-out',
    voucherDate: day,
    text: `Betaling ${name}, faktura ${number}`,
    lines: [
      line(`2400:${party}`, gross, { text: `Faktura ${number}`, invoiceNumber: number }),
      line(moved > 0 ? '8160' : '8060', moved, { text: 'Kursendring' }),
      line('1920', -ore(gross + moved)),
    ],
  }
}

function groupedBy(
  invoices: readonly DemoInvoice[],
  dayOf: (invoice: DemoInvoice) => IsoDate,
): Map<IsoDate, DemoInvoice[]> {
  const groups = new Map<IsoDate, DemoInvoice[]>()
  for (const invoice of invoices) {
    const day = dayOf(invoice)
    groups.set(day, [...(groups.get(day) ?? []), invoice])
  }
  return groups
}

const monthOf = (day: IsoDate): Month => day.slice(0, 7) as Month

/** The first of these days of a month that is not before `day`. */
function nextOf(days: readonly number[], day: IsoDate): IsoDate {
  const found = days.find((d) => d >= Number(day.slice(8)))
  if (found !== undefined) return dayOf(monthOf(day), found)
  return dayOf(monthOf(addDays(dayOf(monthOf(day), daysIn(monthOf(day))), 1)), days[0]!)
}

/** The last of these days that is not after `day`. */
function lastOf(days: readonly number[], day: IsoDate): IsoDate {
  const found = days.findLast((d) => d <= Number(day.slice(8)))
  if (found !== undefined) return dayOf(monthOf(day), found)
  return dayOf(monthOf(addDays(dayOf(monthOf(day), 1), -1)), days.at(-1)!)
}
