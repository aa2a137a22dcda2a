// The add-in's pane beside a sheet: the served pane in a browser, over the simulated Excel of the tests, with the demo company.
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { functionMetadata } from '#addin/manifest/function-metadata.ts'
import { DEMO_COMPANY } from '#db/seed/demo-company.ts'
import { addinPane as en } from '#i18n/en/addin-pane.ts'
import { addinPane as nb } from '#i18n/nb/addin-pane.ts'
import { functionsOf } from '#tests/addin/host/calculation.ts'
import { type OpenPane, openPanePage } from '#tests/addin/host/client-in-page.ts'
import { paintSheet, SHEET_STYLE } from '#tests/addin/host/paint-sheet.ts'
import { User } from '#tests/addin/host/user.ts'
import { Workbook } from '#tests/addin/host/workbook.ts'
import { norwegianContext } from '#tests/support/browser.ts'

type Language = 'nb' | 'en'
/** `run` tells rounds apart, so that none types what an earlier one has posted. */
type Opened = OpenPane & { workbook: Workbook; user: User; language: Language; year: number; run: number }
type Scenes = Record<string, (of: Opened) => Promise<void>>
/** The pane as wide as it opens, and as narrow as it can be made. */
const [WIDTH, PANE, NARROW, HEIGHT] = [1440, 350, 320, 860]

/** Takes every picture of the add-in. Gives their names. */
export async function takeExcel(browser: Browser, url: string, key: string, folder: string): Promise<string[]> {
  const taken: string[] = []
  const taking = await companyToTakeOver(url, key)
  for (const language of ['nb', 'en'] as const)
    for (const colorScheme of ['light', 'dark'] as const)
      for (const [scenes, company] of [
        [SCENES, undefined],
        [TAKEOVER, taking],
      ] as const) {
        const context = await norwegianContext(browser, { viewport: { width: PANE, height: HEIGHT }, colorScheme })
        const workbook = new Workbook()
        const opened = await openPanePage(context, url, workbook, language === 'nb' ? 'nb-NO' : 'en-US')
        const of: Opened = {
          ...opened,
          workbook,
          user: new User(workbook, language),
          language,
          year: new Date().getFullYear(),
          run: taken.length,
        }
        await signIn(of, key, company)
        for (const [name, scene] of Object.entries(scenes as Scenes)) {
          await scene(of).catch(async (error) => {
            await take(of, join(folder, 'excel-fault.png'), 15)
            throw error
          })
          const file = `excel-${name}-${language}-${colorScheme}-${WIDTH}.png`
          await take(of, join(folder, file), name === 'report' ? 8 : 15)
          taken.push(file)
          await of.page.setViewportSize({ width: NARROW, height: HEIGHT })
          await of.page.screenshot({ path: join(folder, file.replace(`${WIDTH}.png`, `${NARROW}.png`)) })
          const wide = await of.page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
          if (wide > 0) throw new Error(`${file}: ${wide} px wider than a pane of ${NARROW}`)
          await of.page.setViewportSize({ width: PANE, height: HEIGHT })
        }
        await context.close()
      }
  return taken
}

