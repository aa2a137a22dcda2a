// The browser of the tests, in this order: CHROMIUM_PATH, an installed Chromium or Chrome, the one inside @sparticuz/chromium.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type LaunchOptions,
} from 'playwright-core'

const installed = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome-stable',
  '/usr/bin/google-chrome',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
]

/** Not those of the package: they stop playwright-core, and they switch off what would show faults in our own headers. */
const args = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** `CHROMIUM_PATH=bundled` takes the one from npm though another is installed. */
export async function launchBrowser(options: LaunchOptions = {}): Promise<Browser> {
  return chromium.launch({ args, ...(await whichBrowser()), ...options })
}

/** A context as our user has it: Norwegian, in Oslo, with the clipboard. */
export const norwegianContext = (browser: Browser, options: BrowserContextOptions = {}): Promise<BrowserContext> =>
  browser.newContext({
    locale: 'nb-NO',
    timezoneId: 'Europe/Oslo',
    permissions: ['clipboard-read', 'clipboard-write'],
    ...options,
  })

async function whichBrowser(): Promise<LaunchOptions> {
  const wanted = process.env.CHROMIUM_PATH
  if (wanted === 'bundled') return bundled()
  if (wanted) return { executablePath: wanted }
  const executablePath = installed.find((path) => existsSync(path))
  return executablePath ? { executablePath } : bundled()
}

/**
 * Unpacks the package's Chromium (67 MB Brotli, 209 MB on disk) once, under node_modules. Its own `executablePath()` is not
 * used: it unpacks into the system's temporary folder, takes whatever is called `chromium` there for the browser, and two
 * processes that start together run a half-written file. `inflate` follows TMPDIR; the rename at the end makes the folder
 * appear whole or not at all.
 */
async function bundled(): Promise<LaunchOptions> {
  if (process.platform !== 'linux' || process.arch !== 'x64')
    throw new Error('No Chromium was found. Install Chrome, or set CHROMIUM_PATH.')
  const pack = resolve(dirname(fileURLToPath(import.meta.resolve('@sparticuz/chromium'))), '..')
  const { version } = JSON.parse(readFileSync(join(pack, 'package.json'), 'utf8')) as { version: string }
  const home = resolve(`node_modules/.cache/chromium-${version}`)
  if (!existsSync(home)) await unpack(pack, home)
  // libnss3, libnspr4 and libexpat come with the package, so nothing of the system's is missing.
  const libraries = [join(home, 'al2023', 'lib'), process.env.LD_LIBRARY_PATH].filter(Boolean).join(':')
  const env = { ...process.env, LD_LIBRARY_PATH: libraries, FONTCONFIG_PATH: join(home, 'fonts') }
  return { executablePath: join(home, 'chromium'), env: env as Record<string, string> }
}

async function unpack(pack: string, home: string): Promise<void> {
  const { inflate } = await import('@sparticuz/chromium')
  mkdirSync(dirname(home), { recursive: true })
  const partial = mkdtempSync(join(dirname(home), 'unpacking-'))
  const before = process.env.TMPDIR
  process.env.TMPDIR = partial
  try {
    await Promise.all(['chromium.br', 'al2023.tar.br', 'fonts.tar.br'].map((file) => inflate(join(pack, 'bin', file))))
  } finally {
    if (before === undefined) delete process.env.TMPDIR
    else process.env.TMPDIR = before
  }
  // The package's own fonts.conf names folders of a cloud function.
  writeFileSync(
    join(partial, 'fonts', 'fonts.conf'),
    `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>${join(home, 'fonts', 'fonts')}</dir><dir>/usr/share/fonts</dir><cachedir>${join(home, 'fonts', 'cache')}</cachedir></fontconfig>`,
  )
  try {
    renameSync(partial, home)
  } catch (error) {
    rmSync(partial, { recursive: true, force: true })
    // Another process was first.
    if (!existsSync(home)) throw error
  }
}
