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
  const expected = expectedObjects()
  const found = new Map(objects.map((o) => [o.name, o]))
  for (const [name, { type, sql }] of expected) {
    const finding = type === 'trigger' ? triggers : schema
    const object = found.get(name)
    if (!object) finding.offends({ name, type, fault: 'missing' })
    else if (object.sql !== sql) finding.offends({ name, type, fault: 'other-text' })
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
let known: Map<string, SchemaObject> | undefined

/** Name, kind and text of all that the migrations make, as SQLite keeps the texts. */
function expectedObjects(): Map<string, SchemaObject> {
  known ??= new Map(
    companyMigrations.flatMap(({ tag, sql }) =>
      sql.split(BREAK).flatMap((text): [string, SchemaObject][] => {
        const statement = withoutCommentsBefore(text).replace(/;\s*$/, '')
        if (/^(?:insert|update|delete) /i.test(statement)) return [] // data, which other checks hold
        const made = /^create (unique index|index|table|trigger|view) (\w+)/i.exec(statement)
        if (!made)
          throw new InvariantError(`verify does not know what migration ${tag} does: ${statement.slice(0, 60)}`)
        const type = made[1]!.toLowerCase().replace('unique ', '')
        // SQLite writes the first words itself and keeps the rest as it was typed.
        const kept = statement.replace(/^create (?:unique )?(?:index|table|trigger|view)/i, (words) =>
          words.toUpperCase(),
        )
        return [[made[2]!, { type, sql: kept }]]
      }),
    ),
  )
  return known
}

const withoutCommentsBefore = (text: string): string => text.trim().replace(/^(?:--[^\n]*\n\s*)+/, '')
