// Every npm script goes through here: `node dev/bootstrap.mjs SCRIPT ARGS`. It runs on the Node the machine has (20 or newer),
// installs what is missing, and hands over to the Node of the project.
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, statSync, utimesSync } from 'node:fs'
import { constants } from 'node:os'
import { fileURLToPath } from 'node:url'

process.chdir(fileURLToPath(new URL('..', import.meta.url)))

const node = 'node_modules/.bin/node'
const installed = 'node_modules/.package-lock.json'
const isInstalled =
  existsSync(node) && existsSync(installed) && statSync(installed).mtimeMs >= statSync('package-lock.json').mtimeMs
if (!isInstalled) {
  // Not `npm ci`: it refuses a lock file that lacks other platforms' binaries, as ours does where a registry lacks them.
  const args = ['install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error']
  // Its standard output goes to standard error, so that a command's own output stays alone on the first.
  const { status } = spawnSync('npm', args, { stdio: ['ignore', 2, 2] })
  if (status !== 0) process.exit(status ?? 1)
  // npm leaves the file as it is when there was nothing to do.
  utimesSync(installed, new Date(), new Date())
}

// Nothing is reported, looked up or warned about by the tools below.
const quiet = {
  CLOUDFLARE_CF_FETCH_ENABLED: 'false',
  WRANGLER_SEND_METRICS: 'false',
  WRANGLER_HIDE_BANNER: 'true',
  DO_NOT_TRACK: '1',
}
const child = spawn(node, ['--disable-warning=ExperimentalWarning', ...process.argv.slice(2)], {
  stdio: 'inherit',
  env: { ...process.env, ...quiet },
})
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
  process.on(signal, () => {
    child.kill(signal)
    // An instance that is just reading its modules in hears nothing; all that it started ends with it.
    if (process.argv[2] === 'dev/start.ts') setTimeout(() => child.kill('SIGKILL'), 1_500)
  })
child.on('exit', (code, signal) => process.exit(code ?? 128 + (constants.signals[signal] ?? 0)))

// npm and the shell may be killed without a word; a child left alone would hold the port and the data folder.
const parent = process.ppid
setInterval(() => process.ppid !== parent && child.kill('SIGTERM'), 500).unref()
