import { checks as checksEn } from './en/verify.ts'
import type { Locale } from './format.ts'
import { checks } from './nb/verify.ts'

const texts: Record<Locale, Record<string, string>> = { nb: checks, en: checksEn }

/** What a check of the books, or an invariant that is not built, is called. */
export const checkText = (key: string, locale: Locale): string => texts[locale][key] ?? key
