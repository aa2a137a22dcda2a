// Companies by the hundred: the file of one that was made the ordinary way is copied and given a name of its own. Making one
// takes a tenth of a second, a copy a few milliseconds.
import { copyFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { type Client, createClient } from '@libsql/client/web'
import { stateInMemory, type testApp } from '#tests/support/app.ts'
import { FEWER_ACCOUNTS } from '#tests/support/books.ts'
import { controlDatabase } from '#worker/database/connect.ts'
import type { Bindings } from '#worker/http/env.ts'
import { LedgerWriter } from '#worker/ledger/ledger-writer.ts'

type App = ReturnType<typeof testApp>
export type Answer = { status: number; json: any; text: string }
export type TestCompany = {
  id: string
  db: Client
  call(path: string, body?: object): Promise<Answer>
  /** As the holder of a key. */
  callAs(key: string, path: string, body?: object): Promise<Answer>
  /** Bytes, or a text as a file. */
  send(path: string, file: string): Promise<Answer>
  remove(path: string): Promise<Answer>
  /** What was asked and answered so far, where only one asked at a time. */
  readonly trace: string[]
  /** Requests so far. */
  readonly operations: { count: number }
  /** What happens to the answer or the request of the next write to the database. */
  loseNext(what: 'answer' | 'request'): void
  /** Requests that run side by side: which comes first is nobody's promise, so it is not in the trace. */
  atOnce<T>(work: () => Promise<T>): Promise<T>
  /** The company's file goes. */
  drop(): Promise<void>
  /** The writer's memory is gone, and a new one begins. */
  crash(): void
  /** While it lasts, each job meets a writer of its own: they work at the same time and know nothing of each other. */
  crashing<T>(work: () => Promise<T>): Promise<T>
}

export async function companyCopies(app: App): Promise<() => Promise<TestCompany>> {
  const template = await app.company()
  await template.db.batch(
    [
      `insert into party (kind, number, name, control_account, created_at) values
        ('customer', '10001', 'Kunde AS', '1500', '2020'), ('supplier', '20001', 'Leverandør AS', '2400', '2020')`,
      `insert into dimension_value (dimension, code, name) values ('department', '10', 'Verksted')`,
      FEWER_ACCOUNTS,
    ],
    'write',
  )
  await template.db.execute('pragma wal_checkpoint(truncate)')
  const file = String((await template.db.execute('pragma database_list')).rows[0]!.file)
  const control = controlDatabase(app.env)
  const writers = new Map<string, LedgerWriter>()
  const restless = new Set<string>()
  const states = new Map<string, DurableObjectState>()
  const newWriter = (name: string) => {
    if (!states.has(name)) states.set(name, stateInMemory())
    return new LedgerWriter(states.get(name)!, app.env)
  }
  app.env.LEDGER_WRITER = {
    idFromName: (name: string) => name,
    get: (name: string) => ({
      run(database: string, job: string) {
        if (restless.has(name)) return newWriter(name).run(database, job)
        if (!writers.has(name)) writers.set(name, newWriter(name))
        return writers.get(name)!.run(database, job)
      },
      tell: async () => {},
      acknowledged: (after: { ledgerVersion: number; hash: string }) => newWriter(name).acknowledged(after),
      acknowledgedIn: (places: { ledgerVersion: number; hash: string }[]) => newWriter(name).acknowledgedIn(places),
      acknowledgedMatches: (after: string) => newWriter(name).acknowledgedMatches(after),
      settle: (ledgerVersion: number) => newWriter(name).settle(ledgerVersion),
    }),
  } as unknown as Bindings['LEDGER_WRITER']

  const losing = new Map<string, 'answer' | 'request'>()
  const databases = app.env.DATABASE_FETCH!
  app.env.DATABASE_FETCH = (async (input: Request | string | URL, init?: RequestInit) => {
    const name = /copy-\d+/.exec(String(input))?.[0] ?? ''
    const what = losing.get(name)
    if (!what || !String(init?.body).includes('BEGIN IMMEDIATE')) return databases(input as Request, init)
    losing.delete(name)
    if (what === 'answer') await databases(input as Request, init)
    throw new TypeError('Network connection lost.')
  }) as typeof fetch

  let copies = 0
  return async () => {
    const id = `cmp_${String(++copies).padStart(26, '0')}`
    const database = `copy-${copies}`
    copyFileSync(file, join(dirname(file), `${database}.db`))
    const url = app.env.DATABASE_URL.replace('{database}', database)
    const db = createClient({ url, authToken: app.env.DATABASE_TOKEN, fetch: app.env.DATABASE_FETCH })
    await db.execute({ sql: 'update company set id = ?', args: [id] })
    await control.execute({
      sql: `insert into company (id, name, database, colour, status, created_at) values (?, ?, ?, 'kobber', 'active', '2020')`,
      args: [id, `Kopi ${copies}`, database],
    })
    const trace: string[] = []
    const operations = { count: 0 }
    let together = false
    const ask = async (path: string, sent: Parameters<typeof app.call>[1]) => {
      operations.count++
      const answer = await app.call(`/api/v1/companies/${id}${path}`, sent)
      const { code, number, replayed, ledgerVersion } = answer.json ?? {}
      if (!together)
        trace.push(
          [path.replace(/\b[a-z]{3}_[0-9a-z]+/g, 'id'), answer.status, code, number, replayed, ledgerVersion].join(' '),
        )
      return answer
    }
    return {
      id,
      db,
      trace,
      operations,
      call: (path, body) => ask(path, body && { body }),
      callAs: (key, path, body) => ask(path, { key, ...(body && { body }) }),
      send: (path, raw) => ask(path, { raw }),
      remove: (path) => ask(path, { method: 'DELETE' }),
      loseNext: (what) => void losing.set(database, what),
      async drop() {
        writers.delete(id)
        losing.delete(database)
        db.close()
        await databases(app.env.DATABASE_ADMIN_URL!.replace('{database}/create', database), {
          method: 'DELETE',
          headers: { authorization: `Bearer ${app.env.DATABASE_TOKEN}` },
        })
      },
      async atOnce(work) {
        together = true
        return work().finally(() => {
          together = false
        })
      },
      crash: () => writers.delete(id),
      async crashing(work) {
        restless.add(id)
        // The writer from before knows nothing of what the others did, and is not told.
        return work().finally(() => restless.delete(id))
      },
    }
  }
}
