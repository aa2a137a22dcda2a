import { takeover as en } from './en/takeover.ts'
import { takeover as nb } from './nb/takeover.ts'

export const takeoverTexts = { nb, en }
