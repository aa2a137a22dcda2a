// `npm run screenshots`: every page of a fresh instance with the demo company, in both languages, light and dark, wide and narrow,
// into dist/screenshots; those of the README into docs/screenshots. Tells what a page lacks, and fails when one does.
//   npm run screenshots -- [--only NAME[,NAME]] [--look nb-light-1440] [--data DIR]
import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { Browser, Page } from 'playwright-core'
import { auditPage } from '#tests/support/audit-page.ts'
import { launchBrowser, norwegianContext } from '#tests/support/browser.ts'
import { firstRun } from './first-run.ts'
import { startPlatform } from './platform.ts'
import { pages } from './screenshot-pages.ts'
import { takeExcel } from './screenshots-excel.ts'

const folder = 'dist/screenshots'
const readmeFolder = 'docs/screenshots'

/** Pages that are also taken in high contrast and as they are printed. */
const ALSO = new Set([
  'clients',
  'overview',
  'vouchers',
  'voucher',
  'entry-errors',
  'trial-balance',
  'income-statement',
])
/** Those the README shows, by the name they have there. */
const inReadme: Record<string, string> = {
  'entry-errors-nb-light-1440': 'voucher-entry.png',
  'drill-down-nb-light-1440': 'trial-balance.png',
  'overview-nb-light-1440': 'overview.png',
  ...Object.fromEntries(
    ['vouchers', 'posted', 'report', 'audit'].flatMap((scene) =>
      ['nb', 'en'].map((language) => [`excel-${scene}-${language}-light-1440`, `excel-${scene}-${language}.png`]),
    ),
  ),
}

const { values } = parseArgs({
  options: { only: { type: 'string' }, look: { type: 'string' }, data: { type: 'string' } },
})
const wanted = Object.entries(pages).filter(([name]) => !values.only || values.only.split(',').includes(name))
mkdirSync(folder, { recursive: true })
mkdirSync('node_modules/.cache', { recursive: true })
const data = values.data ?? mkdtempSync('node_modules/.cache/screenshots-')
const platform = await startPlatform({ dir: data, port: 0, sync: 'NORMAL' })
const faults: string[] = []
let taken = 0
try {
  await firstRun(platform)
  const browser = await launchBrowser()
  for (const language of ['nb', 'en'] as const)
    for (const scheme of ['light', 'dark'] as const)
      for (const width of [1440, 390] as const)
        if (!values.look || values.look === `${language}-${scheme}-${width}`)
          await takeAll(browser, { language, scheme, width })
  if (!values.only || values.only.split(',').includes('excel'))
    for (const name of await takeExcel(browser, platform.url, platform.operatorKey, folder)) keep(name.slice(0, -4))
  await browser.close()
} finally {
  await platform.close()
  if (!values.data) rmSync(data, { recursive: true, force: true })
}
for (const fault of faults) console.error(fault)
console.log(`${taken} screenshots in ${folder}, ${faults.length} faults`)
process.exit(faults.length > 0 ? 1 : 0)

type Look = { language: 'nb' | 'en'; scheme: 'light' | 'dark'; width: 1440 | 390 }

async function takeAll(browser: Browser, { language, scheme, width }: Look): Promise<void> {
  const touch = width < 600
  const context = await norwegianContext(browser, { viewport: { width, height: touch ? 844 : 900 }, hasTouch: touch })
  await context.addCookies(
    [
      { name: 'language', value: language },
      { name: 'scheme', value: scheme },
    ].map((cookie) => ({ ...cookie, url: platform.url })),
  )
  const page = await context.newPage()
  let where = ''
  page.on('console', (message) => {
    // Rights are confirmed on a page that answers 403.
    const asks = /^(confirm|keys|webhook|let-app-in)-/.test(where) && /status of 403/.test(message.text())
    if (message.type() === 'error' && !asks && !where.startsWith('not-found'))
      faults.push(`${where}: console says ${message.text()}`)
  })
  page.on('pageerror', (error) => faults.push(`${where}: ${error.message}`))
  let [company, moving, opening] = ['', '', '']
  for (const [name, { path, signedOut, first }] of wanted) {
    where = `${name}-${language}-${scheme}-${width}`
    if (!signedOut && !company) {
      await page.goto(platform.url)
      await page.locator('form[action="/sign-in/demo"] button').click()
      const links = page.locator('.hb-clients .hb-row-link')
      const pathOf = async (client: string) => (await links.filter({ hasText: client }).first().getAttribute('href'))!
      company = (await links.first().getAttribute('href'))!
      ;[moving, opening] = [await pathOf('Storfjord Bygg AS'), await pathOf('Nordlys Kafé AS')]
    }
    await page.goto(platform.url + path.replace(':c', company).replace(':t', moving).replace(':o', opening))
    await first?.(page)
    await page.evaluate(() => document.fonts.ready)
    const { overflow, wrong, small } = await auditPage(page, { touch })
    if (overflow > 0) faults.push(`${where}: ${overflow} px wider than the window`)
    for (const text of wrong) faults.push(`${where}: ${text}`)
    for (const text of small) faults.push(`${where}: smaller than 44 px: ${text}`)
    await page.screenshot({ path: join(folder, `${where}.png`) })
    keep(where)
    if (ALSO.has(name) && language === 'nb' && scheme === 'light' && !touch) await takeOtherwise(page, where)
  }
  await context.close()
}

async function takeOtherwise(page: Page, where: string): Promise<void> {
  await page.emulateMedia({ forcedColors: 'active', contrast: 'more' })
  await page.screenshot({ path: join(folder, `${where}-contrast.png`) })
  await page.emulateMedia({ forcedColors: 'none', contrast: 'no-preference', media: 'print' })
  await page.setViewportSize({ width: 718, height: 1020 }) // A4 within its margins
  await page.screenshot({ path: join(folder, `${where}-print.png`) })
  await page.emulateMedia({ media: 'screen' })
  await page.setViewportSize({ width: 1440, height: 900 })
}

/** Counts a picture that was taken, and copies those the README and the manuals show. */
function keep(name: string): void {
  taken++
  const shown = inReadme[name]
  if (!shown) return
  mkdirSync(readmeFolder, { recursive: true })
  copyFileSync(join(folder, `${name}.png`), join(readmeFolder, shown))
}
