// The database server in the test's own process: the product's client and protocol without a socket.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { type Client, createClient } from '@libsql/client/web'
import { afterAll } from 'vitest'
import { type DatabaseServer, databaseServer } from '#dev/hrana/server.ts'
import { type Migration, migrate } from '#worker/database/migrate.ts'

export interface TestDatabases {
  readonly server: DatabaseServer
  /** For `createClient({ fetch })`, and for the address under which databases are made. */
  readonly fetch: DatabaseServer['fetch']
  readonly token: string
  readonly dir: string
  /** As the binding `DATABASE_URL`: give it to what builds addresses. */
  readonly url: string
  readonly adminUrl: string
  /** Makes a database and gives a client of it. */
  create(name: string): Promise<Client>
  client(name: string): Client
}

/** Call it at the top of a test file; the files are gone after its last test. Each test takes a database of its own by name. */
export function testDatabases(): TestDatabases {
  const folder = process.env.TEST_FOLDER ?? 'node_modules/.cache'
  mkdirSync(folder, { recursive: true })
  const dir = mkdtempSync(`${folder}/test-`)
  const token = 'test-token'
  const server = databaseServer({ dir, sync: 'NORMAL', token })
  // A host of its own, since modules that stay loaded from file to file remember databases by their addresses. The slash at the
  // end matters: the client resolves its paths against it.
  const host = `http://${basename(dir).toLowerCase()}`
  const url = `${host}/{database}/`
  const adminUrl = `${host}/v1/namespaces/{database}/create`
  const client = (name: string) =>
    createClient({ url: url.replace('{database}', name), authToken: token, fetch: server.fetch })
  afterAll(async () => {
    await server.close()
    rmSync(dir, { recursive: true, force: true })
  })
  return {
    server,
    fetch: server.fetch,
    token,
    dir,
    url,
    adminUrl,
    client,
    async create(name) {
      const response = await server.fetch(adminUrl.replace('{database}', name), {
        method: 'POST',
        headers: { authorization: `Bearer ${token}` },
      })
      if (!response.ok) throw new Error(await response.text())
      return client(name)
    },
  }
}

const files = new Map<readonly Migration[], Promise<Buffer>>()

/**
 * Makes a database that has had these migrations: the file of one on which they were run in this process, laid down before it is
 * asked for. Running them takes 75 ms for a company, nearly all of it `alter table`, which reads the whole schema each time.
 */
export async function layDown(at: TestDatabases, name: string, migrations: readonly Migration[]): Promise<void> {
  if (!files.has(migrations)) files.set(migrations, fileOf(at, `${name}-first`, migrations))
  writeFileSync(join(at.dir, `${name}.db`), await files.get(migrations)!)
}

async function fileOf(at: TestDatabases, name: string, migrations: readonly Migration[]): Promise<Buffer> {
  const db = await at.create(name)
  await migrate(db, `${at.url} ${name}`, migrations)
  await db.execute('pragma wal_checkpoint(truncate)')
  return readFileSync(join(at.dir, `${name}.db`))
}
