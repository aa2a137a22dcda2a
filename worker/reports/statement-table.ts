import * as en from '#i18n/en/report-columns.ts'
import { day, fill, type Locale } from '#i18n/format.ts'
import * as nb from '#i18n/nb/report-columns.ts'
import type { Column } from './csv.ts'
import type { FinancialStatement } from './read-financial-statement.ts'

const words = { nb: nb.reportColumns, en: en.reportColumns }

/** A statement as rows of a table: a row a line, and under it one for each of its accounts. */
export type StatementRow = {
  line: string
  account: string | null
  nameNb: string
  nameEn: string
  amounts: readonly (number | null)[]
}

export const rowsOfStatement = ({ lines }: Pick<FinancialStatement, 'lines'>): StatementRow[] =>
  lines.flatMap((line) => {
    const row = { line: line.key, account: null, nameNb: line.nameNb, nameEn: line.nameEn, amounts: line.amounts }
    return [row, ...line.accounts.map(({ account, ...rest }) => ({ line: line.key, account, ...rest }))]
  })

export const statementTableColumns = (
  { columns }: Pick<FinancialStatement, 'columns'>,
  locale: Locale,
): Column<StatementRow>[] => {
  const t = words[locale]
  return [
    { name: t.line, text: (r) => r.line },
    { name: t.account, text: (r) => r.account },
    { name: t.name, text: (r) => (locale === 'nb' ? r.nameNb : r.nameEn) || t.unplaced },
    ...columns.map((column, i) => ({
      name: columnHeading(column, locale),
      amount: (r: StatementRow) => r.amounts[i] ?? null,
    })),
  ]
}

/** What a column is called where there is one line for it: its kind, and its days or its dimension's value. */
export function columnHeading(
  { what, fromDate, toDate, dimension, key }: FinancialStatement['columns'][number],
  locale: Locale,
): string {
  const t = words[locale]
  if (dimension) return dimension.value === 'none' ? t.without : dimension.value
  if (/^by:.*=all$/.test(key)) return t.total
  const name = t.statement[what]
  return fill(t.inDays, { name, days: fromDate === toDate ? day(toDate) : `${day(fromDate)}–${day(toDate)}` }, locale)
}
