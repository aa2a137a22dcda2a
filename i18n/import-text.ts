import * as en from './en/imports.ts'
import { problemWords as problemWordsEn } from './en/problems.ts'
import { fill, type Locale } from './format.ts'
import * as nb from './nb/imports.ts'
import { problemWords } from './nb/problems.ts'

export type ToldCode = keyof typeof nb.told
export type DifferenceKind = keyof typeof nb.differences

type Params = Readonly<Record<string, string | number | null>>

const texts = { nb: { ...nb, words: problemWords }, en: { ...en, words: problemWordsEn } }

/** What an import tells, in a language. */
export const toldText = (code: ToldCode, params: Params, locale: Locale): string =>
  fill(texts[locale].told[code], { ...params, ...kindWords(params.kind, locale) }, locale)

/** A difference between the file and the books, in a language. */
export const differenceText = (kind: DifferenceKind, params: Params, locale: Locale): string =>
  fill(texts[locale].differences[kind], { ...params, ...kindWords(params.partyKind ?? params.kind, locale) }, locale)

function kindWords(kind: string | number | null | undefined, locale: Locale) {
  const name = (texts[locale].words as Record<string, string>)[String(kind)] ?? ''
  return { kindName: name, KindName: name.charAt(0).toUpperCase() + name.slice(1) }
}
