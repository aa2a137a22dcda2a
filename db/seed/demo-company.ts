import {
  addDays,
  addMonths,
  type IsoDate,
  lastDay,
  type Month,
  monthOf,
  monthsBetween,
  yearOf,
} from '#worker/core/dates.ts'
import type { VoucherId } from '#worker/core/ids.ts'
import type { Entry } from '#worker/ledger/entry.ts'
import type { VoucherDraft } from '#worker/ledger/voucher-draft.ts'
import type { DemoInvoice, DemoMonth, DemoVoucher } from './demo/draft.ts'
import { everydayOf } from './demo/everyday.ts'
import { dueMonth, monthEndOf, VAT_TERMS, vatPaid, vatSettlement, yearEndOf } from './demo/month-end.ts'
import { openingOf, taxPaid } from './demo/opening.ts'
import { paymentsIn, paymentsOut } from './demo/payments.ts'
import { employerTaxPaid, payOutOf, payrollOf } from './demo/payroll.ts'
import { purchasesOf, supplierCreditOf } from './demo/purchases.ts'
import { randomFrom } from './demo/random.ts'
import { cardSalesOf, creditNoteOf, salesOf } from './demo/sales.ts'

export { demoParties } from './demo/parties.ts'
export { demoProjects } from './demo/sales.ts'

/** Whose books the demo shows. The company is invented; its number is one that passes modulus 11. */
export const DEMO_COMPANY = { name: 'Lofthus Snekkeri AS', organisationNumber: '313482901' } as const

export const demoDepartments: readonly (readonly [code: string, name: string])[] = [
  ['10', 'Verksted'],
  ['20', 'Montasje'],
  ['30', 'Butikk'],
]

/** What is done to the ledger, in order. */
export type DemoStep =
  | { do: 'post'; draft: VoucherDraft }
  | { do: 'reverse'; of: VoucherId; id: VoucherId; voucherDate: IsoDate; reason: string }
export type DemoLock = { fromMonth: Month; toMonth: Month; level: 'soft' | 'hard'; reason: string }
export type DemoBooks = { steps: DemoStep[]; locks: DemoLock[] }

/** The entries a draft gives, its scripts' months among them; the ledger's own rule, so that VAT is computed in one place. */
type EntriesOf = (draft: VoucherDraft) => readonly (Pick<Entry, 'account' | 'amount'> & { date: IsoDate })[]

const GROWTH = 1.07

/**
 * The books of a joinery with a turnover of some 15 million kroner: last year from its opening balance, and this year up to
 * `today`. The same every time but for the dates, and a later `today` only adds to it.
 */
export function demoCompany(today: IsoDate, entriesOf: EntriesOf): DemoBooks {
  const year = yearOf(today) - 1
  const vouchers = [...daily(year, today)]
  const settled = new Settling(vouchers, entriesOf)
  settleVat(settled, year, today)
  settled.add(...yearEndOf(year, settled.balancesBetween(`${year}-01-01`, `${year}-12-31`)))
  const tax = -settled.balancesBetween(`${year}-12-31`, `${year}-12-31`).get('2500')!
  settled.add(...taxPaid(year + 1, tax).filter((v) => v.voucherDate <= today))
  return { steps: inOrder(settled.vouchers, today), locks: locksOf(year, today) }
}

/** Everything but what is computed from balances. */
function daily(firstYear: number, today: IsoDate): DemoVoucher[] {
  const opened = openingOf(firstYear)
  const everyday = everydayOf(firstYear)
  const vouchers: DemoVoucher[] = [opened.opening, ...opened.payments, ...everyday.vouchers]
  const sales: DemoInvoice[] = [...opened.sales, ...everyday.sales]
  const purchases: DemoInvoice[] = [...opened.purchases, ...everyday.purchases]
  const unless = (later: readonly { voucher: DemoVoucher; invoice?: DemoInvoice }[], into: DemoInvoice[]) => {
    for (const { voucher, invoice } of later) {
      if (voucher.voucherDate > today) continue
      vouchers.push(voucher)
      if (invoice) into.push(invoice)
    }
  }
  let lastInvoice = 4_000
  let creditNotes = 0
  let holidayPayDue: number = opened.holidayPay
  let holidayPayEarned = 0
  let employerTax = 0
  const months = monthsBetween(`${firstYear}-01` as Month, monthOf(today))
  for (const [i, month] of months.entries()) {
    const place = Number(month.slice(5)) - 1
    const m: DemoMonth = { month, place, growth: i >= 12 ? GROWTH : 1, random: randomFrom(1_000 + i) }
    if (place === 0 && i > 0) {
      holidayPayDue = holidayPayEarned
      holidayPayEarned = 0
    }
    const sold = salesOf(m, lastInvoice)
    lastInvoice += sold.length
    unless(sold, sales)
    if (place % 4 === 2) unless([creditNoteOf(sold[0]!, String(9_000 + ++creditNotes))], sales)
    const bought = purchasesOf(m)
    unless(bought, purchases)
    if (place % 3 === 1) unless([supplierCreditOf(bought.find((b) => b.invoice.party === '20001')!)], purchases)
    const { voucher: wages, sums } = payrollOf(m, holidayPayDue)
    holidayPayEarned += sums.holidayPay
    employerTax += sums.employerTax
    const rest = [wages, payOutOf(m, sums), cardSalesOf(m), ...monthEndOf(m, i)]
    if (place % 2 === 1) {
      rest.push(employerTaxPaid(month, employerTax))
      employerTax = 0
    }
    if (place === 3) rest.push(twice(rest.find((v) => v.text === 'Bankgebyr')!))
    unless(
      rest.map((voucher) => ({ voucher })),
      [],
    )
  }
  vouchers.push(...paymentsIn(sales, today), ...paymentsOut(purchases, today))
  return vouchers.filter((v) => v.voucherDate <= today)
}

