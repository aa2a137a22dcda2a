// What the database server must do for the product's client.
import { createClient } from '@libsql/client/web'
import { expect, test, vi } from 'vitest'
import { databaseServer } from '#dev/hrana/server.ts'
import { testDatabases } from '#tests/support/database.ts'

const databases = testDatabases()

test('execute gives names, types and rows, and says what an insert did', async () => {
  const db = await databases.create('execute')
  await db.execute('create table t (id integer primary key, name text not null) strict')
  const insert = await db.execute({ sql: 'insert into t (name) values (?), (?)', args: ['æøå', '"\\\n'] })
  expect([insert.rowsAffected, insert.lastInsertRowid]).toEqual([2, 2n])
  const { columns, columnTypes, rows } = await db.execute('select id, name, length(name) as n from t order by id')
  expect([columns, columnTypes]).toEqual([
    ['id', 'name', 'n'],
    ['INTEGER', 'TEXT', ''],
  ])
  expect(rows.map((row) => ({ ...row }))).toEqual([
    { id: 1, name: 'æøå', n: 3 },
    { id: 2, name: '"\\\n', n: 3 },
  ])
})

test('every kind of value comes back as it was sent', async () => {
  const db = await databases.create('values')
  const bytes = new Uint8Array([0, 255, 128])
  const { rows } = await db.execute({
    sql: 'select ? as a, ? as b, ? as c, ? as d, ? as e',
    args: [null, 9007199254740991n, 1.5, 'tekst', bytes],
  })
  const { e, ...rest } = { ...rows[0] }
  expect(rest).toEqual({ a: null, b: 9007199254740991, c: 1.5, d: 'tekst' })
  expect(new Uint8Array(e as ArrayBuffer)).toEqual(bytes)
  await expect(db.execute({ sql: 'select ?', args: [9223372036854775807n] })).rejects.toThrow(RangeError)
  const named = await db.execute({ sql: 'select :a as a, @b as b, $c as c', args: { a: 'x', b: 2n, c: null } })
  expect({ ...named.rows[0] }).toEqual({ a: 'x', b: 2, c: null })
})

test('a JavaScript number is bound as REAL, a bigint as INTEGER, JSON keeps integers', async () => {
  const db = await databases.create('numbers')
  const { rows } = await db.execute({
    sql: 'select typeof(?) as number, typeof(?) as bigint, (select typeof(value) from json_each(?)) as json',
    args: [1, 1n, '[1]'],
  })
  expect({ ...rows[0] }).toEqual({ number: 'real', bigint: 'integer', json: 'integer' })
})

test('a batch that fails half-way leaves nothing', async () => {
  const db = await databases.create('batch')
  await db.execute('create table t (n integer) strict')
  await expect(db.batch(['insert into t values (1)', "insert into t values ('x')"], 'write')).rejects.toMatchObject({
    code: 'SQLITE_CONSTRAINT_DATATYPE',
    statementIndex: 1,
  })
  const [, count] = await db.batch(['insert into t values (2)', 'select count(*) as n from t'], 'write')
  expect(count!.rows[0]!.n).toBe(1)
})

test('codes of constraints and a trigger’s own text reach the client', async () => {
  const db = await databases.create('codes')
  await db.executeMultiple(`
    create table parent (id text primary key) strict;
    create table child (id integer primary key, parent text references parent (id), n integer unique check (n > 0)) strict;
    create trigger child_stays before update on child begin select raise(abort, 'voucher/final'); end;
    insert into parent values ('p'); insert into child values (1, 'p', 1);`)
  const codeOf = (sql: string) =>
    db.execute(sql).then(
      () => 'done',
      (error) => error.code,
    )
  expect(await codeOf("insert into child values (2, 'q', 2)")).toBe('SQLITE_CONSTRAINT_FOREIGNKEY')
  expect(await codeOf("insert into child values (2, 'p', 1)")).toBe('SQLITE_CONSTRAINT_UNIQUE')
  expect(await codeOf("insert into parent values ('p')")).toBe('SQLITE_CONSTRAINT_PRIMARYKEY')
  expect(await codeOf("insert into child values (3, 'p', -1)")).toBe('SQLITE_CONSTRAINT_CHECK')
  await expect(db.execute('update child set n = 5')).rejects.toMatchObject({
    code: 'SQLITE_CONSTRAINT_TRIGGER',
    message: expect.stringMatching(/voucher\/final$/),
  })
})

test('returning gives the rows, their number and the row id', async () => {
  const db = await databases.create('returning')
  await db.execute('create table t (id integer primary key, n integer) strict')
  const insert = await db.execute('insert into t (n) values (5), (6) returning id, n * 2 as double')
  expect([insert.rows.map((row) => ({ ...row })), insert.rowsAffected, insert.lastInsertRowid]).toEqual([
    [
      { id: 1, double: 10 },
      { id: 2, double: 12 },
    ],
    2,
    2n,
  ])
  const update = await db.execute('update t set n = 0 where id = 1 returning n')
  expect([update.rows.length, update.rowsAffected]).toEqual([1, 1])
  const none = await db.execute('delete from t where id = 9 returning id')
  expect([none.columns, none.rowsAffected]).toEqual([['id'], 0])
})

test('a prepared statement follows a change of schema', async () => {
  const db = await databases.create('schema')
  await db.execute('create table t (a integer) strict')
  await db.execute('insert into t values (1)')
  expect((await db.execute('select * from t')).columns).toEqual(['a'])
  await db.migrate(['alter table t add column b text', 'alter table t rename column a to c'])
  expect((await db.execute('select * from t')).columns).toEqual(['c', 'b'])
  expect((await db.execute('pragma foreign_keys')).rows[0]!.foreign_keys).toBe(1)
})

