import { sha256 } from '#worker/core/hash.ts'
import { InvariantError } from '#worker/core/money.ts'
import { Problem } from '#worker/core/problem.ts'
import type { Database, InStatement } from './connect.ts'
import { isMissing, NoAnswer } from './refusal.ts'

export type Migration = { readonly tag: string; readonly sql: string }

export const BREAK = '--> statement-breakpoint'
/** Databases this isolate has seen up to date: plain values, since a promise must not outlive its request. */
const upToDate = new Map<string, number>()
/** Databases that did not answer in time to all they lack at once: the next time they get it in parts. */
const slow = new Set<string>()
/** The texts change only with the code, so each is hashed once in an isolate. */
const hashes = new Map<string, string>()

/**
 * Brings a database to the newest schema. What it lacks is one batch, where each migration first claims its tag: of two runners the
 * slower fails whole and finds the work done. When the batch is refused, the migrations go one by one, so that those before the one
 * that fails stand. Migrations only go forward.
 * @throws InvariantError when a migration that was applied has another text now; Problem 503 schema/newer for a database that newer
 * code has been at: what this code would write there is not known to be right.
 */
export async function migrate(db: Database, name: string, migrations: readonly Migration[]): Promise<void> {
  if (upToDate.get(name) === migrations.length) return
  let together = !slow.has(name)
  for (let attempt = 0; ; attempt++) {
    const applied = await readApplied(db)
    const missing = await missingOf(migrations, applied ?? new Map())
    try {
      const first = applied ? [] : [REGISTER]
      if (together && missing.length > 0) await db.batch([...first, ...missing.flatMap(stepsOf)], 'write')
      else for (const migration of missing) await db.batch([...first, ...stepsOf(migration)], 'write')
      upToDate.set(name, migrations.length)
      return
    } catch (error) {
      if (error instanceof NoAnswer) slow.add(name)
      const taken = /schema_migration/.test(String(error)) && attempt <= migrations.length
      const tooMuch = together && missing.length > 1 && !(error instanceof NoAnswer)
      if (!taken && !tooMuch) throw error
      if (!taken) together = false
    }
  }
}

const REGISTER = `create table if not exists schema_migration (
  tag text primary key, sha256 text not null, applied_at text not null default current_timestamp) strict`

/** SHA-256 of what was applied, by its tag; undefined for a database that is new. */
async function readApplied(db: Database): Promise<Map<string, string> | undefined> {
  try {
    const { rows } = await db.execute('select tag, sha256 from schema_migration')
    return new Map(rows.map((row) => [String(row.tag), String(row.sha256)]))
  } catch (error) {
    if (isMissing(error)) return undefined
    throw error
  }
}

async function missingOf(migrations: readonly Migration[], applied: ReadonlyMap<string, string>): Promise<Migration[]> {
  const newer = [...applied.keys()].find((tag) => !migrations.some((migration) => migration.tag === tag))
  if (newer !== undefined) throw new Problem(503, 'schema/newer', { params: { schema: newer } })
  for (const { sql } of migrations) if (!hashes.has(sql)) hashes.set(sql, await sha256(sql))
  return migrations.filter(({ tag, sql }) => {
    const known = applied.get(tag)
    if (known && known !== hashes.get(sql))
      throw new InvariantError(`migration ${tag} was changed after it was applied`)
    return !known
  })
}

/** A migration with its claim, which is its first statement. */
const stepsOf = ({ tag, sql }: Migration): InStatement[] => [
  { sql: 'insert into schema_migration (tag, sha256) values (?, ?)', args: [tag, hashes.get(sql)!] },
  ...sql.split(BREAK).map((text) => text.trim()),
]
