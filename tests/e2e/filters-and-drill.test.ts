// Filters typed without the mouse, and the voucher of an entry where one looks for it, on a screen and on a phone.
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { launchBrowser, norwegianContext } from '#tests/support/browser.ts'

const url = inject('url')
let browser: Browser

beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser?.close())

/** The demo company's list of vouchers. */
async function enter(viewport = { width: 1440, height: 900 }): Promise<Page> {
  const context = await norwegianContext(browser, { viewport })
  const page = await context.newPage()
  await page.goto(url)
  await page.getByRole('button', { name: 'Gå inn i demoselskapet' }).click()
  await page.getByRole('link', { name: 'Lofthus Snekkeri AS' }).click()
  await page.getByRole('heading', { name: 'Oversikt', level: 1 }).waitFor()
  await page.goto(page.url().replace('/overview', '/vouchers'))
  return page
}

test('a filter is typed through with Tab and sent once, with Enter', async () => {
  const page = await enter()
  const asked: string[] = []
  page.on('request', (request) => request.isNavigationRequest() && asked.push(request.url()))
  await page.locator('input[name="fromDate"]').focus()
  await page.keyboard.type('0103')
  await page.keyboard.press('Tab')
  await page.keyboard.type('3103')
  await page.keyboard.press('Tab')
  await page.keyboard.type('1920')
  expect(asked).toEqual([])
  expect(await page.evaluate(() => (document.activeElement as HTMLInputElement).name)).toBe('account')
  await page.keyboard.press('Enter')
  await page.waitForURL(/account=1920/)
  expect(asked).toHaveLength(1)
  expect(asked[0]).toMatch(/fromDate=0103&toDate=3103&account=1920/)
  // One that cannot be read is where one goes on.
  await page.locator('input[name="minAmount"]').fill('abc')
  await page.keyboard.press('Enter')
  await page.getByRole('alert').waitFor()
  expect(await page.evaluate(() => (document.activeElement as HTMLInputElement).name)).toBe('minAmount')
  await page.context().close()
})

test.each([
  { width: 1440, height: 900 },
  { width: 390, height: 844 },
])('the voucher of an entry stands under it, in sight, at %o', async (viewport) => {
  const page = await enter(viewport)
  await page.goto(page.url().replace('/vouchers', '/trial-balance?account=1920'))
  const links = page.locator('.hb-drill .hb-row-link')
  const chosen = links.nth(25)
  await chosen.focus()
  const name = await chosen.textContent()
  await page.keyboard.press('Enter')
  const peek = page.locator('.hb-peek')
  await peek.waitFor()
  const box = await peek.boundingBox()
  expect(box!.y).toBeGreaterThan(0)
  expect(Math.floor(box!.y + box!.height)).toBeLessThanOrEqual(viewport.height)
  const focused = () => page.evaluate(() => document.activeElement!.textContent)
  expect(await focused()).toBe(name)
  expect(await page.evaluate(() => document.activeElement!.getAttribute('aria-expanded'))).toBe('true')
  await page.keyboard.press('Escape')
  await peek.waitFor({ state: 'detached' })
  expect(await focused()).toBe(name)
  const row = await page.locator(':focus').boundingBox()
  expect(row!.y > 0 && row!.y < viewport.height).toBe(true)
  // Enter opens it and closes it, and the closing is no step to go back to.
  await page.keyboard.press('Enter')
  await peek.waitFor()
  const steps = await page.evaluate(() => history.length)
  await page.keyboard.press('Enter')
  await peek.waitFor({ state: 'detached' })
  expect([await focused(), await page.evaluate(() => history.length)]).toEqual([name, steps])
  await page.context().close()
})

test('an address that names nothing that can be read leaves the keys in place', async () => {
  const page = await enter()
  await page.goto(`${page.url()}#100%`)
  await page.reload()
  await page.keyboard.press('Control+k')
  await page.getByRole('dialog').waitFor()
  await page.context().close()
})

test('a choice shows the new list at once; arrow keys, and a phone, wait for the button', async () => {
  const page = await enter()
  const asked: string[] = []
  page.on('request', (request) => request.isNavigationRequest() && asked.push(request.url()))
  const type = page.locator('select[name="type"]')
  await type.focus()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowDown')
  const chosen = await type.inputValue()
  expect([asked, chosen === '']).toEqual([[], false])
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await page.waitForURL(new RegExp(`type=${chosen}`))
  await page.locator('select[name="by"]').selectOption({ index: 1 })
  await page.waitForURL(/by=usr/)
  await page.goto(page.url().split('?')[0]!)
  await page.setViewportSize({ width: 390, height: 844 })
  await page.getByRole('button', { name: 'Filtre' }).click()
  asked.length = 0
  await type.selectOption({ index: 1 })
  await page.locator('select[name="by"]').selectOption({ index: 1 })
  expect([asked, await type.isVisible()]).toEqual([[], true])
  await page.locator('.hb-filter button[type="submit"]').click()
  await page.waitForURL(/type=[^&]+&.*by=usr/)
  await page.getByRole('button', { name: 'Filtre (2)' }).waitFor()
  await page.context().close()
})
