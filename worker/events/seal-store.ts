import type { Database, InStatement } from '#worker/database/connect.ts'

/** An entry of a log as it is sealed: every column as it stands, its place first. */
export type Sealable = readonly [sequence: number, ...columns: (string | number | null)[]]

/** A log and the seals that cover it. */
export type SealedLog = { readonly table: string; readonly seals: string; readonly columns: string }

/** A company's events. Recipe: docs/audit-log.md. */
export const COMPANY_LOG: SealedLog = {
  table: 'event',
  seals: 'audit_seal',
  columns: 'type, recorded_at, by, ledger_version, subject, touched, changes, origin',
}
/** What happens outside any company's books. */
export const CONTROL_LOG: SealedLog = {
  table: 'control_log',
  seals: 'control_seal',
  columns: 'type, recorded_at, by, user, company, office, subject, changes, origin',
}

/** The newest seal; before the first, hash and place of nothing. */
export type SealHead = { firstSequence: number; lastSequence: number; hash: string }
export type Seal = SealHead & { previous: string; recordedAt: string }

export const NO_SEAL: SealHead = { firstSequence: 0, lastSequence: 0, hash: '0'.repeat(64) }

/** Entries after a place in the log, as they are hashed. */
export async function readSealable(
  db: Database,
  log: SealedLog,
  after: number,
  limit: number,
  upTo = Number.MAX_SAFE_INTEGER,
): Promise<Sealable[]> {
  const { rows, columns } = await db.execute({
    sql: `select sequence, ${log.columns} from ${log.table}
          where sequence > cast(? as integer) and sequence <= cast(? as integer) order by sequence limit cast(? as integer)`,
    args: [after, upTo, limit],
  })
  return rows.map((row) => columns.map((name) => row[name] ?? null) as unknown as Sealable)
}

export async function readSealHead(db: Database, log: SealedLog): Promise<SealHead> {
  return (await readSeals(db, log, { newestFirst: true, after: 0, limit: 1 }))[0] ?? NO_SEAL
}

/** The hashes of the seals that end at these places in the log, by place. */
export async function readSealHashes(
  db: Database,
  log: SealedLog,
  ends: readonly number[],
): Promise<Map<number, string>> {
  const { rows } = await db.execute({
    sql: `select last_sequence, hash from ${log.seals} where last_sequence in (select value from json_each(?))`,
    args: [JSON.stringify(ends)],
  })
  return new Map(rows.map((r) => [Number(r.last_sequence), String(r.hash)]))
}

/** Seals in order, or newest first. */
export async function readSeals(
  db: Database,
  log: SealedLog,
  { newestFirst, after, limit }: { newestFirst: boolean; after: number; limit: number },
): Promise<Seal[]> {
  const { rows } = await db.execute({
    sql: `select * from ${log.seals} where last_sequence > cast(? as integer)
          order by last_sequence ${newestFirst ? 'desc' : 'asc'} limit cast(? as integer)`,
    args: [after, limit],
  })
  return rows.map((r) => ({
    firstSequence: Number(r.first_sequence),
    lastSequence: Number(r.last_sequence),
    recordedAt: String(r.recorded_at),
    previous: String(r.previous),
    hash: String(r.hash),
  }))
}

export const insertSeal = (log: SealedLog, seal: Seal): InStatement => ({
  sql: `insert into ${log.seals} (last_sequence, first_sequence, recorded_at, previous, hash)
        values (cast(? as integer), cast(? as integer), ?, ?, ?)`,
  args: [seal.lastSequence, seal.firstSequence, seal.recordedAt, seal.previous, seal.hash],
})
