import { Hono } from 'hono'
import { addinPages } from '#web/addin/addin-pages.tsx'
import { docsPage } from '#web/api/docs-page.tsx'
import { pageOfProblem, site, unknownPage } from '#web/site.tsx'
import { addinTokens } from './access/addin-routes.ts'
import { apps } from './access/app-routes.ts'
import { identify } from './access/identify.ts'
import { invitations } from './access/invitation-routes.ts'
import { roles } from './access/role-routes.ts'
import { access, me } from './access/routes.ts'
import { settingsOfMe } from './access/setting-routes.ts'
import { alerts } from './alerts/routes.ts'
import { apiDescription } from './api/routes.ts'
import { auditLog } from './audit-log/routes.ts'
import { auditOrders, auditors } from './auditors/routes.ts'
import { backups, restorations } from './backup/routes.ts'
import { budgets } from './budgets/routes.ts'
import { chart } from './chart/routes.ts'
import { comments } from './comments/routes.ts'
import { profile } from './companies/profile-routes.ts'
import { companies } from './companies/routes.ts'
import { settings } from './companies/settings-routes.ts'
import { comparison } from './comparison/routes.ts'
import { companyAccessLog, controlLogs } from './control-log/routes.ts'
import type { Instant } from './core/dates.ts'
import { goOnWithSchedule, runAllCompanies } from './cron/run-all-companies.ts'
import { eachMinute } from './cron/run-each-minute.ts'
import { currency } from './currency/routes.ts'
import { dashboard } from './dashboard/routes.ts'
import { deletion, deletions } from './deletion/routes.ts'
import { dimensions } from './dimensions/routes.ts'
import { documents } from './documents/routes.ts'
import { reversals } from './drafts/reversal-routes.ts'
import { drafts } from './drafts/routes.ts'
import { live } from './events/live-routes.ts'
import { events } from './events/routes.ts'
import { analysisExports } from './exports/analysis-routes.ts'
import { exports } from './exports/routes.ts'
import type { Bindings, Env } from './http/env.ts'
import { notFound, problemOf, problemResponse } from './http/on-error.ts'
import { prepare } from './http/prepare.ts'
import { shedLoad } from './http/shed-load.ts'
import { identity } from './identity/routes.ts'
import { controlLists, sheetImports } from './imports/routes.ts'
import { corrections } from './ledger/correction-routes.ts'
import { ledger } from './ledger/routes.ts'
import { oauth, oauthMetadata } from './oauth/routes.ts'
import { officeOfCompany } from './offices/client-routes.ts'
import { officeKeys } from './offices/key-routes.ts'
import { officeLibrary } from './offices/library-routes.ts'
import { offices } from './offices/routes.ts'
import { oldLedgers } from './old-ledger/routes.ts'
import { openingBalances } from './opening-balance/routes.ts'
import { probes } from './operations/probe-routes.ts'
import { operations } from './operations/routes.ts'
import { parties } from './parties/routes.ts'
import { periods } from './periods/routes.ts'
import { analyses } from './reports/analysis-routes.ts'
import { layouts } from './reports/layout-routes.ts'
import { officeReports } from './reports/office-routes.ts'
import { reports } from './reports/routes.ts'
import { savedReports } from './reports/saved-routes.ts'
import { statements } from './reports/statement-routes.ts'
import { saftExports } from './saft/export-routes.ts'
import { imports, newCompanyImports } from './saft/routes.ts'
import { importAgreements } from './saft-switch/agreement-routes.ts'
import { newCompanySwitches, saftSwitches } from './saft-switch/routes.ts'
import { schedules } from './schedules/routes.ts'
import { screens } from './screens/routes.ts'
import { sheetLeases } from './sheet-leases/routes.ts'
import { subledger } from './subledger/routes.ts'
import { onboarding } from './takeover/onboarding-routes.ts'
import { takeover } from './takeover/routes.ts'
import { recurring } from './templates/recurring-routes.ts'
import { templates } from './templates/routes.ts'
import { uploads } from './uploads/routes.ts'
import { vatReturn } from './vat-return/routes.ts'
import { verify } from './verify/routes.ts'
import { webhooks } from './webhooks/routes.ts'
import { yearClose } from './year-close/routes.ts'

export { LedgerWriter } from './ledger/ledger-writer.ts'

