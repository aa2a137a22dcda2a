// One accountant's way through the pages, in Norwegian, by what is written and spoken: in, to a voucher, back out of it, down
// into a figure and up again, in the other language, in the dark, and on a phone.
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest'
import { auditPage } from '#tests/support/audit-page.ts'
import { launchBrowser, norwegianContext } from '#tests/support/browser.ts'

const url = inject('url')
let browser: Browser
let page: Page
let faults: string[]

beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser?.close())

async function open(options: Parameters<typeof norwegianContext>[1] = {}): Promise<void> {
  const context = await norwegianContext(browser, { viewport: { width: 1440, height: 900 }, ...options })
  page = await context.newPage()
  faults = []
  page.on('console', (message) => message.type() === 'error' && faults.push(message.text()))
  page.on('pageerror', (error) => faults.push(error.message))
}
beforeEach(() => open())
afterEach(async () => {
  await page.context().close()
  expect(faults).toEqual([])
})

async function enterDemo(): Promise<void> {
  await page.goto(url)
  await page.getByRole('button', { name: 'Gå inn i demoselskapet' }).click()
  await page.getByRole('link', { name: 'Lofthus Snekkeri AS' }).click()
  await page.getByRole('heading', { name: 'Oversikt', level: 1 }).waitFor()
  await page.goto(page.url().replace('/overview', '/vouchers'))
  await page.getByRole('heading', { name: 'Bilag', level: 1 }).waitFor()
}
const focused = () => page.evaluate(() => (document.activeElement?.textContent ?? '').replace(/\s+/g, ' ').trim())
const heading = () => page.getByRole('heading', { level: 1 }).textContent()

