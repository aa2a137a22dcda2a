import { type Client, createClient, type InStatement, type ResultSet } from '@libsql/client/web'
import { Problem } from '#worker/core/problem.ts'
import type { Bindings } from '#worker/http/env.ts'
import { faultOf, log } from '#worker/http/log.ts'
import { counters } from '#worker/http/metrics.ts'
import { type Address, sendBatch, sendOne, stepsOf, wholeAnswer } from './hrana.ts'
import { NoAnswer, Silence } from './refusal.ts'
import { shardOf } from './shard.ts'

/** A database for the time of one request, or of one Durable Object. Never kept in module scope (see docs/decisions). */
export type Database = Pick<Client, 'execute' | 'batch'>
export type { InStatement, ResultSet }

type Where = Pick<Bindings, 'CONTROL_DATABASE_URL' | 'DATABASE_URL' | 'DATABASE_TOKEN' | 'DATABASE_FETCH' | 'TRACE'>

/** The one place that knows where a database answers. */
const addressOf = (template: string, database: string): string => {
  const templates = template.split(' ')
  return templates[shardOf(database, templates.length)]!.replace('{database}', database)
}

/**
 * Asks over the protocol itself. The client comes into being only for what needs it: it costs a fifth of a millisecond to make,
 * and more for each statement it sends (docs/decisions/0008).
 */
function connect(env: Where, url: () => string, deadlineMs = DEADLINE_MS): Database {
  let made: Client | undefined
  const client = () => {
    const inTime: typeof fetch = async (input, init) => {
      const [response, bytes] = await wholeAnswer(at(), input as Request, init, (r) => r.arrayBuffer())
      return new Response(bytes, response)
    }
    made ??= createClient({ url: url(), authToken: env.DATABASE_TOKEN, fetch: inTime })
    return made
  }
  const counted = () => {
    counters.databaseRoundTrips++
    if (env.TRACE) env.TRACE.roundTrips++
  }
  let address: Address | undefined
  const at = () => {
    address ??= {
      url: url().replace(/^libsql:/, 'https:'),
      token: env.DATABASE_TOKEN,
      fetch: fetchOf(env),
      deadlineMs,
    }
    address.requestId = env.TRACE?.id
    return address
  }
  return {
    execute(...asked: Parameters<Client['execute']>) {
      const [step] =
        stepsOf([typeof asked[0] === 'string' && asked[1] ? { sql: asked[0], args: asked[1] } : asked[0]]) ?? []
      counted()
      return patient(() => (step ? sendOne(at(), step) : client().execute(...asked)), !mayWrite(asked[0]))
    },
    batch(statements, mode) {
      const steps = mode === 'write' || mode === 'read' ? stepsOf(statements) : undefined
      counted()
      const send = () => (steps ? sendBatch(at(), steps, mode as 'write' | 'read') : client().batch(statements, mode))
      return patient(send, mode === 'read' || (mode !== 'write' && !statements.some(mayWrite)))
    },
  }
}

const fetchOf = (env: Where): typeof fetch => env.DATABASE_FETCH ?? ((...asked) => fetch(...asked))

export const controlDatabase = (env: Where): Database => connect(env, () => env.CONTROL_DATABASE_URL)
/** `deadlineMs`: how long one request to it may take. */
export const companyDatabase = (env: Where, database: string, deadlineMs?: number): Database =>
  connect(env, () => addressOf(env.DATABASE_URL, database), deadlineMs)

/** How long a database that does not answer may take to come back, in milliseconds. */
const PATIENCE_MS = 4_000
/** The longest a request to a database may take, in milliseconds; hosted libSQL ends a transaction after five seconds. */
const DEADLINE_MS = 10_000
/** For what reads or writes a whole file: a check of the books, restoring them, a migration. */
export const LONG_DEADLINE_MS = 300_000

/** The database said that it has too much to do, or something before it that it is not there. */
const IS_BUSY = /^(SQLITE_(BUSY|LOCKED)|DATABASE_BUSY)/
const isUpstream = ({ code, message }: { code?: unknown; message?: unknown }): boolean =>
  code === 'SERVER_ERROR' && /HTTP 5\d\d$/.test(String(message))

/** What the caller is told of a database that gives no answer; whatever else it says is for the caller to judge. */
function toldOf(error: unknown, silent: boolean): unknown {
  const { code } = error as { code?: unknown }
  if (code === 'DATABASE_QUARANTINED') return new NoAnswer('quarantined')
  if (!silent && !IS_BUSY.test(String(code)) && !isUpstream(error as object)) return error
  log('warn', silent ? 'database-silent' : 'database-busy', faultOf(silent ? (error as Error).cause : error))
  return new NoAnswer('busy')
}

