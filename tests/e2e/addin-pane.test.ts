// The add-in's pane as a person meets it: the served page in a browser, Microsoft's own client, a simulated Excel, and the
// running product behind it.
import { mkdirSync } from 'node:fs'
import type { Browser, BrowserContext } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { functionMetadata } from '#addin/manifest/function-metadata.ts'
import { functionsOf } from '../addin/host/calculation.ts'
import { openPanePage } from '../addin/host/client-in-page.ts'
import { User } from '../addin/host/user.ts'
import { Workbook } from '../addin/host/workbook.ts'
import { auditPage, measured } from '../support/audit-page.ts'
import { launchBrowser, norwegianContext } from '../support/browser.ts'

const url = inject('url')
const year = new Date().getFullYear()
const PICTURES = process.env.ADDIN_PICTURES

let browser: Browser
beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser?.close())

async function call(path: string, body?: unknown) {
  const init = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }
  const headers = { authorization: `Bearer ${inject('operatorKey')}`, 'content-type': 'application/json' }
  const response = await fetch(url + path, { ...init, headers })
  return (await response.json()) as any
}
async function newCompany(name: string) {
  const { id } = await call('/api/v1/companies', { name, organisationNumber: '313482901', test: false })
  const { key } = await call(`/api/v1/companies/${id}/keys`, { name: 'Excel', role: 'accountant' })
  return { id, key: key as string, path: `/api/v1/companies/${id}` }
}
const contextOf = (options = {}): Promise<BrowserContext> =>
  norwegianContext(browser, { viewport: { width: 350, height: 760 }, deviceScaleFactor: 2, ...options })

async function signedIn(context: BrowserContext, workbook: Workbook, key: string, language?: string) {
  const opened = await openPanePage(context, url, workbook, language)
  const { page } = opened
  await page.getByText(/Bruk en API-nøkkel|Use an API key/).click()
  await page.getByLabel(/API-nøkkel|API key/).fill(key)
  await page.getByRole('button', { name: /Bruk nøkkelen|Use the key/ }).click()
  await page.locator('.hb-panetop').waitFor()
  return opened
}
async function picture(page: import('playwright-core').Page, name: string) {
  if (!PICTURES) return
  mkdirSync(PICTURES, { recursive: true })
  await page.screenshot({ path: `${PICTURES}/${name}.png`, fullPage: true })
}

const row = (
  type: string,
  day: string,
  account: string,
  amount: number,
  text: string,
  more: Record<string, string | number> = {},
) => ({
  ...(type && { Bilagsart: type, Bilagsdato: day }),
  Konto: account,
  Beløp: amount,
  ...(text && { Tekst: text }),
  ...more,
})

