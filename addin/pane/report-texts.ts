import { addinReport as en } from '#i18n/en/addin-report.ts'
import { addinReport as nb } from '#i18n/nb/addin-report.ts'
import { reportTexts } from './pane-texts.ts'

// Read with the views that show them: whoever posts vouchers draws no reports.
reportTexts.nb = nb
reportTexts.en = en
