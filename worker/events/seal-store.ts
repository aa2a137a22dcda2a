import type { Database, InStatement } from '#worker/database/connect.ts'

/** Every column of an event, as it stands: sequence, type, instant, by, ledger version, subject, touched, changes, origin. */
export type SealableEvent = readonly [
  sequence: number,
  type: string,
  recordedAt: string,
  by: string,
  ledgerVersion: number,
  subject: string,
  touched: string | null,
  changes: string | null,
  origin: string | null,
]
/** The newest seal; before the first, hash and place of nothing. */
export type SealHead = { firstSequence: number; lastSequence: number; hash: string }
export type Seal = SealHead & { previous: string; recordedAt: string }

export const NO_SEAL: SealHead = { firstSequence: 0, lastSequence: 0, hash: '0'.repeat(64) }

/** Events after a place in the feed, as they are hashed. */
export async function readSealable(
  db: Database,
  after: number,
  limit: number,
  upTo = Number.MAX_SAFE_INTEGER,
): Promise<SealableEvent[]> {
  const { rows } = await db.execute({
    sql: `select sequence, type, recorded_at, by, ledger_version, subject, touched, changes, origin from event
          where sequence > cast(? as integer) and sequence <= cast(? as integer) order by sequence limit cast(? as integer)`,
    args: [after, upTo, limit],
  })
  const textOrNull = (value: unknown) => (value === null ? null : String(value))
  return rows.map((r) => [
    Number(r.sequence),
    String(r.type),
    String(r.recorded_at),
    String(r.by),
    Number(r.ledger_version),
    String(r.subject),
    textOrNull(r.touched),
    textOrNull(r.changes),
    textOrNull(r.origin),
  ])
}

export async function readSealHead(db: Database): Promise<SealHead> {
  return (await readSeals(db, { newestFirst: true, after: 0, limit: 1 }))[0] ?? NO_SEAL
}

/** Seals in order, or newest first. */
export async function readSeals(
  db: Database,
  { newestFirst, after, limit }: { newestFirst: boolean; after: number; limit: number },
): Promise<Seal[]> {
  const { rows } = await db.execute({
    sql: `select * from audit_seal where last_sequence > cast(? as integer)
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

export const insertSeal = (seal: Seal): InStatement => ({
  sql: `insert into audit_seal (last_sequence, first_sequence, recorded_at, previous, hash)
        values (cast(? as integer), cast(? as integer), ?, ?, ?)`,
  args: [seal.lastSequence, seal.firstSequence, seal.recordedAt, seal.previous, seal.hash],
})