test('first voucher from Excel: choose, insert, write, check, mend, post', async () => {
  const company = await newCompany('Lofthus Snekkeri AS')
  const workbook = new Workbook()
  const context = await contextOf()
  const { page, host, faults } = await signedIn(context, workbook, company.key)
  await expect.poll(() => page.locator('h1').textContent()).toBe('Her føres bilag')
  await picture(page, 'pane-empty')
  await page.getByRole('button', { name: 'Sett inn bilagsark' }).click()
  await expect.poll(() => page.locator('h1').textContent(), { timeout: 10_000 }).toBe('Skriv det første bilaget')

  const user = new User(workbook)
  const lines = [
    row('IF', `20.03.${year}`, '6801', 7340.63, 'Kontorpakke AS', { 'Mva-kode': '1' }),
    row('', '', '1920', -7340.63, ''),
    row('HB', `20.03.${year}`, '6300', 16000, 'Leie mars'),
    row('', '', '1920', -16000, ''),
  ]
  lines.forEach((cells, i) => user.fill('tblBilag', i, cells))
  await expect.poll(() => page.locator('h1').textContent()).toBe('1 av 2 bilag er klare')
  await page.getByRole('button', { name: /Kontroller/ }).click()
  await expect
    .poll(() => page.locator('.hb-notice[data-level="error"]').textContent())
    .toContain('Konto 6801 finnes ikke.')
  await picture(page, 'pane-check')
  await page.getByRole('button', { name: 'G2' }).click()
  await expect.poll(() => workbook.addressOf(workbook.selection)).toBe('Bilag!G2')
  await page.getByRole('button', { name: /6800/ }).click()
  await expect.poll(() => page.locator('h1').textContent()).toBe('2 bilag er klare')
  await picture(page, 'pane-ready')
  // What a cell may hold is found by name in the pane, and stands in the cell.
  user.select('Bilag', 'G5')
  await page.getByLabel('Konto, G5').fill('1900')
  await picture(page, 'pane-choose')
  await page.getByRole('button', { name: /^1900/ }).click()
  await expect.poll(() => user.rows('tblBilag')[3]!.Konto).toBe(1900)
  // The month is closed for others meanwhile: an accountant says why, for all of it at once.
  const march = { fromMonth: `${year}-03`, toMonth: `${year}-03`, level: 'soft', reason: 'Oppgjør' }
  await call(`${company.path}/locks`, march)
  await page.getByRole('button', { name: /Kontroller/ }).click()
  await page.getByLabel('Begrunnelse').fill('Kom etter avslutning')
  await page.getByLabel(/Alt eller ingenting/).check()
  await picture(page, 'pane-together')
  await page.getByRole('button', { name: /Bokfør 2 bilag/ }).click()
  await page.getByRole('heading', { name: '2 bilag er bokført' }).waitFor()
  await picture(page, 'pane-posted')
  expect(
    user
      .rows('tblBilag')
      .slice(0, 4)
      .map((r) => [r.Status, r.Bilagsnr]),
  ).toEqual([
    ['Bokført', `IF ${year}-1`],
    ['Bokført', `IF ${year}-1`],
    ['Bokført', `HB ${year}-1`],
    ['Bokført', `HB ${year}-1`],
  ])
  expect((await call(`${company.path}/vouchers`)).vouchers).toHaveLength(2)
  // Rows that are deleted afterwards: the pane asks, and nothing is annulled unasked.
  await page.getByRole('button', { name: 'Tilbake til arket' }).click()
  user.deleteRows('tblBilag', 2, 2)
  await page.getByRole('heading', { name: '1 bokført bilag står ikke lenger i arbeidsboken' }).waitFor()
  await page.getByLabel('Begrunnelse').fill('Ført to ganger')
  await picture(page, 'pane-gone')
  await page.getByRole('button', { name: /^Annuller HB/ }).click()
  await page.getByText('står ikke lenger i arbeidsboken').waitFor({ state: 'detached' })
  const [reversal] = (await call(`${company.path}/vouchers?limit=1`)).vouchers
  expect([reversal.voucherDate, reversal.reason]).toEqual([`${year}-03-20`, 'Ført to ganger'])
  expect([...host.missing]).toEqual([])
  expect(faults).toEqual([])
  await context.close()
})

