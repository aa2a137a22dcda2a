import * as en from './en/event-words.ts'
import type { Locale } from './format.ts'
import { mailTexts } from './mail-texts.ts'
import * as nb from './nb/event-words.ts'

/** What happened, in words: `voucher.posted` is "Bilag bokført". A type without words is shown as it is. */
export function eventText(type: string, locale: Locale): string {
  const aboutSignIn = type.startsWith('user.') && (mailTexts(locale).events as Record<string, string>)[type.slice(5)]
  if (aboutSignIn) return aboutSignIn
  const { eventThings, eventDeeds } = locale === 'nb' ? nb : en
  const [thing = '', deed = ''] = type.split('.')
  const words = [eventThings[thing], eventDeeds[deed]]
  return words.every(Boolean) ? words.join(' ') : type
}

/** What the log of access is about: a company's or an office's, or one's own. */
const ACCESS_THINGS = [
  'user',
  'member',
  'invitation',
  'role',
  'key',
  'app',
  'webhook',
  'audit-access',
  'company',
  'office',
  'office-member',
]

/** What a log is about, by the first word of its events' types, as a choice in alphabetical order. */
export const eventThingChoices = (locale: Locale, log: 'books' | 'access' = 'books'): [value: string, text: string][] =>
  Object.entries((locale === 'nb' ? nb : en).eventThings)
    .filter(([thing]) => log === 'books' || ACCESS_THINGS.includes(thing))
    .sort(([, a], [, b]) => a.localeCompare(b, locale))