/** A statement with one of these words may write; a text that happens to hold one only loses its second try. */
const MAY_WRITE = /\b(insert|update|delete|create|replace|drop|immediate)\b/i
export const mayWrite = (statement: InStatement | readonly [string, unknown?]): boolean =>
  MAY_WRITE.test(typeof statement === 'string' ? statement : 'sql' in statement ? statement.sql : statement[0])

/**
 * Waits while a database process starts again. Only what reads is sent twice, and what was never read: whether a write got
 * through when its answer was lost is for the command to find out.
 * @throws NoAnswer when there is none, or the file is set aside.
 */
async function patient<T>(ask: () => Promise<T>, readsOnly: boolean): Promise<T> {
  const deadline = Date.now() + PATIENCE_MS
  for (let pause = 25; ; pause = Math.min(pause * 2, 400)) {
    try {
      return await ask()
    } catch (error) {
      const silence = silenceIn(error)
      const unread = /refused/i.test(`${silence} ${(silence?.cause as Error | undefined)?.cause}`)
      if (!silence || Date.now() > deadline || !(unread || readsOnly)) throw toldOf(silence ?? error, !!silence)
      await new Promise((resume) => setTimeout(resume, pause))
    }
  }
}

/** The silence that an error comes of; the client wraps it, once its stream is closed by it. */
const silenceIn = (error: unknown): Silence | undefined =>
  error instanceof Silence ? error : error instanceof Error ? silenceIn(error.cause) : undefined

/**
 * Creates an empty database with the database service.
 * @throws Problem 503 service/busy when the service does not create it.
 */
export async function createDatabase(env: Bindings, database: string): Promise<void> {
  const template = env.DATABASE_ADMIN_URL
  if (!template) throw new Problem(503, 'service/busy')
  const url = addressOf(template, database)
  await administer(env, url, 'POST', { name: database, ...(env.DATABASE_GROUP && { group: env.DATABASE_GROUP }) })
}

/**
 * A new database that holds what another holds at this moment. A service that is asked by a database's own address forks it (sqld, and
 * ours; source: tursodatabase/libsql, libsql-server/src/http/admin); one that is asked by a list of them takes it as seed (Turso).
 * @throws Problem 503 service/busy when the service does not make it.
 */
export async function copyDatabase(env: Bindings, from: string, to: string): Promise<void> {
  if (!env.DATABASE_ADMIN_URL) throw new Problem(503, 'service/busy')
  const url = addressOf(env.DATABASE_ADMIN_URL, from)
  if (hasOwnAddress(url, from)) return administer(env, url.replace(/\/create$/, `/fork/${to}`), 'POST')
  const group = env.DATABASE_GROUP && { group: env.DATABASE_GROUP }
  await administer(env, url, 'POST', { name: to, ...group, seed: { type: 'database', name: from } })
}

/** The first name that is given of a database on the same server as another: a copy lies where it was taken. */
export function nameBeside(env: Where, database: string, nameOf: () => string): string {
  const shards = env.DATABASE_URL.split(' ').length
  for (;;) {
    const name = nameOf()
    if (shardOf(name, shards) === shardOf(database, shards)) return name
  }
}

/** The address makes a database by its own name, or takes the name in the body and has it at the end. */
const hasOwnAddress = (url: string, database: string): boolean => url.includes(`/${database}/`)

/** Removes a database for good. One that is gone already is no error. */
export async function dropDatabase(env: Bindings, database: string): Promise<void> {
  const url = env.DATABASE_ADMIN_URL && addressOf(env.DATABASE_ADMIN_URL, database)
  if (!url) throw new Problem(503, 'service/busy')
  const named = hasOwnAddress(url, database) ? url.replace(/\/create$/, '') : `${url}/${database}`
  await administer(env, named, 'DELETE')
}

export async function createControlDatabase(env: Bindings): Promise<void> {
  if (env.CONTROL_DATABASE_ADMIN_URL) await administer(env, env.CONTROL_DATABASE_ADMIN_URL, 'POST', {})
}

/** A service that gives no answer may have done it all the same: a database without a company, or a copy, is cleared away by the night. */
async function administer(env: Bindings, url: string, method: 'POST' | 'DELETE', body?: object): Promise<void> {
  const token = env.DATABASE_ADMIN_TOKEN ?? env.DATABASE_TOKEN
  const sent = {
    method,
    headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
    body: body ? JSON.stringify(body) : null,
  }
  const at = { url, token, fetch: fetchOf(env), deadlineMs: LONG_DEADLINE_MS }
  const [answer] = await wholeAnswer(at, url, sent, (r) => r.arrayBuffer()).catch((error) => {
    throw toldOf(error, true)
  })
  if (!answer.ok && !(method === 'DELETE' && answer.status === 404)) throw new Problem(503, 'service/busy')
}
