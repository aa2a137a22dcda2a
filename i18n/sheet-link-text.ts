import { sheetLink as en } from './en/sheet-link.ts'
import { sheetLink as nb } from './nb/sheet-link.ts'

export const sheetLinkTexts = { nb, en }
