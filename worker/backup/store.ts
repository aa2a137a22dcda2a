import type { Instant } from '#worker/core/dates.ts'
import type { CompanyId } from '#worker/core/ids.ts'
import type { Database, InStatement } from '#worker/database/connect.ts'
import { places, rowsOf } from '#worker/database/json-rows.ts'
import { quoted, type Table } from './table.ts'

/**
 * The tables that hold a company's books. Full-text indexes are left out: they are made from the rest. A table with rowids keeps
 * them, since some of our rules read the order of insertion from them.
 */
export async function readTables(db: Database): Promise<Table[]> {
  const { rows } = await db.execute(`
    select t.name, t.wr,
      (select json_group_array(name order by cid) from pragma_table_xinfo(t.name) where hidden = 0) as columns,
      (select json_group_array(name order by pk) from pragma_table_xinfo(t.name) where pk > 0) as key,
      (select count(*) = 1 and max(upper(type)) = 'INTEGER' from pragma_table_xinfo(t.name) where pk > 0) as numbered,
      (select json_group_array(distinct "table") from pragma_foreign_key_list(t.name)) as needs
    from pragma_table_list t
    where t.schema = 'main' and t.type = 'table' and t.name not like 'sqlite_%'
    order by t.name`)
  return rows.map((r) => {
    const [columns, key, needs] = [r.columns, r.key, r.needs].map((list) => JSON.parse(String(list)) as string[])
    const withRowids = Number(r.wr) === 0 && Number(r.numbered) !== 1
    return {
      name: String(r.name),
      columns: withRowids ? ['rowid', ...columns!] : columns!,
      key: withRowids ? ['rowid'] : key!,
      needs: needs!,
    }
  })
}

export async function countRows(db: Database, tables: readonly Table[]): Promise<number[]> {
  const results = await db.batch(
    tables.map(({ name }) => `select count(*) as n from ${quoted(name)}`),
    'read',
  )
  return results.map(({ rows }) => Number(rows[0]!.n))
}

/** The migrations the file has had, in order: a newer product than the one that asks may have been at it. */
export async function readMigrations(db: Database): Promise<{ tag: string; sha256: string }[]> {
  const { rows } = await db.execute('select tag, sha256 from schema_migration order by tag')
  return rows.map((r) => ({ tag: String(r.tag), sha256: String(r.sha256) }))
}

/** Rows of a page: most rows are short, and one answer stays within what a database service sends. */
const PAGE = 2_000
type Page = { lines: string; n: number }

/**
 * A table's rows as lines of JSON, a page at a time, the next one read while one is used. The database writes the JSON: a value of its own for
 * each column took four times as long. Only for a database that nobody writes to.
 */
export async function* readRows(db: Database, { name, columns, key }: Table): AsyncGenerator<string> {
  const list = columns.map(quoted).join(', ')
  const keys = key.map(quoted).join(', ')
  let next: Promise<Page> | undefined = pageAfter()
  while (next) {
    const { lines, n }: Page = await next
    next = undefined
    if (n === 0) return
    if (n === PAGE) {
      const row = JSON.parse(lines.slice(lines.lastIndexOf('\n') + 1)) as unknown[]
      next = pageAfter(key.map((column) => row[columns.indexOf(column)]))
      next.catch(() => {}) // who waits for it is told
    }
    yield `${lines}\n`
  }

  async function pageAfter(last?: readonly unknown[]): Promise<Page> {
    const after = last ? `where (${keys}) > (select ${places(0, last.length)} from json_each(?))` : ''
    const { rows } = await db.execute({
      // A query within that has a limit is gone through in its order; to sort its rows once more cost a quarter of it.
      sql: `select group_concat(line, '\n') as lines, count(*) as n
            from (select json_array(${list}) as line from ${quoted(name)} ${after} order by ${keys} limit ${PAGE})`,
      args: last ? [JSON.stringify([last])] : [],
    })
    return { lines: String(rows[0]!.lines), n: Number(rows[0]!.n) }
  }
}

/** Rows of one table, given as the lines of its file. What a row points at may come later in the same batch. */
export const insertRows = (table: string, columns: readonly string[], lines: readonly string[]): InStatement[] => [
  'pragma defer_foreign_keys = on',
  {
    sql: `insert into ${quoted(table)} (${columns.map(quoted).join(', ')})
          ${rowsOf()} select ${places(0, columns.length)} from row`,
    args: [`[${lines.join()}]`],
  },
]

/**
 * Everything that acts by itself on a row, and what migrations put into an empty database, out of the way of the archive's rows; gives what
 * puts it back. An index filled row by row costs twice one made of rows that are there. Unique ones stay: a foreign key may point at them.
 */
