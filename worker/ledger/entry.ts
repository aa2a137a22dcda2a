import { type Decimal, decimal, decimalText, oreAtRate, rateBetween } from '#worker/core/decimal.ts'
import { type BasisPoints, type Ore, ore } from '#worker/core/money.ts'
import { rateOn, splitVat, type VatSide, vatOfLine } from '#worker/vat/vat.ts'
import type { PartyKind } from './account.ts'
import type { Books } from './books.ts'
import { type RateSource, rateSourceOf } from './currency-rate.ts'
import { withScript } from './line-script.ts'
import type { Voucher } from './voucher-draft.ts'

type Line = Voucher['lines'][number]

/** What is booked: an entry never changes. Amount in øre, debit positive; VAT rate in basis points. */
export type Entry = {
  rowKey: string
  /** `line` is what was typed (less VAT), `vat` what the code added. */
  origin: 'line' | 'vat'
  account: string
  partyKind: PartyKind | null
  party: string | null
  amount: Ore
  vatCode: string | null
  /** Null: the entry stands outside the VAT report. */
  vatRate: BasisPoints | null
  vatSide: VatSide | null
  vatSpecification: string | null
  vatAmountReason: string | null
  /** The VAT was typed and differs from the computed. */
  vatOverridden: boolean
  dimensions: Readonly<Record<string, string>> | null
  text: string
  currency: string | null
  currencyAmount: number | null
  rate: string | null
  rateUnit: number | null
  rateSource: RateSource | null
  quantity: string | null
  invoiceNumber: string | null
  dueDate: string | null
  paymentReference: string | null
}

/** "1500:10001" is account 1500 and party 10001. */
export function accountAndParty(field: string): { account: string; party: string | null } {
  const colon = field.indexOf(':')
  return colon < 0 ? { account: field, party: null } : { account: field.slice(0, colon), party: field.slice(colon + 1) }
}

/** The line's amount in øre: as given, else from the currency amount and rate. Undefined when it cannot be known. */
export function amountOf(line: Line): Ore | undefined {
  if (line.amount !== undefined) return line.amount
  const given = rateOf(line)
  if (line.currencyAmount === undefined || !given) return undefined
  return oreAtRate(line.currencyAmount, given.rate, given.unit)
}

/** The rate that was typed, else the one the table has. */
function rateOf(line: Line): { rate: Decimal; unit: number; source: RateSource } | undefined {
  const rate = decimal(line.rate ?? line.tableRate?.rate ?? '')
  if (!rate) return undefined
  if (line.rate !== undefined) return { rate, unit: line.rateUnit ?? 1, source: 'given' }
  return { rate, unit: line.tableRate!.unit, source: rateSourceOf(line.tableRate!) }
}

/** The VAT of a line in øre by its code, mode and the rate of its VAT date; 0 where there is none. */
export function computedVat(line: Line, voucher: Voucher, books: Books): Ore {
  const code = line.vatCode ? books.vatCodes.get(line.vatCode) : undefined
  const rate = code && rateOn(code, voucher.vatDate, books.vatRates)
  const amount = amountOf(line)
  if (!code || rate === undefined || amount === undefined || isMovement(voucher, books)) return ore(0)
  return vatOfLine(amount, code, rate, line.vatMode ?? 'gross')
}

/** Vouchers that carry figures over from another system are never VAT-split (features.md 4.7). */
export const isMovement = (voucher: Voucher, books: Books): boolean => {
  const key = books.voucherTypes.get(voucher.type)?.key
  return key === 'movement' || key === 'opening-balance'
}

/** The entries of a checked voucher, in line order, each line's VAT and what its script made after it. They sum to zero. */
export const entriesOf = (voucher: Voucher, books: Books): Entry[] =>
  voucher.lines.flatMap((line) => {
    const entries = entriesOfLine(line, voucher, books)
    return line.script ? withScript(entries, line.script, books) : entries
  })

