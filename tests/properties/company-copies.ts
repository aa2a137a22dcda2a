// Companies by the hundred: the file of one that was made the ordinary way is copied and given a name of its own. Making one
// takes a tenth of a second, a copy a few milliseconds.
import { copyFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { type Client, createClient } from '@libsql/client/web'
import type { testApp } from '#tests/support/app.ts'
import { controlDatabase } from '#worker/database/connect.ts'
import type { Bindings } from '#worker/http/env.ts'
import { LedgerWriter } from '#worker/ledger/ledger-writer.ts'

type App = ReturnType<typeof testApp>
export type Answer = { status: number; json: any; text: string }
export type TestCompany = {
  id: string
  db: Client
  call(path: string, body?: object): Promise<Answer>
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
    ],
    'write',
  )
  await template.db.execute('pragma wal_checkpoint(truncate)')
  const file = String((await template.db.execute('pragma database_list')).rows[0]!.file)
  const control = controlDatabase(app.env)
  const writers = new Map<string, LedgerWriter>()
  const restless = new Set<string>()
  const newWriter = () => new LedgerWriter({} as DurableObjectState, app.env)
  app.env.LEDGER_WRITER = {
    idFromName: (name: string) => name,
    get: (name: string) => ({
      run(database: string, job: string) {
        if (restless.has(name)) return newWriter().run(database, job)
        if (!writers.has(name)) writers.set(name, newWriter())
        return writers.get(name)!.run(database, job)
      },
    }),
  } as unknown as Bindings['LEDGER_WRITER']

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
    return {
      id,
      db,
      call: (path, body) => app.call(`/api/v1/companies/${id}${path}`, body && { body }),
      crash: () => writers.delete(id),
      async crashing(work) {
        restless.add(id)
        // The writer from before knows nothing of what the others did, and is not told.
        return work().finally(() => restless.delete(id))
      },
    }
  }
}
