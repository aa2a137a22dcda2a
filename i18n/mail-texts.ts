import { mail as en } from './en/mail.ts'
import type { Locale } from './format.ts'
import { mail as nb } from './nb/mail.ts'

/** The words of e-mails, in the receiver's language. */
export const mailTexts = (locale: Locale) => (locale === 'en' ? en : nb)
