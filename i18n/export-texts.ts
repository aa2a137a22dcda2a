import { exports as en } from './en/exports.ts'
import type { Locale } from './format.ts'
import { exports as nb } from './nb/exports.ts'

export type ExportTexts = typeof nb
/** Every word of tables and files that go out, by language. */
export const exportTexts: Record<Locale, ExportTexts> = { nb, en }
