import type { Meaning } from '#i18n/sheet-words.ts'
import { decimal, oreAtRate } from '#worker/core/decimal.ts'
import type { Books } from '#worker/ledger/books.ts'
import { dimensionFrom, rateOf } from './cell-values.ts'
import type { CellReader } from './paste-cells.ts'
import type { Row } from './sheet.ts'

type Get = (meaning: Meaning) => string

/**
 * What a list says of currency and VAT beside the amounts. A currency alone tells nothing of what was paid, and a VAT amount nothing
 * without its code: they are left out, and told as not used.
 */
export const detailsOfColumns = (meanings: readonly (Meaning | undefined)[]) => ({
  currency: meanings.includes('currencyAmount') || meanings.includes('rate'),
  vat: meanings.includes('vatCode'),
})
export type Details = ReturnType<typeof detailsOfColumns>

const DETAILS = ['department', 'project', 'invoiceNumber', 'dueDate', 'paymentReference'] as const

/** Dimensions, invoice number, due date and KID; most rows of a list have none, and stay as they are. */
export function withDetails(row: Row, get: Get, keys: readonly string[], reader: CellReader, books: Books): Row {
  if (DETAILS.every((m) => get(m) === '') && keys.every((key) => get(`dimensions/${key}`) === '')) return row
  const dimensions: Record<string, string> = {}
  for (const key of ['department', 'project'] as const)
    if (get(key) !== '') dimensions[key] = dimensionFrom(get(key), key, books)
  for (const key of keys)
    if (get(`dimensions/${key}`) !== '') dimensions[key] = dimensionFrom(get(`dimensions/${key}`), key, books)
  return {
    ...row,
    dimensions,
    invoiceNumber: get('invoiceNumber'),
    dueDate: reader.date(get('dueDate')),
    paymentReference: get('paymentReference'),
  }
}

/** How far a printed rate, which has few decimals, may lead from the amounts beside it: half a per cent. */
const ROUNDED = 200

/**
 * Currency, its amount and rate on a line of `amount`. A printed amount without a sign has the line's. A rate that only lacks decimals
 * to give the amount is left out: the amounts count, and the rate follows from them. `turned` is the other side of the row.
 */
export function currencyOf(
  get: Get,
  reader: CellReader,
  amount: number | string,
  turned: boolean,
): Pick<Row, 'currency' | 'currencyAmount' | 'rate'> {
  const currency = get('currency').toUpperCase()
  if (currency === '' || currency === 'NOK') return { currency: '', currencyAmount: '', rate: '' }
  const printed = reader.amount(get('currencyAmount'))
  const other = typeof printed === 'number' && printed !== 0 ? -printed : printed
  const sameSign = typeof amount !== 'number' || Math.sign(amount) === Math.sign(Number(other))
  const currencyAmount = turned && sameSign ? other : signedAs(amount, printed)
  const rate = get('rate')
    .replace(/[\s\u00a0]/g, '')
    .replace(',', '.')
  const given = rateOf(rate)
  const atRate =
    given && typeof currencyAmount === 'number'
      ? oreAtRate(currencyAmount, decimal(given.rate)!, given.unit)
      : undefined
  if (atRate === undefined || typeof amount !== 'number') return { currency, currencyAmount, rate }
  const off = Math.abs(atRate - amount)
  return { currency, currencyAmount, rate: off > 1 && off * ROUNDED <= Math.abs(amount) ? '' : rate }
}

/** The VAT amount that a list has beside its code; none where the code bears no VAT and the list says zero. */
export function vatAmountOf(get: Get, reader: CellReader, row: Row, books: Books): number | string {
  const code = books.vatCodes.get(row.vatCode)
  const vat = signedAs(row.amount, reader.amount(get('vatAmount')))
  const bears = code !== undefined && code.direction !== 'none' && code.rateClass !== 'zero'
  return row.vatCode === '' || (vat === 0 && !bears) ? '' : vat
}

const signedAs = (amount: number | string, value: number | string): number | string =>
  typeof amount === 'number' && typeof value === 'number' && amount < 0 && value > 0 ? -value : value
