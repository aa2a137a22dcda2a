import { isoDate } from '#worker/core/dates.ts'
import { decimal } from '#worker/core/decimal.ts'
import { rateOf } from './cell-values.ts'
import { matchesIn } from './row-matches.ts'
import type { Group, Row } from './sheet.ts'

/** The draft as it is sent. Cells that cannot be read are left out, and reported by themselves. */
export function draftOf(group: Group, rows: readonly Row[]): Record<string, unknown> {
  const { type, voucherDate, documentDate, text, reason } = group.header
  return {
    id: group.id,
    type: type || undefined,
    ...(isoDate(voucherDate) && { voucherDate }),
    ...(isoDate(documentDate) && { documentDate }),
    ...vatDateOf(rows),
    ...(text && { text }),
    ...(typeof group.more?.documents === 'string' && { documents: group.more.documents.split(',') }),
    ...(reason && { reason }),
    ...templateOf(group),
    lines: rows.map((row) => lineOf(row, text)),
  }
}

/** The template that made the voucher, where one did. */
function templateOf({ more }: Group): { template?: { key: string; version: number } } {
  const { template, templateVersion } = more ?? {}
  if (typeof template !== 'string' || typeof templateVersion !== 'number') return {}
  return { template: { key: template, version: templateVersion } }
}

/** The day of the voucher's VAT stands in its first row that has one. */
function vatDateOf(rows: readonly Row[]): { vatDate?: string } {
  const vatDate = rows.find((row) => row.vatDate !== '')?.vatDate
  return vatDate !== undefined && isoDate(vatDate) ? { vatDate } : {}
}

function lineOf(row: Row, text: string): Record<string, unknown> {
  const dimensions = Object.entries(row.dimensions).filter(([, code]) => code !== '')
  return {
    account: row.account,
    ...(typeof row.amount === 'number' && { amount: row.amount }),
    ...(row.vatCode && { vatCode: row.vatCode }),
    ...(typeof row.vatAmount === 'number' && { vatAmount: row.vatAmount }),
    ...(row.vatAmountReason && { vatAmountReason: row.vatAmountReason }),
    ...(row.vatMode && { vatMode: row.vatMode }),
    ...(row.vatSpecification && { vatSpecification: row.vatSpecification }),
    ...(decimal(row.quantity) && { quantity: row.quantity }),
    ...currencyOf(row),
    ...(dimensions.length > 0 && { dimensions: Object.fromEntries(dimensions) }),
    ...(row.text && row.text !== text && { text: row.text }),
    ...(row.invoiceNumber && { invoiceNumber: row.invoiceNumber }),
    ...(isoDate(row.dueDate) && { dueDate: row.dueDate }),
    ...(row.paymentReference && { paymentReference: row.paymentReference.replaceAll(' ', '') }),
    ...(row.script && { script: row.script }),
    ...matchesOf(row),
  }
}

function matchesOf({ matches }: Row): Record<string, unknown> {
  const items = matchesIn(matches) ?? []
  return items.length > 0 ? { matches: items } : {}
}

function currencyOf({ currency, currencyAmount, rate }: Row): Record<string, unknown> {
  const given = rateOf(rate)
  return {
    ...(currency && { currency }),
    ...(typeof currencyAmount === 'number' && { currencyAmount }),
    ...(given && { rate: given.rate, ...(given.unit === 100 && { rateUnit: 100 }) }),
  }
}
