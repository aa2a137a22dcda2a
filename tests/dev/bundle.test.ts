import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { bundleAssets } from '#dev/bundle.ts'
import { addinPane } from '#i18n/nb/addin-pane.ts'
import * as problems from '#i18n/nb/problems.ts'
import { assets as plainNames } from '#web/assets.ts'

/** What the Worker may weigh as it is deployed, in KiB after gzip: Cloudflare's limit is 3 MB at least, ours keeps the start short. */
const workerAtMost = 976

test('every name of the bundle is a file', async () => {
  await bundleAssets()
  const { assets } = (await import(/* @vite-ignore */ `${pathToFileURL(resolve('dist/assets.js'))}?${Date.now()}`)) as {
    assets: Record<string, string>
  }
  for (const url of Object.values(assets)) expect(existsSync(join('dist/public', url)), url).toBe(true)
  for (const name of Object.keys(assets)) expect(name).toMatch(/^[\w-]+\.(js|css|woff2?|md|txt|svg|png)$/)
})

/**
 * What the add-in may weigh, in bytes after gzip: before the pane is of use, its texts in one language with it; the same with all that
 * somebody reads who writes vouchers in a sheet, checks and posts them; and the functions, which the first cell with one reads.
 */
const [paneAtMost, withVouchersAtMost, functionsAtMost] = [46_000, 90_000, 20_000]
/** What is read on the way from an empty voucher sheet to posted vouchers. */
const ENTERING = ['voucher-parts', 'vouchers-tab', 'usual-vat-codes', 'what-happens']
const POSTING = ['posting-parts', 'posted-view']

test('the add-in’s scripts are small: those that load at once, those of vouchers, and the part that functions need', async () => {
  await bundleAssets()
  const folder = 'dist/public/addin'
  const read = new Set<string>()
  const weighed = (entry: string, seen: Set<string>): number => {
    if (seen.has(entry)) return 0
    seen.add(entry)
    const script = readFileSync(join(folder, entry), 'utf8')
    // What is imported as it loads; what is imported when first needed is not waited for.
    const parts = [...script.matchAll(/(?:from|import)"\.\/([\w.-]+\.js)"/g)].map((found) => found[1]!)
    for (const [, later] of script.matchAll(/import\("\.\/([\w.-]+\.js)"\)/g)) read.add(later!)
    return gzipSync(script).length + parts.reduce((sum, part) => sum + weighed(part, seen), 0)
  }
  const later = (name: string, seen: Set<string>): number => {
    const files = [...read].filter((part) => part.startsWith(`${name}-`))
    expect(files, name).toHaveLength(1)
    return weighed(files[0]!, seen)
  }
  const ofFunctions = new Set<string>()
  const functions = weighed('functions.js', ofFunctions) + later('function-parts', ofFunctions)
  const seen = new Set<string>()
  const texts = gzipSync(JSON.stringify(addinPane)).length
  const pane = weighed('functions.js', seen) + weighed('taskpane.js', seen) + texts
  const vouchers = [...ENTERING, ...POSTING].reduce((sum, name) => sum + later(name, seen), 0)
  // What is said of faults is read beside the books, once a company is chosen; it grows with the product, and is told.
  const faults = gzipSync(JSON.stringify(problems)).length
  console.log(
    `add-in: ${pane} bytes gzip, of which texts ${texts}; with vouchers ${pane + vouchers}; functions ${functions}; faults ${faults}`,
  )
  expect(functions).toBeLessThan(functionsAtMost)
  expect(pane).toBeLessThan(paneAtMost)
  expect(pane + vouchers).toBeLessThan(withVouchersAtMost)
})

test('without a bundle a name stands for itself', () => {
  expect(plainNames['app.css']).toBe('/assets/app.css')
})

test('wrangler deploys what stands in wrangler.toml, and the Worker is small', { timeout: 60_000 }, () => {
  const { status, stdout, stderr } = spawnSync(
    'node',
    ['dev/bootstrap.mjs', 'dev/wrangler.ts', 'deploy', '--dry-run'],
    {
      encoding: 'utf8',
      env: { ...process.env, NODE_ENV: undefined },
    },
  )
  expect(stderr).toBe('')
  expect(stdout).toContain('--dry-run: exiting now.')
  expect(status).toBe(0)
  const gzip = Number(/gzip: ([\d.]+) KiB/.exec(stdout)?.[1])
  console.log(`Worker: ${gzip} KiB gzip`)
  expect(gzip).toBeLessThan(workerAtMost)
})
