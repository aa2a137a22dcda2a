import { administratorsOf } from '#worker/alerts/store.ts'
import type { Instant, IsoDate } from '#worker/core/dates.ts'
import type { Database, InStatement } from '#worker/database/connect.ts'
import type { Deletion, Extent, Found, Ground } from './company-deletion.ts'

/** What a company's own database holds. */
export async function readExtent(db: Database): Promise<Extent> {
  const [counts, head] = await db.batch(
    [
      `select (select count(*) from voucher) as vouchers, (select count(*) from entry) as entries,
         (select count(*) from document) as documents,
         (select max(f.last_date) from fiscal_year f where exists (select 1 from voucher v where v.fiscal_year = f.year)) as last_booked`,
      'select ledger_version, hash from voucher order by ledger_version desc limit 1',
    ],
    'read',
  )
  const row = counts!.rows[0]!
  const newest = head!.rows[0]
  return {
    vouchers: Number(row.vouchers),
    entries: Number(row.entries),
    documents: Number(row.documents),
    ledgerVersion: Number(newest?.ledger_version ?? 0),
    chainHead: String(newest?.hash ?? '0'.repeat(64)),
    lastBooked: row.last_booked as IsoDate | null,
  }
}

const deletionOf = (r: Record<string, unknown>): Deletion & { found: Found | null; droppingAt: string | null } => ({
  id: String(r.id),
  company: String(r.company),
  askedAt: String(r.asked_at) as Instant,
  askedBy: String(r.asked_by),
  ground: String(r.ground) as Ground,
  retentionUntil: r.retention_until as IsoDate | null,
  deletesAt: String(r.deletes_at) as Instant,
  undoneAt: r.undone_at as Instant | null,
  doneAt: r.done_at as Instant | null,
  proof: r.proof as string | null,
  proofHash: r.proof_hash as string | null,
  signature: r.signature as string | null,
  found: r.found === null ? null : JSON.parse(String(r.found)),
  droppingAt: r.dropping_at as string | null,
})
export type StoredDeletion = ReturnType<typeof deletionOf>

type NewDeletion = Pick<Deletion, 'id' | 'company' | 'askedAt' | 'askedBy' | 'ground' | 'retentionUntil' | 'deletesAt'>

/** The deletion, and the company closed for writing from now on. */
export const insertDeletion = (d: NewDeletion): InStatement[] => [
  {
    sql: `insert into company_deletion (id, company, asked_at, asked_by, ground, retention_until, deletes_at)
          values (?, ?, ?, ?, ?, ?, ?)`,
    args: [d.id, d.company, d.askedAt, d.askedBy, d.ground, d.retentionUntil, d.deletesAt],
  },
  { sql: 'update company set deletes_at = ? where id = ?', args: [d.deletesAt, d.company] },
]

/** Only while nothing has been removed. */
export const undoDeletion = (id: string, company: string, by: string, at: Instant): [InStatement, InStatement] => [
  {
    sql: `update company_deletion set undone_at = ?, undone_by = ?
          where id = ? and done_at is null and undone_at is null and found is null`,
    args: [at, by, id],
  },
  {
    sql: `update company set deletes_at = null where id = ?
            and not exists (select 1 from company_deletion where company = ?1 and undone_at is null)`,
    args: [company],
  },
]

export async function readOpenDeletion(control: Database, company: string): Promise<StoredDeletion | undefined> {
  const { rows } = await control.execute({
    sql: 'select * from company_deletion where company = ? and undone_at is null',
    args: [company],
  })
  return rows[0] && deletionOf(rows[0])
}

/** Whose a deletion is to see: who asked for it, was told of it, or administers the company while there is one. */
const MAY_SEE = `(?1 is null or d.asked_by = ?1 or ?1 in (${administratorsOf('d.company')})
  or exists (select 1 from alert x where x.user = ?1 and x.kind in ('deletion-asked', 'company-deleted') and x.subject = d.id))`

/** Deletions that somebody may see, or everybody's, newest first. */
export async function readDeletions(control: Database, reader: string | null): Promise<StoredDeletion[]> {
  const { rows } = await control.execute({
    sql: `select d.* from company_deletion d where ${MAY_SEE} order by d.asked_at desc, d.id limit 200`,
    args: [reader],
  })
  return rows.map(deletionOf)
}

