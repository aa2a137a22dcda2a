// Every page that `npm run screenshots` takes, and how each comes into the state that is shown.
import type { Page } from 'playwright-core'
import { saft, withClosings } from '#tests/support/saft.ts'

/** A file whose chart is another one: receivables on 1510, 1499 for goods, a party and a dimension that it does not describe. */
const OTHER_CHART = Buffer.from(
  saft(
    withClosings({
      name: 'Lofthus Snekkeri AS',
      organisationNumber: '313482901',
      accounts: [
        { id: '1499', name: 'Varer på vei', grouping: ['balanseverdiForOmloepsmiddel', '1400'] },
        { id: '1510', name: 'Kunder', grouping: ['balanseverdiForOmloepsmiddel', '1500'], opening: 5_000_000 },
        { id: '1930', name: 'Sparekonto', grouping: ['balanseverdiForOmloepsmiddel', '1920'], opening: 12_500_000 },
        { id: '2050', name: 'Annen egenkapital', grouping: ['egenkapital', '2050'], opening: -17_500_000 },
        { id: '3010', name: 'Salg av snekkertjenester', grouping: ['salgsinntekt', '3000'] },
      ],
      customers: [{ id: '10001', name: 'Hotell Fossen AS', account: '1510', opening: 5_000_000 }],
      transactions: [
        {
          id: '1',
          date: '2025-01-10',
          lines: [
            { account: '1510', amount: 2_500_000, customer: '10001' },
            { account: '3010', amount: -2_500_000, analysis: [['KST', '10']] },
          ],
        },
        {
          id: '2',
          date: '2025-02-10',
          lines: [
            { account: '1499', amount: 700_000 },
            { account: '1510', amount: -700_000, customer: '10777' },
          ],
        },
      ],
    }),
  ),
)
const SAFT = 'tests/fixtures/saft/handel-1.30.xml'
const SHEET =
  'Kundenr;Navn;Orgnr;Sted;Vår ref\n10801;Fjellheimen Hotell AS;914778271;Geilo;KN\n10802;Brygga Mat AS;;Bergen;KN\nSum;2;;;'