test('a figure in a cell, what is behind it, and the voucher behind that', async () => {
  const company = await newCompany('Tall AS')
  for (const amount of [12_400_00, 8_450_00])
    await call(`${company.path}/vouchers`, {
      id: `vch_${crypto.randomUUID().replaceAll('-', '').slice(0, 26)}`,
      type: 'general',
      voucherDate: `${year}-01-21`,
      text: 'Trykkluft, service',
      lines: [
        { account: '6620', amount },
        { account: '1920', amount: -amount },
      ],
    })
  const workbook = new Workbook()
  const context = await contextOf({ colorScheme: 'dark' })
  const { page, host, faults } = await signedIn(context, workbook, company.key)
  const calculation = host.calculates(functionsOf('LEDGER', functionMetadata('nb', '')))
  const user = new User(workbook, 'en')
  user.type('Ark1', 'D31', [[`=LEDGER.SALDO("6620","${year}")`]])
  await calculation.idle()
  await expect.poll(() => workbook.cell(workbook.sheets[0]!, 30, 3)?.value).toBe(20850)
  user.select('Ark1', 'D31')
  await page.getByRole('button', { name: 'Rapport' }).click()
  await expect.poll(() => page.locator('.hb-figure').textContent(), { timeout: 10_000 }).toBe('20\u00a0850,00')
  expect(await page.locator('.hb-two-strokes').count()).toBe(1)
  expect(await page.locator('.hb-total').textContent()).toContain('2 posteringer = cellen')
  await page.getByRole('button', { name: /HB/ }).first().click()
  await expect.poll(() => page.locator('.hb-panepeek h2').textContent()).toMatch(/^HB/)
  await picture(page, 'pane-drill-dark')
  // Somebody posts: the pane says that the figure is older, and draws it anew when asked.
  await call(`${company.path}/vouchers`, {
    id: `vch_${crypto.randomUUID().replaceAll('-', '').slice(0, 26)}`,
    type: 'general',
    voucherDate: `${year}-02-21`,
    lines: [
      { account: '6620', amount: 50_00 },
      { account: '1920', amount: -50_00 },
    ],
  })
  await expect.poll(() => page.locator('.hb-bottom').textContent(), { timeout: 15_000 }).toContain('1 tall er eldre')
  await page.getByRole('button', { name: 'Oppdater', exact: true }).click()
  await expect.poll(() => workbook.cell(workbook.sheets[0]!, 30, 3)?.value).toBe(20900)
  // From a pane that has just been opened, and not before one has read what it does.
  const fresh = await signedIn(context, workbook, company.key)
  await fresh.page.getByRole('button', { name: 'Mer', exact: true }).click()
  await fresh.page.getByText('Frys tall').click()
  await fresh.page.getByRole('button', { name: 'Gjør om til verdier' }).click()
  await expect.poll(() => workbook.cell(workbook.sheets[0]!, 30, 3)?.formula).toBeUndefined()
  expect(workbook.cell(workbook.sheets[0]!, 30, 3)?.value).toBe(20900)
  await page.getByRole('button', { name: 'Sjekk' }).click()
  await page.getByRole('button', { name: 'Kontroller' }).click()
  await expect.poll(() => page.locator('h1').textContent()).toBe('Hovedboken stemmer')
  await picture(page, 'pane-check-tab-dark')
  expect([...host.missing]).toEqual([])
  expect(faults).toEqual([])
  await context.close()
})

test('an auditor: reports pulled, a figure altered, found, and brought back; a sample that can be drawn again', async () => {
  const company = await newCompany('Revidert AS')
  for (let i = 1; i <= 12; i++)
    await call(`${company.path}/vouchers`, {
      id: `vch_${crypto.randomUUID().replaceAll('-', '').slice(0, 26)}`,
      type: 'general',
      voucherDate: `${year}-01-${String(i).padStart(2, '0')}`,
      text: `Nr. ${i}`,
      lines: [
        { account: '6620', amount: i * 100_00 },
        { account: '1920', amount: -i * 100_00 },
      ],
    })
  const { key } = await call(`${company.path}/keys`, { name: 'Revisor', role: 'auditor' })
  const workbook = new Workbook()
  const context = await contextOf()
  const { page, host, faults } = await signedIn(context, workbook, key)
  const user = new User(workbook)
  await expect.poll(() => page.locator('h1').textContent()).toBe('Velg en celle med tall fra Hovedbok')
  await page.locator('.hb-fields select').nth(1).selectOption({ label: 'Alle rapportene' })
  await page.getByRole('button', { name: 'Hent til ark' }).click()
  await expect
    .poll(() => page.locator('.hb-notice').textContent(), { timeout: 15_000 })
    .toContain('9 rapporter er hentet')
  const rows = user.rows('hbBlokk1')
  const at = rows.findIndex((row) => row.Konto === '6620')
  user.fill('hbBlokk1', at, { Utgående: 1 })
  await page.getByRole('button', { name: 'Sjekk' }).click()
  await page.getByRole('button', { name: 'Kontroller', exact: true }).click()
  await expect
    .poll(() => page.locator('h1').textContent(), { timeout: 15_000 })
    .toBe('Hovedboken stemmer. Én rapport i arket gjør det ikke.')
  expect(await page.locator('.hb-verify li[data-broken]').textContent()).toContain(
    'Arket sier 1,00, hovedboken 7\u00a0800,00.',
  )
  const [report] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Kontrollrapport (PDF)' }).click(),
  ])
  expect(report.suggestedFilename()).toBe('Kontrollrapport Revidert AS.pdf')
  await page.getByRole('button', { name: 'Resultatet til ark' }).click()
  await expect.poll(() => workbook.sheets.some(({ name }) => name === 'Kontroll')).toBe(true)
  await page.getByRole('button', { name: 'Hent tallet tilbake' }).click()
  await expect.poll(() => page.locator('h1').textContent()).toBe('Hovedboken stemmer')
  expect(user.rows('hbBlokk1')[at]!.Utgående).toBe(7800)
  await page.getByLabel('Frø').fill('4711')
  await page.getByLabel('Antall').fill('5')
  await page.getByRole('button', { name: 'Trekk utvalg' }).click()
  await expect.poll(() => page.getByText('5 bilag, pengeenhet, frø 4711').count()).toBe(1)
  expect([...host.missing]).toEqual([])
  expect(faults).toEqual([])
  await context.close()
})

