import { randomUUID } from 'node:crypto'
import { createClient } from '@libsql/client/web'
import Sqlite from 'libsql'
import { companyMigrations } from '#db/company/migrations.ts'
import { controlMigrations } from '#db/control/migrations.ts'
import type { Role } from '#worker/access/permission.ts'
import type { Database } from '#worker/database/connect.ts'
import type { Bindings } from '#worker/http/env.ts'
import { app } from '#worker/index.ts'
import { LedgerWriter } from '#worker/ledger/ledger-writer.ts'
import { layDown, testDatabases } from './database.ts'

export const OPERATOR = 'operator-key-of-the-tests'

export type Answer<T = any> = { status: number; json: T; text: string; headers: Headers }
/** The request by which the product makes a company's database. */
const MAKES_COMPANY = /\/v1\/namespaces\/(cmp-[0-9a-z]{26})\/create$/

type Sent = {
  method?: string
  body?: unknown
  raw?: BodyInit
  headers?: Record<string, string>
  key?: string | null
  language?: string
}

/**
 * The whole app in this process, on real databases. Call it at the top of a test file; each test makes its own company. `emptyDatabases`:
 * a company's database is made without a schema, as everywhere but in tests, where it would cost time.
 */
export function testApp({ emptyDatabases = false } = {}) {
  const databases = testDatabases()
  const fetched = (async (input: string, init?: RequestInit) => {
    const company = MAKES_COMPANY.exec(input)?.[1]
    if (company && !emptyDatabases) await layDown(databases, company, companyMigrations)
    return databases.fetch(input, init)
  }) as typeof fetch
  const env = {
    CONTROL_DATABASE_URL: databases.url.replace('{database}', 'control'),
    CONTROL_DATABASE_ADMIN_URL: databases.adminUrl.replace('{database}', 'control'),
    DATABASE_URL: databases.url,
    DATABASE_ADMIN_URL: databases.adminUrl,
    DATABASE_TOKEN: databases.token,
    DATABASE_FETCH: fetched,
    SIGNING_KEY: 'signing-key-of-the-tests-32-bytes!',
    PASSWORD_PEPPER: 'pepper-of-the-tests',
    OPERATOR_KEY: OPERATOR,
    LOCAL_INSTANCE: '1',
    RELAXED_DURABILITY: '1',
    FILES: filesInMemory(),
  } as unknown as Bindings
  env.LEDGER_WRITER = writersInProcess(env)
  const ready = layDown(databases, 'control', controlMigrations)

  /** Calls the app as a client would; `key: null` calls without one, else the operator's key is used. */
  async function call<T = any>(path: string, sent: Sent = {}): Promise<Answer<T>> {
    await ready
    const key = sent.key === undefined ? OPERATOR : sent.key
    const headers: Record<string, string> = {
      ...(key && { authorization: `Bearer ${key}` }),
      ...(sent.body !== undefined && { 'content-type': 'application/json' }),
      'accept-language': sent.language ?? 'nb',
      ...sent.headers,
    }
    const body = sent.raw ?? (sent.body === undefined ? undefined : JSON.stringify(sent.body))
    const init = {
      method: sent.method ?? (body === undefined ? 'GET' : 'POST'),
      headers,
      body,
      ...(sent.raw && { duplex: 'half' }),
    }
    const response = await app.request(path, init as RequestInit, env)
    const text = await response.text()
    let json: any
    try {
      json = JSON.parse(text)
    } catch {}
    return { status: response.status, json, text, headers: response.headers }
  }

  /** A file as the operator downloads it, and the headers it came with. */
  async function file(path: string, language = 'nb') {
    await ready
    const headers = { authorization: `Bearer ${OPERATOR}`, 'accept-language': language }
    const response = await app.request(path, { headers }, env)
    const bytes = Buffer.from(await response.arrayBuffer())
    if (response.status !== 200) throw new Error(bytes.toString())
    return { bytes, headers: response.headers }
  }

  return {
    env,
    call,
    file,
    bytes: async (path: string) => (await file(path)).bytes,
    /** A new company with standard chart and open years, registered for VAT unless told otherwise. */
    async company(wanted: Record<string, unknown> = {}) {
      const created = await call('/api/v1/companies', {
        body: { name: `Prøve ${randomUUID().slice(0, 8)} AS`, ...wanted },
      })
      if (created.status !== 201) throw new Error(created.text)
      const id: string = created.json.id
      const path = `/api/v1/companies/${id}`
      return {
        id,
        path,
        call: <T = any>(rest: string, sent: Sent = {}) => call<T>(path + rest, sent),
        /** The company's database, for looking behind the API and for planting faults. */
        db: databaseOf(env, id),
        key: async (role: Role) => (await call(`${path}/keys`, { body: { name: role, role } })).json.key as string,
      }
    },
  }
}