/** Pages by name; `:c` is the demo company's path, `:t` and `:o` those of clients on their way in, with movements and with an opening balance. `first` brings the page into the state that is shown. */
export const pages: Record<string, { path: string; signedOut?: true; first?: (page: Page) => Promise<unknown> }> = {
  'sign-in': { path: '/', signedOut: true },
  'forgotten-password': { path: '/password/forgotten', signedOut: true },
  security: { path: '/security' },
  'code-app': { path: '/security/code-app' },
  mailbox: { path: '/mailbox' },
  clients: { path: '/' },
  operator: { path: '/operator/status' },
  'new-client': { path: '/companies/new' },
  overview: { path: ':c/overview', first: closeTour },
  vouchers: { path: ':c/vouchers' },
  'no-vouchers': { path: ':c/vouchers?text=finnesikke' },
  voucher: { path: ':c/vouchers?type=incoming-invoice', first: openFirst },
  reversal: {
    path: ':c/vouchers?type=incoming-invoice',
    first: openReversal,
  },
  correction: { path: ':c/vouchers?type=incoming-invoice', first: openCorrection },
  documents: { path: ':c/documents?status=all' },
  document: { path: ':c/documents/1' },
  safety: { path: ':c/settings/safety' },
  deletion: { path: ':c/settings/deletion' },
  'security-log': { path: '/security/log' },
  apps: { path: '/security/apps' },
  'let-app-in': { path: '/security/apps', first: letAppIn },
  members: { path: ':c/members' },
  member: { path: ':c/members', first: openMember },
  'access-log': { path: ':c/access-log' },
  office: { path: '/', first: openOffice },
  'office-log': { path: '/', first: (page) => openInOffice(page, 'log') },
  'office-keys': { path: '/', first: (page) => openInOffice(page, 'keys') },
  'client-staff': { path: '/', first: openAssignment },
  confirm: { path: ':c/members', first: askToInvite },
  roles: { path: ':c/roles' },
  'role-new': { path: ':c/roles/new' },
  auditors: { path: ':c/auditors' },
  'audit-orders': { path: '/audit-orders' },
  'office-new': { path: '/offices/new' },
  'copy-settings': { path: ':c/settings/copy' },
  'voucher-types': { path: ':c/settings/voucher-types' },
  'voucher-type': { path: ':c/settings/voucher-types/incoming-invoice' },
  entry: { path: ':c/vouchers/new', first: (page) => page.waitForTimeout(800) },
  'entry-known': { path: ':c/vouchers/new', first: typeKnown },
  'entry-errors': { path: ':c/vouchers/new', first: enterWithFault },
  drafts: { path: ':c/drafts' },
  'trial-balance': { path: ':c/trial-balance' },
  'vat-specification': { path: ':c/vat-specification' },
  reports: { path: ':c/reports' },
  'income-statement': { path: ':c/reports/income-statement' },
  'income-months': { path: ':c/reports/income-statement?columns=months,actual&accounts=1' },
  'income-drill': { path: ':c/reports/income-statement?line=other-cost&column=actual' },
  'balance-sheet': { path: ':c/reports/balance-sheet' },
  'by-department': { path: ':c/reports/income-statement?columns=by:department' },
  'key-figures': { path: ':c/reports/key-figures' },
  liquidity: { path: ':c/reports/liquidity' },
  changes: { path: ':c/reports/changes?since=900' },
  explanation: { path: ':c/reports/explanation?line=operating-result' },
  journal: { path: ':c/reports/voucher-journal' },
  'customer-specification': { path: ':c/reports/party-specification' },
  layouts: { path: ':c/reports/layouts' },
  'new-layout': { path: ':c/reports/layouts/new?from=income-statement' },
  'drill-down': {
    path: ':c/trial-balance?account=1720',
    first: openEntries,
  },
  'general-ledger': { path: ':c/general-ledger' },
  budgets: { path: ':c/budgets' },
  'opening-balances': { path: ':c/opening-balances' },
  takeover: { path: ':t/takeover' },
  movements: { path: ':t/takeover/movements', first: ready },
  onboarding: { path: ':t' },
  'opening-balance': { path: ':o/opening-balances', first: openOpening },
  'compared-year': { path: ':o/reports/income-statement' },
  budget: { path: ':c/budgets', first: openBudget },
  'budget-comparison': { path: ':c/budgets', first: compareBudgets },
  exports: { path: ':c/exports' },
  'export-menu': { path: ':c/trial-balance', first: (page) => page.keyboard.press('e') },
  account: { path: ':c/general-ledger?account=6705' },
  accounts: { path: ':c/accounts?used=1' },
  'edit-account': { path: ':c/accounts/1500' },
  imports: { path: ':c/imports' },
  'import-sheet': { path: ':c/imports?register=customers', first: pasteSheet },
  'import-receipt': { path: ':c/imports?register=customers', first: bringSheet },
  'old-ledgers': { path: ':c/imports?register=saft-archive', first: keepOldLedger },
  'old-ledger': { path: ':c/imports?register=saft-archive', first: openOldLedger },
  'old-on-card': { path: ':c/parties/customer/10001' },
  'saft-switch': { path: ':c/imports?register=saft', first: lookOver },
  'saft-proof': { path: '/companies/new', first: prove },
  'left-items': { path: '/companies/new', first: decideLeft },
  'open-items': { path: ':c/open-items' },
  'supplier-items': { path: ':c/open-items?kind=supplier' },
  ageing: { path: ':c/open-items/ageing' },
  customers: { path: ':c/parties' },
  suppliers: { path: ':c/parties?kind=supplier' },
  lock: { path: ':c/periods', first: openLock },
  customer: { path: ':c/parties/customer/10001' },
  'new-supplier': { path: ':c/parties/new?kind=supplier' },
  templates: { path: ':c/templates' },
  template: { path: ':c/templates/STRØM' },
  recurring: { path: ':c/recurring' },
  assets: { path: ':c/assets' },
  plan: { path: ':c/vouchers?text=Formatkappsag', first: openFirst },
  periods: { path: ':c/periods' },
  'fiscal-year': { path: `:c/years/${new Date().getFullYear() - 1}` },
  currency: { path: ':c/currency' },
  dimensions: { path: ':c/dimensions' },
  keys: { path: ':c/settings/keys', first: makeKey },
  webhooks: { path: ':c/settings/webhooks' },
  webhook: { path: ':c/settings/webhooks', first: makeWebhook },
  'audit-log': { path: ':c/audit-log' },
  alerts: { path: '/alerts' },
  dimension: { path: ':c/dimensions/project' },
  profile: { path: ':c/settings/profile' },
  revaluation: { path: ':c/currency/revaluation' },
  settings: { path: ':c/settings' },
  help: { path: '/help' },
  'help-problems': { path: '/help/problems' },
  'help-vouchers': { path: '/help/vouchers' },
  tour: { path: ':c/trial-balance?tour=3' },
  palette: {
    path: ':c/vouchers',
    first: searchAccount,
  },
  shortcuts: { path: ':c/vouchers', first: (page) => page.keyboard.press('?') },
  'not-found': { path: ':c/nothing-here' },
}

