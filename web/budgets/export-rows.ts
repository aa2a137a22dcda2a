import { type BudgetKey, budgetText } from '#i18n/budget-text.ts'
import { month } from '#i18n/format.ts'
import { readBudgetRows } from '#worker/budgets/read-budget-lines.ts'
import { readRegisters } from '#worker/budgets/store.ts'
import { pathText } from '#worker/http/accept.ts'
import { type Column, csvOf } from '#worker/reports/csv.ts'
import { type Page, textsOf } from '../page.tsx'

type Row = Awaited<ReturnType<typeof readBudgetRows>>['rows'][number]

/**
 * A budget as a table that Excel opens and the grid reads back without a change: budget, year, account, dimensions, one column a
 * month, sum, spread and comment; income and cost both positive.
 */
export async function budgetRowsCsv(c: Page): Promise<Response> {
  const { db, locale } = c.var
  const { budget, rows } = await readBudgetRows(db, pathText(c, 'budget'), 'natural')
  const { accounts, dimensions } = await readRegisters(db)
  const words = textsOf(c).budgets.column
  const t = (key: BudgetKey) => budgetText(locale, key)
  const keys = [...new Set([...dimensions.keys(), ...rows.flatMap((row) => Object.keys(row.dimensions))])].filter(
    (key) => rows.some((row) => row.dimensions[key]),
  )
  const nameOf = (key: string) => {
    const found = dimensions.get(key)
    return found ? (locale === 'nb' ? found.nameNb : found.nameEn) : key
  }
  const columns: Column<Row>[] = [
    { name: words.budget, text: () => budget.name },
    { name: words.year, text: () => budget.year },
    { name: words.account, text: (row) => row.account },
    {
      name: words.accountName,
      text: (row) => {
        const account = accounts.get(row.account)
        return account ? (locale === 'nb' ? account.nameNb : account.nameEn) : null
      },
    },
    ...keys.map((key): Column<Row> => ({ name: nameOf(key), text: (row) => row.dimensions[key] ?? null })),
    { name: t('sign'), text: () => t('natural') },
    { name: t('spread'), text: (row) => row.spread || null },
    ...budget.months.map((m): Column<Row> => ({ name: month(m, locale), amount: (row) => row.amounts[m] ?? null })),
    { name: words.total, amount: (row) => Object.values(row.amounts).reduce<number>((a, b) => a + (b ?? 0), 0) },
    { name: words.comment, text: (row) => row.comment || null },
  ]
  const file = `${budget.name.replace(/[^\p{Letter}\p{Number} _-]+/gu, '').trim() || budget.year}.csv`
  return c.body(csvOf(columns, rows, locale), 200, {
    'content-type': 'text/csv; charset=utf-8',
    'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(file)}`,
    'cache-control': 'no-store',
  })
}