/** The product's table of contents. */
export const app: Hono<Env> = new Hono<Env>()
  .use(prepare)
  .route('/', probes)
  .route('/', oauthMetadata)
  .use(shedLoad)
  .use(identify)
  .route('/', site)
  .route('/addin', addinPages)
  .route(
    '/',
    apiDescription(() => app, docsPage),
  )
  .route('/api/v1', me)
  .route('/api/v1', settingsOfMe)
  .route('/api/v1', identity)
  .route('/api/v1', apps)
  .route('/api/v1', oauth)
  .route('/api/v1', alerts)
  .route('/api/v1', controlLogs)
  .route('/api/v1', addinTokens)
  .route('/api/v1', companies)
  .route('/api/v1', uploads)
  .route('/api/v1', operations)
  .route('/api/v1', deletions)
  .route('/api/v1', newCompanyImports)
  .route('/api/v1', newCompanySwitches)
  .route('/api/v1', restorations)
  .route('/api/v1', offices)
  .route('/api/v1', officeReports)
  .route('/api/v1', officeLibrary)
  .route('/api/v1', officeKeys)
  .route('/api/v1', auditOrders)
  .route('/api/v1/companies/:company', settings)
  .route('/api/v1/companies/:company', profile)
  .route('/api/v1/companies/:company', ledger)
  .route('/api/v1/companies/:company', drafts)
  .route('/api/v1/companies/:company', reversals)
  .route('/api/v1/companies/:company', live)
  .route('/api/v1/companies/:company', screens)
  .route('/api/v1/companies/:company', sheetLeases)
  .route('/api/v1/companies/:company', corrections)
  .route('/api/v1/companies/:company', comments)
  .route('/api/v1/companies/:company', documents)
  .route('/api/v1/companies/:company', sheetImports)
  .route('/api/v1/companies/:company', controlLists)
  .route('/api/v1/companies/:company', imports)
  .route('/api/v1/companies/:company', importAgreements)
  .route('/api/v1/companies/:company', oldLedgers)
  .route('/api/v1/companies/:company', saftSwitches)
  .route('/api/v1/companies/:company', chart)
  .route('/api/v1/companies/:company', parties)
  .route('/api/v1/companies/:company', subledger)
  .route('/api/v1/companies/:company', currency)
  .route('/api/v1/companies/:company', schedules)
  .route('/api/v1/companies/:company', templates)
  .route('/api/v1/companies/:company', recurring)
  .route('/api/v1/companies/:company', dimensions)
  .route('/api/v1/companies/:company', periods)
  .route('/api/v1/companies/:company', yearClose)
  .route('/api/v1/companies/:company', events)
  .route('/api/v1/companies/:company', auditLog)
  .route('/api/v1/companies/:company', companyAccessLog)
  .route('/api/v1/companies/:company', webhooks)
  .route('/api/v1/companies/:company', access)
  .route('/api/v1/companies/:company', roles)
  .route('/api/v1/companies/:company', invitations)
  .route('/api/v1/companies/:company', officeOfCompany)
  .route('/api/v1/companies/:company', auditors)
  .route('/api/v1/companies/:company', budgets)
  .route('/api/v1/companies/:company', openingBalances)
  .route('/api/v1/companies/:company', takeover)
  .route('/api/v1/companies/:company', comparison)
  .route('/api/v1/companies/:company', onboarding)
  .route('/api/v1/companies/:company', reports)
  .route('/api/v1/companies/:company', dashboard)
  .route('/api/v1/companies/:company', statements)
  .route('/api/v1/companies/:company', layouts)
  .route('/api/v1/companies/:company', analyses)
  .route('/api/v1/companies/:company', savedReports)
  .route('/api/v1/companies/:company', vatReturn)
  .route('/api/v1/companies/:company', saftExports)
  .route('/api/v1/companies/:company', exports)
  .route('/api/v1/companies/:company', analysisExports)
  .route('/api/v1/companies/:company', verify)
  .route('/api/v1/companies/:company', backups)
  .route('/api/v1/companies/:company', deletion)

app.onError((error, c) => {
  const problem = problemOf(error, c)
  return pageOfProblem(problem, c) ?? problemResponse(problem, c)
})
app.notFound((c) => unknownPage(c) ?? notFound(c))

/** What each minute asks for stands in worker/cron/run-each-minute.ts; what else has its time stands in worker/cron/run-all-companies.ts. */
const scheduled: ExportedHandlerScheduledHandler<Bindings> = async ({ scheduledTime, cron }, env) => {
  const at = new Date(scheduledTime).toISOString() as Instant
  if (cron !== '* * * * *') return runAllCompanies(env, at, cron)
  await eachMinute(env, at)
  return goOnWithSchedule(env)
}

export default { fetch: app.fetch, scheduled }
