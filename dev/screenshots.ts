// `npm run screenshots -- [--out DIR] PATH…`: pages of an instance of its own with the demo company, as its operator sees
// them, at desktop and phone width, in light and dark. `{company}` in a path is the demo company's id.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { launchBrowser, norwegianContext } from '#tests/support/browser.ts'
import { firstRun } from './first-run.ts'
import { type Platform, startPlatform } from './platform.ts'

const widths = { desktop: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } }
const schemes = ['light', 'dark'] as const

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { out: { type: 'string', default: 'dist/screenshots' } },
})
mkdirSync('node_modules/.cache', { recursive: true })
mkdirSync(values.out, { recursive: true })
const dir = mkdtempSync('node_modules/.cache/screenshots-')
const platform = await startPlatform({ dir, port: 0, sync: 'NORMAL' })
try {
  await firstRun(platform)
  await photograph(platform, positionals.length > 0 ? positionals : ['/'])
} finally {
  await platform.close()
  rmSync(dir, { recursive: true, force: true })
}
process.exit()

async function photograph({ url, operatorKey }: Platform, paths: string[]): Promise<void> {
  const asOperator = { authorization: `Bearer ${operatorKey}` }
  const browser = await launchBrowser()
  try {
    const company = paths.some((path) => path.includes('{company}')) ? await firstCompany(url, asOperator) : ''
    for (const [width, viewport] of Object.entries(widths))
      for (const colorScheme of schemes) {
        const context = await norwegianContext(browser, { viewport, colorScheme, extraHTTPHeaders: asOperator })
        const page = await context.newPage()
        for (const path of paths) {
          await page.goto(url + path.replaceAll('{company}', company), { waitUntil: 'networkidle' })
          const file = join(values.out, `${nameOf(path)}-${width}-${colorScheme}.png`)
          await page.screenshot({ path: file, fullPage: true })
          console.log(file)
        }
        await context.close()
      }
  } finally {
    await browser.close()
  }
}

async function firstCompany(url: string, headers: Record<string, string>): Promise<string> {
  const answer = (await (await fetch(`${url}/api/v1/companies`, { headers })).json()) as {
    companies?: { id: string }[]
  }
  const company = answer.companies?.[0]?.id
  if (company === undefined) throw new Error('the instance has no company')
  return company
}

function nameOf(path: string): string {
  const plain = path.replace('{company}', '').replace(/[^\w-]+/g, '-')
  return plain.replace(/^-+|-+$/g, '') || 'start'
}
