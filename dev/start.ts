// `npm start`: one instance until it is told to stop.
import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import { parseArgs } from 'node:util'
import { StartError } from './data-folder.ts'
import { type Platform, startPlatform } from './platform.ts'

const usage = 'npm start -- [--port PORT] [--data DIR] [--https]'
/** A process that does not end by itself in this time is ended, in milliseconds. */
const patienceMs = 1_500

let platform: Platform | undefined
let stopping = false

async function stop(exitCode: number): Promise<void> {
  if (stopping) return
  stopping = true
  setTimeout(() => process.exit(exitCode), patienceMs).unref()
  await platform?.close()
  process.exit(exitCode)
}

function readArguments() {
  try {
    const { values } = parseArgs({
      options: {
        port: { type: 'string', default: '8787' },
        data: { type: 'string', default: '.data' },
        https: { type: 'boolean', default: false },
      },
    })
    const port = Number(values.port)
    if (!Number.isInteger(port) || port < 0 || port > 65535) throw new Error(`${values.port} is not a port`)
    return { ...values, port }
  } catch (error) {
    throw new StartError(`${(error as Error).message}\nUsage: ${usage}`)
  }
}

/** Has the Worker bring its schema up to date and, on the first run, make the demo company. */
async function firstRun({ url, operatorKey, certificate }: Platform): Promise<void> {
  if (certificate) setDefaultCACertificates([...getCACertificates(), certificate])
  const answer = await fetch(`${url}/api/v1/instance/first-run`, {
    method: 'POST',
    headers: { authorization: `Bearer ${operatorKey}` },
  })
  if (!answer.ok)
    throw new StartError(`The first run failed with ${answer.status}: ${(await answer.text()).slice(0, 2000)}`)
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stop(0))
// Whoever started this may be killed; then nobody would pass a signal on.
const parent = process.ppid
setInterval(() => process.ppid !== parent && stop(0), 500).unref()

try {
  const { port, data, https } = readArguments()
  platform = await startPlatform({ dir: data, port, https, sync: 'FULL' })
  if (!stopping) await firstRun(platform)
  if (!stopping) console.log(`Hovedbok is ready at ${platform.url}`)
} catch (error) {
  if (!stopping) {
    console.error(error instanceof StartError ? error.message : error)
    await stop(1)
  }
}
if (stopping) await platform?.close()
