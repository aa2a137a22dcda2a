import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { auditPage } from '#tests/support/audit-page.ts'
import { launchBrowser, norwegianContext } from '#tests/support/browser.ts'

const url = inject('url')
let browser: Browser
beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser?.close()
})

const headings = async (page: Page): Promise<string[]> =>
  page.locator('#voucher-grid .ht_clone_top thead th .colHeader').allTextContents()
const cellNamed = async (page: Page, row: number, column: string): Promise<Locator> =>
  page
    .locator(`#voucher-grid .ht_master tbody tr:nth-child(${row}) td`)
    .nth((await headings(page)).filter((text) => text.trim() !== '').indexOf(column))

test('columns, keys and find are one’s own, by keyboard, and come back with the page', async () => {
  const context = await norwegianContext(browser, { viewport: { width: 1440, height: 900 } })
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(error.message))
  await page.goto(url)
  await page.locator('form[action="/sign-in/demo"] button').click()
  await page.waitForLoadState()
  const id = await page.evaluate(async () => {
    const init = {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ name: 'Valg AS' }),
    }
    return (await (await fetch('/api/v1/companies', init)).json()).id as string
  })
  const open = async () => {
    await page.goto(`${url}/companies/${id}/vouchers/new`)
    await page.locator('#draft-state').waitFor({ state: 'attached' })
  }
  await open()
  for (let i = 0; i < 3; i++) await page.keyboard.press('Enter')
  await page.keyboard.press('Alt+o')
  const dialog = page.locator('#columns')
  expect((await auditPage(page, { touch: false })).wrong).toEqual([])
  await dialog.getByLabel('KID', { exact: true }).uncheck()
  await dialog.getByLabel('Tekst fylles ut med').fill('Gebyr')
  await dialog.getByLabel('Tekst fylles ut med').press('Tab')
  await dialog.getByRole('button', { name: 'Flytt Tekst til venstre' }).press('Enter')
  const saved = page.waitForResponse(
    (answer) => answer.request().method() === 'PUT' && answer.url().includes('/screen-layouts/'),
  )
  await dialog.getByRole('button', { name: 'Ferdig' }).press('Enter')
  await saved
  expect(await headings(page)).not.toContain('KID')
  await page.keyboard.type('7770')
  await page.keyboard.press('Enter')
  await page.keyboard.type('50')
  await page.keyboard.press('Enter')
  expect(await (await cellNamed(page, 1, 'Tekst')).textContent()).toBe('Gebyr')
  await page.keyboard.type('1920')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Control+Enter')
  // Find goes to the hit, and the focus is back in the grid.
  await page.keyboard.press('Control+f')
  await page.getByLabel('Finn i linjene').fill('7770')
  await page.getByText('1 treff').waitFor()
  await page.keyboard.press('Escape')
  expect(await page.evaluate(() => document.activeElement?.closest('#voucher-grid') !== null)).toBe(true)
  // Function keys, as on older systems: F10 posts.
  await page.keyboard.press('?')
  await page.getByRole('button', { name: 'Endre hurtigtaster' }).press('Enter')
  const keys = page.waitForResponse(
    (answer) => answer.request().method() === 'PUT' && answer.url().includes('/shortcuts'),
  )
  await page.getByRole('button', { name: 'Klassiske funksjonstaster' }).press('Enter')
  await keys
  await page.locator('#rebind').getByRole('button', { name: 'Ferdig' }).press('Enter')
  // Buttons and the frame's line say the keys one has.
  expect(await page.locator('#post kbd').allTextContents()).toEqual(['F10'])
  expect(await page.locator('.hb-keys > span').first().locator('kbd').allTextContents()).toEqual(['F7'])
  await page.getByText('Klart til å bokføres').waitFor()
  await page.keyboard.press('F10')
  await page.locator('#entry-notices [data-told="posted"]').waitFor()
  await open()
  expect(await headings(page)).not.toContain('KID')
  expect(await page.locator('#key-map').textContent()).toContain('F10')
  await page.evaluate(async () => {
    const init = { method: 'PUT', headers: { 'content-type': 'application/json' }, body: '{"value":{}}' }
    await fetch('/api/v1/me/settings/shortcuts', init)
  })
  expect(complaints).toEqual([])
  await context.close()
})
