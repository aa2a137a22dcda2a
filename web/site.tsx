import { Hono } from 'hono'
import { Problem } from '#worker/core/problem.ts'
import type { Env } from '#worker/http/env.ts'
import { problemResponse } from '#worker/http/on-error.ts'
import { accessPages } from './access/access-pages.tsx'
import {
  submitAddressLink,
  submitCodeAppRemoval,
  submitDeviceEnd,
  submitDevicesEnd,
  submitPasskey,
  submitPasskeyRemoval,
  submitPassword,
  submitProviderRemoval,
  submitRecoveryCodes,
} from './access/change-security.tsx'
import { codeAppPage, submitCodeApp } from './access/code-app-page.tsx'
import { errorPage } from './access/error-page.tsx'
import { mailboxPage } from './access/mailbox-page.tsx'
import { passkeyOptions } from './access/passkey-form.tsx'
import {
  addressPage,
  forgottenPage,
  newPasswordPage,
  submitAddress,
  submitForgotten,
  submitNewPassword,
} from './access/password-pages.tsx'
import { savePreferences } from './access/preferences.ts'
import { providerCallback, submitJoin, submitSignInWith } from './access/provider-pages.tsx'
import { secondStepPage, submitSecondStep } from './access/second-step-page.tsx'
import { securityPage } from './access/security-page.tsx'
import {
  signInPage,
  submitDemoSignIn,
  submitPasskeySignIn,
  submitSignIn,
  submitSignOut,
} from './access/sign-in-page.tsx'
import { askAgain, submitStepUp } from './access/step-up-page.tsx'
import { alertsPage, submitMuting, submitSeen } from './alerts/alerts-page.tsx'
import { logPage } from './audit-log/log-page.tsx'
import { budgetPage, submitBudget, submitBudgetCopy, submitBudgetRemoval } from './budgets/budget-page.tsx'
import { budgetsPage, submitNewBudget } from './budgets/budgets-page.tsx'
import { comparisonPage } from './budgets/comparison-page.tsx'
import { budgetRowsCsv } from './budgets/export-rows.ts'
import { clientsPage } from './companies/clients-page.tsx'
import { find } from './companies/find.ts'
import { importPage, submitAgreement, submitImportUndo } from './companies/import-page.tsx'
import { newClientPage, submitNewClient } from './companies/new-client-page.tsx'
import { currencyPage, submitRate, submitRateFetch } from './currency/currency-page.tsx'
import { revaluationPage, submitRevaluation } from './currency/revaluation-page.tsx'
import { dashboardPage } from './dashboard/dashboard-page.tsx'
import { submitStep } from './dashboard/onboarding.tsx'
import { deletionPage, submitDeletion, submitUndoing } from './deletion/deletion-page.tsx'
import { proofPage } from './deletion/proof-page.tsx'
import {
  submitDemand,
  submitDimension,
  submitNames,
  submitValue,
  submitValueChange,
} from './dimensions/change-dimensions.ts'
import { dimensionPage, dimensionsPage } from './dimensions/dimensions-page.tsx'
import { documentPage, submitDocumentDraft, submitRejection, submitRestoration } from './documents/document-page.tsx'
import { documentsPage } from './documents/documents-page.tsx'
import { exportsPage } from './exports/exports-page.tsx'
import { ownForms } from './form.ts'
import { everydayPage } from './help/everyday-page.tsx'
import { helpPage, problemHelpPage } from './help/help-page.tsx'
import { submitTour } from './help/tour.tsx'
import { frontDoor, importsPage, submitImport } from './imports/imports-page.tsx'
import { sheetPage, submitDrop, submitSheet } from './imports/sheet-page.tsx'
import { draftsPage, submitDraftRemoval, submitDraftRestoration } from './ledger/drafts-page.tsx'
import { newVoucherPage } from './ledger/entry-page.tsx'
import { submitReversal } from './ledger/reverse-dialog.tsx'
import { submitAttachment, submitComment, submitCopy, submitCorrection } from './ledger/voucher-beside.tsx'
import { voucherListPage } from './ledger/voucher-list-page.tsx'
import { voucherPage } from './ledger/voucher-page.tsx'
import { menuOf } from './menu.ts'
import { oldLedgerPage, submitOldLedgerRemoval } from './old-ledger/old-ledger-page.tsx'
import { oldLedgersPage } from './old-ledger/old-ledgers-page.tsx'
import {
  openingPage,
  submitOpeningBooking,
  submitOpeningRemoval,
  submitOpeningReversal,
} from './opening-balance/opening-page.tsx'
import { openingsPage } from './opening-balance/openings-page.tsx'
import { statusPage } from './operator/status-page.tsx'
import { opens, type Page } from './page.tsx'
import { submitMerge } from './registers/account-history.tsx'
import {
  accountPage,
  newAccountPage,
  submitAccount,
  submitAccountRemoval,
  submitNewAccount,
} from './registers/account-page.tsx'
import { accountsPage } from './registers/accounts-page.tsx'
import { lockPage } from './registers/lock-page.tsx'
import { partiesPage } from './registers/parties-page.tsx'
import { submitContact } from './registers/party-contacts.tsx'
import { editPartyPage, newPartyPage, submitNewParty, submitParty } from './registers/party-form.tsx'
import { partyPage, submitBankAccount } from './registers/party-page.tsx'
import { periodsPage, submitFiscalYear, submitLock } from './registers/periods-page.tsx'
import { keyFiguresPage, liquidityPage } from './reports/analysis-pages.tsx'
import { changesPage } from './reports/changes-page.tsx'
import { explanationPage } from './reports/explanation-page.tsx'
import { generalLedgerPage } from './reports/general-ledger-page.tsx'
import { layoutPage, submitLayout, submitLayoutRemoval } from './reports/layout-page.tsx'
import { layoutsPage } from './reports/layouts-page.tsx'
import { reportsPage, submitSavedRemoval } from './reports/reports-page.tsx'
import { savedReportPage, submitSavedReport } from './reports/save-report.tsx'
import { numberSeriesPage, partySpecificationPage, voucherJournalPage } from './reports/specification-pages.tsx'
import { balanceSheetPage, incomeStatementPage } from './reports/statement-page.tsx'
import { trialBalancePage } from './reports/trial-balance-page.tsx'
import { submitSwitch, submitSwitchRemoval, switchPage } from './saft-switch/switch-page.tsx'
import { assetsPage } from './schedules/assets-page.tsx'
import { submitScheduleReversal } from './schedules/voucher-plans.tsx'
import { copySettingsPage, submitCopySettings } from './settings/copy-settings-page.tsx'
import { keysPage, submitKey, submitRevocation } from './settings/keys-page.tsx'
import { logoImage, profilePage, submitLogo, submitProfile } from './settings/profile-section.tsx'
import {
  safetyPage,
  submitBackup,
  submitBackupRestoration,
  submitLostPosts,
  submitScheduleStart,
  submitVerification,
} from './settings/safety-page.tsx'
import { settingsPage, submitCompany } from './settings/settings-page.tsx'
import {
  newVoucherTypePage,
  submitNewVoucherType,
  submitVoucherType,
  voucherTypePage,
  voucherTypesPage,
} from './settings/voucher-types-page.tsx'
import { companyPath } from './shell.tsx'
import { ageingPage } from './subledger/ageing-page.tsx'
import { automaticPage, submitAutomatic } from './subledger/automatic-page.tsx'
import { itemPage, submitUndo } from './subledger/item-page.tsx'
import { leftPage, submitLeft } from './subledger/left-page.tsx'
import { openItemsPage, submitMatch } from './subledger/open-items-page.tsx'
import { submitControlList, submitControlListRemoval } from './takeover/control-list-part.tsx'
import { movementsPage, submitMovements, submitMovementsReversal } from './takeover/movements-page.tsx'
import {
  submitFinish,
  submitPlan,
  submitPlanRemoval,
  submitReopening,
  takeoverPage,
} from './takeover/takeover-page.tsx'
import { submitSharing, submitTakeOffice } from './templates/office-section.tsx'
import { recurringPage, submitDue, submitRecurring } from './templates/recurring-page.tsx'
import { splitKeyPage, submitSplitKey } from './templates/split-key-page.tsx'
import { newTemplatePage, submitTemplate, templatePage } from './templates/template-page.tsx'
import { submitPreview } from './templates/template-preview.tsx'
import { templatesPage } from './templates/templates-page.tsx'
import { submitVatFiling, submitVatSettlement, vatSpecificationPage } from './vat/vat-specification-page.tsx'
import { submitWebhookChange, submitWebhookDeed, webhookPage } from './webhooks/webhook-page.tsx'
import { submitWebhook, webhooksPage } from './webhooks/webhooks-page.tsx'
import { submitClosing, yearPage } from './year-close/year-page.tsx'

