import type { Locale } from './format.ts'

/** What a line's amount is to its VAT: with it, without it, or without any; the same words in grid and sheet. */
export const vatModeWords = {
  nb: { gross: 'Brutto', net: 'Netto', none: 'Uten' },
  en: { gross: 'Gross', net: 'Net', none: 'None' },
} satisfies Record<Locale, Record<string, string>>
export type VatMode = keyof typeof vatModeWords.nb

const plain = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[\s\u00a0]+/g, ' ')
    .trim()
const modes = new Map(
  Object.values(vatModeWords).flatMap((words) =>
    Object.entries(words).map(([mode, word]) => [plain(word), mode as VatMode] as const),
  ),
)

/** `gross`, `net` or `none` from a word of either language; a word that is none of them stays, so that the ledger refuses it. */
export const vatModeOf = (text: string): string => modes.get(plain(text)) ?? text