test('signing in through the dialog; nothing secret in the workbook; figures when the connection is gone; signing out', async () => {
  const workbook = new Workbook()
  const context = await contextOf()
  const { page, host, faults } = await openPanePage(context, url, workbook)
  const [dialog] = await Promise.all([
    context.waitForEvent('page'),
    page.getByRole('button', { name: 'Logg inn' }).click(),
  ])
  await dialog.getByRole('button', { name: /demo|Lofthus|prøv/i }).click()
  await dialog.getByRole('button', { name: /Fortsett som/ }).click()
  await page.locator('.hb-panetop, .hb-companies').first().waitFor()
  const secrets = await page.evaluate(() => Object.entries(localStorage).map(([k, v]) => `${k}=${v}`))
  expect(secrets.filter((s) => s.startsWith('test|hovedbok.session='))).toHaveLength(1)
  const token = secrets.find((s) => s.includes('session='))!.split('=')[1]!
  const kept = JSON.stringify([
    workbook.xmlParts.map((p) => p.xml),
    [...workbook.settings],
    [...workbook.sheets.flatMap((s) => [...s.cells.values()])],
  ])
  expect(kept).not.toContain(token)
  expect(kept).not.toContain('hba_')
  if (await page.locator('.hb-companies').isVisible()) await page.locator('.hb-companies button').first().click()
  await page.locator('.hb-panetop').waitFor()

  // The page is loaded anew while nobody answers: the figure is the last one, and whoever is signed in still is.
  const calculation = host.calculates(functionsOf('LEDGER', functionMetadata('nb', '')))
  const figure = () => workbook.cell(workbook.sheets[0]!, 0, 0)?.value
  new User(workbook, 'en').type('Ark1', 'A1', [[`=LEDGER.SALDO("1920","${year}")`]])
  await expect.poll(figure, { timeout: 15_000 }).toEqual(expect.any(Number))
  const before = figure()
  const keptFigures = () =>
    page.evaluate(async () => (await indexedDB.databases()).some(({ name }) => name === 'hovedbok-figures'))
  await expect.poll(keptFigures).toBe(true)
  await page.waitForTimeout(300)
  await context.route('**/api/**', (route) => route.abort())
  await page.reload()
  await page.locator('.hb-notice').waitFor()
  workbook.setCell(workbook.sheets[0]!, 0, 0, { ...workbook.cell(workbook.sheets[0]!, 0, 0)!, value: '' })
  calculation.start()
  await calculation.idle()
  expect(figure()).toBe(before)
  await context.unroute('**/api/**')
  await page.locator('.hb-panetop').waitFor({ timeout: 15_000 })
  await page.locator('.hb-panenav button').last().click()
  await page.getByRole('button', { name: 'Logg ut' }).click()
  await page.getByRole('button', { name: 'Logg inn' }).waitFor()
  expect(faults.filter((fault) => !fault.includes('net::ERR_FAILED'))).toEqual([])
  await context.close()
})

