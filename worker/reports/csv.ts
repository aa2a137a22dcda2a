import { type Locale, plainKroner } from '#i18n/format.ts'

/** A column of a table that is written out: a text, or an amount in øre. */
export type Column<Row> =
  | { name: string; text: (row: Row) => string | number | null }
  | { name: string; amount: (row: Row) => number | null }

/** What a sheet would take for the start of a formula, full-width forms included. */
const FORMULA = /^[=+\-@\t\r＝＋－＠]/

/**
 * A table as CSV that a sheet in the reader's language opens by itself: semicolon and decimal comma in Norwegian, comma and
 * decimal point in English, UTF-8 with byte-order mark, CRLF. A text that could run as a formula gets an apostrophe before it;
 * amounts are written as numbers, so a negative one stays one.
 */
export function csvOf<Row>(columns: readonly Column<Row>[], rows: readonly Row[], locale: Locale): string {
  const separator = locale === 'nb' ? ';' : ','
  const line = (cells: readonly string[]): string => `${cells.join(separator)}\r\n`
  const head = line(columns.map((column) => cell(column.name, separator)))
  return `\ufeff${head}${rows.map((row) => line(columns.map((column) => written(column, row, locale, separator)))).join('')}`
}

function written<Row>(column: Column<Row>, row: Row, locale: Locale, separator: string): string {
  if ('amount' in column) {
    const amount = column.amount(row)
    return amount === null ? '' : quoted(plainKroner(amount, locale), separator)
  }
  const value = column.text(row)
  return value === null ? '' : typeof value === 'number' ? String(value) : cell(value, separator)
}

const cell = (text: string, separator: string): string => quoted(FORMULA.test(text) ? `'${text}` : text, separator)

const quoted = (text: string, separator: string): string =>
  text.includes(separator) || /["\r\n\t]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