/** A deletion by its id, when the reader may see it; null: whoever. */
export async function readDeletion(
  control: Database,
  id: string,
  reader: string | null,
): Promise<StoredDeletion | undefined> {
  const { rows } = await control.execute({
    sql: `select d.* from company_deletion d where ${MAY_SEE} and d.id = ?2`,
    args: [reader, id],
  })
  return rows[0] && deletionOf(rows[0])
}

export type Doomed = { deletion: StoredDeletion; database: string; books: string }

/** Deletions whose time has come and that are not carried out. */
export async function readDue(control: Database, at: Instant): Promise<Doomed[]> {
  const { rows } = await control.execute({
    sql: `select d.*, c.database, coalesce(c.books, c.id) as books from company_deletion d join company c on c.id = d.company
          where d.done_at is null and d.undone_at is null and d.deletes_at <= ? order by d.deletes_at, d.id`,
    args: [at],
  })
  return rows.map((r) => ({ deletion: deletionOf(r), database: String(r.database), books: String(r.books) }))
}

/** Companies of the same books, restored one of the other, whose own objects are not removed. */
export async function readSameBooks(
  control: Database,
  company: string,
): Promise<{ database: string; status: string }[]> {
  const { rows } = await control.execute({
    sql: `select o.database, o.status from company c
            join company o on coalesce(o.books, o.id) = coalesce(c.books, c.id) and o.id <> c.id
          where c.id = ?
            and not exists (select 1 from company_deletion d where d.company = o.id and d.dropping_at is not null)`,
    args: [company],
  })
  return rows.map((r) => ({ database: String(r.database), status: String(r.status) }))
}

/** Companies that were never opened: an import or a restoring that failed. Nobody can reach them. */
export async function readNeverOpened(control: Database, before: Instant): Promise<string[]> {
  const { rows } = await control.execute({
    sql: `select id from company c where status <> 'active' and created_at < ?
            and not exists (select 1 from company_deletion d where d.company = c.id and d.undone_at is null)`,
    args: [before],
  })
  return rows.map((row) => String(row.id))
}

/** What there was, written down before any of it goes; from now on nobody reaches the company. */
export const keepFound = (id: string, company: string, found: Found): InStatement[] => [
  { sql: 'update company_deletion set found = ? where id = ?', args: [JSON.stringify(found), id] },
  { sql: `update company set status = 'failed' where id = ?`, args: [company] },
]

export const setDropping = (id: string, at: Instant): InStatement => ({
  sql: 'update company_deletion set dropping_at = coalesce(dropping_at, ?) where id = ?',
  args: [at, id],
})

/** Keys of the uploads that a company was handed. */
export async function readUploadKeys(control: Database, company: string): Promise<string[]> {
  const { rows } = await control.execute({ sql: 'select file_key from upload where company = ?', args: [company] })
  return rows.map((row) => String(row.file_key))
}

export async function countBackups(control: Database, company: string): Promise<number> {
  const { rows } = await control.execute({ sql: 'select count(*) as n from backup where company = ?', args: [company] })
  return Number(rows[0]!.n)
}

/** Control tables that hold something of a company and go with it, those first that point at others. */
export const GOES = [
  'alert',
  'webhook',
  'api_key',
  'audit_access',
  'client_move',
  'client_assignment',
  'invitation',
  'membership',
  'custom_role',
  'verification',
  'backup',
  'upload',
  'schedule_turn',
  'file_without_row',
] as const
/** Those that stay: heads are hashes, the deletion itself is the proof, and the log of access is chained and final (docs/decisions/0034). */
export const STAYS = ['head_anchor', 'company_deletion', 'control_log'] as const

/** The end of it: everything of the company in the control database but its id and what stays, and the proof in its place. */
export const completeDeletion = (
  { id, company }: Pick<Deletion, 'id' | 'company'>,
  done: { at: Instant; proof: string; hash: string; signature: string },
): InStatement[] => [
  ...GOES.map((table) => ({ sql: `delete from ${table} where company = ?`, args: [company] })),
  { sql: 'delete from request_key where place = ?', args: [company] },
  {
    sql: `update company set status = 'failed', name = '', organisation_number = null, office = null where id = ?`,
    args: [company],
  },
  {
    sql: 'update company_deletion set done_at = ?, proof = ?, proof_hash = ?, signature = ? where id = ? and done_at is null',
    args: [done.at, done.proof, done.hash, done.signature, id],
  },
]
