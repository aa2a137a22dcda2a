import type { Database } from '#worker/database/connect.ts'
import type { Entry } from './entry.ts'
import { entryOf, type StoredVoucher, voucherOf } from './store.ts'

/** A document as a voucher points at it: by id and stamp number. */
export type AttachedDocument = { id: string; stamp: number }
export type VoucherWithEntries = StoredVoucher & {
  entries: Entry[]
  reversedBy: string | null
  documents: AttachedDocument[]
  /** The voucher it puts right, and those that put it right. */
  corrects: string | null
  correctedBy: string[]
}

/** One posted voucher with its entries in line order; undefined when there is none. */
export async function readVoucher(db: Database, id: string): Promise<VoucherWithEntries | undefined> {
  const [found, entries, reversal, documents, corrects, correctedBy] = await db.batch(
    [
      { sql: 'select * from voucher where id = ?', args: [id] },
      {
        sql: 'select e.* from entry e join voucher v using (ledger_version) where v.id = ? order by e.line',
        args: [id],
      },
      { sql: 'select id from voucher where reversal_of = ?', args: [id] },
      {
        sql: `select d.id, d.stamp from voucher v join voucher_document a using (ledger_version) join document d using (stamp)
              where v.id = ? order by d.stamp`,
        args: [id],
      },
      {
        sql: 'select c.corrects from voucher v join voucher_correction c using (ledger_version) where v.id = ?',
        args: [id],
      },
      {
        sql: `select v.id from voucher_correction c join voucher v using (ledger_version) where c.corrects = ?
              order by ledger_version`,
        args: [id],
      },
    ],
    'read',
  )
  const row = found!.rows[0]
  if (!row) return undefined
  return {
    ...voucherOf(row),
    entries: entries!.rows.map(entryOf),
    reversedBy: orNull(reversal!.rows[0]?.id ?? null),
    documents: documents!.rows.map((r) => ({ id: String(r.id), stamp: Number(r.stamp) })),
    corrects: orNull(corrects!.rows[0]?.corrects ?? null),
    correctedBy: correctedBy!.rows.map((r) => String(r.id)),
  }
}

const orNull = (value: unknown): string | null => (value === null ? null : String(value))
