import { getTableColumns, getTableName } from 'drizzle-orm'
import { expect, test } from 'vitest'
import * as ledger from '#db/company/ledger.ts'
import { companyMigrations } from '#db/company/migrations.ts'
import { testDatabases } from '#tests/support/database.ts'
import { migrate } from '#worker/database/migrate.ts'

const databases = testDatabases()
const migrated = async (name: string) => {
  const db = await databases.create(name)
  await migrate(db, name, companyMigrations)
  return db
}

test('the tables drizzle knows have the columns of the migrations', async () => {
  const db = await migrated('schema')
  for (const table of Object.values(ledger)) {
    const { rows } = await db.execute(`select name from pragma_table_info('${getTableName(table)}')`)
    const known = Object.values(getTableColumns(table)).map((column) => column.name)
    expect([getTableName(table), known.toSorted()]).toEqual([
      getTableName(table),
      rows.map((r) => String(r.name)).toSorted(),
    ])
  }
})

test('every table is STRICT', async () => {
  const db = await migrated('strict')
  const { rows } = await db.execute(
    "select name from pragma_table_list where schema = 'main' and type = 'table' and not strict and name not like 'sqlite_%'",
  )
  expect(rows.map((r) => r.name)).toEqual([])
})

test('money cannot be a float, nor a text become a number', async () => {
  const db = await migrated('values')
  await expect(
    db.execute("insert into balance (account, month, debit, credit) values ('1920', '2026-01', 1.5, 0)"),
  ).rejects.toThrow()
  await expect(
    db.execute("insert into balance (account, month, debit, credit) values ('1920', '2026-01', '12abc', 0)"),
  ).rejects.toThrow()
})

test('a migration that was changed after it was applied is refused', async () => {
  const db = await migrated('changed')
  const other = [{ tag: '0001_ledger', sql: 'select 1' }]
  await expect(migrate(db, 'changed-later', other)).rejects.toThrow(/changed after it was applied/)
})

test('two runners at once leave one schema', async () => {
  const db = await databases.create('race')
  await Promise.all(
    Array.from({ length: 8 }, (_, i) => migrate(databases.client('race'), `race-${i}`, companyMigrations)),
  )
  const { rows } = await db.execute('select tag from schema_migration order by tag')
  expect(rows.map((r) => r.tag)).toEqual(companyMigrations.map((m) => m.tag))
})
