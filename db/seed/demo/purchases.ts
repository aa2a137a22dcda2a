import { addDays, type IsoDate } from '#worker/core/dates.ts'
import { decimal, oreAtRate } from '#worker/core/decimal.ts'
import { type Ore, ore } from '#worker/core/money.ts'
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

type Purchase = { voucher: DemoVoucher; invoice: DemoInvoice }
type Bought = { supplier: string; day: number; text: string; lines: VoucherLine[] }

const suppliers = new Map(demoParties.filter((p) => p.kind === 'supplier').map((p) => [p.number, p]))

/** What a purchase costs with 25 % VAT: net in kroner. */
const at25 = (account: string, net: number, rest: object = {}) =>
  line(account, kroner(net * 1.25), { vatCode: '1', ...rest })

/** The month's incoming invoices in order of date. `place` counts months from January, 0. */
export function purchasesOf(m: DemoMonth): Purchase[] {
  const bought = [...fixedCosts(m), ...materials(m), ...nowAndThen(m)].sort((a, b) => a.day - b.day)
  return bought.map(({ supplier, day, text, lines }) =>
    invoiceOf(supplier, dayOf(m.month, day), String(m.random.whole(10_000, 99_999)), text, lines),
  )
}

function fixedCosts({ growth, place, random }: DemoMonth): Bought[] {
  const winter = [1.7, 1.5, 1.3, 1, 0.7, 0.6, 0.4, 0.6, 0.8, 1, 1.2, 1.6][place]!
  const rent = growth > 1 ? 64_000 : 62_000
  const shared = [
    at25('6305', rent * 0.7, department('10')),
    at25('6305', rent * 0.1, department('20')),
    at25('6305', rent * 0.2, department('30')),
  ]
  return [
    { supplier: '20007', day: 2, text: 'Leie av lokaler', lines: shared },
    {
      supplier: '20008',
      day: 9,
      text: 'Strøm og nettleie',
      lines: [at25('6340', random.kroner(13_200) * winter, department('10'))],
    },
    { supplier: '20009', day: 6, text: 'Telefon og bredbånd', lines: [at25('6900', random.whole(2_200, 3_100))] },
    { supplier: '20010', day: 15, text: 'Regnskapshonorar', lines: [at25('6705', growth > 1 ? 12_150 : 11_445)] },
    {
      supplier: '20011',
      day: 28,
      text: 'Drivstoff, varebiler',
      lines: [at25('7005', random.whole(10_200, 14_600), department('20'))],
    },
    {
      supplier: '20012',
      day: 12,
      text: 'Mat til lunsj',
      lines: [line('5910', kroner(random.whole(2_400, 3_600) * 1.15), { vatCode: '11' })],
    },
    {
      supplier: '20025',
      day: 20,
      text: 'Tjenestepensjon',
      lines: [line('5945', kroner(Math.round(8_700 * growth)), { vatCode: '0' })],
    },
    { supplier: '20014', day: 3, text: 'Skytjenester', lines: [inEuro('6425', 412, random.whole(11_250, 11_890))] },
  ]
}

function materials({ growth, place, random }: DemoMonth): Bought[] {
  const busy = (place === 6 ? 0.45 : 1) * growth
  const workshop = department('10')
  const bought: Bought[] = [
    {
      supplier: '20001',
      day: random.whole(3, 12),
      text: 'Trelast, eik og furu',
      lines: [at25('4000', random.kroner(168_000 * busy), workshop)],
    },
    {
      supplier: '20002',
      day: random.whole(8, 22),
      text: 'Plater',
      lines: [at25('4000', random.kroner(112_000 * busy), workshop)],
    },
    {
      supplier: '20003',
      day: random.whole(4, 25),
      text: 'Beslag og låser',
      lines: [at25('4300', random.kroner(42_000 * busy), department('30'))],
    },
    {
      supplier: '20004',
      day: random.whole(10, 26),
      text: 'Isolerglass',
      lines: [at25('4000', random.kroner(54_000 * busy), workshop)],
    },
    {
      supplier: '20005',
      day: random.whole(5, 27),
      text: 'Lakk og olje',
      lines: [at25('4000', random.kroner(26_000 * busy), workshop)],
    },
  ]
  if (random.chance(0.6))
    bought.push({
      supplier: '20018',
      day: random.whole(14, 27),
      text: 'Maling på byggeplass',
      lines: [at25('4500', random.kroner(38_000 * busy), department('20'))],
    })
  if (place % 3 === 1)
    bought.push({
      supplier: '20015',
      day: 17,
      text: 'Hengsler og skuffeskinner',
      lines: [inEuro('4330', random.whole(3_100, 5_200), random.whole(11_250, 11_890))],
    })
  if (random.chance(0.7))
    bought.push({
      supplier: '20020',
      day: random.whole(6, 27),
      text: 'Frakt',
      lines: [at25('6100', random.kroner(7_400), department('20'))],
    })
  return bought
}

