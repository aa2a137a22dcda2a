// The Excel add-in's own bundle: a page, its scripts and styles, icons, and the headers that let Office embed it.
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type BuildOptions, build, type Plugin } from 'esbuild'
import { iconPng } from './addin-icon.ts'

/** Sizes that the manifests name. */
export const ICON_SIZES = [16, 32, 64, 80, 128, 192] as const

/** Hosts that show a pane of Office. Microsoft lists more than one may see from here: docs/excel.md says how to add one. */
const OFFICE_HOSTS = [
  'https://*.officeapps.live.com',
  'https://*.office.com',
  'https://*.office365.com',
  'https://*.cloud.microsoft',
  'https://*.sharepoint.com',
  'https://*.live.com',
  'https://*.microsoft.com',
]

/** Source: reliability.md S6. Microsoft's loader brings scripts and pages of its own from the same host. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self' https://appsforoffice.microsoft.com https://ajax.aspnetcdn.com",
  "style-src 'self' https://appsforoffice.microsoft.com",
  "style-src-attr 'unsafe-inline'",
  "img-src 'self' data: https://appsforoffice.microsoft.com",
  "connect-src 'self' https://appsforoffice.microsoft.com",
  // A PDF is shown as the bytes that were read with the token: the page behind it asks for a session.
  "frame-src 'self' data: https://appsforoffice.microsoft.com",
  "font-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "object-src 'none'",
  `frame-ancestors 'self' ${OFFICE_HOSTS.join(' ')}`,
].join('; ')

/** Lines of the file `_headers`: the add-in's files have plain names, so a browser asks each time whether they are new. */
export const ADDIN_HEADERS = `/addin/*
  Cache-Control: no-cache
  Content-Security-Policy: ${CONTENT_SECURITY_POLICY}
  X-Content-Type-Options: nosniff
  Referrer-Policy: same-origin
`

const RESOLVING = 'resolving'
/** A font that a script imports is bytes, for a PDF that the pane makes; those of the stylesheet are files. */
const fontsAsBytes: Plugin = {
  name: 'fonts-as-bytes',
  setup({ onLoad, onResolve, resolve }) {
    onResolve({ filter: /\.woff$/ }, async ({ path, kind, resolveDir, pluginData }) => {
      if (kind !== 'import-statement' || pluginData === RESOLVING) return undefined
      const found = await resolve(path, { kind, resolveDir, pluginData: RESOLVING })
      return { path: found.path, namespace: 'font-bytes' }
    })
    onLoad({ filter: /./, namespace: 'font-bytes' }, ({ path }) => ({
      contents: readFileSync(path),
      loader: 'binary',
    }))
  },
}

/** Hono's own `title`, `link`, `script` and form actions: a pane sets none in its views, and its forms answer to `onSubmit`. */
const plainElements: Plugin = {
  name: 'plain-elements',
  setup: ({ onLoad }) =>
    onLoad({ filter: /jsx[\\/]dom[\\/]intrinsic-element[\\/]components\.js$/ }, () => ({
      contents: 'export const components_exports = {}',
    })),
}

/** Bundles the add-in into a folder. Scripts share chunks; the functions' part is small, and loads first. */
export async function bundleAddin(folder: string, common: BuildOptions): Promise<void> {
  mkdirSync(folder, { recursive: true })
  await build({
    ...common,
    conditions: ['addin'],
    entryPoints: ['addin/functions.ts', 'addin/taskpane.tsx', 'addin/taskpane.css', 'addin/sign-in.ts'],
    outdir: folder,
    entryNames: '[name]',
    // What is read when it is needed keeps its name, so that one sees in the network, and a test can weigh, what it was.
    chunkNames: '[name]-[hash]',
    assetNames: '[name]-[hash]',
    loader: { '.woff2': 'file', '.woff': 'file' },
    minify: true,
    splitting: true,
    sourcemap: 'linked',
    plugins: [fontsAsBytes, plainElements],
    tsconfig: 'tsconfig.browser.json',
  })
  copyFileSync('addin/taskpane.html', join(folder, 'taskpane.html'))
  for (const size of ICON_SIZES) writeFileSync(join(folder, `icon-${size}.png`), iconPng(size))
}
