import { type BudgetKey, budgetText } from './budget-text.ts'
import * as en from './en/sheet-imports.ts'
import { type EntryKey, entryText, meaningText } from './entry-text.ts'
import { fill, type Locale } from './format.ts'
import * as nb from './nb/sheet-imports.ts'

type Told = {
  of: 'import' | 'entry' | 'budget'
  key: string
  params: Readonly<Record<string, string | number | readonly string[]>>
}
const texts = { nb, en }

/** What is told of how a sheet was read, in a language. */
export function sheetToldText({ of, key, params }: Told, locale: Locale): string {
  if (of === 'entry') return entryText(locale, key as EntryKey, withMeanings(params, locale))
  if (of === 'budget') return budgetText(locale, key as BudgetKey, params as Record<string, string | number>)
  return fill(texts[locale].told[key] ?? key, params as Record<string, string | number>, locale)
}

/** Columns that are told by their place and meaning, `2:account`, with the meaning's name. */
const withMeanings = (params: Told['params'], locale: Locale): Record<string, string | number> =>
  Object.fromEntries(
    Object.entries(params).map(([name, value]) => [
      name,
      typeof value === 'object'
        ? value.map((one) => one.replace(/:(\w+)$/, (_, meaning) => ` ${meaningText(locale, meaning)}`)).join(', ')
        : value,
    ]),
  )

export const registerName = (register: string, locale: Locale): string => texts[locale].registers[register] ?? register
export const fieldName = (field: string, locale: Locale): string => texts[locale].fields[field] ?? field
export const whyText = (why: string, locale: Locale): string => texts[locale].why[why] ?? why
