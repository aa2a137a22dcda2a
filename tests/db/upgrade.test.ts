// A database of every schema there ever was, with books in it, brought up to date: lazily, in bulk, cut after each statement.
import { beforeAll, describe, expect, test, vi } from 'vitest'
import { companyMigrations } from '#db/company/migrations.ts'
import { controlMigrations } from '#db/control/migrations.ts'
import { simpleDraft, testApp } from '#tests/support/app.ts'
import { deskOf } from '#tests/support/ledger-desk.ts'
import { clearForRestore, insertRows, readRows, readTables } from '#worker/backup/store.ts'
import { inOrder } from '#worker/backup/table.ts'
import { companyDatabase, controlDatabase, createDatabase, type Database } from '#worker/database/connect.ts'
import { BREAK, migrate } from '#worker/database/migrate.ts'
import { NoAnswer } from '#worker/database/refusal.ts'

const { company, call, env } = testApp()
const thisYear = new Date().getFullYear()

/** Today's books, table by table, and what they say. */
type Row = Record<string, unknown>
const books = new Map<string, Row[]>()
let owner: string
let figures: { accounts: unknown; items: [party: string, amount: number, rest: number][] }
let head: { ledgerVersion: number; chainHead: string }

const figuresOf = async (path: string) => {
  const [trial, items] = await Promise.all([call(`${path}/reports/trial-balance`), call(`${path}/open-items`)])
  return {
    accounts: trial.json.rows.map((r: any) => [r.account, r.opening, r.closing]),
    items: items.json.items.map((i: any) => [i.party, i.amount, i.rest]) as [string, number, number][],
  }
}

beforeAll(async () => {
  const c = await company({ name: 'Gamle AS' })
  owner = c.id
  await c.call('/parties', { body: { kind: 'customer', number: '10001', name: 'Kunde AS' } })
  for (const name of ['Kunden AS', 'Kunde AS'])
    await c.call('/parties/customer/10001', { method: 'PATCH', body: { name } })
  const { book, posted, match, reverse } = deskOf(c)
  const claims = []
  for (const amount of [1250_00, 99_90, 47_11])
    claims.push(await book(`${thisYear}-02-10`, '1500:10001', amount, {}, '3000'))
  const paid = await book(`${thisYear}-02-20`, '1500:10001', -1250_00, {}, '1920')
  expect((await match({ items: [{ openItem: claims[0]!.item }, { openItem: paid.item }] })).status).toBe(201)
  await reverse((await posted(simpleDraft())).id, `${thisYear}-03-01`)
  figures = await figuresOf(c.path)
  const { json } = await c.call('/verify?full')
  expect(json.checks.filter((check: any) => !check.holds)).toEqual([])
  head = { ledgerVersion: json.ledgerVersion, chainHead: json.chainHead }
  for (const table of await readTables(c.db)) {
    const rows: Row[] = []
    for await (const lines of readRows(c.db, table))
      for (const line of lines.trimEnd().split('\n')) {
        const values = JSON.parse(line) as unknown[]
        rows.push(Object.fromEntries(table.columns.map((column, i) => [column, values[i]])))
      }
    books.set(table.name, rows)
  }
})

/** A database as it was after so many migrations, with as much of the books as it had tables and columns for. */
async function databaseOf(schema: number, name: string): Promise<Database> {
  await createDatabase(env, name)
  const db = companyDatabase(env, name)
  await migrate(db, `${name} as it was`, companyMigrations.slice(0, schema))
  const tables = inOrder(await readTables(db))
  const { indexes, triggers } = await clearForRestore(db, tables)
  for (const { name: table, columns } of tables) {
    if (table === 'schema_migration') continue
    const rows = (books.get(table) ?? []).map((row) => JSON.stringify(columns.map((column) => row[column] ?? null)))
    if (rows.length > 0) await db.batch(insertRows(table, columns, rows), 'write')
  }
  const applied = books.get('schema_migration')!.slice(0, schema)
  const rows = applied.map((row) => JSON.stringify([row.tag, row.sha256, row.applied_at]))
  const registered = insertRows('schema_migration', ['tag', 'sha256', 'applied_at'], rows)
  await db.batch([...registered, ...indexes, ...triggers], 'write')
  return db
}

/** A company whose database is of an old schema. */
async function oldCompany(schema: number): Promise<{ id: string; path: string; db: Database }> {
  const name = `old-${schema}`
  const db = await databaseOf(schema, name)
  const id = `cmp_${String(schema).padStart(26, '0')}`
  await controlDatabase(env).execute({
    sql: `insert into company (id, name, database, colour, status, created_at, books) values (?, 'Gamle AS', ?, 'mose', 'active', '2020', ?)`,
    args: [id, name, owner],
  })
  return { id, path: `/api/v1/companies/${id}`, db }
}