/** Every page, by address. What changes something is a POST of a form from one of our own pages. */
export const site = new Hono<Env>()
  .route('/', accessPages)
  .get('/', (c) => (c.var.principal.kind === 'nobody' ? signInPage(c) : clientsPage(c)))
  .get('/sign-in', (c) => c.redirect('/', 303))
  .post('/sign-in', ownForms, submitSignIn)
  .post('/sign-in/demo', ownForms, submitDemoSignIn)
  .post('/sign-in/passkey', ownForms, submitPasskeySignIn)
  .get('/sign-in/step', (c) => secondStepPage(c))
  .post('/sign-in/step', ownForms, submitSecondStep)
  .post('/sign-in/with/:provider', ownForms, submitSignInWith)
  .get('/sign-in/with/:provider/callback', providerCallback)
  .get('/passkeys/options/:options', passkeyOptions)
  .get('/password/forgotten', (c) => forgottenPage(c))
  .post('/password/forgotten', ownForms, submitForgotten)
  .get('/password/new/:token', (c) => newPasswordPage(c))
  .post('/password/new/:token', ownForms, submitNewPassword)
  .get('/address/:token', addressPage)
  .post('/address/:token', ownForms, submitAddress)
  .post('/step-up', ownForms, opens('signed-in'), submitStepUp)
  .post('/step-up/again', ownForms, opens('signed-in'), askAgain)
  .get('/security', opens('signed-in'), (c) => securityPage(c))
  .post('/security/passkeys', ownForms, opens('signed-in'), submitPasskey)
  .post('/security/passkeys/:passkey/removal', ownForms, opens('signed-in'), submitPasskeyRemoval)
  .get('/security/code-app', opens('signed-in'), (c) => codeAppPage(c))
  .post('/security/code-app', ownForms, opens('signed-in'), submitCodeApp)
  .post('/security/code-app/removal', ownForms, opens('signed-in'), submitCodeAppRemoval)
  .post('/security/recovery-codes', ownForms, opens('signed-in'), submitRecoveryCodes)
  .post('/security/password', ownForms, opens('signed-in'), submitPassword)
  .post('/security/address', ownForms, opens('signed-in'), submitAddressLink)
  .post('/security/devices/:session/end', ownForms, opens('signed-in'), submitDeviceEnd)
  .post('/security/devices/end', ownForms, opens('signed-in'), submitDevicesEnd)
  .post('/security/providers/:provider', ownForms, opens('signed-in'), submitJoin)
  .post('/security/providers/:provider/removal', ownForms, opens('signed-in'), submitProviderRemoval)
  .get('/mailbox', mailboxPage)
  .post('/sign-out', ownForms, submitSignOut)
  .post('/preferences', ownForms, savePreferences)
  .get('/alerts', opens('signed-in'), (c) => alertsPage(c))
  .post('/alerts/seen', ownForms, opens('signed-in'), submitSeen)
  .post('/alerts/muting', ownForms, opens('signed-in'), submitMuting)
  .get('/deletions/:deletion', opens('signed-in'), proofPage)
  .get('/operator/status', opens('operator'), statusPage)
  .get('/find', opens('signed-in'), find)
  .post('/tour', ownForms, opens('signed-in'), submitTour)
  .get('/help', opens('signed-in'), helpPage)
  .get('/help/problems', opens('signed-in'), problemHelpPage)
  .get('/help/vouchers', opens('signed-in'), everydayPage)
  .get('/companies/new', opens('signed-in'), (c) => newClientPage(c))
  .post('/companies/new', ownForms, opens('signed-in'), submitNewClient)
  .get('/companies/:company/find', opens('company:read'), find)
  .get('/companies/:company', opens('company:read'), firstPage)
  .get('/companies/:company/overview', opens('report:read'), dashboardPage)
  .get('/companies/:company/vouchers', opens('ledger:read'), voucherListPage)
  .get('/companies/:company/vouchers/new', opens('ledger:post'), newVoucherPage)
  .get('/companies/:company/vouchers/:voucher', opens('ledger:read'), (c) => voucherPage(c))
  .post('/companies/:company/vouchers/:voucher/reversal', ownForms, opens('ledger:post'), submitReversal)
  .get('/companies/:company/drafts', opens('ledger:read'), draftsPage)
  .post('/companies/:company/drafts/:draft/removal', ownForms, opens('ledger:post'), submitDraftRemoval)
  .post('/companies/:company/drafts/:draft/restoration', ownForms, opens('ledger:post'), submitDraftRestoration)
  .get('/companies/:company/documents', opens('document:read'), documentsPage)
  .get('/companies/:company/documents/:document', opens('document:read'), (c) => documentPage(c))
  .post('/companies/:company/documents/:document/rejection', ownForms, opens('document:write'), submitRejection)
  .post('/companies/:company/documents/:document/restoration', ownForms, opens('document:write'), submitRestoration)
  .post('/companies/:company/documents/:document/draft', ownForms, opens('ledger:post'), submitDocumentDraft)
  .post('/companies/:company/vouchers/:voucher/copy', ownForms, opens('ledger:post'), submitCopy)
  .post('/companies/:company/vouchers/:voucher/documents', ownForms, opens('document:write'), submitAttachment)
  .post('/companies/:company/vouchers/:voucher/comments', ownForms, opens('voucher:comment'), submitComment)
  .post('/companies/:company/vouchers/:voucher/correction', ownForms, opens('ledger:post'), submitCorrection)
  .get('/companies/:company/reports', opens('report:read'), reportsPage)
  .get('/companies/:company/reports/income-statement', opens('report:read'), incomeStatementPage)
  .get('/companies/:company/reports/balance-sheet', opens('report:read'), balanceSheetPage)
  .get('/companies/:company/reports/key-figures', opens('report:read'), keyFiguresPage)
  .get('/companies/:company/reports/liquidity', opens('report:read'), liquidityPage)
  .get('/companies/:company/reports/voucher-journal', opens('report:read'), voucherJournalPage)
  .get('/companies/:company/reports/party-specification', opens('report:read'), partySpecificationPage)
  .get('/companies/:company/reports/number-series', opens('report:read'), numberSeriesPage)
  .get('/companies/:company/reports/changes', opens('report:read'), changesPage)
  .get('/companies/:company/reports/explanation', opens('report:read'), explanationPage)
  .get('/companies/:company/reports/layouts', opens('report:read'), layoutsPage)
  .get('/companies/:company/reports/layouts/new', opens('report:write'), (c) => layoutPage(c))
  .post('/companies/:company/reports/layouts/new', ownForms, opens('report:write'), submitLayout)
  .get('/companies/:company/reports/layouts/:layout', opens('report:write'), (c) => layoutPage(c))
  .post('/companies/:company/reports/layouts/:layout', ownForms, opens('report:write'), submitLayout)
  .post('/companies/:company/reports/layouts/:layout/removal', ownForms, opens('report:write'), submitLayoutRemoval)
  .get('/companies/:company/reports/saved/new', opens('report:read'), (c) => savedReportPage(c))
  .post('/companies/:company/reports/saved/new', ownForms, opens('report:read'), submitSavedReport)
  .post('/companies/:company/reports/saved/:report/removal', ownForms, opens('report:read'), submitSavedRemoval)
  .get('/companies/:company/trial-balance', opens('report:read'), trialBalancePage)
  .get('/companies/:company/general-ledger', opens('report:read'), generalLedgerPage)
  .get('/companies/:company/budgets', opens('budgets:read'), (c) => budgetsPage(c))
  .post('/companies/:company/budgets', ownForms, opens('budgets:write'), submitNewBudget)
  .get('/companies/:company/budgets/:budget', opens('budgets:read'), (c) => budgetPage(c))
  .post('/companies/:company/budgets/:budget', ownForms, opens('budgets:write'), submitBudget)
  .post('/companies/:company/budgets/:budget/copies', ownForms, opens('budgets:write'), submitBudgetCopy)
  .post('/companies/:company/budgets/:budget/removal', ownForms, opens('budgets:write'), submitBudgetRemoval)
  .get('/companies/:company/budgets/:budget/comparison', opens('budgets:read'), comparisonPage)
  .get('/companies/:company/budgets/:budget/rows.csv', opens('budgets:read'), budgetRowsCsv)
  .get('/companies/:company/exports', opens('report:read'), exportsPage)
  .post('/companies/:company/onboarding/:step', ownForms, opens('import:run'), submitStep)
  .get('/companies/:company/old-ledgers', opens('ledger:read'), oldLedgersPage)
  .get('/companies/:company/old-ledgers/:ledger', opens('ledger:read'), (c) => oldLedgerPage(c))
  .post('/companies/:company/old-ledgers/:ledger/removal', ownForms, opens('import:run'), submitOldLedgerRemoval)
  .get('/companies/:company/saft-switches/:switch', opens('import:run'), (c) => switchPage(c))
  .post('/companies/:company/saft-switches/:switch', ownForms, opens('import:run'), submitSwitch)
  .post('/companies/:company/saft-switches/:switch/removal', ownForms, opens('import:run'), submitSwitchRemoval)
  .get('/companies/:company/takeover', opens('ledger:read'), (c) => takeoverPage(c))
  .post('/companies/:company/takeover', ownForms, opens('import:run'), submitPlan)
  .post('/companies/:company/takeover/control-list', ownForms, opens('import:run'), submitControlList)
  .post('/companies/:company/takeover/control-list/removal', ownForms, opens('import:run'), submitControlListRemoval)
  .post('/companies/:company/takeover/removal', ownForms, opens('import:run'), submitPlanRemoval)
  .post('/companies/:company/takeover/finish', ownForms, opens('ledger:post'), submitFinish)
  .post('/companies/:company/takeover/reopening', ownForms, opens('ledger:post'), submitReopening)
  .get('/companies/:company/takeover/movements', opens('ledger:read'), (c) => movementsPage(c))
  .post('/companies/:company/takeover/movements/booking', ownForms, opens('ledger:post'), submitMovements)
  .post('/companies/:company/takeover/movements/reversal', ownForms, opens('ledger:post'), submitMovementsReversal)
  .get('/companies/:company/opening-balances', opens('ledger:read'), openingsPage)
  .get('/companies/:company/opening-balances/:openingDate', opens('ledger:read'), (c) => openingPage(c))
  .post(
    '/companies/:company/opening-balances/:openingDate/booking',
    ownForms,
    opens('ledger:post'),
    submitOpeningBooking,
  )
  .post(
    '/companies/:company/opening-balances/:openingDate/reversal',
    ownForms,
    opens('ledger:post'),
    submitOpeningReversal,
  )
  .post(
    '/companies/:company/opening-balances/:openingDate/removal',
    ownForms,
    opens('import:run'),
    submitOpeningRemoval,
  )
  .get('/companies/:company/vat-specification', opens('report:read'), (c) => vatSpecificationPage(c))
  .post('/companies/:company/vat-filings', ownForms, opens('period:lock'), submitVatFiling)
  .post('/companies/:company/vat-settlements', ownForms, opens('ledger:post'), submitVatSettlement)
  .get('/companies/:company/accounts', opens('register:read'), accountsPage)
  .post('/companies/:company/accounts', ownForms, opens('register:write'), submitNewAccount)
  .get('/companies/:company/accounts/new', opens('register:write'), (c) => newAccountPage(c))
  .get('/companies/:company/accounts/import', opens('import:run'), frontDoor('chart'))
  .post('/companies/:company/accounts/:account/merge', ownForms, opens('register:write'), submitMerge)
  .get('/companies/:company/accounts/:account', opens('register:read'), (c) => accountPage(c))
  .post('/companies/:company/accounts/:account', ownForms, opens('register:write'), submitAccount)
  .post('/companies/:company/accounts/:account/removal', ownForms, opens('register:write'), submitAccountRemoval)
  .get('/companies/:company/parties', opens('register:read'), partiesPage)
  .post('/companies/:company/parties', ownForms, opens('register:write'), submitNewParty)
  .get('/companies/:company/parties/import', opens('import:run'), frontDoor('customers'))
  .get('/companies/:company/parties/new', opens('register:write'), (c) => newPartyPage(c))
  .get('/companies/:company/parties/:kind/:number', opens('register:read'), (c) => partyPage(c))
  .post('/companies/:company/parties/:kind/:number', ownForms, opens('register:write'), submitParty)
  .post('/companies/:company/parties/:kind/:number/bank-account', ownForms, opens('register:write'), submitBankAccount)
  .post('/companies/:company/parties/:kind/:number/contacts', ownForms, opens('register:write'), submitContact)
  .post('/companies/:company/parties/:kind/:number/contacts/:contact', ownForms, opens('register:write'), submitContact)
  .get('/companies/:company/parties/:kind/:number/edit', opens('register:write'), (c) => editPartyPage(c))
  .get('/companies/:company/open-items', opens('subledger:read'), (c) => openItemsPage(c))
  .post('/companies/:company/open-items', ownForms, opens('subledger:match'), submitMatch)
  .get('/companies/:company/open-items/ageing', opens('subledger:read'), ageingPage)
  .get('/companies/:company/open-items/automatic', opens('subledger:match'), automaticPage)
  .post('/companies/:company/open-items/automatic', ownForms, opens('subledger:match'), submitAutomatic)
  .get('/companies/:company/open-items/left', opens('subledger:match'), (c) => leftPage(c))
  .post('/companies/:company/open-items/left', ownForms, opens('subledger:match'), submitLeft)
  .get('/companies/:company/open-items/:openItem', opens('subledger:read'), itemPage)
  .post('/companies/:company/matches/:match/undo', ownForms, opens('subledger:match'), submitUndo)
  .get('/companies/:company/templates', opens('register:read'), templatesPage)
  .post('/companies/:company/templates', ownForms, opens('register:write'), submitTemplate)
  .get('/companies/:company/templates/new', opens('register:write'), (c) => newTemplatePage(c))
  .post('/companies/:company/templates/preview', ownForms, opens('register:read'), submitPreview)
  .get('/companies/:company/templates/:template', opens('register:read'), (c) => templatePage(c))
  .post('/companies/:company/templates/:template', ownForms, opens('register:write'), submitTemplate)
  .post('/companies/:company/templates/:template/sharing', ownForms, opens('register:write'), submitSharing)
  .post('/companies/:company/templates/:template/office', ownForms, opens('register:write'), submitTakeOffice)
  .get('/companies/:company/split-keys/new', opens('register:write'), (c) => splitKeyPage(c))
  .post('/companies/:company/split-keys', ownForms, opens('register:write'), submitSplitKey)
  .get('/companies/:company/split-keys/:splitKey', opens('register:read'), (c) => splitKeyPage(c))
  .post('/companies/:company/split-keys/:splitKey', ownForms, opens('register:write'), submitSplitKey)
  .get('/companies/:company/recurring', opens('ledger:read'), (c) => recurringPage(c))
  .post('/companies/:company/recurring', ownForms, opens('ledger:post'), submitRecurring)
  .post('/companies/:company/recurring/due', ownForms, opens('ledger:post'), submitDue)
  .get('/companies/:company/assets', opens('ledger:read'), assetsPage)
  .post('/companies/:company/schedules/:schedule/reversal', ownForms, opens('ledger:post'), submitScheduleReversal)
  .get('/companies/:company/periods', opens('ledger:read'), (c) => periodsPage(c))
  .post('/companies/:company/periods', ownForms, opens('period:lock'), submitLock)
  .get('/companies/:company/periods/locks/:lock', opens('ledger:read'), lockPage)
  .get('/companies/:company/years/:year', opens('report:read'), (c) => yearPage(c))
  .post('/companies/:company/years/:year', ownForms, opens('fiscal-year:close'), submitClosing)
  .post('/companies/:company/fiscal-years', ownForms, opens('fiscal-year:write'), submitFiscalYear)
  .get('/companies/:company/dimensions', opens('register:read'), (c) => dimensionsPage(c))
  .post('/companies/:company/dimensions', ownForms, opens('register:write'), submitDimension)
  .get('/companies/:company/dimensions/:dimension', opens('register:read'), (c) => dimensionPage(c))
  .post('/companies/:company/dimensions/:dimension', ownForms, opens('register:write'), submitNames)
  .post('/companies/:company/dimensions/:dimension/values', ownForms, opens('register:write'), submitValue)
  .post('/companies/:company/dimensions/:dimension/values/:value', ownForms, opens('register:write'), submitValueChange)
  .post('/companies/:company/dimensions/:dimension/accounts', ownForms, opens('register:write'), submitDemand)
  .get('/companies/:company/currency', opens('register:read'), (c) => currencyPage(c))
  .post('/companies/:company/currency', ownForms, opens('register:write'), submitRate)
  .post('/companies/:company/currency/fetch', ownForms, opens('register:write'), submitRateFetch)
  .get('/companies/:company/currency/revaluation', opens('subledger:read'), (c) => revaluationPage(c))
  .post('/companies/:company/currency/revaluation', ownForms, opens('ledger:post'), submitRevaluation)
  .get('/companies/:company/imports', opens('ledger:read'), (c) => importsPage(c))
  .post('/companies/:company/imports', ownForms, opens('import:run'), submitImport)
  .get('/companies/:company/imports/sheets/:sheet', opens('import:run'), (c) => sheetPage(c))
  .post('/companies/:company/imports/sheets/:sheet', ownForms, opens('import:run'), submitSheet)
  .post('/companies/:company/imports/sheets/:sheet/removal', ownForms, opens('import:run'), submitDrop)
  .get('/companies/:company/imports/:import', opens('ledger:read'), (c) => importPage(c))
  .post('/companies/:company/imports/:import/agreement', ownForms, opens('import:run'), submitAgreement)
  .post('/companies/:company/imports/:import/undo', ownForms, opens('import:run'), submitImportUndo)
  .get('/companies/:company/settings/profile', opens('company:read'), (c) => profilePage(c))
  .post('/companies/:company/settings/profile', ownForms, opens('company:write'), submitProfile)
  .get('/companies/:company/settings/profile/logo', opens('company:read'), logoImage)
  .post('/companies/:company/settings/profile/logo', ownForms, opens('company:write'), submitLogo)
  .get('/companies/:company/settings/webhooks', opens('webhook:write'), (c) => webhooksPage(c))
  .post('/companies/:company/settings/webhooks', ownForms, opens('webhook:write'), submitWebhook)
  .get('/companies/:company/settings/webhooks/:webhook', opens('webhook:write'), (c) => webhookPage(c))
  .post('/companies/:company/settings/webhooks/:webhook', ownForms, opens('webhook:write'), submitWebhookChange)
  .post(
    '/companies/:company/settings/webhooks/:webhook/:deed{pause|removal}',
    ownForms,
    opens('webhook:write', { whileDeleting: true }),
    submitWebhookDeed,
  )
  .post('/companies/:company/settings/webhooks/:webhook/:deed', ownForms, opens('webhook:write'), submitWebhookDeed)
  .get('/companies/:company/audit-log', opens('audit-log:read'), logPage)
  .get('/companies/:company/settings', opens('company:read'), (c) => settingsPage(c))
  .get('/companies/:company/settings/safety', opens('verify:run'), (c) => safetyPage(c))
  .post('/companies/:company/settings/safety/verifications', ownForms, opens('verify:run'), submitVerification)
  .post('/companies/:company/settings/safety/lost-posts', ownForms, opens('company:backup'), submitLostPosts)
  .post('/companies/:company/settings/safety/schedule-start', ownForms, opens('company:backup'), submitScheduleStart)
  .post('/companies/:company/settings/safety/backups', ownForms, opens('company:backup'), submitBackup)
  .post(
    '/companies/:company/settings/safety/backups/:backup/restoration',
    ownForms,
    opens('company:backup'),
    submitBackupRestoration,
  )
  .get('/companies/:company/settings/copy', opens('company:write'), (c) => copySettingsPage(c))
  .post('/companies/:company/settings/copy', ownForms, opens('company:write'), submitCopySettings)
  .get('/companies/:company/settings/deletion', opens('company:delete'), (c) => deletionPage(c))
  .post('/companies/:company/settings/deletion', ownForms, opens('company:delete'), submitDeletion)
  .post(
    '/companies/:company/settings/deletion/undo',
    ownForms,
    opens('company:delete', { whileDeleting: true }),
    submitUndoing,
  )
  .get('/companies/:company/settings/voucher-types', opens('register:read'), voucherTypesPage)
  .post('/companies/:company/settings/voucher-types', ownForms, opens('register:write'), submitNewVoucherType)
  .get('/companies/:company/settings/voucher-types/new', opens('register:write'), (c) => newVoucherTypePage(c))
  .get('/companies/:company/settings/voucher-types/:voucherType', opens('register:read'), (c) => voucherTypePage(c))
  .post('/companies/:company/settings/voucher-types/:voucherType', ownForms, opens('register:write'), submitVoucherType)
  .post('/companies/:company/settings/company', ownForms, opens('company:write'), submitCompany)
  .get('/companies/:company/settings/keys', opens('key:write'), (c) => keysPage(c))
  .post('/companies/:company/settings/keys', ownForms, opens('key:write'), submitKey)
  .post(
    '/companies/:company/settings/keys/:key/revocation',
    ownForms,
    opens('key:write', { whileDeleting: true }),
    submitRevocation,
  )

/** A company opens on the first page of the menu that its reader may see. */
function firstPage(c: Page): Response {
  const entry = menuOf(c.var.access)[0]!.entries[0]!
  return c.redirect(companyPath(c.var.access, `/${entry.path}`), 303)
}

/** Whether an answer is for a person at a browser: everything but the API, which speaks problem+json. */
const isForPeople = (c: Page): boolean =>
  !c.req.path.startsWith('/api/') && /\btext\/html\b/.test(c.req.header('accept') ?? '')

/** A problem as a page, where a page was asked for; undefined where it was not. */
export const pageOfProblem = (problem: Problem, c: Page): Promise<Response> | undefined =>
  isForPeople(c) ? errorPage(c, problem).catch(() => problemResponse(problem, c)) : undefined

export const unknownPage = (c: Page): Promise<Response> | undefined =>
  pageOfProblem(new Problem(404, 'request/not-found'), c)