test('a take-over by the keyboard: last year’s figures, the opening balance and its gauges, readable in both languages', async () => {
  const company = await newCompany('Overtatt Regnskap AS')
  await fetch(`${url}${company.path}/takeover`, {
    method: 'PUT',
    headers: {
      authorization: `Bearer ${company.key}`,
      'content-type': 'application/json',
      'if-match': '"0"',
    },
    body: JSON.stringify({ variant: 'movements', openingDate: `${year}-01-01`, cutOverDate: `${year}-03-01` }),
  })
  const workbook = new Workbook()
  const context = await contextOf()
  const { page, faults } = await signedIn(context, workbook, company.key, 'nb-NO')
  const user = new User(workbook)
  const press = async (name: string) => {
    await page.getByRole('button', { name, exact: true }).focus()
    await page.keyboard.press('Enter')
  }
  const audited = async () => {
    for (const language of ['en', 'nb']) {
      await page.keyboard.press('Control+Alt+l')
      await expect.poll(() => page.locator('html').getAttribute('lang')).toBe(language)
      await page.setViewportSize({ width: 320, height: 700 })
      const [{ overflow }, { wrong }] = [await measured(page, false), await auditPage(page, { touch: false })]
      expect({ language, overflow, wrong }).toEqual({ language, overflow: 0, wrong: [] })
    }
  }
  await press('Mer')
  await press('Hent fjorårstall')
  await page.getByText('Alt er lagret').waitFor()
  user.fill('tblFjorarstall', 0, { Konto: 3000, [`jan ${year - 1}`]: -1000 })
  user.fill('tblFjorarstall', 1, { Konto: 6300, [`jan ${year - 1}`]: 400 })
  await page.getByRole('row', { name: /^Sum/ }).getByText('600,00').waitFor()
  await audited()
  await picture(page, 'last-year')
  await press('Lagre fjorårstallene')
  await page.getByText('Alt er lagret').waitFor()
  expect((await call(`${company.path}/comparison`)).rows.map((r: any) => r.account)).toEqual(['3000', '6300'])

  await press('Mer')
  await press('Sett inn åpningsark')
  await press(`01.01.${year}`)
  await page.getByRole('heading', { name: 'Ikke bokført' }).waitFor()
  user.fill('tblIB', 0, { Konto: 1500, Beløp: 500 })
  user.fill('tblIB', 1, { Konto: 2050, Beløp: -500 })
  await page.getByText(/Ark «Inngående balanse», 2 rader/).waitFor()
  await press('Bokfør åpningsbalansen')
  await page.getByRole('row', { name: /^1499 .*500,00 mangler −500,00/ }).waitFor()
  await page.getByText(/står igjen på 1499/).click()
  await audited()
  await picture(page, 'opening-gauges')
  expect(faults).toEqual([])
  await context.close()
})

