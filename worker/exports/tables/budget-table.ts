import { exportTexts } from '#i18n/export-texts.ts'
import { fill, month, whole } from '#i18n/format.ts'
import { pageTexts } from '#i18n/page-texts.ts'
import { directionOf, signed } from '#worker/budgets/budget-sign.ts'
import type { BudgetLines } from '#worker/budgets/read-budget-lines.ts'
import { ore } from '#worker/core/money.ts'
import type { ExportRow, ExportTable } from '../export-table.ts'
import { type Asking, dimensionText, proofFacts } from './table-frame.ts'

/** A budget by account and month as it is thought of: income and cost both positive, and what they leave at the foot. */
export function budgetTable(
  asking: Asking,
  { budget, lines, registers }: BudgetLines,
  ledgerVersion: number,
): ExportTable {
  const { locale } = asking
  const { column } = exportTexts[locale]
  const words = pageTexts[locale].budgets
  const sum = (amounts: readonly (number | null)[]): number => amounts.reduce<number>((a, b) => a + (b ?? 0), 0)
  const rows = [...lines]
    .sort((a, b) => (a.account < b.account ? -1 : 1))
    .map((line): ExportRow => {
      const account = registers.accounts.get(line.account)
      const direction = directionOf(line.account, account?.type)
      const names = Object.entries(line.dimensions).map(
        ([key, value]) => registers.dimensions.get(key)?.values.get(value) ?? value,
      )
      const amounts = line.amounts.map((n) => (n === null ? null : signed(ore(n), 'natural', direction)))
      return {
        cells: [
          line.account,
          // On paper the dimensions stand beside the name.
          [account ? (locale === 'nb' ? account.nameNb : account.nameEn) : words.unknownAccount, ...names].join(' · '),
          dimensionText(line.dimensions),
          ...amounts,
          sum(amounts),
          line.comment || null,
        ],
      }
    })
  const results = budget.months.map((_, i) => -sum(lines.map((line) => line.amounts[i] ?? 0)))
  return {
    name: 'budget',
    title: budget.name,
    locale,
    company: asking.company,
    head: [[words.column.year, fill('{year}', { year: String(budget.year) }, locale)]],
    columns: [
      { key: 'account', name: column.account, kind: 'code' },
      { key: 'accountName', name: column.accountName, kind: 'text', width: 30 },
      { key: 'dimensions', name: column.dimensions, kind: 'text', width: 20, notOnPaper: true },
      ...budget.months.map((m) => ({ key: m, name: month(m, locale).slice(0, 3), kind: 'money' as const })),
      { key: 'total', name: column.total, kind: 'money' },
      { key: 'comment', name: words.column.comment, kind: 'text', width: 24, notOnPaper: true },
    ],
    pages: [[...rows, { kind: 'total', cells: [words.result, null, null, ...results, sum(results), null] }]],
    proof: [
      [words.revision, whole(budget.revision, locale)],
      ...proofFacts(asking, { ledgerVersion, atVersion: ledgerVersion, dated: null }).slice(-1),
    ],
    wide: true,
  }
}
