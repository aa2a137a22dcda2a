import type { Instant } from '#worker/core/dates.ts'
import type { DocumentId } from '#worker/core/ids.ts'
import { anywhere } from '#worker/core/text.ts'
import type { Database, InStatement, ResultSet } from '#worker/database/connect.ts'
import type { AttachedTo, Document, DocumentLogLine, DocumentQuery } from './document.ts'
import type { MediaType } from './media-type.ts'

type Row = ResultSet['rows'][number]
const textOrNull = (value: unknown): string | null => (value === null ? null : String(value))

export type KeptDocument = Document & { objectKey: string; version: number }

const DOCUMENT = `select d.*, (select json_group_array(json_object('id', v.id, 'series', v.series, 'fiscalYear', v.fiscal_year,
    'number', v.number, 'reversed', exists (select 1 from voucher r where r.reversal_of = v.id)) order by v.ledger_version)
    from voucher_document a join voucher v using (ledger_version) where a.stamp = d.stamp) as vouchers
  from document d`

function documentOf(r: Row): KeptDocument {
  const vouchers = (JSON.parse(String(r.vouchers)) as (Omit<AttachedTo, 'reversed'> & { reversed: number })[]).map(
    (v) => ({
      ...v,
      reversed: Boolean(v.reversed),
    }),
  )
  return {
    stamp: Number(r.stamp),
    id: String(r.id) as DocumentId,
    sha256: String(r.sha256),
    size: Number(r.size),
    mediaType: String(r.media_type) as MediaType,
    fileName: textOrNull(r.file_name),
    recordedAt: String(r.recorded_at) as Instant,
    by: String(r.by),
    status: vouchers.length > 0 ? 'attached' : r.rejected_at === null ? 'unhandled' : 'rejected',
    rejectedReason: textOrNull(r.rejected_reason),
    vouchers,
    objectKey: String(r.object_key),
    version: Number(r.version),
  }
}

/** A document by its id or its stamp number. */
export async function readDocument(db: Database, name: string): Promise<KeptDocument | undefined> {
  const byStamp = /^\d{1,15}$/.test(name)
  const { rows } = await db.execute({
    sql: `${DOCUMENT} where d.${byStamp ? 'stamp = cast(? as integer)' : 'id = ?'}`,
    args: [name],
  })
  return rows[0] && documentOf(rows[0])
}

export async function readDocumentByHash(db: Database, sha256: string): Promise<KeptDocument | undefined> {
  const { rows } = await db.execute({ sql: `${DOCUMENT} where d.sha256 = ?`, args: [sha256] })
  return rows[0] && documentOf(rows[0])
}

/** Documents on a voucher, by stamp number. */
export async function readVoucherDocuments(db: Database, ledgerVersion: number): Promise<KeptDocument[]> {
  const { rows } = await db.execute({
    sql: `${DOCUMENT} where d.stamp in (select stamp from voucher_document where ledger_version = cast(? as integer)) order by d.stamp`,
    args: [String(ledgerVersion)],
  })
  return rows.map(documentOf)
}

/** Of document `d`: it came, and nobody has booked or rejected it. */
export const UNHANDLED =
  'd.rejected_at is null and not exists (select 1 from voucher_document a where a.stamp = d.stamp)'
const STATUS = {
  attached: 'exists (select 1 from voucher_document a where a.stamp = d.stamp)',
  rejected: 'd.rejected_at is not null',
  unhandled: UNHANDLED,
} as const

/** A page of documents, newest first, and the cursor of the next. */
export async function readDocuments(
  db: Database,
  query: DocumentQuery,
): Promise<{ documents: KeptDocument[]; cursor: string | null }> {
  const limit = Math.min(Math.max(query.limit ?? 500, 1), 5_000)
  const { where, args } = wanted(query)
  const { rows } = await db.execute({ sql: `${DOCUMENT} ${where} order by d.stamp desc limit ${limit + 1}`, args })
  const documents = rows.slice(0, limit).map(documentOf)
  return { documents, cursor: rows.length > limit ? String(documents.at(-1)!.stamp) : null }
}

/** How many documents all pages of a list have. */
export async function countListed(db: Database, query: DocumentQuery): Promise<number> {
  const { where, args } = wanted({ ...query, cursor: undefined })
  const { rows } = await db.execute({ sql: `select count(*) as n from document d ${where}`, args })
  return Number(rows[0]!.n)
}

function wanted(query: DocumentQuery): { where: string; args: string[] } {
  const conditions: string[] = []
  const args: string[] = []
  const where = (condition: string, value: string | number | undefined) => {
    if (value === undefined) return
    conditions.push(condition)
    args.push(String(value))
  }
  where('d.stamp = cast(? as integer)', query.stamp)
  where('d.stamp >= cast(? as integer)', query.fromStamp)
  where('d.stamp <= cast(? as integer)', query.toStamp)
  where('d.stamp < cast(? as integer)', query.cursor)
  where('d.file_name glob ?', query.text && anywhere(query.text))
  if (query.status) conditions.push(STATUS[query.status])
  return { where: conditions.length > 0 ? `where ${conditions.join(' and ')}` : '', args }
}

