// The database processes of a local instance. The control database has its own; company databases share the others by hash.
// Native code that meets a bad byte ends its process (docs/decisions), so no process holds all companies.
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Sync } from './connection.ts'
import { openMarks } from './in-use.ts'
import { boundSocket } from './listening-socket.ts'
import type { ToProcess } from './process.ts'
import { quarantineMark } from './server.ts'

export interface SupervisorOptions {
  /** Folder of the database files. */
  dir: string
  sync: Sync
  token: string
  /** Processes that share the company databases. */
  shards?: number
  /** Told what went wrong, one line each. */
  log?: (line: string) => void
  /** How often each process is asked whether it is there, in milliseconds. */
  beatMs?: number
  /** How long a process may be silent whatever it does, in milliseconds. */
  longestMs?: number
  /** Where native code writes why it ended a process. */
  stderr?: 'inherit' | 'ignore'
}

export interface DatabaseBindings {
  CONTROL_DATABASE_URL: string
  CONTROL_DATABASE_ADMIN_URL: string
  DATABASE_URL: string
  DATABASE_ADMIN_URL: string
}

export interface Supervisor {
  /** The Worker's bindings that say where the databases answer and are made; several addresses stand in the order of `shardOf`. */
  readonly bindings: DatabaseBindings
  /** Process ids as they are now, the control database's first. */
  pids(): number[]
  /** Other processes that must not outlive this one, even if it is killed. */
  endToo(pids: number[]): void
  close(): Promise<void>
}

const program = join(import.meta.dirname, 'process.ts')
/** Two deaths in the same database within this time put its file in quarantine. */
const quarantineWithinMs = 10 * 60_000
/** A process that dies at once, again and again, is started ever later, so that it does not eat the machine. */
const longestPauseMs = 2_000
/** A process that lets so many beats go by, and has done nothing meanwhile, hangs. One that reads a large file through has used the processor. */
const silentBeats = 20
/** A question that lasts longer than the Worker waits (five minutes, `worker/database/connect.ts`) is nobody's any more, and keeps all others waiting. */
const longestSilenceMs = 6 * 60_000
/** How native code ends a process. SIGKILL is somebody's wish or the kernel's for memory, and no fault of the file in use. */
const crashes: readonly (NodeJS.Signals | null)[] = ['SIGABRT', 'SIGSEGV', 'SIGBUS', 'SIGILL', 'SIGFPE', 'SIGTRAP']

export async function startDatabases({
  dir,
  sync,
  token,
  shards = 2,
  log = console.error,
  beatMs = 1_000,
  longestMs = longestSilenceMs,
  stderr = 'inherit',
}: SupervisorOptions): Promise<Supervisor> {
  mkdirSync(dir, { recursive: true })
  const lastCrashAt = new Map<string, number>()

  function blame(database: string, signal: string): void {
    const now = Date.now()
    const before = lastCrashAt.get(database)
    lastCrashAt.set(database, now)
    log(`Database ${database} ended its process (${signal}); starting again.`)
    if (before === undefined || now - before > quarantineWithinMs) return
    writeFileSync(
      quarantineMark(dir, database),
      `Ended its process twice, at ${new Date(before).toISOString()} and ${new Date(now).toISOString()} (${signal}).\n` +
        'The file is not opened while this mark is here. Restore the file or mend it, then remove the mark.\n',
    )
    log(`Database ${database} ended its process twice and is in quarantine: ${quarantineMark(dir, database)}`)
  }

  const watch = { blame, log, stderr, beatMs, longestMs }
  const groups = Array.from({ length: shards + 1 }, () => superviseOne({ serve: { dir, sync, token } }, watch))
  const close = async () => void (await Promise.all(groups.map((group) => group.close())))
  await Promise.all(groups.map((group) => group.ready)).catch(async (error) => {
    await close()
    throw error
  })
  const [control, ...companies] = groups.map((group) => group.url)
  return {
    // The slash at the end of an address matters: the client resolves its paths against it.
    bindings: {
      CONTROL_DATABASE_URL: `${control}/control/`,
      CONTROL_DATABASE_ADMIN_URL: `${control}/v1/namespaces/control/create`,
      DATABASE_URL: companies.map((url) => `${url}/{database}/`).join(' '),
      DATABASE_ADMIN_URL: companies.map((url) => `${url}/v1/namespaces/{database}/create`).join(' '),
    },
    pids: () => groups.map((group) => group.pid()),
    endToo: (pids) => groups[0]!.tell({ endToo: pids }),
    close,
  }
}

