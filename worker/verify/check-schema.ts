import { companyMigrations } from '#db/company/migrations.ts'
import { sha256 } from '#worker/core/hash.ts'
import { InvariantError } from '#worker/core/money.ts'
import type { Database } from '#worker/database/connect.ts'
import { BREAK } from '#worker/database/migrate.ts'
import { type Check, Finding } from './check.ts'
import { readSchema } from './store.ts'

/**
 * The file's schema against the migrations, text by text: the triggers that keep what is posted (5), everything else and the
 * migrations themselves (33), and that every table is STRICT (34).
 */
export async function checkSchema(db: Database): Promise<Check[]> {
  const began = performance.now()
  const triggers = new Finding(5, 'triggers-in-place')
  const schema = new Finding(33, 'schema-as-migrated')
  const strict = new Finding(34, 'tables-are-strict')
  const { objects, migrations, looseTables } = await readSchema(db)
  const { objects: expected, added } = expectedSchema()
  const found = new Map(objects.map((o) => [o.name, o]))
  for (const [name, { type, sql }] of expected) {
    const finding = type === 'trigger' ? triggers : schema
    const object = found.get(name)
    if (!object) finding.offends({ name, type, fault: 'missing' })
    else if (withoutAddedColumns(object.sql, added.get(name) ?? []) !== sql)
      finding.offends({ name, type, fault: 'other-text' })
  }
  for (const { name, type } of objects)
    if (!expected.has(name)) (type === 'trigger' ? triggers : schema).offends({ name, type, fault: 'not-ours' })
  const applied = new Map(migrations.map((m) => [m.tag, m.sha256]))
  for (const { tag, sql } of companyMigrations)
    if (applied.get(tag) !== (await sha256(sql))) schema.offends({ name: tag, type: 'migration', fault: 'other-text' })
  if (applied.size !== companyMigrations.length) schema.offends({ type: 'migration', fault: 'other-count' })
  for (const name of looseTables) strict.offends({ name, fault: 'not-strict' })
  triggers.read(objects.filter((o) => o.type === 'trigger').length)
  schema.read(objects.length + migrations.length)
  strict.read(objects.filter((o) => o.type === 'table').length)
  const ms = performance.now() - began
  return [triggers.check(ms), schema.check(0), strict.check(0)]
}

type SchemaObject = { type: string; sql: string }
/** `added`: the columns that migrations added to each table, newest first. */
type Expected = { objects: Map<string, SchemaObject>; added: Map<string, string[]> }
const ADDED = /^alter table (\w+) add column ([\s\S]+)$/i
let known: Expected | undefined

/** The text a table was made with: SQLite writes an added column into it, after the columns that were there. */
function withoutAddedColumns(sql: string, added: readonly string[]): string {
  let text = sql
  for (const column of added) {
    const at = text.lastIndexOf(`, ${column}`)
    if (at < 0) return ''
    text = text.slice(0, at) + text.slice(at + column.length + 2)
  }
  return text
}

const statements = (): { tag: string; statement: string }[] =>
  companyMigrations.flatMap(({ tag, sql }) =>
    sql.split(BREAK).map((text) => ({ tag, statement: withoutCommentsBefore(text).replace(/;\s*$/, '') })),
  )

/** Name, kind and text of all that the migrations make, as SQLite keeps the texts. What is dropped may be made anew. */
function expectedSchema(): Expected {
  if (known) return known
  const objects: Expected['objects'] = new Map()
  const added: Expected['added'] = new Map()
  for (const { tag, statement } of statements()) {
    const [, table, column] = ADDED.exec(statement) ?? []
    if (table) added.set(table, [column!, ...(added.get(table) ?? [])])
    if (table || /^(?:insert|update|delete) /i.test(statement)) continue // data, which other checks hold
    const dropped = /^drop (?:trigger|index) (\w+)$/i.exec(statement)?.[1]
    if (dropped) {
      objects.delete(dropped)
      continue
    }
    const gone = /^drop table (\w+)$/i.exec(statement)?.[1]
    if (gone) {
      for (const [name, { type, sql }] of objects)
        if (name === gone || (type !== 'table' && new RegExp(`\\bon ${gone}\\b`, 'i').test(sql))) objects.delete(name)
      continue
    }
    const [, from, to] = /^alter table (\w+) rename to (\w+)$/i.exec(statement) ?? []
    if (from && to) {
      // SQLite writes the new name in quotes.
      objects.set(to, { type: 'table', sql: objects.get(from)!.sql.replace(from, `"${to}"`) })
      objects.delete(from)
      continue
    }
    const made = /^create (unique index|index|virtual table|table|trigger|view) (\w+)/i.exec(statement)
    if (!made) throw new InvariantError(`verify does not know what migration ${tag} does: ${statement.slice(0, 60)}`)
    const type = made[1]!.toLowerCase().replace(/^(?:unique|virtual) /, '')
    // SQLite writes the first words itself and keeps the rest as it was typed.
    const kept = statement.replace(/^create (?:unique |virtual )?(?:index|table|trigger|view)/i, (words) =>
      words.toUpperCase(),
    )
    objects.set(made[2]!, { type, sql: kept })
  }
  known = { objects, added }
  return known
}

const withoutCommentsBefore = (text: string): string => text.trim().replace(/^(?:--[^\n]*\n\s*)+/, '')
