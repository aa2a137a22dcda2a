import { day } from '#i18n/format.ts'
import { isoDate } from '#worker/core/dates.ts'

/** A day as it is written, or what was typed where it is none. */
export const dayShown = (date: string): string => (isoDate(date) ? day(date) : date)
