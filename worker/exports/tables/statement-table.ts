import { exportTexts } from '#i18n/export-texts.ts'
import { day, fill, type Locale } from '#i18n/format.ts'
import type { FinancialStatement } from '#worker/reports/read-financial-statement.ts'
import { leavesOf, type ReportLayout } from '#worker/reports/report-layout.ts'
import { columnHeading } from '#worker/reports/statement-table.ts'
import type { ExportColumn, ExportRow, ExportTable } from '../export-table.ts'
import { type Asking, headFacts, proofFacts } from './table-frame.ts'

type Line = FinancialStatement['lines'][number]

/**
 * Income statement or balance sheet: each line after its accounts, which it sums, and sums as what they are made of, with the
 * sign that turns their side to the line's.
 */
export function statementTable(
  asking: Asking,
  report: FinancialStatement,
  layout: ReportLayout | undefined,
  shown: Parameters<typeof headFacts>[2],
): ExportTable {
  const { locale } = asking
  const words = exportTexts[locale]
  const own = (named: { nameNb: string; nameEn: string }) => (locale === 'nb' ? named.nameNb : named.nameEn)
  const lines = new Map(report.lines.map((line) => [line.key, line]))
  const termsOf = (line: Line): ExportRow['terms'] => {
    if (line.kind !== 'sum' || !layout) return line.accounts.length > 0 ? undefined : []
    return leavesOf(layout, line.key).flatMap(({ key }) => {
      const leaf = lines.get(key)
      // A line that came to nothing is left out of the report.
      return leaf ? [{ key, sign: leaf.side === line.side ? (1 as const) : (-1 as const) }] : []
    })
  }
  const rows = report.lines.flatMap((line): ExportRow[] => {
    const name = own(line) || words.unplaced
    if (line.kind === 'heading') return [{ kind: 'heading', cells: [name] }]
    const accounts = line.accounts.map((a): ExportRow => ({ cells: [a.account, own(a), ...a.amounts] }))
    const kind = line.total ? 'total' : 'sum'
    return [
      ...accounts,
      { kind, key: line.key, terms: termsOf(line), cells: [name, null, ...line.amounts] } as ExportRow,
    ]
  })
  const columns = report.columns.map(
    (column): ExportColumn => ({
      key: column.key,
      name: headingOf(column, report, locale),
      kind: column.unit === 'basis-points' ? 'percent' : 'money',
      // A deviation is plus where the result is the better for it, on whichever side the line stands.
      sums: column.what === 'deviation' && report.report === 'income-statement' ? 'unsigned' : true,
    }),
  )
  const title = report.report === 'income-statement' ? words.titles.income : words.titles.balance
  return {
    name: report.report,
    title,
    locale,
    company: asking.company,
    head: [...headFacts(asking, report, shown), [words.layout, fill('{name}', { name: own(report.layout) }, locale)]],
    columns: [
      { key: 'account', name: words.column.account, kind: 'code' },
      { key: 'name', name: words.column.name, kind: 'text', width: 40 },
      ...columns,
    ],
    pages: [rows],
    proof: proofFacts(asking, report, report.checks, report.hash),
    wide: columns.length > 4,
  }
}

type Column = FinancialStatement['columns'][number]

/** A column's name, with its days only where they are not the report's own; a whole year by its number. */
function headingOf(column: Column, { fromDate, toDate }: FinancialStatement, locale: Locale): string {
  const name = columnHeading(column, locale)
  const days = `${day(column.fromDate)}–${day(column.toDate)}`
  if (!name.includes(days)) return name
  const same = column.fromDate === fromDate && column.toDate === toDate
  const year = /^(\d{4})-01-01 \1-12-31$/.exec(`${column.fromDate} ${column.toDate}`)?.[1]
  const short = year ?? days.replace(/\d\d(\d\d)(?=–|$)/g, '$1')
  return name.replace(days, same ? '' : short).trim()
}
