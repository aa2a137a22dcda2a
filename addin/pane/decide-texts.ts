import { addinDecide as en } from '#i18n/en/addin-decide.ts'
import { addinDecide as nb } from '#i18n/nb/addin-decide.ts'

/** Read with what they are said of: most vouchers are posted, and stay. */
export const decideTexts = { nb, en }
