import { exportTexts } from '#i18n/export-texts.ts'
import type { Locale } from '#i18n/format.ts'
import type { TrialBalance } from '#worker/reports/read-trial-balance.ts'
import type { ExportColumn, ExportRow, ExportTable } from '../export-table.ts'
import { type Asking, headFacts, proofFacts } from './table-frame.ts'

type Figures = { opening: number; debit: number; credit: number; closing: number }
type Shown = Parameters<typeof headFacts>[2]

export const figureColumns = (locale: Locale): ExportColumn[] => {
  const { column } = exportTexts[locale]
  const one = (key: keyof Figures): ExportColumn => ({ key, name: column[key], kind: 'money', sums: true })
  return [one('opening'), one('debit'), one('credit'), one('closing')]
}
export const figureCells = ({ opening, debit, credit, closing }: Figures): number[] => [opening, debit, credit, closing]

/** Accounts with their figures; what nobody has appropriated is a row too, so that the whole sums to zero. */
export function trialBalanceTable(asking: Asking, report: TrialBalance, shown: Shown): ExportTable {
  const { locale } = asking
  const words = exportTexts[locale]
  const amount = report.checks.length === 0 ? 0 : report.undistributedResult
  const rows = report.rows.map(
    (row): ExportRow => ({ cells: [row.account, locale === 'nb' ? row.nameNb : row.nameEn, ...figureCells(row)] }),
  )
  if (amount !== 0) rows.push({ cells: [null, words.undistributed, amount, 0, 0, amount] })
  const { opening, debit, credit, closing } = report.totals
  rows.push({ kind: 'total', cells: [words.total, null, opening + amount, debit, credit, closing + amount] })
  return {
    name: 'trial-balance',
    title: words.titles.trialBalance,
    locale,
    company: asking.company,
    head: headFacts(asking, report, shown),
    columns: [
      { key: 'account', name: words.column.account, kind: 'code' },
      { key: 'accountName', name: words.column.accountName, kind: 'text', width: 38 },
      ...figureColumns(locale),
    ],
    pages: [rows],
    proof: proofFacts(asking, report, report.checks, report.hash),
  }
}

/** The closing balances with where each account belongs in the næringsspesifikasjon: what a year-end program reads. */
export function yearEndTable(
  asking: Asking,
  report: TrialBalance,
  groupings: ReadonlyMap<string, { category: string; code: string }>,
): ExportTable {
  const { locale } = asking
  const words = exportTexts[locale]
  const money = (key: 'opening' | 'movement' | 'closing'): ExportColumn => ({
    key,
    name: words.column[key],
    kind: 'money',
    sums: true,
  })
  const { opening, debit, credit, closing } = report.totals
  const { undistributedResult: amount } = report
  const rows = report.rows.map(({ account, nameNb, nameEn, ...row }): ExportRow => {
    const { category, code } = groupings.get(account) ?? { category: null, code: null }
    return {
      cells: [
        account,
        locale === 'nb' ? nameNb : nameEn,
        category,
        code,
        row.opening,
        row.debit - row.credit,
        row.closing,
      ],
    }
  })
  if (amount !== 0) rows.push({ cells: [null, words.undistributed, null, null, amount, 0, amount] })
  rows.push({
    kind: 'total',
    cells: [words.total, null, null, null, opening + amount, debit - credit, closing + amount],
  })
  return {
    name: 'year-end',
    title: words.titles.yearEnd,
    locale,
    company: asking.company,
    head: headFacts(asking, report),
    columns: [
      { key: 'account', name: words.column.account, kind: 'code' },
      { key: 'accountName', name: words.column.accountName, kind: 'text', width: 38 },
      { key: 'groupingCategory', name: words.column.groupingCategory, kind: 'text', width: 28 },
      { key: 'groupingCode', name: words.column.groupingCode, kind: 'code' },
      money('opening'),
      money('movement'),
      money('closing'),
    ],
    pages: [rows],
    proof: proofFacts(asking, report, report.checks, report.hash),
    wide: true,
  }
}
