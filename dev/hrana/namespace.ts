import { randomUUID } from 'node:crypto'
import { Connection, readsOnly, type StoredSql, type Sync, textOf } from './connection.ts'
import type { InUse } from './in-use.ts'
import { DatabaseError, errorJson, isBusy, type Pipeline, type StreamRequest } from './protocol.ts'

/** How long a request waits for a busy file, and how long a stream may be idle before its transaction is rolled back. As hosted libSQL. */
const busyForMs = 5_000
const idleForMs = 5_000
const tryAgainMs = 5
/** Requests that wait for the writing connection of one file; the next is sent away at once. */
const waitingAtMost = 256

/** What one client holds between requests: stored SQL, and a connection only while a transaction is open on it. */
interface Stream {
  stored: StoredSql
  connection: Connection | undefined
  expiry: NodeJS.Timeout | undefined
}

/** One database file: its writing connection, its readers and its open streams. */
export class Namespace {
  readonly name: string
  readonly #file: string
  readonly #sync: Sync
  readonly #inUse: InUse
  readonly #streams = new Map<string, Stream>()
  readonly #connections = new Set<Connection>()
  readonly #idleReaders: Connection[] = []
  readonly #waiting: ((writer: Connection) => void)[] = []
  readonly #writer: Connection
  #writerIsFree = true

  constructor(name: string, file: string, sync: Sync, inUse: InUse) {
    this.name = name
    this.#file = file
    this.#sync = sync
    this.#inUse = inUse
    this.#writer = this.#open('writer')
  }

  /** Nobody holds a stream or waits, so the file can be closed. */
  get isIdle(): boolean {
    return this.#streams.size === 0 && this.#writerIsFree && this.#waiting.length === 0
  }

  /** The answer to one HTTP request, as JSON. @throws DatabaseError when the stream is unknown. */
  async pipeline({ baton, requests }: Pipeline): Promise<string> {
    const stream = baton ? this.#resume(baton) : { stored: new Map(), connection: undefined, expiry: undefined }
    const connection = stream.connection ?? this.#borrow(requests, stream.stored) ?? (await this.#turn())
    stream.connection = undefined
    const results: string[] = []
    const deadline = Date.now() + busyForMs
    let closes = true
    try {
      while (results.length < requests.length) {
        this.#answer(connection, requests, stream.stored, results, deadline)
        if (results.length < requests.length) await new Promise((resolve) => setTimeout(resolve, tryAgainMs))
      }
      closes = requests.at(-1)?.type === 'close'
    } finally {
      if (closes || !connection.inTransaction) this.#giveBack(connection)
      else stream.connection = connection
    }
    const next = closes ? 'null' : `"${this.#keep(stream)}"`
    return `{"baton":${next},"base_url":null,"results":[${results.join()}]}`
  }

  /** Lets go of the pages that its connections hold; whatever is open stays so. */
  giveMemoryBack(): void {
    for (const connection of this.#connections) connection.giveMemoryBack()
  }

  close(): void {
    for (const { expiry } of this.#streams.values()) clearTimeout(expiry)
    this.#streams.clear()
    for (const connection of this.#connections) connection.close()
    this.#connections.clear()
  }

  /** Answers one request after the other, until one finds the file held by another process and there is still time to wait. */
  #answer(
    connection: Connection,
    requests: readonly StreamRequest[],
    stored: StoredSql,
    results: string[],
    deadline: number,
  ): void {
    this.#inUse.enter(this.name)
    try {
      while (results.length < requests.length) {
        try {
          results.push(`{"type":"ok","response":${connection.answer(requests[results.length]!, stored)}}`)
        } catch (error) {
          if (isBusy(error) && !connection.inTransaction && Date.now() < deadline) return
          results.push(`{"type":"error","error":${errorJson(error)}}`)
        }
      }
    } finally {
      this.#inUse.leave()
    }
  }

  #open(role: 'writer' | 'reader'): Connection {
    this.#inUse.enter(this.name)
    try {
      const connection = new Connection(this.#file, role, this.#sync, () => {
        for (const each of this.#connections) each.forgetStatements()
      })
      this.#connections.add(connection)
      return connection
    } finally {
      this.#inUse.leave()
    }
  }

  /** The writer when it is free, also for reads: its page cache has what was just written, a reader's is dropped by each commit. */
  #borrow(requests: readonly StreamRequest[], stored: StoredSql): Connection | undefined {
    if (this.#writerIsFree) {
      this.#writerIsFree = false
      return this.#writer
    }
    return onlyReads(requests, stored) ? (this.#idleReaders.pop() ?? this.#open('reader')) : undefined
  }

  /** The writer, when those who asked before have had it. @throws DatabaseError SQLITE_BUSY after five seconds, DATABASE_BUSY at once when too many wait. */
  #turn(): Promise<Connection> {
    if (this.#waiting.length >= waitingAtMost)
      throw new DatabaseError('DATABASE_BUSY', 'too many requests wait for this database', 503)
    return new Promise((resolve, reject) => {
      const take = (writer: Connection) => {
        clearTimeout(timer)
        resolve(writer)
      }
      const timer = setTimeout(() => {
        this.#waiting.splice(this.#waiting.indexOf(take), 1)
        reject(new DatabaseError('SQLITE_BUSY', 'database is locked by an open transaction', 503))
      }, busyForMs)
      this.#waiting.push(take)
    })
  }

  #giveBack(connection: Connection): void {
    connection.reset()
    if (connection !== this.#writer) {
      this.#idleReaders.push(connection)
      return
    }
    const next = this.#waiting.shift()
    if (next) next(connection)
    else this.#writerIsFree = true
  }

  #resume(baton: string): Stream {
    const stream = this.#streams.get(baton)
    if (stream === undefined) throw new DatabaseError('STREAM_EXPIRED', 'the stream has expired or its baton is wrong')
    clearTimeout(stream.expiry)
    this.#streams.delete(baton)
    return stream
  }

  #keep(stream: Stream): string {
    const baton = randomUUID()
    this.#streams.set(baton, stream)
    stream.expiry = setTimeout(() => {
      this.#streams.delete(baton)
      if (stream.connection) this.#giveBack(stream.connection)
    }, idleForMs)
    stream.expiry.unref()
    return baton
  }
}

/** A request that stores SQL may do so for a later writer, so texts are looked up as the requests come. */
function onlyReads(requests: readonly StreamRequest[], before: StoredSql): boolean {
  const stored = new Map(before)
  return requests.every((request) => {
    if (request.type === 'store_sql') stored.set(request.sql_id, request.sql)
    if (request.type === 'execute') return readsOnly(textOf(request.stmt, stored))
    // A batch of reads is bracketed by BEGIN and COMMIT or ROLLBACK, which touch nothing by themselves.
    if (request.type === 'batch')
      return request.batch.steps.every(({ stmt }) => {
        const sql = textOf(stmt, stored)
        return readsOnly(sql) || /^\s*(begin( transaction)?( deferred| readonly)?|commit|rollback)\s*;?\s*$/i.test(sql)
      })
    return request.type !== 'sequence'
  })
}
