import { addDays, type IsoDate } from '#worker/core/dates.ts'
import { ore } from '#worker/core/money.ts'
import type { VoucherLine } from '#worker/ledger/voucher-draft.ts'
import {
  type DemoInvoice,
  type DemoMonth,
  type DemoVoucher,
  dayOf,
  department,
  kroner,
  line,
  withLuhn,
} from './draft.ts'
import { demoParties } from './parties.ts'
import type { Random } from './random.ts'

export const demoProjects: readonly (readonly [code: string, name: string])[] = [
  ['1001', 'Hotell Fossen, innredning av 40 rom'],
  ['1002', 'Eidsnes skole, vinduer og dører'],
  ['1003', 'Kystbo, 12 kjøkken'],
  ['1004', 'Skipsinnredning, bysse og messe'],
  ['1005', 'Havblikk, garderober'],
  ['1006', 'Visningshytte'],
]
const PROJECT_OF: Readonly<Record<string, string>> = {
  '10001': '1001',
  '10002': '1002',
  '10005': '1003',
  '10020': '1004',
  '10025': '1005',
}

/** Share of a year's sales by month, January first; the holidays are quiet. */
const SEASON = [0.88, 0.94, 1.04, 0.95, 1.05, 1.12, 0.5, 0.98, 1.1, 1.16, 1.2, 1.08]

const WORKSHOP = [
  'Kjøkken, eik',
  'Vinduer',
  'Trapp, ask',
  'Branndører',
  'Garderobeskap',
  'Hyller og disk',
  'Benkeplater',
]
const MOUNTING = ['Montering', 'Innsetting av vinduer', 'Listing og foring', 'Himling, oppsett', 'Tilpassing på stedet']
const SHOP = ['Skjærefjøler og krakker', 'Olje og voks', 'Dørhåndtak og beslag', 'Krakk, bjørk']

type Sale = { voucher: DemoVoucher; invoice: DemoInvoice }

/** The month's outgoing invoices in order of date, numbered on from `lastNumber`. */
export function salesOf({ month, place, growth, random }: DemoMonth, lastNumber: number): Sale[] {
  const season = SEASON[Number(month.slice(5)) - 1]! * growth
  const days = Array.from({ length: place === 6 ? 6 : 10 }, () => random.whole(2, 28)).sort((a, b) => a - b)
  return days.map((day, i) => {
    const customer = customerFor(random)
    const lines =
      customer.country === 'NO' ? domesticLines(customer.number, season, place, random) : exportLines(random)
    return invoiceOf(customer, dayOf(month, day), String(lastNumber + i + 1), lines)
  })
}

/** Large customers buy more often. */
function customerFor(random: Random) {
  const customers = demoParties.filter((p) => p.kind === 'customer')
  return random.chance(0.45)
    ? random.pick(customers.filter((c) => PROJECT_OF[c.number] !== undefined || c.number <= '10003'))
    : random.pick(customers)
}

function domesticLines(customer: string, season: number, place: number, random: Random): VoucherLine[] {
  const project = PROJECT_OF[customer]
  const large = project !== undefined
  const sold = (account: string, net: number, vatCode: string, rest: object): VoucherLine =>
    line(account, -grossOf(net, vatCode), { vatCode, ...rest })
  if (customer === '10011' && place >= 4 && place <= 7)
    return [
      sold('3030', random.kroner(6_200), '33', { text: 'Overnatting i visningshytta', ...department('30', '1006') }),
    ]
  if (!large && random.chance(0.3))
    return [
      sold('3000', random.kroner(9_000 * season), '3', { text: random.pick(SHOP), ...department('30') }),
      ...(random.chance(0.3)
        ? [sold('3020', random.kroner(900), '31', { text: 'Kaffe og vafler, åpen dag', ...department('30') })]
        : []),
    ]
  const goods = sold('3000', random.kroner((large ? 150_000 : 84_000) * season), '3', {
    text: random.pick(WORKSHOP),
    ...department('10', project),
  })
  if (!random.chance(0.6)) return [goods]
  const work = { text: random.pick(MOUNTING), ...department('20', project) }
  return [goods, sold('3010', random.kroner((large ? 62_000 : 30_000) * season), '3', work)]
}

const exportLines = (random: Random): VoucherLine[] => [
  line('3120', -kroner(random.kroner(88_000)), { vatCode: '52', text: 'Kjøkkenfronter, ask', ...department('10') }),
]

const RATE: Readonly<Record<string, number>> = { '3': 25, '31': 15, '33': 12 }
/** Gross in øre of a net amount in whole tens of kroner. */
const grossOf = (netKroner: number, vatCode: string): number => netKroner * (100 + RATE[vatCode]!)

function invoiceOf(
  customer: { number: string; name: string; paymentTermsDays: number },
  date: IsoDate,
  number: string,
  sold: VoucherLine[],
): Sale {
  const gross = ore(-sold.reduce((sum, l) => sum + l.amount!, 0))
  const invoice: DemoInvoice = {
    party: customer.number,
    number,
    date,
    dueDate: addDays(date, customer.paymentTermsDays),
    gross,
    reference: withLuhn(`${customer.number}${number}`),
  }
  const owed = line(`1500:${customer.number}`, gross, {
    text: `Faktura ${number}`,
    invoiceNumber: number,
    dueDate: invoice.dueDate,
    paymentReference: invoice.reference,
  })
  return {
    voucher: {
      type: 'outgoing-invoice',
      voucherDate: date,
      text: `Faktura ${number} ${customer.name}`,
      lines: [owed, ...sold],
    },
    invoice,
  }
}

/** A credit note for a tenth of an invoice: a flaw that was found on delivery. */
export function creditNoteOf({ invoice, voucher }: Sale, number: string): Sale {
  const sold = voucher.lines.slice(1).map((l) => ({ ...l, amount: ore(-Math.round(l.amount! / 1_000) * 100) }))
  const gross = ore(-sold.reduce((sum, l) => sum + l.amount, 0))
  const date = addDays(invoice.date, 6)
  const text = `Kreditnota ${number}, faktura ${invoice.number}`
  return {
    invoice: { ...invoice, number, date, gross, with: invoice },
    voucher: {
      type: 'outgoing-credit-note',
      voucherDate: date,
      text,
      lines: [line(`1500:${invoice.party}`, gross, { text, invoiceNumber: number, dueDate: invoice.dueDate }), ...sold],
    },
  }
}

/** Sales by card in the shop, once a month. */
export function cardSalesOf({ month, growth, random }: DemoMonth): DemoVoucher {
  const goods = grossOf(random.kroner(46_000 * growth), '3')
  const food = grossOf(random.kroner(2_400), '31')
  return {
    type: 'bank',
    voucherDate: dayOf(month, 27),
    text: 'Kortsalg i butikken',
    lines: [
      line('1920', goods + food),
      line('3000', -goods, { vatCode: '3', ...department('30') }),
      line('3020', -food, { vatCode: '31', ...department('30') }),
    ],
  }
}