async function ready(page: Page): Promise<void> {
  await page.locator('[data-ready="yes"]').waitFor()
}

async function openOpening(page: Page): Promise<void> {
  await page.locator('a.hb-opens').first().click()
  await ready(page)
}

/** Customers as pasted from another system: how they are read, and what would become of each. */
async function pasteSheet(page: Page): Promise<void> {
  await page.locator('textarea[name="text"]').fill(SHEET)
  await page.locator('form[data-import] button[type="submit"]').click()
  await page.waitForURL(/imports\/sheets/)
}

async function bringSheet(page: Page): Promise<void> {
  await pasteSheet(page)
  await page.locator('button[name="apply"]').click()
  await page.waitForURL(/imports\/imp_/)
}

/** A ledger of another system, kept for reference. */
async function keepOldLedger(page: Page): Promise<void> {
  await page.locator('#import-file').setInputFiles(SAFT)
  await page.locator('form[data-import] button[type="submit"]').click()
  await page.waitForURL(/old-ledgers/)
}

async function openOldLedger(page: Page): Promise<void> {
  await keepOldLedger(page)
  await page.locator('a[href*="/old-ledgers/imp_"]').first().click()
  await page.waitForURL(/old-ledgers\/imp_/)
}

/** Files of another system before they are booked. */
async function lookOver(page: Page): Promise<void> {
  await page
    .locator('#import-file')
    .setInputFiles({ name: 'SAF-T 2025.xml', mimeType: 'text/xml', buffer: OTHER_CHART })
  await page.locator('form[data-import] button[type="submit"]').click()
  await page.waitForURL(/saft-switches/)
}

/** A client that came with its file, a figure of which is an øre off. */
async function prove(page: Page): Promise<void> {
  const buffer = Buffer.from(OTHER_CHART.toString().replace('175000.00</ClosingCredit', '175000.01</ClosingCredit'))
  await page.locator('#saft-file').setInputFiles({ name: 'SAF-T 2025.xml', mimeType: 'text/xml', buffer })
  await page.locator('form[data-import] button[type="submit"]').click()
  await page.waitForURL(/saft-switches/)
  await page.locator('input[name="account.1499"]').fill('1460')
  await page.locator('button[value="book"]').click()
  await page.waitForURL(/imports\/imp_/)
}

async function decideLeft(page: Page): Promise<void> {
  await prove(page)
  await page.locator('a[href$="/open-items/left"]').click()
  await page.waitForURL(/open-items\/left/)
}

async function openFirst(page: Page): Promise<void> {
  await page.locator('.hb-row-link').first().click()
  await page.waitForURL(/vch_/)
}

async function openLock(page: Page): Promise<void> {
  await page.goto(page.url().replace('/periods', '/trial-balance'))
  await page.locator('a[href*="/periods/locks/"]').first().click()
  await page.waitForURL(/locks/)
}

async function openReversal(page: Page): Promise<void> {
  await openFirst(page)
  await page.keyboard.press('t')
}

/** The newest voucher of the list, to be put right in the grid. */
async function openCorrection(page: Page): Promise<void> {
  await openFirst(page)
  await page.locator('form[action$="/correction"] button').click()
  await page.locator('#draft-state').waitFor({ state: 'attached' })
  await page.waitForTimeout(1_200)
}

/** Rights are confirmed: the demo user says yes. */
async function confirm(page: Page): Promise<void> {
  await page.locator('form[action="/step-up"] button[type="submit"]').click()
}

/** A key that was just made: shown this once, and then only its beginning. */
async function makeKey(page: Page): Promise<void> {
  if ((await page.locator('.hb-table tbody tr').count()) > 1) return
  await page.locator('#field-keys-name').fill('Lagersystem')
  for (const scope of ['ledger:read', 'ledger:post']) await page.locator(`input[value="${scope}"]`).check()
  await page.locator('#field-keys-networks').fill('203.0.113.0/24')
  await page.locator('form[action$="/settings/keys"] button[type="submit"]').click()
  await confirm(page)
  await page.locator('.hb-secret').waitFor()
}

