// The libSQL server of a local instance and of the tests: Hrana v2 on native libSQL, one file for each database.
// The Worker reaches it with the client and the protocol that it uses in production.
import { execFile } from 'node:child_process'
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync } from 'node:fs'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Sync } from './connection.ts'
import { type InUse, unwatched } from './in-use.ts'
import { Namespace } from './namespace.ts'
import { DatabaseError, errorJson, type Pipeline } from './protocol.ts'
import { serverLine } from './server-log.ts'

export interface ServerOptions {
  /** Folder of the files; made when missing. */
  dir: string
  sync: Sync
  /** What every request must carry as `authorization: Bearer …`. */
  token: string
  inUse?: InUse
  openAtMost?: number
  warmAtMost?: number
}

export interface DatabaseServer {
  /** Answers without a socket: give it to `createClient({ fetch })`. */
  fetch(input: Request | string | URL, init?: RequestInit): Promise<Response>
  /** Listens on 127.0.0.1, on a port (0: any free one) or on an open socket, and gives the address. */
  listen(on: { port: number } | { fd: number }): Promise<string>
  close(): Promise<void>
}

interface Answer {
  status: number
  body: string
}

/**
 * Open files a process keeps; the longest unused is closed for the next one. To open one again costs 3 ms and all its statements anew, and
 * one that is open a megabyte or two. Of those used last the pages stay in memory as well, at most 16 MB each.
 */
const OPEN_AT_MOST = 512
const WARM_AT_MOST = 64
/** Requests that a process has taken and not answered; beyond them it sends away at once, so that nobody waits in a queue that grows. */
const inHandAtMost = 512
const bodyAtMost = 256 * 1024 * 1024
const COPY = join(import.meta.dirname, 'copy-database.ts')
const databaseName = /^[a-z0-9][a-z0-9_-]{0,62}$/

/** A file with this beside it ended its process twice; it is not opened before someone has looked at it and removed the mark. */
export const quarantineMark = (dir: string, database: string): string => join(dir, `${database}.quarantined`)

