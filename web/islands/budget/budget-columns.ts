import { budgetText } from '#i18n/budget-text.ts'
import type { Locale } from '#i18n/format.ts'
import type { Column, Layout } from '../voucher/columns.ts'
import { nameOf } from '../voucher/search.ts'
import type { BudgetFacts } from './budget-facts.ts'
import type { Row } from './budget-row.ts'

/** Short names of the months of a budget's year, with the year where the months are of two. */
export function monthNames(months: readonly string[], locale: Locale): string[] {
  const names = budgetText(locale, 'months').split(',')
  const years = new Set(months.map((month) => month.slice(0, 4)))
  return months.map((month) => {
    const name = names[Number(month.slice(5)) - 1]!
    return years.size > 1 ? `${name} ${month.slice(2, 4)}` : name
  })
}

/** The columns: what a line is, last year and the sum beside it, then its months. Dimensions the company does not use are left out. */
export function budgetLayout(rows: readonly Row[], facts: BudgetFacts, room: number): Layout {
  const { locale, books, months } = facts
  const t = (key: Parameters<typeof budgetText>[1]) => budgetText(locale, key)
  const dimensions = [...books.dimensions.values()]
    .filter((d) => d.values.length > 0 || rows.some((row) => row.dimensions[d.key]))
    .map((d): Column => ({ field: `dimensions/${d.key}`, title: nameOf(d, locale), kind: 'dimension', width: 96 }))
  const amount = (field: string, title: string, width: number): Column => ({ field, title, kind: 'amount', width })
  const columns: Column[] = [
    { field: 'account', title: t('account'), kind: 'account', width: 72 },
    { field: 'accountName', title: t('accountName'), kind: 'computed', width: 212 },
    ...dimensions,
    amount('lastYear', t('lastYear'), 92),
    { field: 'spread', title: t('spread'), kind: 'type', width: 104 },
    amount('total', t('total'), 98),
    ...monthNames(months, locale).map((name, i) => amount(`m${i}`, name, 82)),
    amount('actual', t('actual'), 98),
    { field: 'comment', title: t('comment'), kind: 'text', width: 180 },
  ]
  const used = columns.reduce((sum, column) => sum + column.width, 0)
  const last = columns.length - 1
  columns[last] = { ...columns[last]!, width: 180 + Math.max(0, room - used) }
  return { columns, frozen: room < 900 ? 1 : 2 }
}
