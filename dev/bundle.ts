// Both bundles by esbuild: islands, styles and fonts as files with hashed names, and the Worker as one module in memory.
// The names go to dist/assets.js, which takes the place of web/assets.ts in the Worker (package.json, "imports").
import { cpSync, existsSync, globSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { basename, extname, join } from 'node:path'
import { type BuildOptions, build, type Metafile, type Plugin, stop } from 'esbuild'
import { ADDIN_HEADERS, bundleAddin } from './bundle-addin.ts'
import { FAIL_AT, withFailPoints } from './faults/fail-points.ts'
import { StartError } from './start-error.ts'

const publicFolder = 'dist/public'
const assetsFolder = `${publicFolder}/assets`
/** Files of earlier builds go when they are this old, so that one starting beside us keeps its own. */
const staleAfterMs = 60 * 60 * 1000

const common: BuildOptions = { bundle: true, format: 'esm', target: 'es2023', charset: 'utf8', logLevel: 'warning' }

/** Bundles all and gives the Worker's script. @throws StartError when something does not compile; esbuild has said what. */
export async function bundle(wanted: { failPoints?: boolean } = {}): Promise<string> {
  try {
    await bundleAssets()
    return await bundleWorker(wanted)
  } catch (error) {
    if (error instanceof Error && 'errors' in error) throw new StartError('The source could not be bundled, see above.')
    throw error
  } finally {
    // esbuild's own process would stay for the next bundle.
    await stop()
  }
}

/** `failPoints`: a test build that tells the fault runner where it is; without it the marks are the comments they are. */
export async function bundleWorker({ failPoints = false } = {}): Promise<string> {
  const { outputFiles } = await build({
    ...common,
    entryPoints: ['dev/local-worker.ts'],
    outfile: 'worker.js',
    write: false,
    platform: 'neutral',
    // Names stay, so that the log tells where an error came from.
    minifyWhitespace: true,
    minifySyntax: true,
    conditions: ['workerd', 'worker', 'browser'],
    mainFields: ['browser', 'module', 'main'],
    external: ['node:*', 'cloudflare:*'],
    alias: { '@peculiar/x509': './worker/identity/no-certificates.ts' }, // as in wrangler.toml
    loader: { '.sql': 'text' },
    ...(failPoints && { plugins: [withFailPoints], banner: { js: FAIL_AT } }),
  })
  return outputFiles![0]!.text
}

/** Handsontable carries its stylesheet a second time as a text of 160 kB, for pages that do not load the file. Ours do. */
export const gridStylesOnce: Plugin = {
  name: 'grid-styles-once',
  setup: ({ onLoad }) =>
    onLoad({ filter: /handsontable[\\/]styles[\\/]handsontableStyles\.mjs$/ }, () => ({
      contents: "export default ''",
    })),
}

/** It fetches from here and does nothing else. */
const OFFLINE_HEADERS = `/offline-worker.js
  Cache-Control: no-cache
  Content-Security-Policy: default-src 'none'; connect-src 'self'
  X-Content-Type-Options: nosniff
`

/** Everything a browser loads: one file for each island and style, chunks they share, fonts, and `web/public` as it is. */
export async function bundleAssets(): Promise<void> {
  mkdirSync(assetsFolder, { recursive: true })
  if (existsSync('web/public')) cpSync('web/public', publicFolder, { recursive: true })
  // Its licence asks that the text goes where the grid goes.
  cpSync('node_modules/handsontable/LICENSE.txt', join(publicFolder, 'licences', 'handsontable.txt'))
  const forEver = '/assets/*\n  Cache-Control: public, max-age=31536000, immutable\n'
  writeFileSync(join(publicFolder, '_headers'), forEver + OFFLINE_HEADERS + ADDIN_HEADERS)
  // From the root, since a worker reaches no further than where it stands; by a plain name, since it is asked for by that for ever.
  await build({
    ...common,
    entryPoints: ['web/islands/offline/offline-worker.ts'],
    outdir: publicFolder,
    format: 'iife',
    minify: true,
    tsconfig: 'tsconfig.browser.json',
  })
  await bundleAddin(join(publicFolder, 'addin'), common)
  const { metafile } = await build({
    ...common,
    entryPoints: [
      ...globSync('web/islands/*.ts').filter((file) => !file.endsWith('.d.ts')),
      ...globSync('web/styles/app.css'),
      // Texts that the Worker fetches when it needs them: worker/http/read-text-file.ts.
      'docs/problems.md',
      'i18n/nb/problem-help.md',
      'worker/identity/common-passwords.txt',
      ...globSync('node_modules/@fontsource/inter/files/inter-latin{,-ext}-{400,600}-normal.woff'),
    ],
    outdir: assetsFolder,
    entryNames: '[name]-[hash]',
    chunkNames: 'chunk-[hash]',
    assetNames: '[name]-[hash]',
    loader: { '.woff2': 'file', '.woff': 'copy', '.md': 'copy', '.txt': 'copy', '.svg': 'file', '.png': 'file' },
    minify: true,
    splitting: true,
    sourcemap: 'linked',
    metafile: true,
    tsconfig: 'tsconfig.browser.json',
    plugins: [gridStylesOnce],
  })
  removeStale(metafile)
  writeFileSync('dist/assets.js', `export const assets = ${JSON.stringify(namesOf(metafile), null, 2)}\n`)
}

/** `voucher-grid.js` → `/assets/voucher-grid-4FKQ.js`, for entries, the styles that come with them, and fonts. */
function namesOf({ outputs }: Metafile): Record<string, string> {
  const names: Record<string, string> = {}
  for (const [path, { entryPoint, cssBundle, inputs }] of Object.entries(outputs)) {
    const url = `/assets/${basename(path)}`
    const fonts = Object.keys(inputs)
    if (entryPoint) {
      const stem = basename(entryPoint).replace(/\.\w+$/, '')
      names[`${stem}${extname(path)}`] = url
      if (cssBundle) names[`${stem}.css`] = `/assets/${basename(cssBundle)}`
    } else if (/\.(woff2?|svg|png)$/.test(path) && fonts.length === 1) names[basename(fonts[0]!)] = url
  }
  return Object.fromEntries(Object.entries(names).sort())
}

function removeStale({ outputs }: Metafile): void {
  const current = new Set(Object.keys(outputs).map((path) => basename(path)))
  for (const file of readdirSync(assetsFolder)) {
    const path = join(assetsFolder, file)
    if (!current.has(file) && Date.now() - statSync(path).mtimeMs > staleAfterMs)
      rmSync(path, { force: true, recursive: true })
  }
}
