import { openingBalance as en } from './en/opening-balance.ts'
import { fill, type Locale } from './format.ts'
import { openingBalance as nb } from './nb/opening-balance.ts'

export const openingTexts = { nb, en }
export type OpeningKey = {
  [K in keyof typeof nb]: (typeof nb)[K] extends string ? K : never
}[keyof typeof nb]

/** A text of the opening balance, filled. */
export const openingText = (
  locale: Locale,
  key: OpeningKey,
  params: Readonly<Record<string, string | number>> = {},
): string => fill(openingTexts[locale][key], params, locale)
