// An accountant settles what customers owe, from the keyboard: what belongs together by itself, the rest by hand, and one undone.
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, inject, test } from 'vitest'
import { auditPage } from '#tests/support/audit-page.ts'
import { launchBrowser, norwegianContext } from '#tests/support/browser.ts'
import { voucherId } from '#tests/support/draft.ts'

const url = inject('url')
const operator = { authorization: `Bearer ${inject('operatorKey')}`, 'content-type': 'application/json' }
const year = new Date().getFullYear()
let browser: Browser
let page: Page
let faults: string[]
let company: string

beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser?.close())
afterEach(async () => {
  await page.context().close()
  expect(faults).toEqual([])
})

async function call(path: string, body: object): Promise<any> {
  const answer = await fetch(url + path, { method: 'POST', headers: operator, body: JSON.stringify(body) })
  if (answer.status !== 201) throw new Error(await answer.text())
  return answer.json()
}

/** A company of the test's own, with two customers, four invoices and three payments, and a page of it. */
beforeEach(async () => {
  const context = await norwegianContext(browser, { viewport: { width: 1440, height: 900 } })
  page = await context.newPage()
  faults = []
  page.on('console', (message) => message.type() === 'error' && faults.push(message.text()))
  page.on('pageerror', (error) => faults.push(error.message))
  await page.goto(url)
  await page.getByRole('button', { name: 'Gå inn i demoselskapet' }).click()
  await page.getByRole('link', { name: 'Ny klient' }).first().click()
  await page.getByLabel('Navn').fill(`Oppgjør ${Math.floor(performance.now() * 1_000)} AS`)
  await page.getByRole('button', { name: /Opprett/ }).click()
  await page.waitForURL(/companies\/cmp_\w+\/(?!new)/)
  company = /cmp_\w+/.exec(page.url())![0]
  const at = `/api/v1/companies/${company}`
  for (const [number, name] of [
    ['10001', 'Fjordvik Handel AS'],
    ['10002', 'Nordlys Bygg AS'],
  ])
    await call(`${at}/parties`, { kind: 'customer', number, name })
  const post = (party: string, amount: number, invoiceNumber: string | undefined, day: string) =>
    call(`${at}/vouchers`, {
      id: voucherId(),
      type: 'general',
      voucherDate: `${year}-01-${day}`,
      lines: [
        { account: `1500:${party}`, amount, ...(invoiceNumber && { invoiceNumber }) },
        { account: '1920', amount: -amount },
      ],
    })
  await post('10001', 12_500_00, '1001', '02')
  await post('10001', 8_000_00, '1002', '03')
  await post('10001', -8_000_00, '1002', '10')
  await post('10002', 4_000_00, '1003', '04')
  await post('10002', 6_000_00, '1004', '05')
  await post('10002', -7_000_00, undefined, '12')
  await page.goto(`${url}/companies/${company}/open-items`)
})

/** Without the spaces that do not break. */
const plain = (text: string | null): string => (text ?? '').replaceAll('\u00a0', ' ').trim()
const heading = () => page.getByRole('heading', { level: 1 }).textContent()
const rests = () =>
  page
    .locator('tbody tr:not(.hb-section-row) td:last-child')
    .evaluateAll((all) => all.map((td) => td.textContent?.replaceAll('\u00a0', ' ').trim()))

test('what belongs together is proposed with its reason, and matched with one key', async () => {
  expect(await heading()).toBe('Åpne poster')
  expect(plain(await page.locator('.hb-head p').textContent())).toBe('Kundene skylder 15 500,00')
  await page.getByRole('link', { name: 'Utlign det som stemmer' }).click()
  await page.getByText('Samme fakturanummer og beløp: 1002').waitFor()
  expect(await page.getByText('Ingen post passer').count()).toBe(1)
  await page.keyboard.press('m')
  await page.getByText('1 utligning er gjort.').waitFor()
  expect(await rests()).toEqual(['12 500,00', '4 000,00', '6 000,00', '−7 000,00'])
})

