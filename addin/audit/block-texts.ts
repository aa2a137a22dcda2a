import { addinBlocks as en } from '#i18n/en/addin-blocks.ts'
import { addinBlocks as nb } from '#i18n/nb/addin-blocks.ts'

/** The words of pulled reports and lists, by language; read only where one is pulled. */
export const blockTexts = { nb, en }
