import type { Browser, BrowserContext, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { launchBrowser, norwegianContext } from '#tests/support/browser.ts'

const url = inject('url')
let browser: Browser
beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser?.close()
})

/** A window of the demo user, on a machine of its own. */
async function signedIn(): Promise<{ context: BrowserContext; page: Page; complaints: string[] }> {
  const context = await norwegianContext(browser, { viewport: { width: 1440, height: 900 } })
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(error.message))
  await page.goto(url)
  await page.locator('form[action="/sign-in/demo"] button').click()
  await page.waitForLoadState()
  return { context, page, complaints }
}

async function newCompany(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const headers = { 'content-type': 'application/json' }
    const body = JSON.stringify({ name: `Kladd ${Math.random()} AS` })
    const answer = await fetch('/api/v1/companies', { method: 'POST', headers, body })
    return (await answer.json()).id
  })
}

const ready = (page: Page) => page.locator('#draft-state').waitFor({ state: 'attached' })
const saved = (page: Page) =>
  page.locator('#draft-state[data-state="saved"]', { hasText: 'Lagret som kladd' }).waitFor()
const textOf = async (of: Locator): Promise<string> => ((await of.textContent()) ?? '').replaceAll('\u00a0', ' ')
const COLUMNS = ['Konto', 'Kontonavn', 'Mva', 'Beløp', 'Mva-beløp', 'Tekst']
const cell = (page: Page, row: number, column: string): Locator =>
  page.locator(`#voucher-grid .ht_master tbody tr:nth-child(${row}) td`).nth(COLUMNS.indexOf(column))
const line = async (page: Page, account: string, amount: string) => {
  await page.keyboard.type(account)
  await page.keyboard.press('Enter')
  await page.keyboard.type(amount)
  await page.keyboard.press('Enter')
}

test('two write in one draft: each sees the other’s lines, both values of a clash, and that it was posted', async () => {
  const one = await signedIn()
  const company = await newCompany(one.page)
  await one.page.goto(`${url}/companies/${company}/vouchers/new`)
  await ready(one.page)
  for (const text of ['', '', 'Felles']) {
    if (text) await one.page.keyboard.type(text)
    await one.page.keyboard.press('Enter')
  }
  await line(one.page, '7770', '50')
  await saved(one.page)
  // The other finds it in the list of drafts.
  const two = await signedIn()
  await two.page.goto(`${url}/companies/${company}/drafts`)
  await two.page.getByRole('link', { name: 'Felles' }).click()
  await ready(two.page)
  expect(await textOf(cell(two.page, 1, 'Konto'))).toBe('7770')
  await one.page.locator('#draft-people', { hasText: 'er her' }).waitFor()
  // A line the other writes stands here within moments, and is marked as another’s until it is seen.
  await two.page.keyboard.press('ArrowDown')
  await line(two.page, '1920', '-50')
  await cell(one.page, 2, 'Konto').getByText('1920').waitFor()
  await expect.poll(() => cell(one.page, 2, 'Beløp').getAttribute('class')).toContain('hb-other')
  await one.page.locator('#draft-people', { hasText: 'endret' }).waitFor()
  // Both write in the same cell while one of them is without a network: nothing is lost, and one is asked.
  await one.context.setOffline(true)
  await cell(one.page, 1, 'Beløp').click()
  await one.page.keyboard.type('60')
  await one.page.keyboard.press('Enter')
  await one.page.locator('#draft-state[data-state="offline"]').waitFor()
  expect(await textOf(one.page.locator('#draft-state'))).toMatch(/^Uten nett\. Lagret på denne maskinen \d\d:\d\d/)
  await cell(two.page, 1, 'Beløp').click()
  await two.page.keyboard.type('70')
  await two.page.keyboard.press('Enter')
  await saved(two.page)
  await one.context.setOffline(false)
  for (const { page } of [one, two]) await page.locator('#issues', { hasText: 'Hvilken gjelder?' }).waitFor()
  expect(await textOf(one.page.locator('#issues'))).toContain('skrev 60,00 samtidig som 70,00 ble skrevet')
  await one.page.getByRole('button', { name: 'Bruk 60,00' }).click()
  await cell(two.page, 1, 'Beløp').getByText('60,00').waitFor()
  await expect.poll(async () => two.page.locator('#issues', { hasText: 'Hvilken gjelder?' }).count()).toBe(0)
  // One corrects the other side and posts; the other sees it, with the number.
  await cell(one.page, 2, 'Beløp').click()
  await one.page.keyboard.type('-60')
  await one.page.keyboard.press('Enter')
  await one.page.getByText('Klart til å bokføres').waitFor()
  await saved(one.page)
  const report = await two.context.newPage()
  await report.goto(`${url}/companies/${company}/trial-balance`)
  await one.page.keyboard.press('Control+b')
  await one.page.locator('[data-told="posted"]').waitFor()
  await report.locator('#behind', { hasText: 'Siden viser versjon 0, hovedboken er på 1.' }).waitFor()
  await report.keyboard.press('u')
  await report.getByText('Hovedbokversjon 1').first().waitFor()
  await report.close()
  await two.page.locator('[data-told="postedByOther"]').waitFor()
  expect(await textOf(two.page.locator('#entry-notices'))).toMatch(/bokførte kladden som HB \d{4}-1\./)
  await two.page.getByRole('button', { name: 'Begynn på en ny' }).click()
  expect(await textOf(cell(two.page, 1, 'Konto'))).toBe('')
  await two.page.goto(`${url}/companies/${company}/drafts`)
  await two.page.getByText('Ingen kladder').waitFor()
  expect([...one.complaints, ...two.complaints]).toEqual([])
  await one.context.close()
  await two.context.close()
})

