// The pane as it is served, in a browser page, over the simulated Excel. The one request to Microsoft's address is answered
// with the shim and the very library from the test dependency; nothing else of the page differs from production.
import { readFileSync } from 'node:fs'
import type { BrowserContext, Page } from 'playwright-core'
import { ExcelHost } from './excel-host.ts'
import type { Workbook } from './workbook.ts'

const LOADER = 'https://appsforoffice.microsoft.com/lib/1/hosted/office.js'
let script: string | undefined

export type OpenPane = { page: Page; host: ExcelHost; faults: string[] }

/** Opens the pane on a workbook. `faults` collects errors of the page and what its security policy stopped. */
export async function openPanePage(
  context: BrowserContext,
  url: string,
  workbook: Workbook,
  language = 'nb-NO',
): Promise<OpenPane> {
  script ??= [
    readFileSync('tests/addin/host/office-shim.js', 'utf8'),
    readFileSync('node_modules/@microsoft/office-js/dist/excel-web-16.00.js', 'utf8'),
    ';__afterLibrary();',
  ].join('\n')
  const faults: string[] = []
  await context.route(LOADER, (route) => route.fulfill({ contentType: 'text/javascript', body: script! }))
  const page = await context.newPage()
  page.on('pageerror', (error) => faults.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error' && !/the server responded with a status of/.test(message.text()))
      faults.push(message.text())
  })
  const host = new ExcelHost(workbook, (text) =>
    page.evaluate((t) => (globalThis as any)._richApiNativeBridge.onMessageFromHost(t), text).catch(() => {}),
  )
  await page.exposeFunction('__toHost', (text: string) => host.answer(text))
  page.on('close', () => host.close())
  await page.goto(`${url}/addin/taskpane?_language=${language}`)
  await page.locator('.hb-pane').waitFor()
  return { page, host, faults }
}
