import type { VatSide } from '#worker/vat/vat.ts'
import { percentText } from './export-masters.ts'
import { type EntryTax, taxesOf } from './export-tax.ts'
import { element, escaped, money, side } from './export-xml.ts'

/** A voucher as the database gives it for the file: values in this order. */
export type VoucherValues = readonly [
  ledgerVersion: number,
  number: number,
  type: string,
  voucherDate: string,
  documentDate: string,
  vatDate: string,
  text: string,
  recordedAt: string,
  by: string,
  importJob: string | null,
  reverses: string | null,
  entries: readonly EntryValues[],
]
export type EntryValues = readonly [
  line: number,
  account: string,
  amount: number,
  customer: string | null,
  supplier: string | null,
  /** Null where it is the voucher's own. */
  text: string | null,
  dimensions: Readonly<Record<string, string>> | null,
  invoiceNumber: string | null,
  dueDate: string | null,
  paymentReference: string | null,
  /** A rate in basis points; a side is what makes it a VAT entry. */
  vat:
    | readonly [code: string, rate: number | null, side: VatSide | null, specification: string | null, rowKey: string]
    | null,
  rare:
    | readonly [
        currency: string | null,
        currencyAmount: number | null,
        rate: string | null,
        rateUnit: number | null,
        quantity: string | null,
      ]
    | null,
]
/** A series of vouchers: a journal of the file. */
export type ExportJournal = { series: string; fiscalYear: number; name: string }

export const journalStart = ({ series, name }: ExportJournal): string =>
  `<Journal>${element('JournalID', series, 18)}${element('Description', name)}${element('Type', series, 9)}\n`

/** A voucher under its number, which is what everybody looks it up by. */
export function transactionXml(v: VoucherValues, journal: ExportJournal, types: ReadonlyMap<string, string>): string {
  const [
    version,
    number,
    type,
    voucherDate,
    documentDate,
    vatDate,
    text,
    recordedAt,
    by,
    importJob,
    reverses,
    entries,
  ] = v
  const vatTerm = vatDate.slice(0, 7) === voucherDate.slice(0, 7) ? '' : termText(vatDate)
  const taxes = entries.some((e) => e[10] !== null) ? taxesOf(entries.map(taxedOf)) : []
  let lines = ''
  for (let i = 0; i < entries.length; i++)
    lines += lineXml(entries[i]!, taxes[i], text || journal.name, reverses, vatTerm, types)
  return `<Transaction><TransactionID>${escaped(journal.series)}-${journal.fiscalYear}-${number}</TransactionID><Period>${Number(
    voucherDate.slice(5, 7),
  )}</Period><PeriodYear>${voucherDate.slice(0, 4)}</PeriodYear><TransactionDate>${documentDate}</TransactionDate>${element(
    'SourceID',
    by,
    35,
  )}<VoucherType>${escaped(type)}</VoucherType>${element('VoucherDescription', journal.name, 70)}${element(
    'Description',
    text || journal.name,
  )}${element('BatchID', importJob, 35)}<SystemEntryDate>${recordedAt.slice(0, 10)}</SystemEntryDate><GLPostingDate>${voucherDate}</GLPostingDate><SystemID>${version}</SystemID>${lines}</Transaction>\n`
}

const taxedOf = ([, , amount, , , , , , , , vat]: EntryValues) => ({
  amount,
  rowKey: vat?.[4] ?? '',
  origin: vat?.[2] ? ('vat' as const) : ('line' as const),
  vatCode: vat?.[0] ?? null,
  vatRate: vat?.[1] ?? null,
  vatSide: vat?.[2] ?? null,
})

function lineXml(
  e: EntryValues,
  tax: EntryTax | undefined,
  voucherText: string,
  reverses: string | null,
  vatTerm: string,
  types: ReadonlyMap<string, string>,
): string {
  const [line, account, amount, customer, supplier, text, dimensions, invoice, dueDate, reference, vat, rare] = e
  let analysis = ''
  if (dimensions)
    for (const [key, value] of Object.entries(dimensions))
      analysis += `<Analysis>${element('AnalysisType', types.get(key) ?? key, 9)}${element('AnalysisID', value)}</Analysis>`
  const name = `${side(amount)}Amount`
  return `<Line><RecordID>${line}</RecordID>${element('AccountID', account, 70)}${analysis}${element(
    'CustomerID',
    customer,
    35,
  )}${element('SupplierID', supplier, 35)}${element('Description', text || voucherText)}<${name}><Amount>${money(
    amount,
  )}</Amount>${rare ? currencyXml(amount, rare) : ''}</${name}>${tax ? taxXml(tax, amount, vat?.[3] ?? null, vatTerm) : ''}${element(
    'ReferenceNumber',
    invoice,
    35,
  )}${element('CID', reference, 35)}${element('DueDate', dueDate)}${
    rare?.[4] ? element('Quantity', decimals(rare[4], 6)) : ''
  }${element('CrossReference', reverses, 35)}</Line>`
}

/** Amount in the other currency; written with a minus where it stands on the other side than the kroner. */
function currencyXml(amount: number, [currency, currencyAmount, rate, unit]: NonNullable<EntryValues[11]>): string {
  if (currency === null || currencyAmount === null) return ''
  const same = amount < 0 ? currencyAmount <= 0 : currencyAmount >= 0
  return `${element('CurrencyCode', currency)}<CurrencyAmount>${same ? '' : '-'}${money(currencyAmount)}</CurrencyAmount>${
    rate === null ? '' : element('ExchangeRate', perOne(rate, unit ?? 1))
  }`
}

/** A rate per 1, 10, 100 … as a rate per 1, with the eight decimals that the schema takes. */
function perOne(rate: string, unit: number): string {
  const zeros = String(unit).length - 1
  if (zeros === 0) return decimals(rate, 8)
  const [whole, fraction = ''] = rate.split('.') as [string, string?]
  const digits = whole.padStart(zeros + 1, '0')
  return decimals(`${digits.slice(0, -zeros)}.${digits.slice(-zeros)}${fraction}`, 8)
}

const decimals = (text: string, most: number): string => {
  const [whole, fraction = ''] = text.split('.') as [string, string?]
  const kept = fraction.slice(0, most).replace(/0+$/, '')
  return kept === '' ? whole : `${whole}.${kept}`
}

function taxXml(tax: EntryTax, amount: number, specification: string | null, vatTerm: string): string {
  // A base of zero has no side of its own.
  const name = `${side(tax.amount === 0 ? amount : tax.amount)}TaxAmount`
  return `<TaxInformation><TaxType>MVA</TaxType>${element('TaxCode', tax.code, 70)}${
    tax.rate === null ? '' : `<TaxPercentage>${percentText(tax.rate)}</TaxPercentage>`
  }<Country>NO</Country>${tax.base === null ? '' : `<TaxBase>${money(tax.base)}</TaxBase>`}${element(
    'TaxBaseDescription',
    specification,
    70,
  )}<${name}><Amount>${money(tax.amount)}</Amount></${name}>${element('TaxDeclarationPeriod', vatTerm, 35)}</TaxInformation>`
}

/** The VAT term of two months that a day lies in: 2026-T2. */
const termText = (day: string): string => `${day.slice(0, 4)}-T${(Number(day.slice(5, 7)) + 1) >> 1}`