function entriesOfLine(line: Line, voucher: Voucher, books: Books): Entry[] {
  const { account, party } = accountAndParty(line.account)
  const amount = amountOf(line) ?? ore(0)
  const code = line.vatCode ? books.vatCodes.get(line.vatCode) : undefined
  const treated = code && !isMovement(voucher, books) && (code.direction === 'reverse' || line.vatMode !== 'none')
  const rate = treated ? (rateOn(code, voucher.vatDate, books.vatRates) ?? null) : null
  const computed = computedVat(line, voucher, books)
  const vat = rate !== null && line.vatAmount !== undefined ? line.vatAmount : computed
  const split = code && rate !== null ? splitVat(amount, vat, code, line.vatMode ?? 'gross', account) : undefined
  const shared = {
    rowKey: line.rowKey,
    vatCode: line.vatCode ?? null,
    vatRate: rate,
    vatSpecification: line.vatSpecification ?? null,
    vatAmountReason: vat === computed ? null : (line.vatAmountReason ?? null),
    vatOverridden: vat !== computed,
    dimensions: dimensionsOf(line),
    text: line.text,
  }
  const first: Entry = {
    ...shared,
    origin: 'line',
    account,
    partyKind: party === null ? null : (books.accounts.get(account)?.control ?? null),
    party,
    amount: split?.base ?? amount,
    vatSide: null,
    ...currencyOf(line, split?.base ?? amount),
    quantity: line.quantity ?? null,
    invoiceNumber: line.invoiceNumber ?? null,
    dueDate: line.dueDate ?? null,
    paymentReference: line.paymentReference ?? null,
  }
  const vatEntries = (split?.entries ?? []).map((entry) => vatEntry(shared, entry))
  return [first, ...vatEntries]
}

type Shared = Pick<
  Entry,
  'rowKey' | 'vatCode' | 'vatRate' | 'vatSpecification' | 'vatAmountReason' | 'vatOverridden' | 'dimensions' | 'text'
>

const vatEntry = (
  shared: Shared,
  { side, account, amount }: { side: VatSide; account: string; amount: Ore },
): Entry => ({
  ...shared,
  origin: 'vat',
  account,
  partyKind: null,
  party: null,
  amount,
  vatSide: side,
  dimensions: side === 'cost' ? shared.dimensions : null, // a VAT account has no department; a cost keeps its own
  currency: null,
  currencyAmount: null,
  rate: null,
  rateUnit: null,
  rateSource: null,
  quantity: null,
  invoiceNumber: null,
  dueDate: null,
  paymentReference: null,
})

function dimensionsOf(line: Line): Record<string, string> | null {
  const pairs = Object.entries(line.dimensions).filter((pair): pair is [string, string] => pair[1] !== null)
  return pairs.length === 0 ? null : Object.fromEntries(pairs.sort(([a], [b]) => (a < b ? -1 : 1)))
}

/** Currency, rate and where the rate came from; the currency amount follows the base where VAT was split out. */
function currencyOf(
  line: Line,
  base: Ore,
): Pick<Entry, 'currency' | 'currencyAmount' | 'rate' | 'rateUnit' | 'rateSource'> {
  const none = { currency: null, currencyAmount: null, rate: null, rateUnit: null, rateSource: null }
  if (line.currency === undefined || line.currency === 'NOK') return none
  const known = rateOf(line)
  const unit = known?.unit ?? line.rateUnit ?? 1
  const total = amountOf(line) ?? ore(0)
  const rate =
    known?.rate ??
    (line.currencyAmount === undefined || line.currencyAmount === 0
      ? undefined
      : rateBetween(total, line.currencyAmount, unit))
  if (!rate || rate.digits === 0n) return none
  const whole = line.currencyAmount
  const share = whole !== undefined && base === total ? whole : minorUnitsAt(base, rate, unit)
  return {
    currency: line.currency,
    currencyAmount: share,
    rate: decimalText(rate),
    rateUnit: unit,
    rateSource: known?.source ?? 'derived',
  }
}

const minorUnitsAt = (amount: Ore, rate: { digits: bigint; scale: number }, unit: number): number => {
  const numerator = BigInt(amount) * BigInt(unit) * 10n ** BigInt(rate.scale)
  const half = rate.digits / 2n
  return Number((numerator >= 0n ? numerator + half : numerator - half) / rate.digits)
}
