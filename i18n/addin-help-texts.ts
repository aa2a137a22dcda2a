import { addinFunctionHelp as functionsEn } from './en/addin-function-help.ts'
import { addinHelp as en } from './en/addin-help.ts'
import type { Locale } from './format.ts'
import { addinFunctionHelp as functionsNb } from './nb/addin-function-help.ts'
import { addinHelp as nb } from './nb/addin-help.ts'

/** The add-in's pages outside Excel: signing in, and help. */
export const addinHelpTexts = (locale: Locale) =>
  locale === 'nb' ? { ...nb, functions: functionsNb } : { ...en, functions: functionsEn }
