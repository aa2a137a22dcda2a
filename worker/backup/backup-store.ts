import type { Instant, IsoDate } from '#worker/core/dates.ts'
import type { Database, InStatement } from '#worker/database/connect.ts'
import type { KnownHead } from './known-history.ts'

export type KeptBackup = {
  id: string
  size: number
  sha256: string
  ledgerVersion: number
  chainHead: string
  kind: 'scheduled' | 'asked' | 'uploaded'
  by: string
  recordedAt: Instant
}
type Stored = KeptBackup & { objectKey: string }

const backupOf = (r: Record<string, unknown>): Stored => ({
  id: String(r.id),
  size: Number(r.size),
  sha256: String(r.sha256),
  ledgerVersion: Number(r.ledger_version),
  chainHead: String(r.chain_head),
  kind: String(r.kind) as KeptBackup['kind'],
  by: String(r.by),
  recordedAt: String(r.recorded_at) as Instant,
  objectKey: String(r.object_key),
})

export const insertBackup = (b: Stored & { company: string }): InStatement => ({
  sql: `insert into backup (id, company, object_key, size, sha256, ledger_version, chain_head, kind, by, recorded_at)
        select value->>0, value->>1, value->>2, value->>3, value->>4, value->>5, value->>6, value->>7, value->>8, value->>9 from json_each(?)`,
  args: [
    JSON.stringify([
      [b.id, b.company, b.objectKey, b.size, b.sha256, b.ledgerVersion, b.chainHead, b.kind, b.by, b.recordedAt],
    ]),
  ],
})

/** A company's backups, newest first. */
export async function readBackups(control: Database, company: string): Promise<Stored[]> {
  const { rows } = await control.execute({
    sql: 'select * from backup where company = ? order by recorded_at desc, id',
    args: [company],
  })
  return rows.map(backupOf)
}

export const readScheduledBackups = async (control: Database, company: string): Promise<Stored[]> =>
  (await readBackups(control, company)).filter(({ kind }) => kind === 'scheduled')

export async function readBackup(control: Database, company: string, id: string): Promise<Stored | undefined> {
  const { rows } = await control.execute({
    sql: 'select * from backup where company = ? and id = ?',
    args: [company, id],
  })
  return rows[0] && backupOf(rows[0])
}

export const deleteBackups = (ids: readonly string[]): InStatement => ({
  sql: 'delete from backup where id in (select value from json_each(?))',
  args: [JSON.stringify(ids)],
})

/** Written down before a copy of a database is made, so that it is found when nobody is left to drop it. */
export const insertCopy = (copy: string, at: Instant): InStatement => ({
  sql: 'insert into database_copy (database, made_at) values (?, ?)',
  args: [copy, at],
})

export const deleteCopy = (copy: string): InStatement => ({
  sql: 'delete from database_copy where database = ?',
  args: [copy],
})

/** Copies that were made before a time and are not known to be dropped. */
export async function readCopies(control: Database, before: string): Promise<string[]> {
  const { rows } = await control.execute({
    sql: 'select database from database_copy where made_at < ? order by made_at',
    args: [before],
  })
  return rows.map((row) => String(row.database))
}

/**
 * What is written down outside the books of where their chain stood, in each company that has them: each day's head, and checks that
 * held. Up to a ledger version; also of companies that are deleted. `inSpite`: of one that was restored in
 * spite of what was known. A backup says nothing of it: one is taken of damaged books, too.
 */
export async function readKnownHeads(
  control: Database,
  books: string,
  upTo: number,
): Promise<(KnownHead & { inSpite: boolean })[]> {
  const { rows } = await control.execute({
    sql: `with same as (select id, exists (select 1 from control_log l
          where l.company = c.id and l.type = 'company.restored' and l.changes ->> '$.contradicts' is not null) as in_spite
        from company c where coalesce(books, id) = ?1)
      select company, in_spite, ledger_version, chain_head, min(day) as day, json_group_array(day) filter (where kept) as days from (
        select company, ledger_version, chain_head, day, in_spite, 1 as kept from head_anchor join same on company = same.id
        union all select company, ledger_version, chain_head, substr(recorded_at, 1, 10), in_spite, 0
          from verification join same on company = same.id where ok = 1)
      where ledger_version between 1 and cast(?2 as integer) group by company, ledger_version, chain_head`,
    args: [books, String(upTo)],
  })
  return rows.map((r) => ({
    company: String(r.company),
    day: String(r.day) as IsoDate,
    ledgerVersion: Number(r.ledger_version),
    chainHead: String(r.chain_head),
    days: JSON.parse(String(r.days)) as IsoDate[],
    inSpite: Number(r.in_spite) === 1,
  }))
}

/** Files in the bucket that no row told of when the night came by, and when that was first seen. */
export async function readFilesWithoutRow(control: Database, company: string): Promise<Map<string, string>> {
  const { rows } = await control.execute({
    sql: 'select key, found_at from file_without_row where company = ?',
    args: [company],
  })
  return new Map(rows.map((r) => [String(r.key), String(r.found_at)]))
}

export const insertFilesWithoutRow = (company: string, keys: readonly string[], at: Instant): InStatement => ({
  sql: `insert into file_without_row (company, key, found_at) select ?, value, ? from json_each(?) where true on conflict do nothing`,
  args: [company, at, JSON.stringify(keys)],
})

/** They are gone, or a row tells of them again. */
export const deleteFilesWithoutRow = (company: string, keys: readonly string[]): InStatement => ({
  sql: 'delete from file_without_row where company = ? and key in (select value from json_each(?))',
  args: [company, JSON.stringify(keys)],
})

/** A restored company does nothing by itself until somebody says so. */
export const endPause = (company: string, at: Instant): InStatement => ({
  sql: 'update company set paused_at = null, in_use_since = ? where id = ? and paused_at is not null',
  args: [at, company],
})
