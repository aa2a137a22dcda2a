import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { auditPage } from '#tests/support/audit-page.ts'
import { launchBrowser, norwegianContext } from '#tests/support/browser.ts'

const url = inject('url')
/** A save waits until typing rests. */
const PATIENT = { timeout: 15_000 }
let browser: Browser
beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser?.close()
})

test('a budget from a sheet: made, pasted, spread, changed by somebody else, undone, approved', async () => {
  const context = await norwegianContext(browser, { viewport: { width: 1440, height: 900 } })
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text())
  })
  await page.goto(url)
  await page.locator('form[action="/sign-in/demo"] button').click()
  await page.waitForLoadState()
  const ask = (path: string, body?: unknown): Promise<any> =>
    page.evaluate(
      async ({ path, body }) => {
        const init = body ? { method: 'POST', headers: { 'content-type': 'application/json' }, body } : {}
        return (await fetch(path, init)).json()
      },
      { path, body: body === undefined ? undefined : JSON.stringify(body) },
    )
  const { id } = await ask('/api/v1/companies', { name: `Budsjett ${Math.random()} AS` })
  const api = `/api/v1/companies/${id}`
  const year = new Date().getFullYear()

  await page.goto(`${url}/companies/${id}/budgets`)
  await page.getByLabel('Navn').fill(`Budsjett ${year}`)
  await page.getByRole('button', { name: 'Lag budsjett' }).click()
  await page.locator('#budget[data-ready]').waitFor()
  const budget = page.url().split('/').at(-1)!
  const lines = async (): Promise<any[]> => (await ask(`${api}/budgets/${budget}/lines`)).lines
  const saved = () => page.locator('#save-state', { hasText: /^Lagret/ }).waitFor()
  const cell = (text: string) =>
    page.locator('#budget-grid .ht_master td:not(.hb-group-row, .hb-result-row)', { hasText: text }).first()

  // A sheet as it is, with its heading, sums, and an account nobody has.
  const sheet = [
    `Resultatbudsjett ${year}`,
    'Konto\tNavn\tJan\tFeb\tMar\tSum',
    '3000\tSalg\t100 000\t110 000\t90 000\t300 000',
    'Sum inntekter\t\t100 000\t110 000\t90 000\t300 000',
    '6300\tLeie\t(2 000)\t(2 000)\t(2 000)\t(6 000)',
    '9998\tUkjent\t(500)\t\t\t(500)',
  ].join('\n')
  await page.evaluate((text) => navigator.clipboard.writeText(text), sheet)
  await page.keyboard.press('Control+v')
  await page.getByText('Fortegn: kostnad minus.').waitFor()
  expect(await page.locator('#pasted').textContent()).toContain('Linjer med en konto som ikke finnes: 1.')
  await saved()
  await page.getByRole('button', { name: 'Behold' }).click()
  expect((await lines()).map((l) => [l.account, ...l.amounts.slice(0, 3)])).toEqual([
    ['3000', -10_000_000, -11_000_000, -9_000_000],
    ['6300', 200_000, 200_000, 200_000],
    ['9998', 50_000, null, null],
  ])

  // Find goes to the hit, drawn or not, and the focus is back in the grid.
  await cell('300 000').click()
  await page.keyboard.press('Control+f')
  await page.getByLabel('Finn i linjene').fill('9998')
  await page.getByText('1 treff').waitFor()
  await page.keyboard.press('Escape')
  expect(await page.locator('#budget-grid td.current').first().textContent()).toBe('9998')
  // A sum is spread; a percentage in a cell; by keyboard.
  await cell('6 000').click()
  await page.keyboard.type('12000')
  await page.keyboard.press('Enter')
  await saved()
  await expect
    .poll(async () => (await lines())[1].amounts.slice(0, 4), PATIENT)
    .toEqual([400_000, 400_000, 400_000, null])
  await cell('100 000').click()
  await page.keyboard.type('+10 %')
  await page.keyboard.press('Enter')
  await expect.poll(async () => (await lines())[0].amounts[0], PATIENT).toBe(-11_000_000)

  // Somebody else writes where this user does, while the line is down: both are told, nothing is written over, and one is chosen.
  await context.setOffline(true)
  const { origin } = new URL(page.url())
  const theirs = { account: '3000', cells: [{ month: `${year}-02`, amount: -7_700_000, was: -11_000_000 }] }
  const told = await page.request.post(`${origin}${api}/budgets/${budget}/lines`, {
    data: { lines: [theirs] },
    headers: { origin, 'sec-fetch-site': 'same-origin' },
  })
  expect(told.status()).toBe(200)
  await cell('90 000').click()
  await page.keyboard.press('ArrowLeft')
  await page.keyboard.type('120000')
  await page.keyboard.press('Enter')
  await context.setOffline(false)
  await page.getByText('Beløp som andre har endret: 1.').waitFor()
  expect((await lines())[0].amounts[1]).toBe(-7_700_000)
  await page.keyboard.press('F8')
  const says = page.locator('#cell-says')
  for (let i = 0; i < 6 && !(await says.textContent())?.includes('77'); i++) await page.keyboard.press('F8')
  expect((await says.textContent())!.replaceAll('\u00a0', ' ')).toContain('skrev 77 000 her')
  await page.keyboard.press('Alt+Enter')
  await expect.poll(async () => (await lines())[0].amounts[1], PATIENT).toBe(-12_000_000)

  await page.keyboard.press('Control+z')
  await expect.poll(async () => (await lines())[0].amounts[1], PATIENT).toBe(-11_000_000)

  expect(await auditPage(page, { touch: false })).toEqual({ overflow: 0, wrong: [], small: [] })
  await page.getByRole('button', { name: 'Vedta' }).click()
  await page.getByText('Budsjettet er vedtatt og kan bare leses.').waitFor()
  await page.locator('#budget[data-ready]').waitFor()
  expect(complaints.filter((complaint) => !complaint.includes('ERR_INTERNET_DISCONNECTED'))).toEqual([])
  await context.close()
})
