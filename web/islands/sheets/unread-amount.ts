import { entryText } from '#i18n/entry-text.ts'
import type { Locale } from '#i18n/format.ts'
import { readTypedAmount } from '#worker/sheets/read-amount.ts'

/** Why a typed amount was not taken: both readings of one that has two (GRD-04), else `otherwise`. */
export function unreadAmount(text: string, locale: Locale, otherwise: string): string {
  const read = readTypedAmount(text)
  if (read.kind !== 'ambiguous') return otherwise
  return entryText(locale, 'ambiguousAmount', { text, decimal: read.asDecimal, thousands: read.asThousands })
}
