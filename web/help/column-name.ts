import { type BudgetKey, budgetText } from '#i18n/budget-text.ts'
import type { HelpedGrid } from '#i18n/column-help.ts'
import { type EntryKey, entryText } from '#i18n/entry-text.ts'
import type { Locale } from '#i18n/format.ts'
import { openingTexts } from '#i18n/opening-text.ts'
import type { PageTexts } from '#i18n/page-texts.ts'
import { takeoverTexts } from '#i18n/takeover-text.ts'

/** What a column of a grid is called in its header. */
export function columnName(grid: HelpedGrid, field: string, locale: Locale, { help }: PageTexts): string {
  if (field === 'dimension') return help.dimension
  if (field === 'month') return help.month
  if (grid === 'voucher') return entryText(locale, field as EntryKey)
  if (grid === 'budget') return budgetText(locale, field as BudgetKey)
  if (grid === 'movements') return takeoverTexts[locale].sheet[field as 'account']
  return (openingTexts[locale].captions as Record<string, string>)[field] ?? field
}