test('keys are chosen in the pane, and answered there at once; those of others are refused', async () => {
  const company = await newCompany('Tastene AS')
  const context = await contextOf()
  const { page, faults } = await signedIn(context, new Workbook(), company.key, 'nb-NO')
  await page.locator('.hb-panenav button').last().click()
  const choice = page.getByLabel('Bokstav for Bytt språk')
  await choice.focus()
  await choice.selectOption('Q')
  await page.getByRole('button', { name: 'Bruk Ctrl Alt Q' }).click()
  await page.getByText('Ctrl Alt Q brukes av Excel').waitFor()
  expect(await choice.inputValue()).toBe('L')
  expect(await choice.locator('option').allInnerTexts()).not.toContain('E')
  // Each arrow chooses, as in Excel's own pane on Windows, and passes letters of our other commands: only the last is used.
  const asked = () => page.evaluate(() => (window as any).replaced as object[])
  await page.evaluate(() => {
    const { replaceShortcuts } = Office.actions
    const replaced: object[] = ((window as any).replaced = [])
    Office.actions.replaceShortcuts = (keys) => {
      replaced.push(keys)
      return replaceShortcuts(keys)
    }
  })
  for (let letter = 'L'; letter !== 'W'; letter = await choice.inputValue()) await page.keyboard.press('ArrowDown')
  expect(await asked()).toEqual([])
  await page.getByRole('button', { name: 'Bruk Ctrl Alt W' }).waitFor()
  await page.keyboard.press('Enter')
  await page.getByText('Bytt språk: Ctrl Alt W', { exact: true }).waitFor()
  expect(await asked()).toHaveLength(1)
  await page.getByLabel('Bokstav for Bokfør bilag').selectOption('K')
  await page.getByRole('button', { name: 'Bruk Ctrl Alt K' }).click()
  await page.getByText('Kontroller bilag: Ctrl Alt B. Bokfør bilag: Ctrl Alt K', { exact: true }).waitFor()
  await page.evaluate(() => {
    const { replaceShortcuts } = Office.actions
    Office.actions.replaceShortcuts = async () => {
      Office.actions.replaceShortcuts = replaceShortcuts
      throw new Error('GeneralException')
    }
  })
  await page.getByRole('button', { name: 'Bruk de opprinnelige tastene' }).click()
  await page.getByText('Excel endret ikke tastene, så de er som før.').waitFor()
  const language = () => page.locator('html').getAttribute('lang')
  await page.keyboard.press('Control+Alt+l')
  expect(await language()).toBe('nb')
  await page.keyboard.press('Control+Alt+w')
  await expect.poll(language).toBe('en')
  await page.getByRole('button', { name: 'Use the original keys' }).click()
  await page.keyboard.press('Control+Alt+l')
  await expect.poll(language).toBe('nb')
  expect(faults).toEqual([])
  await context.close()
})

test('readable, named, no wider than the pane, from 320 to 450 px, light and dark, in both languages', async () => {
  const company = await newCompany('Bredde og Lengde Entreprenører AS')
  const workbook = new Workbook()
  const context = await contextOf()
  const { page, faults } = await signedIn(context, workbook, company.key, 'nb-NO')
  await page.getByRole('button', { name: 'Sett inn bilagsark' }).click()
  await page.locator('.hb-panefoot kbd').first().waitFor({ state: 'attached' })
  const user = new User(workbook)
  const lines = [
    row('HB', `01.03.${year}`, '6801', 1234, ''),
    row('', '', '1920', -1234, ''),
    row('HB', `01.03.${year}`, '6800', 99_999_999, '', { Script: 'SPRE(3;3;1749)' }),
    row('', '', '1920', -99_999_999, ''),
  ]
  lines.forEach((cells, i) => user.fill('tblBilag', i, cells))
  await page.locator('.hb-total').first().waitFor()
  user.select('Bilag', 'G4')
  await page.locator('.hb-choose').waitFor()
  for (const language of ['nb', 'en']) {
    if (language === 'en') await page.keyboard.press('Control+Alt+l')
    await expect.poll(() => page.locator('html').getAttribute('lang')).toBe(language)
    for (const colorScheme of ['light', 'dark'] as const)
      for (const width of [320, 350, 450]) {
        await page.setViewportSize({ width, height: 700 })
        await page.emulateMedia({ colorScheme })
        for (const tab of [0, 1, 2, 3]) {
          await page.locator('.hb-panenav button').nth(tab).click()
          await page.locator('main:not([aria-busy]), h1').first().waitFor()
          const { overflow } = await measured(page, false)
          const { wrong } = width === 320 ? await auditPage(page, { touch: false }) : { wrong: [] }
          expect({ language, width, tab, overflow, wrong }).toEqual({ language, width, tab, overflow: 0, wrong: [] })
        }
      }
  }
  expect(faults).toEqual([])
  await context.close()
})