test('a writer waits for an open transaction, readers do not', async () => {
  const db = await databases.create('waiting')
  await db.execute('create table t (n integer) strict')
  const transaction = await db.transaction('write')
  await transaction.execute('insert into t values (1)')
  const waiting = db.batch(['insert into t values (2)'], 'write')
  const count = async () => (await db.execute('select count(*) as n from t')).rows[0]!.n
  expect(await count()).toBe(0)
  expect((await db.batch(['select count(*) as n from t'], 'read'))[0]!.rows[0]!.n).toBe(0)
  await transaction.commit()
  await waiting
  expect(await count()).toBe(2)
})

test('fifteen read-modify-write transactions at once lose no update', async () => {
  const db = await databases.create('transactions')
  await db.executeMultiple('create table t (n integer) strict; insert into t values (0);')
  await Promise.all(
    Array.from({ length: 15 }, async () => {
      const transaction = await db.transaction('write')
      const n = Number((await transaction.execute('select n from t')).rows[0]!.n)
      await transaction.execute({ sql: 'update t set n = ?', args: [BigInt(n + 1)] })
      await transaction.commit()
    }),
  )
  expect((await db.execute('select n from t')).rows[0]!.n).toBe(15)
})

test('a transaction nobody continues is rolled back, and the next writer goes on', async () => {
  const db = await databases.create('abandoned')
  await db.execute('create table t (n integer) strict')
  const abandoned = await db.transaction('write')
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  try {
    await abandoned.execute('insert into t values (1)')
    vi.advanceTimersByTime(5_001)
  } finally {
    vi.useRealTimers()
  }
  await db.execute('insert into t values (2)')
  expect((await db.execute('select n from t')).rows.map((row) => row.n)).toEqual([2])
  await expect(abandoned.commit()).rejects.toMatchObject({ code: 'STREAM_EXPIRED' })
})

test('a ledger’s file is in WAL with every commit synced and foreign keys on, for the writer and for a reader', async () => {
  const server = databaseServer({ dir: `${databases.dir}/full`, sync: 'FULL', token: databases.token })
  const headers = { authorization: `Bearer ${databases.token}` }
  expect((await server.fetch('http://database/v1/namespaces/ledger/create', { method: 'POST', headers })).status).toBe(
    201,
  )
  const db = createClient({ url: 'http://database/ledger/', authToken: databases.token, fetch: server.fetch })
  const settings = async () => {
    const names = ['journal_mode', 'synchronous', 'foreign_keys', 'query_only']
    const values = await Promise.all(names.map((name) => db.execute(`select * from pragma_${name}`)))
    return values.map(({ rows }) => rows[0]![0])
  }
  expect(await settings()).toEqual(['wal', 2, 1, 0])
  const transaction = await db.transaction('write')
  await transaction.execute('create table t (n integer) strict')
  expect(await settings()).toEqual(['wal', 2, 1, 1])
  await transaction.rollback()
  await server.close()
})

test('an unknown database, a bad name, a wrong token and a stale baton are told apart', async () => {
  await expect(databases.client('nowhere').execute('select 1')).rejects.toMatchObject({
    code: 'NAMESPACE_DOESNT_EXIST',
  })
  await expect(databases.client('NOT-A-NAME').execute('select 1')).rejects.toMatchObject({ code: 'NAMESPACE_INVALID' })
  const send = (token: string, body: unknown) =>
    databases.fetch('http://database/values/v2/pipeline', {
      method: 'POST',
      headers: { authorization: `Bearer ${token}` },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    })
  expect((await send('wrong', { requests: [] })).status).toBe(401)
  expect(await (await send(databases.token, { baton: 'stale', requests: [] })).json()).toMatchObject({
    code: 'STREAM_EXPIRED',
  })
  expect((await send(databases.token, '{')).status).toBe(400)
})

test('creating again changes nothing; removing takes the file away', async () => {
  const db = await databases.create('removed')
  await db.execute('create table t (n integer) strict')
  await databases.create('removed')
  expect((await db.execute('select count(*) as n from t')).rows[0]!.n).toBe(0)
  const remove = () =>
    databases.fetch('http://database/v1/namespaces/removed', {
      method: 'DELETE',
      headers: { authorization: `Bearer ${databases.token}` },
    })
  expect([(await remove()).status, (await remove()).status]).toEqual([200, 404])
  await expect(db.execute('select 1')).rejects.toMatchObject({ code: 'NAMESPACE_DOESNT_EXIST' })
})

test('more databases than files are kept open', async () => {
  const names = Array.from({ length: 70 }, (_, i) => `many-${i}`)
  const few = databaseServer({
    dir: databases.dir,
    sync: 'NORMAL',
    token: databases.token,
    openAtMost: 9,
    warmAtMost: 3,
  })
  const client = (name: string) =>
    createClient({ url: `http://few/${name}/`, authToken: databases.token, fetch: few.fetch })
  for (const name of names)
    await (await databases.create(name)).executeMultiple('create table t (n integer) strict; insert into t values (1);')
  const open = await client(names[0]!).transaction('write')
  await open.execute('update t set n = n + 1')
  for (const name of names.slice(1))
    expect((await client(name).execute('update t set n = n + 1 returning n')).rows[0]!.n).toBe(2)
  // Whoever is in the middle of something is neither closed nor loses it with the pages it held.
  await open.commit()
  expect((await client(names[0]!).execute('select n from t')).rows[0]!.n).toBe(2)
  await few.close()
})