function nowAndThen({ growth, place, random }: DemoMonth): Bought[] {
  const bought: Bought[] = []
  const add = (when: boolean, supplier: string, day: number, text: string, lines: () => VoucherLine[]) => {
    if (when) bought.push({ supplier, day, text, lines: lines() })
  }
  add(place === 0, '20013', 5, 'Forsikring, hele året', () => [
    line('1720', kroner(growth > 1 ? 67_440 : 62_724), { vatCode: '0' }),
  ])
  add(place === 1, '20024', 10, 'Kontingent', () => [line('7400', kroner(9_800), { vatCode: '0' })])
  add(place === 2 && growth > 1, '20006', 18, 'Formatkappsag', () => [
    at25('1200', 245_000, { ...department('10'), script: 'AVSKR(84;1200;6015)' }),
  ])
  add(place % 3 === 2, '20006', 21, 'Service på maskiner', () => [
    at25('6620', random.kroner(19_600), department('10')),
  ])
  add(place % 3 === 0, '20021', 14, 'Renovasjon', () => [at25('6320', 6_850)])
  add(place % 3 === 0, '20017', 5, 'Kontorpakke, kvartal', () => [at25('6420', 5_872.5)])
  add(place === 10, '20016', 16, 'CAD-lisens, ett år', () => [
    at25('6420', 36_000, { ...department('10'), script: 'SPRE(11;12;1749)' }),
  ])
  add(random.chance(0.6), '20022', random.whole(4, 26), 'Annonse', () => [
    at25('7320', random.kroner(8_200), department('30')),
  ])
  add(random.chance(0.7), '20026', random.whole(4, 26), 'Håndverktøy', () => [
    at25('6500', random.kroner(9_200), department('10')),
  ])
  add(random.chance(0.5), '20023', random.whole(4, 26), 'Hotell og ferge', () => [
    line('7140', kroner(random.whole(1_900, 5_400) * 1.12), { vatCode: '13', ...department('20') }),
  ])
  add(random.chance(0.35), '20019', random.whole(6, 26), 'Elektrisk arbeid', () => [
    at25('6600', random.kroner(11_000), department('10')),
  ])
  return bought
}

/** A line in euro with reverse charge (services, import); `rate` in thousandths of a krone for one euro. */
function inEuro(account: string, euro: number, rate: number): VoucherLine {
  const text = `${Math.floor(rate / 1_000)}.${String(rate % 1_000).padStart(3, '0')}`
  const currencyAmount = euro * 100
  const vatCode = account === '4330' ? '81' : '86'
  return line(account, oreAtRate(currencyAmount, decimal(text)!, 1)!, {
    currency: 'EUR',
    currencyAmount,
    rate: text,
    vatCode,
  })
}

function invoiceOf(
  number: string,
  date: IsoDate,
  invoiceNumber: string,
  text: string,
  bought: VoucherLine[],
): Purchase {
  const supplier = suppliers.get(number)!
  const gross = ore(bought.reduce((sum, l) => sum + l.amount!, 0))
  const invoice: DemoInvoice = {
    party: number,
    number: invoiceNumber,
    date,
    dueDate: addDays(date, supplier.paymentTermsDays),
    gross,
    ...(supplier.bankAccount && { reference: withLuhn(`00${invoiceNumber}0004`) }),
  }
  return {
    invoice,
    voucher: {
      type: 'incoming-invoice',
      voucherDate: date,
      text: `${supplier.name}, faktura ${invoiceNumber}`,
      lines: [...bought.map((l) => ({ ...l, text })), owedTo(invoice, gross, `Faktura ${invoiceNumber}`, bought)],
    },
  }
}

function owedTo(invoice: DemoInvoice, gross: Ore, text: string, bought: readonly VoucherLine[]): VoucherLine {
  const foreign = bought.find((l) => l.currency)
  return line(`2400:${invoice.party}`, -gross, {
    text,
    invoiceNumber: invoice.number,
    dueDate: invoice.dueDate,
    ...(invoice.reference && { paymentReference: invoice.reference }),
    ...(foreign && { currency: foreign.currency, currencyAmount: -foreign.currencyAmount!, rate: foreign.rate }),
  })
}

/** The supplier takes back a fifth. */
export function supplierCreditOf({ invoice, voucher }: Purchase): Purchase {
  const lines = voucher.lines.slice(0, -1).map((l) => ({ ...l, amount: ore(-Math.round(l.amount! / 500) * 100) }))
  const gross = ore(lines.reduce((sum, l) => sum + l.amount, 0))
  const number = `K${invoice.number}`
  const date = addDays(invoice.date, 9)
  const text = `Kreditnota ${number}, retur`
  return {
    invoice: { ...invoice, number, date, gross, with: invoice },
    voucher: {
      type: 'incoming-credit-note',
      voucherDate: date,
      text,
      lines: [
        ...lines,
        line(`2400:${invoice.party}`, -gross, { text, invoiceNumber: number, dueDate: invoice.dueDate }),
      ],
    },
  }
}
