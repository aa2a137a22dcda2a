import type { IsoDate } from '#worker/core/dates.ts'
import { decimal, decimalText, rateBetween } from '#worker/core/decimal.ts'
import { type Ore, ore } from '#worker/core/money.ts'
import type { BookedEntry, BookedVoucher } from '#worker/ledger/job.ts'
import { hundredths } from './saft-amount.ts'
import type { ChartAccount, SaftChart } from './saft-chart.ts'
import type { SaftDimensions } from './saft-dimensions.ts'
import { dateOf, type SaftLine, type SaftTransaction } from './saft-file.ts'
import type { SaftVat } from './saft-vat.ts'
import type { SaftVoucherTypes } from './saft-voucher-type.ts'
import type { ToldList } from './told-list.ts'
import { findVatLines, type LineTax, type VatPart } from './vat-lines.ts'

/** The longest text of an entry; the file itself is kept whole. */
const LONGEST_TEXT = 255

/** What a transaction is read by. */
export type SaftMapping = {
  chart: SaftChart
  dimensions: SaftDimensions
  vat: SaftVat
  types: SaftVoucherTypes
  told: ToldList
}

/**
 * A transaction of the file as the voucher it was: one entry a line with account, party and amount of the file, its VAT code
 * from TaxInformation, and the lines that hold VAT marked as such. Undefined when there is nothing to book.
 * @throws WholeFileNeeded when the whole file must be known first.
 */
export function voucherOf(t: SaftTransaction, id: string, by: SaftMapping): BookedVoucher | undefined {
  if (t.lines.length < 2) {
    by.told.add('transaction-empty', { transaction: t.id })
    return undefined
  }
  const day = dateOf(t)
  const hints: string[] = []
  const lines = t.lines.some((line) => line.tax && line.tax.length > 1)
    ? t.lines.flatMap((l) => byTax(l, by.told))
    : t.lines
  const taxed = lines.map((line) => ({
    account: line.account,
    amount: line.amount,
    tax: line.tax ? by.vat.taxOf(line, day) : undefined,
  }))
  const anyTax = taxed.some((line) => line.tax)
  const vat = anyTax ? findVatLines(taxed, (n) => by.chart.account(n).isVat, by.vat.habits) : undefined
  for (const { code } of vat?.left ?? []) by.told.add('vat-line-not-found', { taxCode: code.code })
  const keys = rowKeysOf(lines)
  const entries: BookedEntry[] = []
  lines.forEach((line, i) => {
    const parts = vat?.parts.get(i)
    const tax = parts ? undefined : taxed[i]!.tax
    if (tax) by.vat.count(tax, line.amount, day)
    addEntries(entries, line, keys, i, tax, parts, hints, by)
  })
  return {
    id,
    type: by.types.typeOf(t, hints.join(' ')),
    voucherDate: day,
    documentDate: t.transactionDate ?? day,
    vatDate: day,
    text: cut(t.text, by.told),
    externalId: t.id,
    entries,
  }
}

/** A line with several taxes as one line for each, where their bases make up its amount. */
function byTax(line: SaftLine, told: ToldList): SaftLine[] {
  const taxes = line.tax ?? []
  if (taxes.length < 2) return [line]
  const sign = line.amount < 0 ? -1 : 1
  const bases = taxes.map((tax) => sign * Math.abs(tax.base ?? Number.NaN))
  if (bases.reduce((a, b) => a + b, 0) === line.amount)
    return taxes.map((tax, i) => ({
      ...line,
      amount: bases[i]!,
      tax: [tax],
      analysis: withoutAmounts(line),
      currency: '',
    }))
  told.add('tax-not-kept')
  return [line]
}

const withoutAmounts = ({ analysis }: SaftLine): SaftLine['analysis'] =>
  analysis && [...new Map(analysis.map((a) => [a.type, { ...a, amount: null }])).values()]

/** The file's own record ids, where they tell the lines apart. */
function rowKeysOf(lines: readonly SaftLine[]): string[] {
  const ids = new Set(lines.map((line) => line.recordId))
  return ids.size === lines.length && !ids.has('')
    ? lines.map((line) => line.recordId.slice(0, 64))
    : lines.map((_, i) => `r${i + 1}`)
}

function addEntries(
  entries: BookedEntry[],
  line: SaftLine,
  keys: readonly string[],
  i: number,
  tax: LineTax | undefined,
  parts: readonly VatPart[] | undefined,
  hints: string[],
  by: SaftMapping,
) {
  const account = by.chart.account(line.account)
  const splits = line.analysis ? dimensionsOf(line, hints, by) : [{ amount: line.amount, dimensions: undefined }]
  const first = entryOf(line, keys[i]!, account, splits[0]!.dimensions, tax, by)
  if (parts) {
    // A VAT entry stands under the row whose tax it is, and each code of a line in an entry of its own.
    for (const { amount, code, rate, side, of } of parts)
      entries.push({
        ...first,
        rowKey: keys[of]!,
        origin: 'vat',
        amount: amount as Ore,
        vatCode: code.code,
        vatRate: rate ?? undefined,
        vatSide: side,
        ...(amount !== line.amount && WITHOUT_CURRENCY),
      })
    return
  }
  if (splits.length === 1) entries.push(first)
  else
    for (const { amount, dimensions } of splits)
      entries.push({ ...first, amount: amount as Ore, dimensions, ...WITHOUT_CURRENCY })
}

