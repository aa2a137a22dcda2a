import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { bundleAssets, bundleWorker } from '#dev/bundle.ts'
import { assets as plainNames } from '#web/assets.ts'

/** What a Worker may weigh, in bytes after gzip: Cloudflare's limit is 3 MB at least, ours keeps the start short. */
const workerAtMost = 1_000_000

test('every name of the bundle is a file, and the Worker knows the names and stays small', async () => {
  await bundleAssets()
  const { assets } = (await import(/* @vite-ignore */ `${pathToFileURL(resolve('dist/assets.js'))}?${Date.now()}`)) as {
    assets: Record<string, string>
  }
  for (const url of Object.values(assets)) expect(existsSync(join('dist/public', url)), url).toBe(true)
  for (const name of Object.keys(assets)) expect(name).toMatch(/^[\w-]+\.(js|css|woff2?|svg|png)$/)

  const script = await bundleWorker()
  expect(gzipSync(script).length).toBeLessThan(workerAtMost)
})

test('without a bundle a name stands for itself', () => {
  expect(plainNames['app.css']).toBe('/assets/app.css')
})

test('wrangler deploys what stands in wrangler.toml', { timeout: 60_000 }, () => {
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
})
