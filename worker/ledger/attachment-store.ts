import type { Database, InStatement } from '#worker/database/connect.ts'
import type { NewVoucher } from './store.ts'

/** A document as a voucher is judged by it. */
export type Attachable = { stamp: number; rejected: boolean }

/** Those of the named documents that exist, by id. */
export async function readAttachable(db: Database, ids: readonly string[]): Promise<Map<string, Attachable>> {
  const { rows } = await db.execute({
    sql: 'select id, stamp, rejected_at from document where id in (select value from json_each(?))',
    args: [JSON.stringify([...new Set(ids)])],
  })
  return new Map(rows.map((r) => [String(r.id), { stamp: Number(r.stamp), rejected: r.rejected_at !== null }]))
}

/** Those of the named vouchers that exist, by id, and whether each is reversed. */
export async function readCorrectable(db: Database, ids: readonly string[]): Promise<Map<string, boolean>> {
  const { rows } = await db.execute({
    sql: `select id, exists (select 1 from voucher r where r.reversal_of = v.id) as reversed from voucher v
          where id in (select value from json_each(?))`,
    args: [JSON.stringify([...new Set(ids)])],
  })
  return new Map(rows.map((r) => [String(r.id), r.reversed === 1]))
}

/** What vouchers carry beside their entries: their documents, and which voucher they put right. None where none does. */
export function insertBeside(vouchers: readonly NewVoucher[]): InStatement[] {
  const documents = vouchers.flatMap((v) =>
    [...new Set(v.documents)].map((id) => [v.ledgerVersion, id, v.recordedAt, v.by]),
  )
  const corrections = vouchers.flatMap((v) => (v.corrects ? [[v.ledgerVersion, v.corrects]] : []))
  const statements: InStatement[] = []
  if (documents.length > 0)
    statements.push({
      sql: `insert into voucher_document (ledger_version, stamp, recorded_at, by)
            select a.value->>0, (select stamp from document where id = a.value->>1), a.value->>2, a.value->>3
            from json_each(?) a`,
      args: [JSON.stringify(documents)],
    })
  if (corrections.length > 0)
    statements.push({
      sql: 'insert into voucher_correction (ledger_version, corrects) select value->>0, value->>1 from json_each(?)',
      args: [JSON.stringify(corrections)],
    })
  return statements
}