/** Before there were matches everything is open; what a party owes is the same. */
const owed = ({ items }: typeof figures) => items.reduce((sum, [, , rest]) => sum + rest, 0)
const SINCE_MATCHES = companyMigrations.findIndex(({ tag }) => tag === '0003_open_items') + 1

async function expectSame(path: string, schema: number) {
  const now = await figuresOf(path)
  expect(now.accounts).toEqual(figures.accounts)
  expect(owed(now)).toBe(owed(figures))
  if (schema >= SINCE_MATCHES) expect(now.items).toEqual(figures.items)
  const { json } = await call(`${path}/verify?full`)
  expect(json.checks.filter((check: any) => !check.holds)).toEqual([])
  expect(json).toMatchObject(head)
}

const newest = companyMigrations.at(-1)!.tag
/** Every second schema is upgraded when it is opened, the others all at once. */
const schemas = companyMigrations.map(({ tag }, i) => [tag, i + 1] as const)

describe('a company of an old schema', () => {
  test.each(schemas.filter(([, schema]) => schema % 2 === 1))(
    '%s: is upgraded when it is opened, verifies, and says what it said',
    async (_tag, schema) => {
      const { path, db } = await oldCompany(schema)
      await expectSame(path, schema)
      expect((await db.execute('select name from party_name')).rows.map(({ name }) => name)).toEqual([
        'Kunde AS',
        'Kunden AS',
      ])
      const next = await call(`${path}/vouchers`, { body: simpleDraft() })
      expect(next.json.ledgerVersion, next.text).toBe(head.ledgerVersion + 1)
    },
  )

  test('is upgraded with all the others; one that fails is told and goes with the next run', async () => {
    const old = []
    for (const [, schema] of schemas.filter((_, i) => i % 2 === 1)) old.push({ schema, ...(await oldCompany(schema)) })
    const stuck = old[3]!
    // A table in the way of a later migration, as one that somebody made by hand.
    const wanted = /create table (\w+)/.exec(
      companyMigrations
        .slice(stuck.schema)
        .map(({ sql }) => sql)
        .join('\n'),
    )![1]!
    await stuck.db.execute(`create table ${wanted} (a integer) strict`)
    const run = async () => {
      const { json } = await call('/api/v1/instance/upgrades', { method: 'POST' })
      return json.companies.filter(({ file }: any) => file?.schema !== newest).map(({ id }: any) => id)
    }
    const told = vi.spyOn(console, 'error').mockReturnValue()
    expect(await run()).toEqual([stuck.id])
    expect(told.mock.calls.join()).toContain(stuck.id)
    vi.restoreAllMocks()
    await stuck.db.execute(`drop table ${wanted}`)
    expect(await run()).toEqual([])
    // What those between them come to in reports is asked above.
    for (const { path } of old) expect((await call(`${path}/verify?full`)).json).toMatchObject({ ok: true, ...head })
    for (const { path, schema } of [stuck, old[0]!, old.at(-1)!]) await expectSame(path, schema)
  }, 30_000)

  test('cut after any statement of any migration is wholly of one schema, and goes on', async () => {
    const db = await databaseOf(1, 'cut')
    // A migration may move data alone: then it is its own row that tells.
    const state = async () =>
      (
        await db.execute(`select json_group_array(name || coalesce(sql, '')) || (select count(*) from schema_migration)
          as text from sqlite_schema`)
      ).rows[0]!.text
    let cuts = 0
    for (const [i, { sql }] of companyMigrations.entries()) {
      if (i === 0) continue
      const upTo = companyMigrations.slice(0, i + 1)
      const before = await state()
      for (let after = 0; after <= sql.split(BREAK).length; after++) {
        await expect(migrate(cutting(db, after + 1), `cut ${i} ${after}`, upTo)).rejects.toThrow(
          'no such table: cut_here',
        )
        if (after % 4 === 0) expect(await state()).toBe(before)
        cuts++
      }
      // The commit was made and its answer lost.
      await expect(migrate(losing(db), `lost ${i}`, upTo)).rejects.toThrow('lost')
      expect(await state()).not.toBe(before)
      await migrate(db, `again ${i}`, upTo)
    }
    expect(cuts).toBeGreaterThan(100)
    const id = 'cmp_00000000000000000000000cut'
    await controlDatabase(env).execute({
      sql: `insert into company (id, name, database, colour, status, created_at, books) values (?, 'Kuttet AS', 'cut', 'mose', 'active', '2020', ?)`,
      args: [id, owner],
    })
    await expectSame(`/api/v1/companies/${id}`, 1)
  }, 30_000)
})

