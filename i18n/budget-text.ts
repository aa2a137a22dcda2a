import * as en from './en/budget-grid.ts'
import { fill, type Locale } from './format.ts'
import * as nb from './nb/budget-grid.ts'

export type BudgetKey = keyof typeof nb.budgetGrid

/** A text of the budget grid, filled. */
export const budgetText = (
  locale: Locale,
  key: BudgetKey,
  params: Readonly<Record<string, string | number>> = {},
): string => fill((locale === 'nb' ? nb : en).budgetGrid[key], params, locale)