/** Somebody is to be invited: what is confirmed stands on the page. */
async function askToInvite(page: Page): Promise<void> {
  await page.locator('#field-invite-email').fill('nora@lofthus.example')
  await page.locator('#invite button[type="submit"]').click()
  await page.locator('form[action="/step-up"]').first().waitFor()
}

async function openMember(page: Page): Promise<void> {
  await page.locator('.hb-row-link').first().click()
  await page.waitForURL(/usr_/)
}

async function openOffice(page: Page): Promise<void> {
  await page.locator('a[href^="/offices/off_"]').first().click()
  await page.waitForURL(/off_/)
}

async function openInOffice(page: Page, part: string): Promise<void> {
  await openOffice(page)
  await page.goto(`${page.url()}/${part}`)
}

async function openAssignment(page: Page): Promise<void> {
  await openOffice(page)
  await page.locator('a[href*="/clients/"]').first().click()
  await page.waitForURL(/clients/)
}

/** A webhook to an address that nobody answers at, with what became of a test. */
async function makeWebhook(page: Page): Promise<void> {
  if ((await page.locator('.hb-row-link').count()) === 0) {
    await page.locator('#field-webhook-name').fill('Lagersystem')
    await page.locator('#field-webhook-url').fill('https://lager.kunde.invalid.example.no/hovedbok')
    await page.locator('form[action$="/settings/webhooks"] button[type="submit"]').click()
    await confirm(page)
    await page.locator('.hb-secret').waitFor()
  }
  await page.locator('.hb-row-link').first().click()
  await page.locator('form[action$="/replay"]').waitFor()
}

/** The budget that may be written in. */
async function openBudget(page: Page): Promise<void> {
  await page.locator('.hb-row-link').last().click()
  await page.locator('#budget[data-ready]').waitFor()
}

async function compareBudgets(page: Page): Promise<void> {
  await openBudget(page)
  await page.goto(`${page.url()}/comparison`)
}

async function searchAccount(page: Page): Promise<void> {
  await page.keyboard.press('Control+k')
  await page.keyboard.type('6705')
  await page.locator('#palette [role="option"]').filter({ hasText: '6705' }).first().waitFor()
  await page.waitForTimeout(300)
}

async function openEntries(page: Page): Promise<void> {
  await page.locator('.hb-drill .hb-row-link').last().click()
  await page.locator('.hb-peek').waitFor()
}

/** An incoming invoice with an account that does not exist, which the grid says while one types. */
async function enterWithFault(page: Page): Promise<void> {
  await page.locator('#draft-state').waitFor({ state: 'attached' })
  if (await page.locator('#voucher-grid').isHidden()) return // a phone has lines and no grid
  for (const text of ['if', '', 'CAD-lisens og skjermarm', '6420', '11800', '6801', '2175', '-tegn']) {
    if (text) await page.keyboard.type(text)
    await page.waitForTimeout(150)
    await page.keyboard.press('Enter')
  }
  await page.waitForTimeout(900)
}

/** A text that was used before, with the lines it proposes. */
async function typeKnown(page: Page): Promise<void> {
  await page.locator('#draft-state').waitFor({ state: 'attached' })
  await page.locator('#entry-text').pressSequentially('lokalav')
  await page.locator('.hb-picker [role="option"]').first().waitFor()
}

/** The overview as one sees it every day, after the tour of the first. */
async function closeTour(page: Page): Promise<void> {
  const close = page.locator('.hb-tour button')
  if ((await close.count()) > 0) await close.click()
  await page.locator('.hb-tour').waitFor({ state: 'detached' })
}

/** An app one has made oneself, and what a company is asked to let it in with. */
async function letAppIn(page: Page): Promise<void> {
  await page.locator('#field-app-name').fill('Kassen i butikken')
  await page.locator('#field-app-redirectUris').fill('https://kasse.example/')
  await page.locator('form[action="/security/apps"] button[type="submit"]').click()
  await confirm(page)
  const [id] = /app_\w{26}/.exec((await page.locator('.hb-secret').first().textContent())!)!
  const asked = { client_id: id, redirect_uri: 'https://kasse.example/', scope: 'register:read ledger:post' }
  const proof = { response_type: 'code', code_challenge: 'x'.repeat(43), code_challenge_method: 'S256' }
  await page.goto(new URL(`/oauth/authorize?${new URLSearchParams({ ...asked, ...proof })}`, page.url()).href)
  await page.locator('nav a').first().click()
  await page.locator('.hb-confirm').waitFor()
}
