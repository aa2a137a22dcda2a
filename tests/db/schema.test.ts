import { getTableColumns, getTableName } from 'drizzle-orm'
import type { SQLiteTable } from 'drizzle-orm/sqlite-core'
import { expect, test } from 'vitest'
import * as budgets from '#db/company/budgets.ts'
import * as documents from '#db/company/documents.ts'
import * as drafts from '#db/company/drafts.ts'
import * as imports from '#db/company/imports.ts'
import * as ledger from '#db/company/ledger.ts'
import { companyMigrations } from '#db/company/migrations.ts'
import * as oldLedger from '#db/company/old-ledger.ts'
import * as openingBalance from '#db/company/opening-balance.ts'
import * as registers from '#db/company/registers.ts'
import * as reports from '#db/company/reports.ts'
import * as screens from '#db/company/screens.ts'
import * as control from '#db/control/control.ts'
import { controlMigrations } from '#db/control/migrations.ts'
import * as safety from '#db/control/safety.ts'
import { testDatabases } from '#tests/support/database.ts'
import { migrate } from '#worker/database/migrate.ts'

const databases = testDatabases()
const migrated = async (name: string) => {
  const db = await databases.create(name)
  await migrate(db, name, companyMigrations)
  return db
}

test('drizzle knows every table of the migrations, with its columns', async () => {
  const company = await migrated('schema')
  const controlDb = await databases.create('control-schema')
  await migrate(controlDb, 'control-schema', controlMigrations)
  for (const [db, tables] of [
    [
      company,
      [ledger, registers, budgets, imports, oldLedger, openingBalance, documents, drafts, reports, screens].flatMap(
        (of) => Object.values<SQLiteTable>(of as never),
      ),
    ],
    [controlDb, [...Object.values(control), ...Object.values(safety)]],
  ] as const) {
    const known = tables.map((table) => [
      getTableName(table),
      Object.values(getTableColumns(table))
        .map((c) => c.name)
        .toSorted(),
    ])
    const { rows } = await db.execute(
      `select t.name as name, json_group_array(c.name) as columns from pragma_table_list t, pragma_table_info(t.name) c
       where t.schema = 'main' and t.type = 'table' and t.name not like 'sqlite_%' and t.name <> 'schema_migration' group by t.name`,
    )
    const stored = rows.map((r) => [String(r.name), (JSON.parse(String(r.columns)) as string[]).toSorted()])
    expect(known.toSorted()).toEqual(stored.toSorted())
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
  const other = [{ tag: '0001_ledger', sql: 'select 1' }, ...companyMigrations.slice(1)]
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
