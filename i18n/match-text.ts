import { subledger as en } from './en/subledger.ts'
import { fill, type Locale } from './format.ts'
import { subledger as nb } from './nb/subledger.ts'

/** Why a match was made, in a language: the rule, and what it went by. */
export const matchText = (
  { rule, reason }: { rule: keyof typeof nb.rules; reason: string | null },
  locale: Locale,
): string => fill((locale === 'nb' ? nb : en).rules[rule], { reason }, locale)

/** Why a payment or credit note was left open. */
export const leftText = (why: keyof typeof nb.left, locale: Locale): string => (locale === 'nb' ? nb : en).left[why]

/** What a voucher says that books the difference of a match. */
export const differenceText = (locale: Locale): string => (locale === 'nb' ? nb : en).differenceText
