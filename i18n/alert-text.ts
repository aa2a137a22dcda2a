import * as en from './en/alerts.ts'
import { fill, type Locale } from './format.ts'
import * as nb from './nb/alerts.ts'
import { checkText } from './verify-text.ts'

/** What an alert says; checks are named as their page names them. */
export const alertText = (
  kind: keyof typeof nb.alerts.kinds,
  params: Readonly<Record<string, string>>,
  locale: Locale,
): string => {
  const { kinds, exports } = (locale === 'nb' ? nb : en).alerts
  const what = (exports as Record<string, string>)[params.what ?? ''] ?? params.what
  // One month is said once.
  const later = params.to !== params.from && params.to
  return fill(
    kinds[kind],
    { ...params, ...(later && { later }), ...(what !== undefined && { what }), ...checksIn(params, locale) },
    locale,
  )
}

const checksIn = ({ checks }: Readonly<Record<string, string>>, locale: Locale) =>
  checks === undefined
    ? {}
    : {
        checks: checks
          .split(' ')
          .map((key) => checkText(key, locale))
          .join(', '),
      }