describe('an accountant', () => {
  test('signs in, finds a voucher, reverses it with a reason, and finds both in the trail', async () => {
    await page.goto(url)
    await page.getByLabel('E-post').fill('ingrid@lofthus.example')
    await page.getByLabel('Passord').fill('gjett')
    await page.getByRole('button', { name: 'Logg inn', exact: true }).click()
    await page.getByText('E-post eller passord stemmer ikke.').waitFor()
    faults = faults.filter((fault) => !/401/.test(fault)) // the browser says so of every refused page
    await enterDemo()

    await page.keyboard.press('/')
    await page.keyboard.type('BK')
    await page.keyboard.press('Escape')
    await page.getByLabel('Bilagsart').selectOption({ label: 'BK Bank' })
    await page.waitForURL(/type=bank/)
    await page.keyboard.press('ArrowDown')
    const chosen = await focused()
    expect(chosen).toMatch(/^BK \d{4}-\d+$/)
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowUp')
    expect(await focused()).toBe(chosen)
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: chosen }).waitFor()

    await page.keyboard.press('t')
    const dialog = page.getByRole('dialog', { name: `Tilbakefør ${chosen}` })
    await dialog.getByLabel('Grunn').fill('Ført to ganger')
    await dialog.getByRole('button', { name: 'Tilbakefør bilaget' }).click()
    await page.getByRole('link', { name: `Tilbakefører ${chosen}` }).click()
    await page.getByText('Grunn: «Ført to ganger»').waitFor()
    expect(await page.getByRole('button', { name: 'Tilbakefør' }).count()).toBe(0)
    expect(await page.getByText('I balanse').count()).toBe(1)
  })

  test('goes down from a figure to the voucher and up again, by keyboard alone', async () => {
    await enterDemo()
    await page.keyboard.press('g')
    await page.keyboard.press('s')
    await page.getByRole('heading', { name: 'Saldobalanse' }).waitFor()
    const row = page.getByRole('link', { name: 'Regnskapshonorar' })
    await row.focus()
    await page.keyboard.press('Enter')
    const drill = page.getByRole('complementary', { name: 'Posteringer på 6705' })
    await drill.waitFor()
    expect(await focused()).toMatch(/^IF \d{4}-\d+$/)
    const sum = await drill.getByRole('row', { name: 'Sum = utgående saldo' }).locator('.hb-num').textContent()
    expect(sum).toBe(
      await page
        .getByRole('row', { name: /6705 Regnskapshonorar/ })
        .locator('.hb-num')
        .last()
        .textContent(),
    )

    await page.keyboard.press('ArrowDown')
    const voucher = await focused()
    await page.keyboard.press('Enter')
    await drill.getByRole('heading', { name: voucher }).waitFor()
    expect(page.url()).toContain('voucher=vch_')
    await page.keyboard.press('Escape')
    await drill.getByRole('heading', { name: voucher }).waitFor({ state: 'detached' })
    expect(await focused()).toBe(voucher)
    await page.keyboard.press('Escape')
    await drill.waitFor({ state: 'detached' })
    expect(await focused()).toBe('Regnskapshonorar')

    await page.goBack()
    await drill.waitFor()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await drill.getByRole('link', { name: 'Åpne bilag' }).waitFor()
    await page.keyboard.press('v')
    await page.getByRole('heading', { name: /^IF \d{4}-\d+$/, level: 1 }).waitFor()
    // Back where one came from, with the figure still open.
    await page.keyboard.press('Escape')
    await drill.getByRole('link', { name: 'Åpne bilag' }).waitFor()
  })

  test('folds a group, and it stays folded when a figure is opened', async () => {
    await enterDemo()
    await page.goto(page.url().replace('/vouchers', '/trial-balance'))
    const group = page.getByRole('button', { name: /^Varekostnad/ })
    await group.click()
    expect(await group.getAttribute('aria-expanded')).toBe('false')
    await page.getByRole('link', { name: 'Bankinnskudd' }).click()
    await page.getByRole('complementary').waitFor()
    expect(await group.getAttribute('aria-expanded')).toBe('false')
    expect(await page.getByRole('link', { name: 'Innkjøp råvarer, høy sats' }).isVisible()).toBe(false)
  })

  test('goes anywhere by the command line, and sees every key', async () => {
    await enterDemo()
    await page.keyboard.press('Control+k')
    await page.keyboard.type('fossen')
    await page
      .getByRole('option', { name: /Hotell Fossen AS/ })
      .first()
      .waitFor()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowUp')
    await page.keyboard.press('Enter')
    await page.waitForURL(/vouchers\/vch_|parties\/customer/)
    await page.keyboard.press('?')
    await page.getByRole('dialog', { name: 'Hurtigtaster' }).getByText('kommandolinje').waitFor()
    await page.keyboard.press('Escape')
    await page.keyboard.press('g')
    await page.keyboard.press('k')
    await page.getByRole('link', { name: 'Ny klient' }).waitFor()
  })

  test('reads it in English and in the dark, and it stays so', async () => {
    await enterDemo()
    const menu = page.getByRole('button', { name: 'Din meny, Ingrid Solheim' })
    await menu.click()
    await page.getByRole('button', { name: 'Mørkt' }).click()
    await page.waitForFunction(() => document.documentElement.dataset.colorScheme === 'dark')
    const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor)
    expect(await ground()).toBe('rgb(23, 28, 35)')
    await menu.click()
    await page.getByRole('button', { name: 'English' }).click()
    await page.getByRole('heading', { name: 'Vouchers', level: 1 }).waitFor()
    expect(await page.getAttribute('html', 'lang')).toBe('en')
    await page.goto(`${url}/help/problems#voucher/unbalanced`)
    expect(await page.locator('[id="voucher/unbalanced"]').textContent()).toContain('Cure:')
    await page.goto(url)
    expect(await heading()).toMatch(/^\d+ clients?, /)
    expect(await ground()).toBe('rgb(23, 28, 35)')
    await page.getByRole('button', { name: 'Your menu, Ingrid Solheim' }).click()
    await page.getByRole('button', { name: 'Norsk' }).click()
    await page.goto(`${url}/help/problems`)
    expect(await page.locator('[id="voucher/unbalanced"]').textContent()).toContain('Råd:')
    await page.getByRole('button', { name: 'Din meny, Ingrid Solheim' }).click()
    await page.getByRole('button', { name: 'Logg ut' }).click()
    await page.getByRole('button', { name: 'Gå inn i demoselskapet' }).waitFor()
  })

  test('does all of it without script', async () => {
    await page.context().close()
    await open({ javaScriptEnabled: false })
    await enterDemo()
    await page.getByRole('link', { name: 'Rapporter' }).click()
    await page.getByRole('link', { name: 'Saldobalanse' }).first().click()
    await page.getByRole('link', { name: 'Regnskapshonorar' }).click()
    await page.getByRole('complementary').getByRole('link', { name: /^IF/ }).last().click()
    await page.getByRole('link', { name: 'Åpne bilag' }).click()
    await page.getByRole('button', { name: 'Tilbakefør' }).click() // the browser's own commands open the dialog
    await page.getByRole('dialog').getByLabel('Grunn').waitFor()
    await page.getByRole('dialog').getByRole('button', { name: 'Avbryt' }).click()
    await page.getByRole('button', { name: 'Din meny, Ingrid Solheim' }).click()
    await page.getByRole('button', { name: 'English' }).click()
    expect(await page.getAttribute('html', 'lang')).toBe('en')
    expect(await page.getByRole('button', { name: 'Search or go to' }).count()).toBe(0)
    await page.getByRole('button', { name: 'Your menu, Ingrid Solheim' }).click()
    await page.getByRole('button', { name: 'Norsk' }).click() // a user's language follows them to the next browser
  })
})

