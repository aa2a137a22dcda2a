import type { Locale } from '#i18n/format.ts'
import type * as nb from '#i18n/nb/problems.ts'

type Texts = { [part in keyof typeof nb]: Record<string, string> }
const none: Texts = { problems: {}, fixes: {}, problemWords: {} }

/**
 * The place of i18n/problem-texts.ts in the add-in's bundle (package.json, "imports"): the languages that were read, so that a
 * pane does not carry the texts of both. `addin/pane/pane-texts.ts` reads them.
 */
export const problemTexts: Record<Locale, Texts> = { nb: none, en: none }