const WITHOUT_CURRENCY = {
  currency: undefined,
  currencyAmount: undefined,
  rate: undefined,
  rateUnit: undefined,
  rateSource: undefined,
}

function entryOf(
  line: SaftLine,
  rowKey: string,
  account: ChartAccount,
  dimensions: Dimensions,
  tax: LineTax | undefined,
  by: SaftMapping,
): BookedEntry {
  const party = by.chart.partyOn(account, line.customer, line.supplier)
  return {
    rowKey,
    origin: undefined,
    account: line.account,
    partyKind: party?.kind,
    party: party?.number,
    amount: line.amount as Ore,
    vatCode: tax?.code.code,
    vatRate: tax?.rate ?? undefined,
    vatSide: undefined,
    dimensions,
    text: cut(line.text, by.told),
    ...(line.currency === '' ? WITHOUT_CURRENCY : currencyOf(line, by.told)),
    quantity: line.quantity === '' ? undefined : quantityOf(line.quantity),
    invoiceNumber: line.reference || undefined,
    dueDate: line.dueDate ?? undefined,
    paymentReference: line.paymentReference || undefined,
  }
}

function cut(text: string, told: ToldList): string {
  if (text.length <= LONGEST_TEXT) return text
  told.add('text-cut')
  const end = /[\ud800-\udbff]/.test(text[LONGEST_TEXT - 1]!) ? LONGEST_TEXT - 1 : LONGEST_TEXT
  return text.slice(0, end)
}

const quantityOf = (text: string): string | undefined => {
  const read = decimal(text)
  return read && decimalText(read)
}

type Currency = Pick<BookedEntry, 'currency' | 'currencyAmount' | 'rate' | 'rateUnit' | 'rateSource'>

/** Amount in the other currency, on the side of the amount in kroner, with the file's rate or the one that they give. */
function currencyOf(line: SaftLine, told: ToldList): Currency {
  const read = hundredths(line.currencyAmount)
  if (read === undefined || !/^[A-Z]{3}$/.test(line.currency)) {
    told.add('currency-not-kept')
    return WITHOUT_CURRENCY
  }
  const currencyAmount = line.isDebit ? read : -read
  const given = line.rate === '' ? undefined : decimal(line.rate)
  const rate = given ?? (currencyAmount === 0 ? undefined : rateBetween(ore(line.amount), currencyAmount, 1))
  const usable = rate !== undefined && rate.digits > 0n
  return {
    currency: line.currency,
    currencyAmount,
    rate: usable ? decimalText(rate) : undefined,
    rateUnit: usable ? 1 : undefined,
    rateSource: usable ? (given ? 'given' : 'derived') : undefined,
  }
}

type Dimensions = BookedEntry['dimensions']
type Split = { amount: number; dimensions: Dimensions }

/** One value a dimension; a line spread over several values of one dimension becomes as many entries. */
function dimensionsOf(line: SaftLine, hints: string[], by: SaftMapping): Split[] {
  const values = new Map<string, { code: string; amount: number | null }[]>()
  for (const { type, id, amount } of line.analysis!) {
    const key = by.dimensions.keyOf(type)
    if (key === null) hints.push(by.dimensions.nameOf(type, id))
    else values.set(key, [...(values.get(key) ?? []), { code: by.dimensions.valueOf(type, key, id), amount }])
  }
  const spread = [...values].filter(([, all]) => all.length > 1)
  const fixed = [...values].sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, all]) => [key, all[0]!.code] as const)
  const plain = fixed.length > 0 ? Object.fromEntries(fixed) : undefined
  if (spread.length === 0) return [{ amount: line.amount, dimensions: plain }]
  const [key, all] = spread[0]!
  const total = all.reduce((sum, { amount }) => sum + (amount ?? Number.NaN), 0)
  if (spread.length > 1 || total !== line.amount) {
    for (const [dimension] of spread) by.told.add('dimension-not-kept', { dimension })
    return [{ amount: line.amount, dimensions: plain }]
  }
  return all.map(({ code, amount }) => ({ amount: amount!, dimensions: { ...plain, [key]: code } }))
}

/** The day a transaction's period says it belongs to, if another than its date's month; 13 and on are the last month's. */
export function differsFromPeriod(t: SaftTransaction, day: IsoDate): boolean {
  const period = Number(t.period)
  if (!Number.isInteger(period) || period < 1 || t.periodYear === '') return false
  const month = `${t.periodYear}-${String(Math.min(period, 12)).padStart(2, '0')}`
  return month !== day.slice(0, 7)
}