export function databaseServer({
  dir,
  sync,
  token,
  inUse = unwatched,
  openAtMost = OPEN_AT_MOST,
  warmAtMost = WARM_AT_MOST,
}: ServerOptions): DatabaseServer {
  mkdirSync(dir, { recursive: true })
  const namespaces = new Map<string, Namespace>()
  const warm = new Set<Namespace>()
  const authorization = `Bearer ${token}`
  let server: Server | undefined
  let inHand = 0

  function open(name: string, mayCreate = false): Namespace {
    const known = namespaces.get(name)
    if (known) {
      namespaces.delete(name)
      namespaces.set(name, known)
      keepWarm(known)
      return known
    }
    if (!databaseName.test(name))
      throw new DatabaseError('NAMESPACE_INVALID', 'a database name has 1 to 63 of a-z, 0-9, - and _')
    const file = join(dir, `${name}.db`)
    if (existsSync(quarantineMark(dir, name)))
      throw new DatabaseError(
        'DATABASE_QUARANTINED',
        `the file of database ${name} ended its process twice and is not opened`,
        503,
      )
    if (!mayCreate && !existsSync(file))
      throw new DatabaseError('NAMESPACE_DOESNT_EXIST', `database ${name} does not exist`, 404)
    const namespace = new Namespace(name, file, sync, inUse)
    namespaces.set(name, namespace)
    keepWarm(namespace)
    for (const [other, { isIdle }] of namespaces) {
      if (namespaces.size <= openAtMost) break
      if (isIdle && other !== name) forget(other)
    }
    return namespace
  }

  /** The one used last, and whose pages are given back for it. */
  function keepWarm(used: Namespace): void {
    warm.delete(used)
    warm.add(used)
    if (warm.size <= warmAtMost) return
    const [longestUnused] = warm
    warm.delete(longestUnused!)
    longestUnused!.giveMemoryBack()
  }

  function forget(name: string): void {
    const namespace = namespaces.get(name)
    if (!namespace) return
    namespace.close()
    namespaces.delete(name)
    warm.delete(namespace)
  }

  /** Makes the database, and its name in the folder, survive a power cut. Asking again changes nothing. */
  function create(name: string): Answer {
    const isNew = !existsSync(join(dir, `${name}.db`))
    open(name, true)
    if (isNew && sync === 'FULL') syncFolder(dir)
    return { status: isNew ? 201 : 200, body: '{}' }
  }

  /** A new database with what another holds at one moment; it is taken in a process of its own, so that others are served meanwhile. */
  async function fork(from: string, to: string): Promise<Answer> {
    for (const name of [from, to])
      if (!databaseName.test(name))
        throw new DatabaseError('NAMESPACE_INVALID', 'a database name has 1 to 63 of a-z, 0-9, - and _')
    const [source, target] = [join(dir, `${from}.db`), join(dir, `${to}.db`)]
    if (!existsSync(source)) throw new DatabaseError('NAMESPACE_DOESNT_EXIST', `database ${from} does not exist`, 404)
    if (existsSync(target)) throw new DatabaseError('NAMESPACE_EXISTS', `database ${to} exists`, 400)
    const unfinished = `${target}.copy`
    rmSync(unfinished, { force: true })
    await promisify(execFile)(process.execPath, [COPY, source, unfinished])
    renameSync(unfinished, target)
    if (sync === 'FULL') syncFolder(dir)
    return { status: 200, body: '{}' }
  }

  function remove(name: string): Answer {
    const file = join(dir, `${name}.db`)
    if (!databaseName.test(name) || !existsSync(file))
      throw new DatabaseError('NAMESPACE_DOESNT_EXIST', `database ${name} does not exist`, 404)
    forget(name)
    for (const path of [file, `${file}-wal`, `${file}-shm`, quarantineMark(dir, name)]) rmSync(path, { force: true })
    return { status: 200, body: '{}' }
  }

  async function answer(
    method: string,
    path: string,
    authorized: string | null | undefined,
    body: () => Promise<string>,
  ): Promise<Answer> {
    try {
      if (authorized !== authorization)
        throw new DatabaseError('AUTH_TOKEN_INVALID', 'the token is missing or wrong', 401)
      const [, first = '', ...rest] = path.split('/')
      const action = rest.join('/')
      if (method === 'POST' && action === 'v2/pipeline') {
        const pipeline: Pipeline = parse(await body())
        return { status: 200, body: await open(first).pipeline(pipeline) }
      }
      const [namespaces, name = '', verb, to = ''] = rest
      if (first === 'v1' && namespaces === 'namespaces') {
        if (method === 'POST' && verb === 'create' && rest.length === 3) return create(name)
        if (method === 'POST' && verb === 'fork' && rest.length === 4) return await fork(name, to)
        if (method === 'DELETE' && rest.length === 2) return remove(name)
      }
      throw new DatabaseError('NOT_FOUND', 'there is nothing here', 404)
    } catch (error) {
      return { status: error instanceof DatabaseError ? error.status : 500, body: errorJson(error) }
    }
  }

  return {
    async fetch(input, init) {
      // What the product itself sends, an address and a text, is not put into a request and a stream to be taken out again.
      if (typeof input === 'string' && typeof init?.body === 'string') {
        const { body } = init
        const authorized = new Headers(init.headers).get('authorization')
        return plainResponse(await answer(init.method!, new URL(input).pathname, authorized, async () => body))
      }
      const request = new Request(input, init)
      const { status, body } = await answer(
        request.method,
        new URL(request.url).pathname,
        request.headers.get('authorization'),
        () => request.text(),
      )
      return new Response(body, { status, headers: JSON_HEADERS })
    },

    listen: (on) =>
      new Promise((resolve, reject) => {
        server = createServer(async (request, response) => {
          const path = request.url!.split('?', 1)[0]!
          const began = performance.now()
          inHand++
          response.once('close', () => inHand--)
          const { status, body } = await answer(request.method!, path, request.headers.authorization, async () => {
            const text = await textOf(request)
            if (inHand > inHandAtMost) throw new DatabaseError('DATABASE_BUSY', 'too many requests at once', 503)
            // Whoever asked has gone: what he asked for is not done for nobody.
            if (response.destroyed) throw new DatabaseError('REQUEST_GONE', 'nobody waits for the answer', 503)
            return text
          })
          response.sendDate = false
          response
            .writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) })
            .end(body)
          const requestId = request.headers['x-request-id']?.toString()
          const line = serverLine({ path, requestId, status, ms: performance.now() - began })
          if (line) console.error(line)
        })
        // Longer than workerd keeps an idle connection, so that it is never closed just as a request is sent on it.
        server.keepAliveTimeout = 120_000
        server.requestTimeout = 0
        server.once('error', reject)
        server.listen('fd' in on ? on : { ...on, host: '127.0.0.1' }, () =>
          resolve(`http://127.0.0.1:${(server!.address() as AddressInfo).port}`),
        )
      }),

    async close() {
      server?.closeAllConnections()
      if (server?.listening) await new Promise((resolve) => server!.close(resolve))
      for (const name of [...namespaces.keys()]) forget(name)
    },
  }
}

const JSON_HEADERS = { 'content-type': 'application/json' }
/** What is read of an answer, without the stream that a Response makes of its text: that cost a tenth of every test's time. */
const plainResponse = ({ status, body }: Answer): Response =>
  ({
    ok: status < 300,
    status,
    headers: new Headers(JSON_HEADERS),
    text: async () => body,
    json: async () => parse(body),
    arrayBuffer: async () => new TextEncoder().encode(body).buffer,
  }) as Response

function parse(text: string): any {
  try {
    return JSON.parse(text)
  } catch {
    throw new DatabaseError('HRANA_PROTO_ERROR', 'the request is not JSON')
  }
}

function textOf(request: IncomingMessage): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let length = 0
    request.on('data', (chunk: Buffer) => {
      length += chunk.length
      if (length <= bodyAtMost) chunks.push(chunk)
      else reject(new DatabaseError('REQUEST_TOO_LARGE', `a request has at most ${bodyAtMost} bytes`, 413))
    })
    request.on('end', () => resolve(chunks.length === 1 ? chunks[0]!.toString() : Buffer.concat(chunks).toString()))
    request.on('error', reject)
  })
}

function syncFolder(dir: string): void {
  const folder = openSync(dir, 'r')
  try {
    fsyncSync(folder)
  } finally {
    closeSync(folder)
  }
}