/** A company that is being taken over with movements; the demo's own is finished. */
async function companyToTakeOver(url: string, key: string): Promise<string> {
  const call = async (method: string, path: string, body: unknown) => {
    const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json', 'if-match': '"0"' }
    const answer = await fetch(`${url}/api/v1${path}`, { method, headers, body: JSON.stringify(body) })
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`)
    return (await answer.json()) as { id: string }
  }
  const name = 'Nordlys Rør AS'
  const year = new Date().getFullYear()
  const { id } = await call('POST', '/companies', { name })
  const plan = { variant: 'movements', openingDate: `${year}-01-01`, cutOverDate: `${year}-07-01` }
  await call('PUT', `/companies/${id}/takeover`, plan)
  return name
}

async function signIn({ page }: Opened, key: string, company?: string): Promise<void> {
  await page.locator('summary').click()
  await page.locator('#key').fill(key)
  await page.locator('form button').click()
  await page.locator('.hb-panetop, .hb-companies').first().waitFor()
  const companies = page.locator('.hb-companies')
  if (await companies.isVisible())
    await companies
      .getByRole('button', { name: company ?? DEMO_COMPANY.name })
      .first()
      .click()
  await page.locator('.hb-panenav').waitFor()
}

const tab = (page: Page, at: number) => page.locator('.hb-panenav button').nth(at).click()
const heading = (page: Page) => page.locator('h1').first()

const textsOf = ({ language }: Opened) => (language === 'nb' ? nb : en)
/** Inserts a sheet of a kind, from the list of them. */
async function insert(of: Opened, kind: keyof typeof nb.sheetKinds): Promise<void> {
  await tab(of.page, 3)
  await of.page.getByRole('button', { name: textsOf(of).sheetKinds[kind].insert }).click()
}
/** Fills rows of a table by the places of its columns. */
function fillRows({ user, workbook }: Opened, table: string, rows: readonly Record<number, string | number>[]): void {
  const captions = Object.keys(user.rows(table)[0]!)
  for (const [i, row] of rows.entries())
    user.fill(table, i, Object.fromEntries(Object.entries(row).map(([at, value]) => [captions[Number(at)]!, value])))
  user.select(workbook.table(table)!.sheet.name, 'C5')
}
const tableStands = (of: Opened, table: string) => waitUntil(() => of.workbook.table(table) !== undefined)
async function waitUntil(holds: () => boolean): Promise<void> {
  for (let i = 0; i < 200 && !holds(); i++) await new Promise((resolve) => setTimeout(resolve, 50))
}

const TAKEOVER: Scenes = {
  async movements(of) {
    await insert(of, 'movements')
    await tableStands(of, 'tblBevegelser')
    const months = (amounts: readonly number[]) => Object.fromEntries(amounts.map((amount, i) => [4 + i, amount]))
    fillRows(of, 'tblBevegelser', [
      { 2: 1920, ...months([48_200, -12_350.5, 31_075, 8_400, -22_600, 17_310]) },
      { 2: 1500, ...months([62_500, 18_750, -25_000, 31_250, 12_500, -6_250]) },
      { 2: 2400, ...months([-18_200, 9_100, 4_125, -15_650, 21_100, 3_940]) },
      { 2: 3000, ...months([-140_000, -65_000, -52_000, -74_000, -61_000, -58_000]) },
      { 2: 4300, ...months([28_000, 24_999.5, 20_800, 29_600, 24_400, 23_200]) },
      { 2: 6300, ...months([19_500, 19_500, 19_500, 19_500, 19_500, 19_500]) },
      { 2: 6999, ...months([0, 5_001, 1_500, 900, 6_100, 300]) },
    ])
    await of.page.locator('.hb-notice[data-level="error"]').waitFor()
  },
  async opening(of) {
    await insert(of, 'opening')
    await of.page.locator('.hb-panemain .ds-button').first().click()
    await tableStands(of, 'tblIB')
    fillRows(of, 'tblIB', [
      { 2: 1920, 10: 412_650.75 },
      { 2: 1250, 10: 96_000 },
      { 2: 1499, 10: 62_500 },
      { 2: 2000, 10: -100_000 },
      { 2: 2050, 10: -441_150.75 },
      { 2: 2399, 10: -18_200 },
    ])
    await of.page.locator('.hb-table').first().waitFor() // its sums; those of the take-over follow
    await of.page.waitForTimeout(600)
  },
  async sheets(of) {
    await tab(of.page, 3)
    await heading(of.page).waitFor()
  },
}

const SCENES: Scenes = {
  async vouchers({ page, user, workbook, year, language, run }) {
    await page.locator('.hb-panefoot .ds-button').first().click()
    await page.locator('.hb-panefoot kbd').first().waitFor({ state: 'attached' })
    const captions = Object.keys(user.rows('tblBilag')[0]!)
    const month = new Date().getMonth() + 1
    const day = language === 'nb' ? `20.${month}.${year}` : `${month}/20/${year}`
    const row = (type: string, account: string, vat: string, amount: number, text: string) => ({
      ...(type && { [captions[3]!]: type, [captions[5]!]: day }),
      [captions[6]!]: account,
      ...(vat && { [captions[8]!]: vat }),
      [captions[9]!]: amount,
      ...(text && { [captions.find((c) => /^(Tekst|Text)$/.test(c))!]: text }),
    })
    const rows = [
      row('HB', '6801', '1', 7340.63, 'Kontorpakke AS'),
      row('', '1920', '', -7340.63, ''),
      row('HB', '6300', '', 16000 + run, 'Leie lokaler'),
      row('', '1920', '', -16000 - run, ''),
      row('HB', '6620', '1', 12400 + run, 'Trykkluft, service'),
      row('', '1920', '', -12400 - run, ''),
    ]
    for (const [i, cells] of rows.entries()) user.fill('tblBilag', i, cells)
    await page.locator('.hb-total').waitFor()
    await page.locator('.hb-panefoot .ds-button').nth(1).click()
    await page.locator('.hb-notice[data-level="error"]').waitFor()
    user.select(workbook.table('tblBilag')!.sheet.name, 'G4')
    await page.waitForTimeout(500)
  },
  async choose({ page, language }) {
    await page.getByRole('searchbox').fill(language === 'nb' ? 'kontor' : 'office')
    await page.locator('.hb-choose button').first().waitFor()
  },
  async posted({ page }) {
    await page.locator('.hb-notice[data-level="error"] .ds-button').first().click()
    await page.locator('.hb-notice[data-level="error"]').waitFor({ state: 'detached' })
    await page.locator('.hb-panefoot .ds-button').first().click()
    await page.locator('.hb-postlist').waitFor()
  },
  async report({ page, host, user, workbook, year, language }) {
    const calculation = host.calculates(functionsOf('LEDGER', functionMetadata(language, '')))
    const [first] = workbook.sheets
    const own = new User(workbook, 'en')
    own.type(first!.name, 'A1', [
      [language === 'nb' ? 'Resultat' : 'Result', '', `${year}-Q1`, `${year}-Q2`, `${year}-Q3`, String(year)],
    ])
    const accounts = ['3000:3999', '4000:4999', '5000:5999', '6300', '6620', '6800', '6000:7999;-6300;-6620;-6800']
    const names =
      language === 'nb'
        ? ['Salg', 'Varekjøp', 'Lønn', 'Leie lokaler', 'Reparasjoner', 'Kontorrekvisita', 'Andre kostnader', 'Resultat']
        : ['Sales', 'Goods', 'Payroll', 'Rent', 'Repairs', 'Office supplies', 'Other costs', 'Result']
    own.type(
      first!.name,
      'A2',
      accounts.map((account, i) => [names[i]!, account]),
    )
    const fn = language === 'nb' ? 'LEDGER.BEVEGELSE' : 'LEDGER.MOVEMENT'
    own.type(
      first!.name,
      'C2',
      [[`=-${fn}(B2:B8,C1:F1)`]].map(([f]) => [f!.replace('=-', '=')]),
    )
    own.type(first!.name, 'A9', [[names[7]!, '', ...['C', 'D', 'E', 'F'].map((c) => `=SUM(${c}2:${c}8)`)]])
    for (let r = 1; r < 9; r++)
      for (let c = 2; c < 6; c++) {
        const cell = workbook.cell(first!, r, c)
        if (cell) workbook.setCell(first!, r, c, { ...cell, format: '#,##0.00' })
      }
    for (const [c, width] of [110, 150, 84, 84, 84, 84].entries()) first!.widths.set(c, width)
    await calculation.idle()
    for (let r = 1; r < 9; r++)
      for (let c = 2; c < 6; c++) {
        const cell = workbook.cell(first!, r, c)
        if (cell) workbook.setCell(first!, r, c, { ...cell, format: '#,##0.00' })
      }
    await tab(page, 1)
    user.select(first!.name, 'F6')
    await page.locator('.hb-figure').waitFor()
    await page.locator('.hb-table .hb-act').last().click()
    await page.locator('.hb-panepeek').waitFor()
  },
  async audit({ page, user, workbook }) {
    user.select(workbook.sheets[0]!.name, 'H1')
    await page.locator('.hb-fields').first().waitFor()
    await page.locator('.hb-panemain section .ds-button').first().click()
    await page.locator('.hb-notice[data-level="done"]').waitFor()
    const table = workbook.tables.find(({ name }) => name.startsWith('hbBlokk'))!
    const captions = Object.keys(user.rows(table.name)[0]!)
    user.fill(table.name, 4, { [captions[5]!]: 18_700 })
    await tab(page, 2)
    await page.locator('.hb-panefoot .ds-button').first().click()
    await page.locator('.hb-verify [data-broken]').first().waitFor({ timeout: 30_000 })
    await page.locator('.hb-verify').nth(1).waitFor({ timeout: 60_000 })
    user.select(table.sheet.name, 'F6')
    await heading(page).waitFor()
  },
  async budget(of) {
    await insert(of, 'budget')
    await of.page.locator('.hb-panemain .ds-button').first().click()
    await tableStands(of, 'tblBudsjett')
    of.user.select(of.workbook.table('tblBudsjett')!.sheet.name, 'C5')
    await of.page.waitForTimeout(800)
  },
}

/** Pane and sheet side by side, as Excel shows them. */
async function take({ page, workbook, language }: Opened, path: string, columns: number): Promise<void> {
  await page.evaluate(() => document.fonts.ready)
  await page.evaluate(() => window.scrollTo(0, 0))
  const pane = (await page.screenshot()).toString('base64')
  const sheet = paintSheet(workbook, workbook.active, { language, rows: 34, columns })
  const context = await page
    .context()
    .browser()!
    .newContext({ viewport: { width: WIDTH, height: HEIGHT } })
  const whole = await context.newPage()
  await whole.setContent(
    `<!doctype html><style>body{margin:0;display:flex;height:${HEIGHT}px}main{position:relative;flex:1;overflow:hidden}img{width:${PANE}px;border-left:1px solid #ccc}${SHEET_STYLE}</style><main>${sheet}</main><img src="data:image/png;base64,${pane}">`,
  )
  await whole.screenshot({ path })
  await context.close()
}
