import { type Locale, plainKroner } from '#i18n/format.ts'

/** A column of a table that is written out: a text, or an amount in øre. */
export type Column<Row> =
  | { name: string; text: (row: Row) => string | number | null }
  | { name: string; amount: (row: Row) => number | null }

/** What a sheet would take for the start of a formula, full-width forms included; an apostrophe of its own gets another. */
const FORMULA = /^'*[=+\-@\t\r＝＋－＠]/

/**
 * A table as CSV that a sheet in the reader's language opens by itself: semicolon and decimal comma in Norwegian, comma and
 * decimal point in English, UTF-8 with byte-order mark, CRLF. A text that could run as a formula gets an apostrophe before it;
 * amounts are written as numbers, so a negative one stays one.
 */
export const csvOf = <Row>(columns: readonly Column<Row>[], rows: readonly Row[], locale: Locale): string =>
  csvHead(columns, locale) + csvRows(columns, rows, locale)

/** The byte-order mark and the names of the columns. */
export const csvHead = (columns: readonly { name: string }[], locale: Locale): string =>
  `\ufeff${columns.map(({ name }) => cell(name, separatorOf(locale))).join(separatorOf(locale))}\r\n`

/** Rows without the head, for a table written in parts. */
export function csvRows<Row>(columns: readonly Column<Row>[], rows: readonly Row[], locale: Locale): string {
  const separator = separatorOf(locale)
  return rows
    .map((row) => `${columns.map((column) => written(column, row, locale, separator)).join(separator)}\r\n`)
    .join('')
}

const separatorOf = (locale: Locale): string => (locale === 'nb' ? ';' : ',')

function written<Row>(column: Column<Row>, row: Row, locale: Locale, separator: string): string {
  if ('amount' in column) {
    const amount = column.amount(row)
    return amount === null ? '' : quoted(plainKroner(amount, locale), separator)
  }
  const value = column.text(row)
  return value === null ? '' : typeof value === 'number' ? String(value) : cell(value, separator)
}

/** The same after a separator of the other language: a sheet that splits there would find a formula. */
const FORMULA_INSIDE = /([,;]["\s]*)(?='*(?:[=+@＝＋＠]|[-－]\S))/g

/** A text as a cell: nothing that a sheet would run, and in quotes where it holds what separates. */
export const cell = (text: string, separator: string): string =>
  quoted((FORMULA.test(text) ? `'${text}` : text).replace(FORMULA_INSIDE, "$1'"), separator)

const GUARDED = /^'(?='*[=+\-@\t\r＝＋－＠])/
const GUARDED_INSIDE = /([,;]["\s]*)'(?='*(?:[=+@＝＋＠]|[-－]\S))/g
/** A text as it was before it became a cell: what is exported and brought back is the same. */
export const unguarded = (text: string): string => text.replace(GUARDED, '').replace(GUARDED_INSIDE, '$1')

export const quoted = (text: string, separator: string): string =>
  text.includes(separator) || /["\r\n\t]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
