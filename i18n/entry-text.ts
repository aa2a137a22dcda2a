import * as en from './en/entry.ts'
import { fill, type Locale, whole } from './format.ts'
import * as nb from './nb/entry.ts'

export type EntryKey = keyof typeof nb.entry
type Params = Readonly<Record<string, string | number | boolean | null | readonly string[]>>

/** A text of the voucher entry page, filled. A plain number in it is a count, and is written as one. */
export function entryText(locale: Locale, key: EntryKey, params: Params = {}): string {
  const text: string = (locale === 'nb' ? nb.entry : en.entry)[key]
  const counts = Object.entries(params).filter(
    ([name, value]) => typeof value === 'number' && text.includes(`{${name}}`),
  )
  return fill(
    text,
    { ...params, ...Object.fromEntries(counts.map(([name, n]) => [name, whole(Number(n), locale)])) },
    locale,
  )
}

/** What a column of a pasted list holds, as it is told. */
export const meaningText = (locale: Locale, meaning: string): string =>
  (locale === 'nb' ? nb.meanings : en.meanings)[meaning] ?? meaning
