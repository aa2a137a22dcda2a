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

/** Routes of pages. What is no page is found out when it is asked for. */
const routes = [...new Set(app.routes.filter((r) => r.method === 'GET').map((r) => r.path))].filter(
  (path) => !/^\/(api|addin|\*)|\*$/.test(path),
)
const isPlain = (route: string): boolean => !route.replace('/companies/:company', '').includes(':')

/** Pages that have nothing to show somebody signed in to the demo company, and say so. */
const ELSEWHERE: Record<string, number> = {
  '/sign-in/step': 401, // nobody is half signed in
  '/companies/:company/settings/profile/logo': 404, // it has no logo
  '/companies/:company/takeover/movements': 404, // nor a plan of a take-over; the page is looked at in takeover.test.ts
}

/** Routes that no link of the demo leads to: what was sent by e-mail, and things that the demo has none of. */
const UNLINKED = [
  '/offices/:office/keys',
  '/offices/:office/log',
  '/invitation/:token',
  '/offices/:office',
  '/offices/:office/clients/:client',
  '/sign-in/with/:provider/callback',
  '/passkeys/options/:options',
  '/password/new/:token',
  '/address/:token',
  '/deletions/:deletion',
  '/companies/:company/reports/layouts/:layout',
  '/companies/:company/old-ledgers/:ledger',
  '/companies/:company/saft-switches/:switch',
  '/companies/:company/opening-balances/:openingDate',
  '/companies/:company/imports/sheets/:sheet',
  '/companies/:company/imports/:import',
  '/companies/:company/settings/webhooks/:webhook',
]

/** The route that a link of a page leads to, if it is one of a thing: a voucher, a member, a day. */
function routeOfThing(path: string): string | undefined {
  const known = path.replace(/^\/companies\/cmp_\w+(?=\/)/, '/companies/:company')
  if (routes.includes(known)) return undefined
  const parts = known.split('/')
  return routes.find((route) => {
    const own = route.split('/')
    return own.length === parts.length && own.every((part, i) => part === parts[i] || (part.startsWith(':') && i > 2))
  })
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

const DESK = { viewport: { width: 1440, height: 900 } }
/** How else a page is looked at: a third of them on a tablet in the dark, a third on a phone in English; which third, by the route. */
const SMALLER = [
  { viewport: { width: 820, height: 1180 }, colorScheme: 'dark', query: '' },
  { viewport: { width: 390, height: 844 }, colorScheme: 'light', query: 'language=en' },
] as const

test('every page is right by WCAG 2.2 AA, and no wider than its window: on a desk, and a third each on a tablet in the dark and a phone in English', async () => {
  const context = await norwegianContext(browser, { ...DESK, reducedMotion: 'reduce' })
  const page = await context.newPage()
  const other = await context.newPage()
  await page.goto(url)
  await page.getByRole('button', { name: 'Gå inn i demoselskapet' }).click()
  const company = (await page.getByRole('link', { name: 'Lofthus Snekkeri AS' }).getAttribute('href'))!.split('/')[2]!
  const asked = await appThatAsks(page)
  const wrong: Record<string, unknown> = {}
  const looked = new Set<string>()
  const left = routes.filter(isPlain).map((route) => ({ route, path: route.replace(':company', company) }))
  const found = new Set(left.map(({ route }) => route))
  const audit = async (tab: Page, name: string) => {
    const { overflow, wrong: rules } = await auditPage(tab, { touch: false })
    if (overflow > 0 || rules.length > 0) wrong[name] = { overflow, rules }
  }
  const lookAll = async (tab: Page): Promise<void> => {
    for (let next = left.pop(); next !== undefined; next = left.pop()) {
      const { route, path } = next
      const address = `${url}${path}${route.endsWith('/oauth/authorize') ? asked : ''}`
      const answer = await tab.goto(address).catch(() => undefined) // a file is taken down
      if (!answer?.headers()['content-type']?.startsWith('text/html')) continue
      // An error is no page that was looked at, and what two addresses lead to is looked at once.
      if (answer.status() !== (ELSEWHERE[route] ?? 200)) wrong[route] = answer.status()
      const here = new URL(tab.url()).pathname
      if (answer.status() !== 200 || looked.has(here)) continue
      looked.add(here)
      const links = await tab.$$eval('a[href]', (all) =>
        all
          .map((link) => new URL((link as HTMLAnchorElement).href))
          .filter((to) => to.origin === location.origin)
          .map((to) => to.pathname),
      )
      for (const link of links) {
        const thing = routeOfThing(link)
        if (!thing || found.has(thing)) continue
        found.add(thing)
        left.push({ route: thing, path: link })
      }
      await audit(tab, route)
      const smaller = SMALLER[routes.indexOf(route) % 3]
      if (!smaller) continue
      const { viewport, colorScheme, query } = smaller
      await tab.setViewportSize(viewport)
      await tab.emulateMedia({ colorScheme })
      if (query) await tab.goto(`${address}${address.includes('?') ? '&' : '?'}${query}`)
      await audit(tab, `${route} ${viewport.width}`)
      await tab.setViewportSize(DESK.viewport)
      await tab.emulateMedia({ colorScheme: 'light' })
    }
  }
  await Promise.all([page, other].map(lookAll))
  const unlinked = routes.filter((route) => !found.has(route))
  expect({ wrong, unlinked: unlinked.sort() }).toEqual({ wrong: {}, unlinked: [...UNLINKED].sort() })
  // So that finding none of them is no success.
  expect(looked.size).toBeGreaterThan(60)
}, 300_000)