/** How many documents are in each state. */
export async function countDocuments(db: Database): Promise<Record<Document['status'], number>> {
  const { rows } = await db.execute(
    `select (select count(*) from document d where ${STATUS.unhandled}) as unhandled,
       (select count(*) from document d where ${STATUS.attached}) as attached,
       (select count(*) from document d where ${STATUS.rejected}) as rejected`,
  )
  const row = rows[0]!
  return { unhandled: Number(row.unhandled), attached: Number(row.attached), rejected: Number(row.rejected) }
}

/** Documents that nobody has booked, rejected or begun a draft on: how many, and the stamp of the one that came first. */
export async function readWaiting(db: Database): Promise<{ count: number; next: number | null }> {
  const { rows } = await db.execute(
    `with begun as (
       select group_concat(r.cells ->> 'documents') as ids from voucher_draft f
         join voucher_draft_row r on r.draft = f.id and r.key = 'header' where f.deleted_at is null)
     select count(*) as count, min(d.stamp) as next from document d
      where ${UNHANDLED} and instr(coalesce((select ids from begun), ''), d.id) = 0`,
  )
  const { count, next } = rows[0]!
  return { count: Number(count), next: next === null ? null : Number(next) }
}

/** What happened to a document, oldest first. */
export async function readDocumentLog(db: Database, stamp: number): Promise<DocumentLogLine[]> {
  const { rows } = await db.execute({
    sql: 'select what, voucher, reason, recorded_at, by from document_log where stamp = cast(? as integer) order by sequence',
    args: [String(stamp)],
  })
  return rows.map((r) => ({
    what: String(r.what) as DocumentLogLine['what'],
    voucher: textOrNull(r.voucher),
    reason: textOrNull(r.reason),
    recordedAt: String(r.recorded_at) as Instant,
    by: String(r.by),
  }))
}

type NewDocument = Pick<
  KeptDocument,
  'id' | 'sha256' | 'objectKey' | 'size' | 'mediaType' | 'fileName' | 'recordedAt' | 'by'
>

/** Stamps a document with the next number and keeps it. */
export const insertDocument = (d: NewDocument): InStatement => ({
  sql: `insert into document (stamp, id, sha256, object_key, size, media_type, file_name, recorded_at, by)
        select 1 + coalesce((select max(stamp) from document), 0), ?1->>0, ?1->>1, ?1->>2, ?1->>3, ?1->>4, ?1->>5, ?1->>6, ?1->>7`,
  args: [JSON.stringify([d.id, d.sha256, d.objectKey, d.size, d.mediaType, d.fileName, d.recordedAt, d.by])],
})

/** Attaches documents to a posted voucher; those that are there already stay as they are. */
export const attachDocuments = (
  ledgerVersion: number,
  documents: readonly string[],
  by: string,
  at: Instant,
): InStatement => ({
  sql: `insert into voucher_document (ledger_version, stamp, recorded_at, by)
        select cast(?1 as integer), d.stamp, ?3, ?4 from document d where d.id in (select value from json_each(?2))
        on conflict do nothing`,
  args: [String(ledgerVersion), JSON.stringify(documents), at, by],
})

/** Rejects a document, or takes it back with null, if it has that version. */
export const changeRejection = (
  d: Pick<KeptDocument, 'stamp' | 'version'>,
  rejection: { reason: string; by: string; at: Instant } | null,
): InStatement => ({
  sql: `update document set rejected_at = ?2, rejected_by = ?3, rejected_reason = ?4, version = version + 1
        where stamp = cast(?1 as integer) and version = cast(?5 as integer)`,
  args: [String(d.stamp), rejection?.at ?? null, rejection?.by ?? null, rejection?.reason ?? null, String(d.version)],
})

export const insertRestored = (stamp: number, by: string, at: Instant): InStatement => ({
  sql: `insert into document_log (stamp, what, recorded_at, by) select cast(? as integer), 'restored', ?, ? where changes() > 0`,
  args: [String(stamp), at, by],
})

/** That somebody looked at it: once a day for each. */
export const insertRead = (stamp: number, by: string, at: Instant): InStatement => ({
  sql: `insert into document_log (stamp, what, recorded_at, by)
        select cast(?1 as integer), 'read', ?2, ?3 where not exists (select 1 from document_log
          where stamp = cast(?1 as integer) and what = 'read' and by = ?3 and substr(recorded_at, 1, 10) = substr(?2, 1, 10))`,
  args: [String(stamp), at, by],
})
