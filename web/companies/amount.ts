import type { Locale } from '#i18n/format.ts'

/** "24 875", "24875,50" or "24,875.50" as øre; undefined when it is no amount. The sign is left out. */
export function oreOf(text: string, locale: Locale): number | undefined {
  const plain = text.replace(/[\s\u00a0]/g, '').replace(/^[-\u2212]/, '')
  const m = (locale === 'nb' ? /^(\d{1,13})(?:,(\d{1,2}))?$/ : /^(\d{1,13})(?:\.(\d{1,2}))?$/).exec(
    locale === 'nb' ? plain : plain.replaceAll(',', ''),
  )
  return m ? Number(m[1]) * 100 + Number((m[2] ?? '').padEnd(2, '0')) : undefined
}
