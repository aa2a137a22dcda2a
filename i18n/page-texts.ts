import { alerts as alertsEn } from './en/alerts.ts'
import { budgets as budgetsEn } from './en/budgets.ts'
import { clients as clientsEn } from './en/clients.ts'
import { copySettings as copySettingsEn } from './en/copy-settings.ts'
import { currency as currencyEn } from './en/currency.ts'
import { dashboard as dashboardEn } from './en/dashboard.ts'
import { deletion as deletionEn } from './en/deletion.ts'
import { dimensions as dimensionsEn } from './en/dimensions.ts'
import { documents as documentsEn } from './en/documents.ts'
import { exportPage as exportPageEn } from './en/export-page.ts'
import { help as helpEn } from './en/help.ts'
import { importPages as importsEn } from './en/import-pages.ts'
import { keys as keysEn } from './en/keys.ts'
import { logPage as logPageEn } from './en/log-page.ts'
import { members as membersEn } from './en/members.ts'
import { oauth as oauthEn } from './en/oauth.ts'
import { oldLedger as oldLedgerEn } from './en/old-ledger.ts'
import { operator as operatorEn } from './en/operator.ts'
import { permissionPhrases as permissionsEn } from './en/permissions.ts'
import { profile as profileEn } from './en/profile.ts'
import { registers as registersEn } from './en/registers.ts'
import { reportPages as reportPagesEn } from './en/report-pages.ts'
import { reports as reportsEn } from './en/reports.ts'
import { safety as safetyEn } from './en/safety.ts'
import { saftSwitch as saftSwitchEn } from './en/saft-switch.ts'
import { security as securityEn } from './en/security.ts'
import { settings as settingsEn } from './en/settings.ts'
import { shell as shellEn } from './en/shell.ts'
import { signIn as signInEn } from './en/sign-in.ts'
import { statements as statementsEn } from './en/statements.ts'
import { subledger as subledgerEn } from './en/subledger.ts'
import { templates as templatesEn } from './en/templates.ts'
import { tour as tourEn } from './en/tour.ts'
import { voucherTypes as voucherTypesEn } from './en/voucher-types.ts'
import { vouchers as vouchersEn } from './en/vouchers.ts'
import { webhooks as webhooksEn } from './en/webhooks.ts'
import { years as yearsEn } from './en/years.ts'
import type { Locale } from './format.ts'
import { alerts } from './nb/alerts.ts'
import { budgets } from './nb/budgets.ts'
import { clients } from './nb/clients.ts'
import { copySettings } from './nb/copy-settings.ts'
import { currency } from './nb/currency.ts'
import { dashboard } from './nb/dashboard.ts'
import { deletion } from './nb/deletion.ts'
import { dimensions } from './nb/dimensions.ts'
import { documents } from './nb/documents.ts'
import { exportPage } from './nb/export-page.ts'
import { help } from './nb/help.ts'
import { importPages as imports } from './nb/import-pages.ts'
import { keys } from './nb/keys.ts'
import { logPage } from './nb/log-page.ts'
import { members } from './nb/members.ts'
import { oauth } from './nb/oauth.ts'
import { oldLedger } from './nb/old-ledger.ts'
import { operator } from './nb/operator.ts'
import { permissionPhrases } from './nb/permissions.ts'
import { profile } from './nb/profile.ts'
import { registers } from './nb/registers.ts'
import { reportPages } from './nb/report-pages.ts'
import { reports } from './nb/reports.ts'
import { safety } from './nb/safety.ts'
import { saftSwitch } from './nb/saft-switch.ts'
import { security } from './nb/security.ts'
import { settings } from './nb/settings.ts'
import { shell } from './nb/shell.ts'
import { signIn } from './nb/sign-in.ts'
import { statements } from './nb/statements.ts'
import { subledger } from './nb/subledger.ts'
import { templates } from './nb/templates.ts'
import { tour } from './nb/tour.ts'
import { voucherTypes } from './nb/voucher-types.ts'
import { vouchers } from './nb/vouchers.ts'
import { webhooks } from './nb/webhooks.ts'
import { years } from './nb/years.ts'

const nb = {
  alerts,
  dashboard,
  budgets,
  clients,
  currency,
  deletion,
  dimensions,
  documents,
  exportPage,
  help,
  imports,
  keys,
  oauth,
  logPage,
  members,
  operator,
  oldLedger,
  permissions: permissionPhrases,
  profile,
  registers,
  reportPages,
  reports,
  safety,
  saftSwitch,
  security,
  settings,
  shell,
  signIn,
  statements,
  subledger,
  templates,
  tour,
  copySettings,
  voucherTypes,
  vouchers,
  webhooks,
  years,
}
export type PageTexts = typeof nb

/** Every word of the server-rendered pages, by language and area. */
export const pageTexts: Record<Locale, PageTexts> = {
  nb,
  en: {
    alerts: alertsEn,
    dashboard: dashboardEn,
    budgets: budgetsEn,
    clients: clientsEn,
    currency: currencyEn,
    deletion: deletionEn,
    dimensions: dimensionsEn,
    documents: documentsEn,
    exportPage: exportPageEn,
    help: helpEn,
    imports: importsEn,
    keys: keysEn,
    oauth: oauthEn,
    logPage: logPageEn,
    members: membersEn,
    operator: operatorEn,
    oldLedger: oldLedgerEn,
    permissions: permissionsEn,
    profile: profileEn,
    registers: registersEn,
    reportPages: reportPagesEn,
    reports: reportsEn,
    safety: safetyEn,
    saftSwitch: saftSwitchEn,
    security: securityEn,
    settings: settingsEn,
    shell: shellEn,
    signIn: signInEn,
    statements: statementsEn,
    subledger: subledgerEn,
    templates: templatesEn,
    tour: tourEn,
    copySettings: copySettingsEn,
    voucherTypes: voucherTypesEn,
    vouchers: vouchersEn,
    webhooks: webhooksEn,
    years: yearsEn,
  },
}