/** What this browser keeps of the entry page, by the last part of each address. */
const keptOf = (page: Page): Promise<string[]> =>
  page.evaluate(async () => {
    const shelves = await Promise.all((await caches.keys()).map((name) => caches.open(name)))
    const requests = (await Promise.all(shelves.map((shelf) => shelf.keys()))).flat()
    return requests.map(({ url }) => new URL(url).pathname.replace(/^.*\/(assets\/\w+)?.*?/, '$1'))
  })

test('without a network the page opens, with every keystroke, and goes on; what waits is sent once; signed out nothing is kept', async () => {
  const { context, page, complaints } = await signedIn()
  const company = await newCompany(page)
  const address = `${url}/companies/${company}/vouchers/new`
  await page.goto(address)
  await ready(page)
  for (const text of ['', '', 'Uten nett']) {
    if (text) await page.keyboard.type(text)
    await page.keyboard.press('Enter')
  }
  await expect.poll(() => keptOf(page)).toEqual(expect.arrayContaining(['new', 'books', 'templates']))
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => {}))
  await context.setOffline(true)
  await line(page, '7770', '1249,50+300')
  await page.locator('#draft-state[data-state="offline"]').waitFor()
  const away = page.locator('#entry-away')
  expect(await textOf(away)).toBe(
    'Uten nett. Skriv videre: alt lagres på denne maskinen, og sendes når nettet er tilbake.',
  )
  await page.reload()
  await page.locator('[data-told="restored"]').waitFor()
  expect(await textOf(cell(page, 1, 'Beløp'))).toBe('1 549,50')
  expect(await textOf(away)).toMatch(/^Uten nett\. .*Kontoplan, mva-koder, kunder og leverandører er slik de var /)
  // The accounts are at hand, and so is what is typed in a window that is opened meanwhile.
  await cell(page, 2, 'Kontonavn').click()
  await page.keyboard.press('ArrowLeft')
  await line(page, '1920', '-1549,50')
  expect(await textOf(cell(page, 2, 'Kontonavn'))).toContain('Bank')
  await page.close() // and nobody has been told
  const again = await context.newPage()
  await again.goto(address)
  await again.locator('[data-told="restored"]').waitFor()
  expect(await textOf(cell(again, 2, 'Beløp'))).toBe('−1 549,50')
  expect(await again.evaluate(() => document.activeElement === document.body)).toBe(true)
  await context.setOffline(false)
  await saved(again)
  await expect.poll(() => again.locator('#entry-away').isHidden()).toBe(true)
  await again.goto(`${url}/companies/${company}/drafts`)
  await again
    .getByRole('row', { name: /Uten nett/ })
    .getByText('1 549,50')
    .waitFor()
  await again.getByRole('button', { name: 'Slett Uten nett' }).click()
  await again.getByText('Kan hentes tilbake i 30 dager.', { exact: true }).waitFor()
  await again.getByRole('button', { name: 'Hent tilbake Uten nett' }).click()
  await again.getByRole('link', { name: 'Uten nett' }).waitFor()
  // Kept for her alone: signed out, there is nothing to show, with a network or without.
  await again.goto(url)
  await again.locator('form[action="/sign-out"] button').evaluate((button) => (button as HTMLButtonElement).click())
  await again.waitForLoadState()
  await expect.poll(() => keptOf(again)).toEqual([])
  await context.setOffline(true)
  expect(await again.goto(address).catch(() => 'nothing')).toBe('nothing')
  expect(complaints).toEqual([])
  await context.close()
})
