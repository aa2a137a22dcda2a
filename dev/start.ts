// `npm start`: one instance until it is told to stop.
import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import { parseArgs } from 'node:util'
import { firstRun } from './first-run.ts'
import { type Platform, startPlatform } from './platform.ts'
import { StartError } from './start-error.ts'

const usage = 'npm start -- [--port PORT] [--data DIR] [--https] [--log]'
/** A process that does not end by itself in this time is ended, in milliseconds. */
const patienceMs = 1_200
/** The first turn of the schedule waits until whoever started this has looked around, in milliseconds. */
const settleMs = 60_000
/** The times of `wrangler.toml`. */
const [daily, nightly, hourly, eachMinute] = ['0 4 * * *', '30 1 * * *', '17 * * * *', '* * * * *'] as const

let platform: Platform | undefined
let stopping = false

/** While it still starts there is nothing to close: what was started ends when this process does. */
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
        log: { type: 'boolean', default: false },
      },
    })
    const port = Number(values.port)
    if (!Number.isInteger(port) || port < 0 || port > 65535) throw new Error(`${values.port} is not a port`)
    return { ...values, port }
  } catch (error) {
    throw new StartError(`${(error as Error).message}\nUsage: ${usage}`)
  }
}

/** What Cloudflare asks for by the clock, on a machine that may sleep: each minute, each hour, and what a day asks for when the day is another. */
function followSchedule(running: Platform): void {
  let day = ''
  const turn = async () => {
    const today = new Date().toISOString().slice(0, 10)
    const due = today === day ? [hourly] : [daily, nightly]
    day = today
    for (const cron of due) if (!stopping) await running.onSchedule(cron).catch(() => {}) // It tells of itself in the log.
  }
  setTimeout(turn, settleMs).unref()
  setInterval(turn, 3_600_000).unref()
  let busy = false
  const minute = async () => {
    if (busy || stopping) return
    busy = true
    await running.onSchedule(eachMinute).catch(() => {})
    busy = false
  }
  setInterval(minute, 60_000).unref()
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stop(0))
// Whoever started this may be killed; then nobody would pass a signal on.
const parent = process.ppid
setInterval(() => process.ppid !== parent && stop(0), 500).unref()

try {
  const { port, data, https, log } = readArguments()
  platform = await startPlatform({ dir: data, port, https, log, sync: 'FULL' })
  // fetch trusts the certificate we made; nobody has to switch off what makes https safe.
  if (platform.certificate) setDefaultCACertificates([...getCACertificates(), platform.certificate])
  if (!stopping) await firstRun(platform)
  if (!stopping) console.log(`Hovedbok is ready at ${platform.url}`)
  followSchedule(platform)
} catch (error) {
  if (!stopping) {
    console.error(error instanceof StartError ? error.message : error)
    await stop(1)
  }
}
