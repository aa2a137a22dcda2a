import * as en from './en/alerts.ts'
import { fill, type Locale } from './format.ts'
import * as nb from './nb/alerts.ts'

/** What an alert says. */
export const alertText = (
  kind: keyof typeof nb.alerts.kinds,
  params: Readonly<Record<string, string>>,
  locale: Locale,
): string => fill((locale === 'nb' ? nb : en).alerts.kinds[kind], params, locale)
