import { addin as en } from '#i18n/en/addin.ts'
import type { Locale } from '#i18n/format.ts'
import { addin as nb } from '#i18n/nb/addin.ts'

export const addinTexts = { nb, en }
export type AddinTexts = typeof nb

const normal = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[\s\u00a0]+/g, ' ')
    .trim()

const captionIds = new Map<string, string>()
for (const { captions } of [nb, en])
  for (const [id, caption] of Object.entries(captions)) captionIds.set(normal(caption), id)

/** The column that a caption names, in Norwegian or English, however it is spaced. */
export const columnOfCaption = (caption: string): string | undefined => captionIds.get(normal(caption))

/** How a column is headed; a dimension of the company's own by its own name. */
export function captionOf(id: string, locale: Locale, ownNames: Readonly<Record<string, string>> = {}): string {
  const { captions } = addinTexts[locale] as { captions: Record<string, string> }
  return captions[id] ?? ownNames[id] ?? id
}
