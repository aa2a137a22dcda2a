import { sha256 } from '#worker/core/hash.ts'
import { InvariantError } from '#worker/core/money.ts'
import { Problem } from '#worker/core/problem.ts'
import type { Database } from './connect.ts'

export type Migration = { readonly tag: string; readonly sql: string }

export const BREAK = '--> statement-breakpoint'
/** Databases this isolate has seen up to date: plain values, since a promise must not outlive its request. */
const upToDate = new Map<string, number>()

/**
 * Brings a database to the newest schema. Each migration is one batch whose first statement claims its tag, so of two
 * runners the slower fails whole and finds the work done. Migrations only go forward.
 * @throws InvariantError when a migration that was applied has another text now; Problem 503 schema/newer for a database that newer
 * code has been at: what this code would write there is not known to be right.
 */
export async function migrate(db: Database, name: string, migrations: readonly Migration[]): Promise<void> {
  if (upToDate.get(name) === migrations.length) return
  await db.execute(`create table if not exists schema_migration (
    tag text primary key, sha256 text not null, applied_at text not null default current_timestamp) strict`)
  for (let attempt = 0; ; attempt++) {
    const { rows } = await db.execute('select tag, sha256 from schema_migration')
    const applied = new Map(rows.map((row) => [String(row.tag), String(row.sha256)]))
    const newer = [...applied.keys()].find((tag) => !migrations.some((migration) => migration.tag === tag))
    if (newer !== undefined) throw new Problem(503, 'schema/newer', { params: { schema: newer } })
    try {
      for (const { tag, sql } of migrations) {
        const hash = await sha256(sql)
        const known = applied.get(tag)
        if (known && known !== hash) throw new InvariantError(`migration ${tag} was changed after it was applied`)
        if (known) continue
        const claim = { sql: 'insert into schema_migration (tag, sha256) values (?, ?)', args: [tag, hash] }
        await db.batch([claim, ...sql.split(BREAK).map((text) => text.trim())], 'write')
      }
      upToDate.set(name, migrations.length)
      return
    } catch (error) {
      if (attempt > migrations.length || !/schema_migration/.test(String(error))) throw error
    }
  }
}
