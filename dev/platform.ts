// A whole instance: database processes, bundles, and the Worker in workerd with the options of wrangler.toml.
// The only file that touches unstable options of Wrangler and Miniflare, so that an upgrade breaks in one place.
import type { ChildProcess } from 'node:child_process'
import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { globSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { bundle } from './bundle.ts'
import { localCertificate } from './certificate.ts'
import { takeDataFolder } from './data-folder.ts'
import type { Sync } from './hrana/connection.ts'
import { type Supervisor, startDatabases } from './hrana/supervisor.ts'
import { StartError } from './start-error.ts'

export interface PlatformOptions {
  /** The data folder; made when missing. */
  dir: string
  /** 0: any free one. */
  port: number
  /** FULL, but for tests. */
  sync: Sync
  /** With a certificate of its own, kept in the data folder. */
  https?: boolean
  /** Each request is a line of the log. */
  log?: boolean
  /** For dev/faults alone. */
  faults?: FaultHooks
}

/** Where faults come in. */
export interface FaultHooks {
  /** Where the Worker finds a database, by the host and port where it is. */
  hostOf(host: string): Promise<string>
  /** Host and port that the Worker of a test build tells at each fail point. */
  failPoints?: string
  /** Told what the supervisor has to tell. */
  log(line: string): void
}

export interface Platform {
  /** Where the Worker answers, without a slash at the end. */
  readonly url: string
  readonly operatorKey: string
  /** With `https`: the certificate as PEM, for clients to trust. */
  readonly certificate: string | undefined
  readonly databases: Supervisor
  /** The processes of workerd, for those who measure or end them. */
  workerPids(): number[]
  /** Does what the Worker does at a time of `wrangler.toml`; in production Cloudflare asks for it. */
  onSchedule(cron: string): Promise<void>
  close(): Promise<void>
}

/** @throws StartError when the port or the folder is taken. */
export async function startPlatform({
  dir,
  port,
  sync,
  https = false,
  log = false,
  faults,
}: PlatformOptions): Promise<Platform> {
  await requireFree(port)
  const folder = takeDataFolder(dir)
  const started: { close(): Promise<void> }[] = []
  try {
    // The processes and the bundles are on their way while Wrangler, the slowest to load, is read in.
    const [
      databases,
      script,
      { convertV4MiniflareOptions, Log, LogLevel, Miniflare },
      { unstable_getMiniflareWorkerOptions },
    ] = await allOrNothing([
      startDatabases({
        dir: folder.databases,
        sync,
        token: folder.secrets.DATABASE_TOKEN,
        ...(faults && { log: faults.log, stderr: 'ignore' }),
      }).then((it) => started[started.push(it) - 1] as Supervisor),
      bundle({ failPoints: faults?.failPoints !== undefined }),
      import('miniflare'),
      import('wrangler'),
    ])
    const { workerOptions } = unstable_getMiniflareWorkerOptions('./wrangler.toml')
    const direct = directAddresses(databases)
    const hosts = await Promise.all(
      direct.map((address) => faults?.hostOf(new URL(address).host) ?? new URL(address).host),
    )
    const certificate = https ? localCertificate(join(folder.path, 'https')) : undefined
    const options = convertV4MiniflareOptions({
      ...workerOptions,
      rootPath: undefined,
      modulesRules: undefined,
      // Counted by `/metrics` here; the data set is Cloudflare's.
      analyticsEngineDatasets: undefined,
      name: 'hovedbok',
      modules: [{ type: 'ESModule', path: 'worker.js', contents: script }],
      bindings: {
        ...(workerOptions as { bindings?: object }).bindings,
        ...folder.secrets,
        ...databases.bindings,
        LOCAL_INSTANCE: '1',
        LOG: log ? 'requests' : '',
        ...(port !== 0 && { SITE_URL: `${https ? 'https' : 'http'}://localhost:${port}` }),
        ...(sync === 'NORMAL' && { RELAXED_DURABILITY: '1' }),
        ASSET_PATHS: filesUnder('dist/public'),
        DATABASE_BINDINGS: Object.fromEntries(direct.map((address, i) => [address, `DATABASE_AT_${i}`])),
      },
      serviceBindings: {
        ...Object.fromEntries(hosts.map((host, i) => [`DATABASE_AT_${i}`, outside(host)])),
        ...(faults?.failPoints && { FAIL_POINTS: outside(faults.failPoints) }),
      },
      host: '127.0.0.1',
      // https has only Miniflare's own entrance; http has ours, without its hops (dev/local-worker.ts).
      port: https ? port : 0,
      ...(!https && { unsafeDirectSockets: [{ host: '127.0.0.1', port, entrypoint: 'Local' }] }),
      ...certificate,
      // Without this a start asks the network where it is, and warns when there is none.
      cf: false,
      log: new Log(faults ? LogLevel.NONE : LogLevel.WARN),
    } as never) as object
    const workers = watchWorkers((pids) => databases.endToo(pids))
    const miniflare = new Miniflare({
      ...options,
      resourcePersistencePath: folder.objects,
      unsafeTriggerHandlers: true,
      telemetry: { enabled: false },
    } as never)
    started.push({ close: () => miniflare.dispose().finally(workers.stop) })
    const entrance = await miniflare.ready
    const ready = https ? entrance : await miniflare.unsafeGetDirectURL('hovedbok', 'Local')
    const url = `${ready.protocol}//localhost:${ready.port}`
    folder.announce(url)
    return {
      url,
      operatorKey: folder.secrets.OPERATOR_KEY,
      certificate: certificate?.httpsCert,
      databases,
      workerPids: workers.pids,
      async onSchedule(cron) {
        const worker = await miniflare.getWorker('hovedbok')
        await worker.scheduled({ cron, scheduledTime: new Date() })
      },
      async close() {
        for (const part of started.reverse()) await part.close()
        folder.release()
      },
    }
  } catch (error) {
    for (const part of started.reverse()) await part.close()
    folder.release()
    throw error
  }
}

/** Like Promise.all, but of a failure nobody hears before all have ended, so that everything started can be closed. */
async function allOrNothing<T extends readonly unknown[]>(
  parts: readonly [...{ [K in keyof T]: Promise<T[K]> }],
): Promise<T> {
  await Promise.allSettled(parts)
  return (await Promise.all(parts)) as unknown as T
}

const outside = (host: string) => ({ external: { address: host, http: {} } })

/** Where the databases answer, each address once. */
const directAddresses = ({ bindings }: Supervisor): string[] => [
  ...new Set(
    [bindings.CONTROL_DATABASE_URL, ...bindings.DATABASE_URL.split(' ')].map((url) =>
      url.slice(0, url.indexOf('/', 8)),
    ),
  ),
]

/** Paths a browser asks for: what lies under the folder, less what tells the asset server its rules. */
const filesUnder = (folder: string): string[] =>
  globSync('**/*.*', { cwd: folder }).flatMap((file) =>
    file.startsWith('_') ? [] : [`/${file.replaceAll('\\', '/')}`],
  )

/** Miniflare tells nobody which process its workerd is, and a killed Node leaves it running. */
function watchWorkers(changed: (pids: number[]) => void) {
  const alive = new Set<ChildProcess>()
  const pids = () => [...alive].flatMap(({ pid }) => pid ?? [])
  const seen = (message: unknown) => {
    const child = (message as { process: ChildProcess }).process
    child.once('spawn', () => {
      if (!/workerd/.test(child.spawnfile)) return
      alive.add(child)
      changed(pids())
      child.once('exit', () => {
        alive.delete(child)
        changed(pids())
      })
    })
  }
  subscribe('child_process', seen)
  return { pids, stop: () => void unsubscribe('child_process', seen) }
}

function requireFree(port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE')
        reject(
          new StartError(
            `Port ${port} is in use. Stop what uses it, or choose another: npm start -- --port ${port + 1}`,
          ),
        )
      else if (error.code === 'EACCES')
        reject(new StartError(`Port ${port} may not be used by this user. Choose another: npm start -- --port 8787`))
      else reject(error)
    })
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve()))
  })
}
