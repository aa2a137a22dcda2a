import { addinCheck as en } from '#i18n/en/addin-check.ts'
import { addinCheck as nb } from '#i18n/nb/addin-check.ts'
import { checkTexts } from './pane-texts.ts'

// Read with the views that show them: most who open the pane audit nothing.
checkTexts.nb = nb
checkTexts.en = en
