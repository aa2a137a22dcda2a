import * as en from '#i18n/en/entry.ts'
import { fill, type Locale } from '#i18n/format.ts'
import * as nb from '#i18n/nb/entry.ts'

export type EntryKey = keyof typeof nb.entry
type Params = Readonly<Record<string, string | number | boolean | null | readonly string[]>>

/** A text of the voucher entry page, filled. */
export const entryText = (locale: Locale, key: EntryKey, params: Params = {}): string =>
  fill((locale === 'nb' ? nb.entry : en.entry)[key], params, locale)