describe('on a phone', () => {
  test('the menu folds, rows are touched whole, and nothing is too small or too wide', async () => {
    await page.context().close()
    await open({ viewport: { width: 360, height: 740 }, hasTouch: true })
    await enterDemo()
    const audit = async () =>
      expect(await auditPage(page, { touch: true })).toEqual({ overflow: 0, wrong: [], small: [] })
    await audit()
    await page.getByRole('link', { name: /^IF/ }).first().tap()
    await page.getByRole('heading', { level: 1, name: /^IF/ }).waitFor()
    await audit()
    for (const area of [
      'Saldobalanse',
      'Hovedbok',
      'Kontoplan',
      'Kunder og leverandører',
      'Perioder',
      'Innstillinger',
    ]) {
      await page.getByRole('button', { name: 'Åpne menyen' }).tap()
      await page.getByRole('navigation', { name: 'Hovedmeny' }).getByRole('link', { name: area, exact: true }).tap()
      await page.waitForFunction(
        (area) => document.querySelector('.hb-nav-page[aria-current]')?.textContent?.trim() === area,
        area,
      )
      await audit()
    }
  })

  test('the fields that narrow the vouchers are behind one button, which says how many are in use', async () => {
    await page.context().close()
    await open({ viewport: { width: 390, height: 844 }, hasTouch: true })
    await enterDemo()
    const filters = page.getByRole('button', { name: 'Filtre' })
    const type = page.getByLabel('Bilagsart')
    expect([await filters.getAttribute('aria-expanded'), await type.isVisible()]).toEqual(['false', false])
    const first = await page.locator('.hb-row-link').first().boundingBox()
    expect(first!.y, 'vouchers are on the first screen').toBeLessThan(500)
    await page.getByRole('searchbox', { name: 'Søk' }).focus()
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    expect([await filters.getAttribute('aria-expanded'), await type.isVisible()]).toEqual(['true', true])
    expect(await auditPage(page, { touch: true })).toEqual({ overflow: 0, wrong: [], small: [] })
    await page.getByLabel('Konto', { exact: true }).fill('1920')
    await page.getByLabel('Konto', { exact: true }).press('Enter')
    await page.waitForURL(/account=1920/)
    await page.getByRole('button', { name: 'Filtre (1)' }).waitFor()
    expect(await type.isVisible()).toBe(false)
    await page.setViewportSize({ width: 1440, height: 900 })
    expect([await page.getByRole('button', { name: /Filtre/ }).isVisible(), await type.isVisible()]).toEqual([
      false,
      true,
    ])
  })
})

describe('a new client', () => {
  test('comes whole from a SAF-T file, with its proof', async () => {
    await enterDemo()
    await page.goto(`${url}/companies/new`)
    await page.getByLabel('Velg fil').setInputFiles('tests/fixtures/saft/handel-1.30.xml')
    await page.getByRole('button', { name: 'Les inn' }).click()
    await page.getByRole('heading', { level: 1, name: /^Bytt system/ }).waitFor({ timeout: 50_000 })
    await page.getByRole('button', { name: 'Bokfør' }).click()
    await page.getByRole('heading', { level: 1, name: /Alt stemmer|forskjell/ }).waitFor({ timeout: 50_000 })
  })
})
