import type { Database, InStatement, ResultSet } from '#worker/database/connect.ts'
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
  return vouchersIn(await db.batch(selectVouchers([id]), 'read')).get(id)
}

/**
 * The same, with the mark of the Excel file it was posted from, which is no part of the voucher: the event of its posting tells it. Null
 * where it was posted otherwise; left out where no event tells.
 */
export async function readPosted(
  db: Database,
  id: string,
): Promise<(VoucherWithEntries & { postedFrom?: string | null }) | undefined> {
  const [origin, ...results] = await db.batch([{ sql: POSTED_FROM, args: [id] }, ...selectVouchers([id])], 'read')
  const [voucher, event] = [vouchersIn(results).get(id), origin!.rows[0]]
  return voucher && { ...voucher, ...(event && { postedFrom: orNull(event.file ?? null) }) }
}

/**
 * The first event at a voucher's ledger version is its posting, of all but matches: those that were booked with several vouchers stand
 * after them all. Among the rest neither number falls, so it is sought by halves and no index is kept. The whole feed, though an auditor
 * reads a part of it: of a voucher that may be read, its file may be.
 */
const POSTED_FROM = `with recursive posted as (select id, ledger_version from voucher where id = ?),
  seek(low, high) as (
    select 1, (select max(sequence) + 1 from main.event) from posted
    union all
    select iif(e.ledger_version < p.ledger_version, e.sequence + 1, low),
        iif(e.ledger_version < p.ledger_version, high, (low + high) / 2)
      from seek join posted p left join main.event e on e.sequence = (select sequence from main.event
        where sequence >= (low + high) / 2 and sequence < high and type not glob 'match.*' order by sequence limit 1) where low < high)
  select e.origin ->> 'file' as file from seek join posted p join main.event e on e.subject = p.id and e.sequence = (
    select sequence from main.event where sequence >= low and type not glob 'match.*' order by sequence limit 1) where low = high`

/** The vouchers of these ids, with all that belongs to them: so many statements, to be read together. */
export function selectVouchers(ids: readonly string[]): InStatement[] {
  const wanted = '(select value from json_each(?))'
  const statements = [
    `select * from voucher where id in ${wanted}`,
    `select v.id as of, e.* from voucher v join entry e using (ledger_version) where v.id in ${wanted} order by v.id, e.line`,
    `select reversal_of as of, id from voucher where reversal_of in ${wanted}`,
    `select v.id as of, d.id, d.stamp from voucher v join voucher_document a using (ledger_version) join document d using (stamp)
     where v.id in ${wanted} order by d.stamp`,
    `select v.id as of, c.corrects from voucher v join voucher_correction c using (ledger_version) where v.id in ${wanted}`,
    `select c.corrects as of, v.id from voucher_correction c join voucher v using (ledger_version) where c.corrects in ${wanted}
     order by ledger_version`,
  ]
  return statements.map((sql) => ({ sql, args: [JSON.stringify(ids)] }))
}

/** What `selectVouchers` gave, by id. */
export function vouchersIn(results: readonly ResultSet[]): Map<string, VoucherWithEntries> {
  const [found, entries, reversals, documents, corrects, correctedBy] = results
  const [entriesOf, reversalOf, documentsOf, correctsOf, correctionsOf] = [
    byVoucher(entries!),
    byVoucher(reversals!),
    byVoucher(documents!),
    byVoucher(corrects!),
    byVoucher(correctedBy!),
  ]
  return new Map(
    found!.rows.map((row) => {
      const id = String(row.id)
      const voucher: VoucherWithEntries = {
        ...voucherOf(row),
        entries: entriesOf(id).map(entryOf),
        reversedBy: orNull(reversalOf(id)[0]?.id ?? null),
        documents: documentsOf(id).map((r) => ({ id: String(r.id), stamp: Number(r.stamp) })),
        corrects: orNull(correctsOf(id)[0]?.corrects ?? null),
        correctedBy: correctionsOf(id).map((r) => String(r.id)),
      }
      return [id, voucher]
    }),
  )
}

/** Rows by the voucher they are of. */
export function byVoucher({ rows }: ResultSet): (id: string) => ResultSet['rows'] {
  const of = Map.groupBy(rows, (row) => String(row.of))
  return (id) => of.get(id) ?? []
}

const orNull = (value: unknown): string | null => (value === null ? null : String(value))
