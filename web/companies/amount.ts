import type { Locale } from '#i18n/format.ts'
import { readAmount } from '#worker/sheets/read-amount.ts'

/** An amount as one types it, in øre and by the language's decimal mark; undefined when it is none. The sign is left out. */
export function oreOf(text: string, locale: Locale): number | undefined {
  const read = readAmount(text, locale === 'nb' ? ',' : '.')
  return read.kind === 'amount' ? Math.abs(read.ore) : undefined
}