interface Watch {
  /** Native code ended the process while it worked on this database. */
  blame(database: string, signal: string): void
  log(line: string): void
  stderr: 'inherit' | 'ignore'
  beatMs: number
  longestMs: number
}

/** One process on one port, started again on the same port whenever it dies or hangs. */
function superviseOne(serve: ToProcess & { serve: unknown }, { blame, log, stderr, beatMs, longestMs }: Watch) {
  const socket = boundSocket()
  const marks = openMarks()
  let child: ChildProcess | undefined
  let closing = false
  let deaths = 0
  let told: ToProcess | undefined
  let silent = 0
  let usedBefore: string | undefined
  let markReady: () => void
  let markFailed: (error: Error) => void
  const ready = new Promise<void>((resolve, reject) => {
    markReady = resolve
    markFailed = reject
  })

  function start(): void {
    if (closing) return
    let wasReady = false
    marks.clear()
    child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', program], {
      stdio: ['ignore', 'ignore', stderr, 'ipc', marks.fd, socket.fd ?? 'ignore'],
    })
    child.on('message', () => {
      wasReady = true
      silent = 0
      markReady()
    })
    child.on('error', (error) => markFailed(error))
    child.on('exit', (code, signal) => {
      if (closing) return
      const database = marks.read()
      if (crashes.includes(signal) && database !== undefined) blame(database, signal!)
      else log(`A database process ended (${signal ?? code}); starting again.`)
      deaths = wasReady ? 0 : deaths + 1
      if (deaths > 3) markFailed(new Error('the database process does not start'))
      setTimeout(start, deaths <= 1 ? 0 : Math.min(100 * 2 ** deaths, longestPauseMs))
    })
    send({ ...serve, ...(socket.fd === undefined && { port: socket.port }) })
    if (told) send(told)
  }

  /** A message to a process that is just dying is lost; the next one gets all of them at its start. */
  const send = (message: ToProcess) => child?.send(message, () => {})

  /** Asks once, and again when that is answered. */
  function beat(): void {
    if (silent === 0) send({ beat: true })
    if (silent++ % silentBeats !== 0) return
    const used = child?.pid === undefined ? undefined : processorUseOf(child.pid)
    const isIdle = used !== undefined && used === usedBefore
    usedBefore = used
    if (silent === 1 || !(isIdle || silent * beatMs > longestMs)) return
    silent = 0
    log('A database process hangs, and is ended.')
    child?.kill('SIGKILL')
  }

  start()
  const beats = setInterval(beat, beatMs).unref()
  return {
    ready,
    url: `http://127.0.0.1:${socket.port}`,
    pid: () => child?.pid ?? 0,
    tell(message: ToProcess) {
      told = message
      send(message)
    },
    async close() {
      closing = true
      clearInterval(beats)
      // Every acknowledged commit is on disk, so there is nothing to finish that a kill could lose.
      const ended = new Promise((resolve) =>
        child && child.exitCode === null && child.signalCode === null
          ? child.once('exit', resolve)
          : resolve(undefined),
      )
      child?.kill('SIGKILL')
      await ended
      socket.close()
      marks.close()
    },
  }
}

/** How long the processor has worked for a process, as Linux tells it; undefined where nobody does. */
function processorUseOf(pid: number): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ').slice(11, 13).join()
  } catch {
    return undefined
  }
}