export const databaseOf = (env: Bindings, id: string): Database =>
  createClient({
    url: env.DATABASE_URL.replace('{database}', id.replace('_', '-')),
    authToken: env.DATABASE_TOKEN,
    fetch: env.DATABASE_FETCH,
  })

/** Durable Objects as one object per name in this process. */
function writersInProcess(env: Bindings): Bindings['LEDGER_WRITER'] {
  const objects = new Map<string, LedgerWriter>()
  const writerOf = (name: string): LedgerWriter => {
    if (!objects.has(name)) objects.set(name, new LedgerWriter(stateInMemory(), env))
    return objects.get(name)!
  }
  return {
    idFromName: (name: string) => name,
    get: (name: string) => ({
      run: (database: string, job: string) => writerOf(name).run(database, job),
      tell: (message: string) => writerOf(name).tell(message),
      acknowledged: (after: { ledgerVersion: number; hash: string }) => writerOf(name).acknowledged(after),
      acknowledgedIn: (places: { ledgerVersion: number; hash: string }[]) => writerOf(name).acknowledgedIn(places),
      acknowledgedMatches: (after: string) => writerOf(name).acknowledgedMatches(after),
      settle: (ledgerVersion: number) => writerOf(name).settle(ledgerVersion),
      forgive: (places: { ledgerVersion: number; hash: string }[], matches: string[]) =>
        writerOf(name).forgive(places, matches),
      forget: () => writerOf(name).forget(),
      fetch: (address: string) => writerOf(name).fetch(new Request(address)),
    }),
  } as unknown as Bindings['LEDGER_WRITER']
}

/** What a Durable Object keeps: a small database of its own, here in memory. */
export function stateInMemory(): DurableObjectState {
  let db: Sqlite.Database | undefined
  const exec = (sql: string, ...values: (string | number)[]) => {
    db ??= new Sqlite(':memory:')
    const statement = db.prepare(sql)
    if (statement.reader) return { toArray: () => statement.all(...values) }
    statement.run(...values)
    return { toArray: () => [] }
  }
  const deleteAll = async () => {
    db?.close()
    db = undefined
  }
  return { storage: { sql: { exec }, deleteAll } } as unknown as DurableObjectState
}

/** A bucket that keeps its objects in memory. */
function filesInMemory(): R2Bucket {
  const objects = new Map<string, Uint8Array<ArrayBuffer>>()
  const begun = new Map<string, Map<number, Uint8Array<ArrayBuffer>>>()
  const multipart = (key: string, uploadId: string) => {
    const parts = begun.get(uploadId)!
    return {
      uploadId,
      async uploadPart(partNumber: number, value: Uint8Array) {
        parts.set(partNumber, value.slice() as Uint8Array<ArrayBuffer>)
        return { partNumber, etag: String(partNumber) }
      },
      async complete(done: { partNumber: number }[]) {
        objects.set(key, new Uint8Array(await new Blob(done.map((p) => parts.get(p.partNumber)!)).arrayBuffer()))
      },
      async abort() {
        parts.clear()
      },
    }
  }
  return {
    async put(key: string, value: unknown) {
      objects.set(key, new Uint8Array(await new Response(value as BodyInit).arrayBuffer()))
    },
    async head(key: string) {
      const bytes = objects.get(key)
      return bytes ? { key, size: bytes.length } : null
    },
    async list({ prefix = '' }: { prefix?: string } = {}) {
      const found = [...objects].filter(([key]) => key.startsWith(prefix))
      return {
        objects: found.map(([key, bytes]) => ({ key, size: bytes.length, uploaded: new Date() })),
        truncated: false,
      }
    },
    async createMultipartUpload(key: string) {
      const uploadId = randomUUID()
      begun.set(uploadId, new Map())
      return multipart(key, uploadId)
    },
    resumeMultipartUpload: multipart,
    async get(key: string, { range }: { range?: { offset: number; length: number } } = {}) {
      const bytes = range ? objects.get(key)?.slice(range.offset, range.offset + range.length) : objects.get(key)
      return bytes
        ? { body: new Response(bytes).body, size: bytes.length, arrayBuffer: async () => bytes.buffer }
        : null
    },
    async delete(keys: string | string[]) {
      for (const key of [keys].flat()) objects.delete(key)
    },
  } as unknown as R2Bucket
}

export { simpleDraft, voucherId } from './draft.ts'
