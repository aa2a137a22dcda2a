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

/** Written out: a pasted list is thousands of lines, each with a few of these. */
function lineOf(row: Row, text: string): Record<string, unknown> {
  const line: Record<string, unknown> = { account: row.account }
  if (typeof row.amount === 'number') line.amount = row.amount
  if (row.vatCode) line.vatCode = row.vatCode
  if (typeof row.vatAmount === 'number') line.vatAmount = row.vatAmount
  if (row.vatAmountReason) line.vatAmountReason = row.vatAmountReason
  if (row.vatMode) line.vatMode = row.vatMode
  if (row.vatSpecification) line.vatSpecification = row.vatSpecification
  if (row.quantity && decimal(row.quantity)) line.quantity = row.quantity
  if (row.currency) line.currency = row.currency
  if (typeof row.currencyAmount === 'number') line.currencyAmount = row.currencyAmount
  const given = row.rate && rateOf(row.rate)
  if (given) line.rate = given.rate
  if (given && given.unit === 100) line.rateUnit = 100
  const dimensions = Object.entries(row.dimensions).filter(([, code]) => code !== '')
  if (dimensions.length > 0) line.dimensions = Object.fromEntries(dimensions)
  if (row.text && row.text !== text) line.text = row.text
  if (row.invoiceNumber) line.invoiceNumber = row.invoiceNumber
  if (row.dueDate && isoDate(row.dueDate)) line.dueDate = row.dueDate
  if (row.paymentReference) line.paymentReference = row.paymentReference.replaceAll(' ', '')
  if (row.script) line.script = row.script
  const matches = row.matches && matchesIn(row.matches)
  if (matches) line.matches = matches
  return line
}
