import type { Database, InStatement, ResultSet } from '#worker/database/connect.ts'
import type { ReportSeal } from './report-seal.ts'
import type { SavedName, SavedReport } from './saved-report.ts'

type Row = ResultSet['rows'][number]

const savedOf = (r: Row): SavedReport => ({
  id: String(r.id),
  name: String(r.name),
  report: String(r.report) as SavedName,
  query: JSON.parse(String(r.query)),
  shared: Number(r.shared) === 1,
  owner: String(r.owner),
  version: Number(r.version),
  recordedAt: String(r.recorded_at),
})

/** Reports that somebody saved for himself, and those that are shared, by name. */
export async function readSavedReports(db: Database, owner: string): Promise<SavedReport[]> {
  const { rows } = await db.execute({
    sql: 'select * from saved_report where owner = ? or shared = 1 order by name, id',
    args: [owner],
  })
  return rows.map(savedOf)
}

export async function readSavedReport(db: Database, id: string): Promise<SavedReport | undefined> {
  const { rows } = await db.execute({ sql: 'select * from saved_report where id = ?', args: [id] })
  return rows[0] && savedOf(rows[0])
}

const columns = (r: SavedReport): [string] => [
  JSON.stringify([r.id, r.name, r.report, JSON.stringify(r.query), r.shared ? 1 : 0, r.owner, r.recordedAt, r.version]),
]
export const insertSavedReport = (r: SavedReport): InStatement => ({
  sql: `insert into saved_report (id, name, report, query, shared, owner, recorded_at)
        select ?1->>0, ?1->>1, ?1->>2, ?1->>3, ?1->>4, ?1->>5, ?1->>6`,
  args: columns(r),
})
/** Changes the report if it still has that version. */
export const updateSavedReport = (r: SavedReport): InStatement => ({
  sql: `update saved_report set name = ?1->>1, query = ?1->>3, shared = ?1->>4, recorded_at = ?1->>6, version = version + 1
        where id = ?1->>0 and version = ?1->>7`,
  args: columns(r),
})
export const deleteSavedReport = (id: string): InStatement => ({
  sql: 'delete from saved_report where id = ?',
  args: [id],
})

export type KeptSeal = ReportSeal & { by: string; recordedAt: string }

/** Keeps a seal; the same figures from the same version are the same seal, and the first stands. */
export const insertSeal = (s: KeptSeal): InStatement => ({
  sql: `insert into report_seal (hash, report, query, at_version, chain_head, by, recorded_at)
        select ?1->>0, ?1->>1, ?1->>2, ?1->>3, ?1->>4, ?1->>5, ?1->>6 where true on conflict (hash) do nothing`,
  args: [JSON.stringify([s.hash, s.report, JSON.stringify(s.query), s.atVersion, s.chainHead, s.by, s.recordedAt])],
})

const sealOf = (r: Row): KeptSeal => ({
  hash: String(r.hash),
  report: String(r.report),
  query: JSON.parse(String(r.query)),
  atVersion: Number(r.at_version),
  chainHead: r.chain_head === null ? null : String(r.chain_head),
  by: String(r.by),
  recordedAt: String(r.recorded_at),
})

export async function readSeal(db: Database, hash: string): Promise<KeptSeal | undefined> {
  const { rows } = await db.execute({ sql: 'select * from report_seal where hash = ?', args: [hash] })
  return rows[0] && sealOf(rows[0])
}

/** The register of reports taken out, newest first. */
export async function readSeals(db: Database, limit: number): Promise<KeptSeal[]> {
  const { rows } = await db.execute({
    sql: 'select * from report_seal order by recorded_at desc, hash limit cast(? as integer)',
    args: [limit],
  })
  return rows.map(sealOf)
}