test('items are chosen with X and matched with M; a match that is wrong says why, and one is undone', async () => {
  await page.getByLabel('Kunde/leverandør', { exact: true }).fill('10002')
  await page.keyboard.press('Enter')
  await page.waitForURL(/party=10002/)
  await page.keyboard.press('ArrowDown')
  for (const key of ['x', 'x', 'x']) await page.keyboard.press(key)
  expect(plain(await page.locator('.hb-match-bar output').textContent())).toBe('3 valgt · 3 000,00')
  await page.keyboard.press('m')
  await page.getByText('Differansen er 3 000,00.').waitFor()
  faults = faults.filter((fault) => !/422/.test(fault)) // the browser says so of every refused page
  expect(await page.locator('input[name="item"]:checked').count()).toBe(3)
  await page.getByLabel('Eldste først').check()
  await page.getByRole('button', { name: 'Utlign' }).click()
  await page.getByText('1 utligning er gjort.').waitFor()
  expect(await rests()).toEqual(['3 000,00'])

  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: '1004, Nordlys Bygg AS' }).waitFor()
  expect(await page.getByText('Utlignet av en person').count()).toBe(1)
  await page.getByRole('button', { name: 'Opphev' }).click()
  await page.getByText(/Opphevet \d\d\.\d\d\.\d{4}/).waitFor()
  await page.keyboard.press('Escape')
  await page.waitForURL(/open-items\?kind=customer/)
  expect(await page.locator('.hb-notice').count()).toBe(0)
  expect(await rests()).toHaveLength(6)
})

test('whoever has the list open is told of matches, and whoever has a report with a budget of its saving', async () => {
  const api = `/api/v1/companies/${company}`
  const budget = await call(`${api}/budgets`, { year, name: 'Plan' })
  const report = await page.context().newPage()
  const settled = await page.context().newPage()
  await report.goto(`${url}/companies/${company}/reports/income-statement?columns=actual,budget`)
  await settled.goto(`${url}/companies/${company}/open-items`)
  const line = { account: '6300', dimensions: {}, cells: [{ month: `${year}-01`, amount: 100_00, was: null }] }
  await page.waitForTimeout(300) // the stream of each page is open
  await fetch(`${url}${api}/budgets/${budget.id}/lines`, {
    method: 'POST',
    headers: operator,
    body: JSON.stringify({ lines: [line] }),
  })
  await report.locator('#behind', { hasText: 'lagret et budsjett kl.' }).waitFor()
  expect(await settled.locator('#behind').isHidden()).toBe(true)
  await page.getByRole('link', { name: 'Utlign det som stemmer' }).click()
  await page.getByText('Samme fakturanummer og beløp: 1002').waitFor()
  await page.keyboard.press('m')
  await page.getByText('1 utligning er gjort.').waitFor()
  await settled.locator('#behind', { hasText: 'endret utligninger kl.' }).waitFor()
  await settled.keyboard.press('u')
  await settled.locator('#behind').waitFor({ state: 'hidden' })
  expect(await settled.locator('input[name="item"]').count()).toBe(4)
  await page.waitForTimeout(300)
  const asleep = () => settled.evaluate(() => window.dispatchEvent(new Event('pagehide')))
  const awake = async () => {
    const asked = settled.waitForResponse(/live\?after=/)
    await settled.evaluate(() => {
      const now = Date.now
      Date.now = () => now() + 600_000
      window.dispatchEvent(new Event('online'))
    })
    await (await asked).finished()
  }
  await asleep()
  await call(`${api}/budgets`, { year, name: 'Ny plan' })
  await awake()
  await page.waitForTimeout(300)
  expect(await settled.locator('#behind').isHidden(), 'nothing that this page shows').toBe(true)
  await asleep()
  const { groups } = await (await fetch(`${url}${api}/open-items/left`, { headers: operator })).json()
  const decisions = [{ openItem: groups[0].left[0].id, do: 'oldest' }]
  const body = JSON.stringify({ decisions })
  expect((await fetch(`${url}${api}/open-items/left`, { method: 'POST', headers: operator, body })).ok).toBe(true)
  await awake()
  await settled.locator('#behind', { hasText: 'kan vise det som stod før' }).waitFor()
})

test('list and ageing are readable, named and no wider than the window, also on a phone', async () => {
  for (const size of [
    { width: 1440, height: 900 },
    { width: 390, height: 844 },
  ]) {
    await page.setViewportSize(size)
    for (const path of ['open-items', 'open-items/ageing', 'open-items/automatic']) {
      await page.goto(`${url}/companies/${company}/${path}?kind=customer`)
      const { overflow, wrong } = await auditPage(page, { touch: false })
      expect([path, size.width, overflow, wrong]).toEqual([path, size.width, 0, []])
    }
  }
  await page.goto(`${url}/companies/${company}/open-items/ageing?kind=customer`)
  expect(await page.getByText('Summen er lik samlekontoene.').count()).toBe(1)
})
