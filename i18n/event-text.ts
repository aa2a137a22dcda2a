import * as en from './en/event-words.ts'
import type { Locale } from './format.ts'
import * as nb from './nb/event-words.ts'

/** What happened, in words: `voucher.posted` is "Bilag bokført". A type without words is shown as it is. */
export function eventText(type: string, locale: Locale): string {
  const { eventThings, eventDeeds } = locale === 'nb' ? nb : en
  const [thing = '', deed = ''] = type.split('.')
  const words = [eventThings[thing], eventDeeds[deed]]
  return words.every(Boolean) ? words.join(' ') : type
}

/** What a log is about, by the first word of its events' types, as a choice in alphabetical order. */
export const eventThingChoices = (locale: Locale): [value: string, text: string][] =>
  Object.entries((locale === 'nb' ? nb : en).eventThings).sort(([, a], [, b]) => a.localeCompare(b, locale))
