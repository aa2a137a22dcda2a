import { type Locale, month as monthText } from '#i18n/format.ts'
import type { Month } from '#worker/core/dates.ts'

/** What the column of a month is called in grid and sheet: `jan 2026`. */
export const monthTitle = (month: Month, locale: Locale): string =>
  `${monthText(month, locale).slice(0, 3)} ${month.slice(0, 4)}`
