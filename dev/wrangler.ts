// Wrangler with what it needs from us: the bundled assets before it, and for `dev` a database server beside it.
import { spawn } from 'node:child_process'
import { bundleAssets } from './bundle.ts'
import { takeDataFolder } from './data-folder.ts'
import { startDatabases } from './hrana/supervisor.ts'

const [command, ...rest] = process.argv.slice(2)
await bundleAssets()
const folder = command === 'dev' ? takeDataFolder('.data') : undefined
const databases =
  folder && (await startDatabases({ dir: folder.databases, sync: 'FULL', token: folder.secrets.DATABASE_TOKEN }))
const variables = folder && databases ? { ...folder.secrets, ...databases.bindings, LOCAL_INSTANCE: '1' } : {}
const wrangler = spawn(
  process.execPath,
  [
    'node_modules/wrangler/bin/wrangler.js',
    command!,
    ...Object.entries(variables).flatMap(([name, value]) => ['--var', `${name}:${value}`]),
    ...rest,
  ],
  { stdio: 'inherit' },
)
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => wrangler.kill(signal))
wrangler.on('exit', async (code) => {
  await databases?.close()
  folder?.release()
  process.exit(code ?? 1)
})
