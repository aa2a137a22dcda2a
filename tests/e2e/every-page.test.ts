// Every page there is, found in the routes themselves, so that a new one is held to the same: WCAG 2.2 AA, no wider than the window.

import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { auditPage } from '#tests/support/audit-page.ts'
import { launchBrowser, norwegianContext } from '#tests/support/browser.ts'

const url = inject('url')
let browser: Browser
beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser?.close())

// By a name in a variable: the browser's types do not know the Worker's.
const entry = '#worker/index.ts'
const { app } = (await import(/* @vite-ignore */ entry)) as { app: { routes: { method: string; path: string }[] } }

/** Addresses of pages that need no more than a company, or nothing. */
const addresses = [...new Set(app.routes.filter((r) => r.method === 'GET').map((r) => r.path))].filter(
  (path) => !/^\/(api|addin|\*)|\*$/.test(path) && !path.replace('/companies/:company', '').includes(':'),
)

/** Pages that have nothing to show somebody signed in to the demo company, and say so. */
const ELSEWHERE: Record<string, number> = {
  '/sign-in/step': 401, // nobody is half signed in
  '/companies/:company/settings/profile/logo': 404, // it has no logo
  '/companies/:company/takeover/movements': 404, // nor a plan of a take-over; the page is looked at in takeover.test.ts
}

/** What an app of the demo user's own asks to be let in with. */
async function appThatAsks(page: Page): Promise<string> {
  await page.goto(`${url}/security/apps`)
  await page.getByLabel('Navn').fill('Kassen i butikken')
  await page.getByLabel('Svaradresser').fill('https://kasse.example/')
  await page.getByRole('button', { name: 'Lag app' }).click()
  await page.getByRole('button', { name: 'Ja, det er meg' }).click()
  const id = /client_id: (app_\w{26})/.exec((await page.locator('.hb-secret').first().textContent())!)![1]!
  const proof = { code_challenge: 'x'.repeat(43), code_challenge_method: 'S256' }
  const wanted = { client_id: id, redirect_uri: 'https://kasse.example/', scope: 'ledger:read', ...proof }
  return `?${new URLSearchParams({ ...wanted, response_type: 'code' })}`
}

test('every page is right by WCAG 2.2 AA, and no wider than its window', async () => {
  const context = await norwegianContext(browser, { viewport: { width: 1440, height: 900 } })
  const page = await context.newPage()
  const other = await context.newPage()
  await page.goto(url)
  await page.getByRole('button', { name: 'Gå inn i demoselskapet' }).click()
  const company = (await page.getByRole('link', { name: 'Lofthus Snekkeri AS' }).getAttribute('href'))!.split('/')[2]!
  const asked = await appThatAsks(page)
  const wrong: Record<string, unknown> = {}
  const looked = new Set<string>()
  const left = [...addresses]
  const lookAll = async (tab: Page): Promise<void> => {
    for (let address = left.pop(); address !== undefined; address = left.pop()) {
      const query = address.endsWith('/oauth/authorize') ? asked : ''
      const answer = await tab.goto(url + address.replace(':company', company) + query)
      if (!answer?.headers()['content-type']?.startsWith('text/html')) continue
      // An error is no page that was looked at, and what two addresses lead to is looked at once.
      if (answer.status() !== (ELSEWHERE[address] ?? 200)) wrong[address] = answer.status()
      const here = new URL(tab.url()).pathname
      if (answer.status() !== 200 || looked.has(here)) continue
      looked.add(here)
      const { overflow, wrong: rules } = await auditPage(tab, { touch: false })
      if (overflow > 0 || rules.length > 0) wrong[address] = { overflow, rules }
    }
  }
  await Promise.all([page, other].map(lookAll))
  expect(wrong).toEqual({})
  // So that finding none of them is no success.
  expect(looked.size).toBeGreaterThan(60)
}, 300_000)
