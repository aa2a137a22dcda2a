import * as en from './en/entry.ts'
import { fill, type Locale } from './format.ts'
import * as nb from './nb/entry.ts'

export type EntryKey = keyof typeof nb.entry
type Params = Readonly<Record<string, string | number | boolean | null | readonly string[]>>

/** A text of the voucher entry page, filled. */
export const entryText = (locale: Locale, key: EntryKey, params: Params = {}): string =>
  fill((locale === 'nb' ? nb.entry : en.entry)[key], params, locale)

/** What a column of a pasted list holds, as it is told. */
export const meaningText = (locale: Locale, meaning: string): string =>
  (locale === 'nb' ? nb.meanings : en.meanings)[meaning] ?? meaning
