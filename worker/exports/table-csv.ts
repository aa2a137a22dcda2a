import { plainKroner } from '#i18n/format.ts'
import { cell, quoted } from '#worker/reports/csv.ts'
import type { ExportColumn, ExportRow, ExportTable } from './export-table.ts'

/**
 * A table's plain rows as CSV. For a sheet: as the reader's language writes it, semicolon and decimal comma in Norwegian, with
 * a byte-order mark. For a machine: RFC 4180 with comma and decimal point, ISO dates, stable column names, no mark. In both a
 * text that could run as a formula gets an apostrophe before it; amounts are numbers, so a negative one stays one.
 */
export async function* csvOfTable(table: ExportTable, forMachine: boolean): AsyncGenerator<string> {
  const separator = !forMachine && table.locale === 'nb' ? ';' : ','
  const names = table.columns.map(({ key, name }) => cell(forMachine ? key : name, separator))
  yield `${forMachine ? '' : '\ufeff'}${names.join(separator)}\r\n`
  const locale = forMachine ? 'en' : table.locale
  for await (const page of table.pages) {
    let text = ''
    for (const row of page) if (!row.kind) text += `${written(row, table.columns, locale, separator)}\r\n`
    if (text !== '') yield text
  }
}

const written = (
  { cells }: ExportRow,
  columns: readonly ExportColumn[],
  locale: 'nb' | 'en',
  separator: string,
): string =>
  columns
    .map(({ kind }, i) => {
      const value = cells[i]
      if (value === null || value === undefined) return ''
      // Basis points are hundredths of a per cent, as øre are of a krone.
      if (kind === 'money' || kind === 'percent') return quoted(plainKroner(Number(value), locale), separator)
      return typeof value === 'number' ? String(value) : cell(value, separator)
    })
    .join(separator)
