import * as en from './en/verify.ts'
import type { Locale } from './format.ts'
import * as nb from './nb/verify.ts'

const texts = { nb, en }
const wordIn = (words: Readonly<Record<string, string>>, key: string): string => words[key] ?? key

/** What a check of the books, or an invariant that is not built, is called. */
export const checkText = (key: string, locale: Locale): string => wordIn(texts[locale].checks, key)
/** What a field of an offender is called; a column of the database like a field of ours. */
export const offenderField = (key: string, locale: Locale): string =>
  wordIn(
    texts[locale].offenderFields,
    key.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase()),
  )
/** What is wrong with an offender, or what kind of thing it is. */
export const offenderWord = (key: string, locale: Locale): string => wordIn(texts[locale].offenderWords, key)