test('what was too much at once goes one by one, and one that is cut is wholly done or not', async () => {
  const db = await databaseOf(1, 'parts')
  const sent: number[] = []
  const silent: Database = { execute: db.execute.bind(db), batch: () => Promise.reject(new NoAnswer('busy')) }
  await expect(migrate(silent, 'parts', companyMigrations)).rejects.toThrow(NoAnswer)
  const counting: Database = {
    execute: db.execute.bind(db),
    batch: (statements, mode) => {
      sent.push(statements.length)
      return sent.length === 3
        ? db.batch([...statements.slice(0, -1), 'select * from cut_here'], mode)
        : db.batch(statements, mode)
    },
  }
  const state = async () => (await db.execute('select count(*) as n from schema_migration')).rows[0]!.n
  const before = Number(await state())
  await expect(migrate(counting, 'parts', companyMigrations)).rejects.toThrow('no such table: cut_here')
  expect([await state(), sent.length]).toEqual([before + 2, 3])
  await migrate(counting, 'parts', companyMigrations)
  expect(await state()).toBe(companyMigrations.length)
})

/** A database whose batches end after so many statements, as when its process is killed there. */
const cutting = (db: Database, after: number): Database => ({
  execute: db.execute.bind(db),
  batch: (statements, mode) => db.batch([...statements.slice(0, after), 'select * from cut_here'], mode),
})
/** A database that commits and whose answers are lost. */
const losing = (db: Database): Database => ({
  execute: db.execute.bind(db),
  async batch(statements, mode) {
    await db.batch(statements, mode)
    throw new Error('lost')
  },
})

describe('the control database', () => {
  test('of every schema comes up to date with its people and companies', async () => {
    let whole: string | undefined
    for (let schema = 1; schema < controlMigrations.length; schema++) {
      const name = `control-${schema}`
      await createDatabase(env, name)
      const db = companyDatabase(env, name)
      await migrate(db, `${name} as it was`, controlMigrations.slice(0, schema))
      await db.batch(
        [
          "insert into user (id, email, name, created_at) values ('usr_a', 'a@example.no', 'A', '2026')",
          "insert into company (id, name, database, colour, status, created_at) values ('cmp_a', 'A AS', 'cmp-a', 'mose', 'active', '2026')",
          "insert into membership (user, company, role, created_at) values ('usr_a', 'cmp_a', 'administrator', '2026')",
        ],
        'write',
      )
      // Cut in the middle of what comes next, it is wholly of the schema it had, and goes on.
      await expect(migrate(cutting(db, 2), `${name} cut`, controlMigrations)).rejects.toThrow('no such table: cut_here')
      const tag = await db.execute('select max(tag) as tag from schema_migration')
      expect(tag.rows).toMatchObject([{ tag: controlMigrations[schema - 1]!.tag }])
      await migrate(db, name, controlMigrations)
      const { rows: made } = await db.execute(
        "select name, sql from sqlite_schema where name not like 'sqlite_%' order by name",
      )
      whole ??= JSON.stringify(made)
      expect(JSON.stringify(made)).toBe(whole) // all roads lead to the same schema
      const { rows } = await db.execute(
        'select m.role, u.email, c.name from membership m join user u on u.id = m.user join company c on c.id = m.company',
      )
      expect(rows).toMatchObject([{ role: 'administrator', email: 'a@example.no', name: 'A AS' }])
    }
  })
})

describe('code that is older than a database', () => {
  test('says so and touches nothing', async () => {
    const c = await company()
    await c.db.execute("insert into schema_migration (tag, sha256) values ('9999_later', 'x')")
    const { rows } = await c.db.execute('select max(ledger_version) as v from voucher')
    const name = c.id.replace('_', '-')
    const again = migrate(companyDatabase(env, name), `${name} in another isolate`, companyMigrations)
    await expect(again).rejects.toMatchObject({ status: 503, code: 'schema/newer' })
    const { json } = await call('/api/v1/instance/companies')
    expect(json.companies.find(({ id }: any) => id === c.id).file).toMatchObject({
      schema: '9999_later',
      current: false,
    })
    expect((await c.db.execute('select max(ledger_version) as v from voucher')).rows).toEqual(rows)
  })
})