export async function clearForRestore(
  db: Database,
  tables: readonly Table[],
): Promise<{ indexes: string[]; triggers: string[] }> {
  const { rows } = await db.execute(
    `select type, name, sql from sqlite_schema where type = 'trigger' or sql like 'create index %' order by rowid`,
  )
  await db.batch(
    [
      'pragma defer_foreign_keys = on',
      ...rows.filter((r) => r.type === 'trigger').map((r) => `drop trigger ${quoted(String(r.name))}`),
      ...tables.map(({ name }) => `delete from ${quoted(name)}`),
      ...rows.filter((r) => r.type === 'index').map((r) => `drop index ${quoted(String(r.name))}`),
    ],
    'write',
  )
  const textsOf = (type: string) => rows.filter((r) => r.type === type).map((r) => String(r.sql))
  return { indexes: textsOf('index'), triggers: textsOf('trigger') }
}

/** What is made from the rest: the search of comments at once, that of vouchers when somebody searches. */
export const REBUILD: readonly string[] = [
  `insert into comment_search (comment_search) values ('rebuild')`,
  'update voucher_search_state set first_version = 1, last_version = 0',
]

/** Documents of a restored company lie under its own id. */
export const moveDocuments = (to: CompanyId): InStatement => ({
  sql: `update document set object_key = 'documents/' || ? || '/' || substr(object_key, 11 + instr(substr(object_key, 11), '/'))`,
  args: [to],
})

/**
 * So do files of imports, whatever an archive says: it names no object of anybody else's. They keep the last part of their name,
 * so that the files of one ZIP archive still share it.
 */
export const moveImportFiles = (to: CompanyId): InStatement[] =>
  ['import_job', 'sheet_import', 'saft_switch_file'].map((table) => ({
    sql: `update ${table} set file_key = 'imports/' || ?1 || '/' || replace(k.key, rtrim(k.key, replace(k.key, '/', '')), '')
          from (select id, coalesce(file_key, 'imports/' || id) as key from ${table}) k where k.id = ${table}.id`,
    args: [to],
  }))

export type KeptObject = { key: string; file: 'document' | 'import'; name: string }

/** What lies in the bucket of a company, in order. */
export async function* readObjects(db: Database): AsyncGenerator<KeptObject> {
  for (let after = -1; ; ) {
    const { rows } = await db.execute({
      sql: 'select stamp, object_key, sha256 from document where stamp > cast(? as integer) order by stamp limit 500',
      args: [String(after)],
    })
    for (const r of rows) yield { key: String(r.object_key), file: 'document', name: String(r.sha256) }
    if (rows.length < 500) break
    after = Number(rows.at(-1)!.stamp)
  }
  yield* await readImportFiles(db)
}

/** Those of these objects that a document lies in. */
export async function readKeptDocuments(db: Database, keys: readonly string[]): Promise<string[]> {
  const { rows } = await db.execute({
    sql: 'select object_key from document where object_key in (select value from json_each(?))',
    args: [JSON.stringify(keys)],
  })
  return rows.map((r) => String(r.object_key))
}

/**
 * The files that were brought in, of every table that holds one and of whatever migration the database is at. They do not lie under
 * the company's id, but for those of a restored company. The files of one ZIP archive share its object.
 */
export async function readImportFiles(db: Database): Promise<KeptObject[]> {
  const { rows: tables } = await db.execute(`
    select t.name, max(c.name = 'file_key') as named from pragma_table_list t, pragma_table_xinfo(t.name) c
     where t.schema = 'main' and t.type = 'table' group by t.name having named or t.name = 'import_job'`)
  if (tables.length === 0) return []
  const files = tables.map(({ name, named }) => {
    const key = Number(named) === 1 ? `coalesce(file_key, 'imports/' || id)` : `'imports/' || id`
    return `select id, ${key} as key, ${name === 'import_job' ? 'id' : 'null'} as job from ${quoted(String(name))}`
  })
  const { rows } = await db.execute(
    `select coalesce(min(job), min(id)) as id, key from (${files.join(' union all ')}) group by key order by 1`,
  )
  return rows.map((r) => ({ key: String(r.key), file: 'import', name: String(r.id) }))
}

/** Whose books a restored company has, and that it does nothing by itself yet. */
export const setRestored = (company: CompanyId, books: string, at: Instant): InStatement => ({
  sql: 'update company set books = ?, paused_at = ? where id = ?',
  args: [books, at, company],
})

/** A company whose restoring failed: nobody has seen it. */
export const deleteRestoredCompany = (company: CompanyId): InStatement => ({
  sql: `delete from company where id = ? and status = 'importing'`,
  args: [company],
})