const BOOKED_TWICE = 'Bankgebyr, ført to ganger'
/** A mistake for the demo to correct: the same fee once more. */
const twice = (fee: DemoVoucher): DemoVoucher => ({ ...fee, text: BOOKED_TWICE })

/** Vouchers with the movements they give, for what is settled by balances. */
class Settling {
  readonly vouchers: DemoVoucher[] = []
  private readonly movements: { date: IsoDate; account: string; amount: number }[] = []
  private readonly entriesOf: EntriesOf

  constructor(vouchers: readonly DemoVoucher[], entriesOf: EntriesOf) {
    this.entriesOf = entriesOf
    this.add(...vouchers)
  }

  add(...vouchers: readonly DemoVoucher[]) {
    for (const voucher of vouchers) {
      this.vouchers.push(voucher)
      if (voucher.text === BOOKED_TWICE) continue // its reversal takes it back
      for (const { account, amount, date } of this.entriesOf({ id: 'vch_', ...voucher }))
        this.movements.push({ date, account, amount })
    }
  }

  balancesBetween(from: string, to: string): Map<string, number> {
    const balances = new Map<string, number>()
    for (const { date, account, amount } of this.movements)
      if (date >= from && date <= to) balances.set(account, (balances.get(account) ?? 0) + amount)
    return balances
  }
}

/** A term is settled when half a month has gone, and paid on its day. */
function settleVat(settling: Settling, year: number, today: IsoDate) {
  for (const y of [year, year + 1])
    for (const [term, [place, later, day]] of VAT_TERMS.entries()) {
      const last = `${y}-${String(place + 1).padStart(2, '0')}` as Month
      if (addDays(lastDay(last), 15) > today) return
      const done = vatSettlement(lastDay(last), term + 1, settling.balancesBetween('', lastDay(last)))
      if (!done) continue
      settling.add(done.voucher)
      const paid = vatPaid(dueMonth(last, later), day, term + 1, done.due)
      if (paid.voucherDate <= today) settling.add(paid)
    }
}

/** Ordered by date and numbered, with the mistakes reversed two days later. */
function inOrder(vouchers: readonly DemoVoucher[], today: IsoDate): DemoStep[] {
  const ordered = [...vouchers].sort((a, b) =>
    a.voucherDate < b.voucherDate ? -1 : a.voucherDate > b.voucherDate ? 1 : 0,
  )
  const steps: (DemoStep & { date: IsoDate })[] = []
  let next = 0
  const nextId = (): VoucherId => `vch_demo${String(++next).padStart(22, '0')}`
  for (const voucher of ordered) {
    const draft = { id: nextId(), ...voucher }
    steps.push({ do: 'post', draft, date: voucher.voucherDate })
    const reversedOn = addDays(voucher.voucherDate, 2)
    if (voucher.text !== BOOKED_TWICE || reversedOn > today) continue
    steps.push({
      do: 'reverse',
      of: draft.id,
      id: nextId(),
      voucherDate: reversedOn,
      reason: 'Ført to ganger',
      date: reversedOn,
    })
  }
  return steps
    .map((step, i) => ({ step, i }))
    .sort((a, b) => (a.step.date < b.step.date ? -1 : a.step.date > b.step.date ? 1 : a.i - b.i))
    .map(({ step: { date: _, ...step } }) => step as DemoStep)
}

/** Last year is closed, so are the VAT terms that are paid; the term that is settled and not yet paid has a soft lock. */
function locksOf(year: number, today: IsoDate): DemoLock[] {
  const locks: DemoLock[] = [
    {
      fromMonth: `${year}-01` as Month,
      toMonth: `${year}-12` as Month,
      level: 'hard',
      reason: 'Årsregnskapet er avsluttet',
    },
  ]
  for (const [term, [place, later, day]] of VAT_TERMS.entries()) {
    const toMonth = `${year + 1}-${String(place + 1).padStart(2, '0')}` as Month
    if (addDays(lastDay(toMonth), 15) > today) break
    const isPaid = vatPaid(dueMonth(toMonth, later), day, term + 1, 0).voucherDate <= today
    const fromMonth = addMonths(toMonth, -1)
    locks.push(
      isPaid
        ? { fromMonth, toMonth, level: 'hard', reason: `Mva ${term + 1}. termin er levert og betalt` }
        : { fromMonth, toMonth, level: 'soft', reason: `Mva ${term + 1}. termin er avstemt` },
    )
  }
  return locks
}
