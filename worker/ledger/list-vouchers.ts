import * as z from 'zod/mini'
import { IsoDate } from '#worker/core/date-schema.ts'
import { Text } from '#worker/core/text.ts'
import type { Database } from '#worker/database/connect.ts'
import { keepSearch } from './keep-search.ts'
import { searchOf, stampOf } from './search-query.ts'
import { voucherOf } from './store.ts'

const Whole = z.pipe(z.string().check(z.regex(/^\d{1,15}$/, 'field/invalid')), z.transform(Number))

/** Which vouchers, and how many: 500 unless told, 5 000 at most. `cursor` is opaque. */
export const VoucherQuery = z.strictObject({
  type: z.optional(Text(40)),
  series: z.optional(Text(8)),
  fiscalYear: z.optional(Whole),
  number: z.optional(Whole),
  fromDate: z.optional(IsoDate),
  toDate: z.optional(IsoDate),
  text: z.optional(Text(100)),
  /** Words that stand in the voucher: its text, number, parties, invoice numbers, amounts, stamp numbers and comments. */
  search: z.optional(Text(200)),
  order: z.optional(z.enum(['newest', 'recorded'])),
  limit: z.optional(Whole),
  cursor: z.optional(z.string().check(z.regex(/^\d{1,15}$/, 'field/invalid'))),
})
export type VoucherQuery = z.infer<typeof VoucherQuery>

const FOUND = `v.ledger_version in (select rowid from voucher_search where voucher_search match ?
    union all select ledger_version from voucher_comment
      where sequence in (select rowid from comment_search where comment_search match ?)
    union all select ledger_version from voucher_document where stamp = cast(? as integer))`
const STAMPED = 'v.ledger_version in (select ledger_version from voucher_document where stamp = cast(? as integer))'

const searched = ({ search }: VoucherQuery) => (search === undefined ? undefined : searchOf(search))

function wanted(query: VoucherQuery): { conditions: string[]; args: string[] } {
  const conditions: string[] = []
  const args: string[] = []
  const where = (condition: string, value: string | number | undefined) => {
    if (value === undefined) return
    conditions.push(condition)
    args.push(String(value))
  }
  where('v.type = ?', query.type)
  where('v.series = ?', query.series)
  where('v.fiscal_year = cast(? as integer)', query.fiscalYear)
  where('v.number = cast(? as integer)', query.number)
  where('v.voucher_date >= ?', query.fromDate)
  where('v.voucher_date <= ?', query.toDate)
  where(
    `v.text like '%' || replace(replace(replace(?, '\\', '\\\\'), '%', '\\%'), '_', '\\_') || '%' escape '\\'`,
    query.text,
  )
  const words = searched(query)
  if (query.search?.trim().startsWith('#') && stampOf(query.search) !== undefined) where(STAMPED, stampOf(query.search))
  else if (words !== undefined) {
    conditions.push(FOUND)
    args.push(words, words, String(stampOf(query.search!) ?? 0))
  }
  return { conditions, args }
}

/** A page of vouchers in a stable order of recording, newest first unless told; `amount` is the debit sum in øre. A search tells in
 * `unsearched` how many vouchers it could not look in yet. */
export async function listVouchers(db: Database, query: VoucherQuery) {
  const limit = Math.min(Math.max(query.limit ?? 500, 1), 5_000)
  const recorded = query.order === 'recorded'
  const unsearched = searched(query) === undefined ? 0 : await keepSearch(db)
  const { conditions, args } = wanted(query)
  if (query.cursor !== undefined) {
    conditions.push(`v.ledger_version ${recorded ? '>' : '<'} cast(? as integer)`)
    args.push(query.cursor)
  }
  const [page, head] = await db.batch(
    [
      {
        sql: `select v.*, (select id from voucher r where r.reversal_of = v.id) as reversed_by,
                (select coalesce(sum(amount), 0) from entry e where e.ledger_version = v.ledger_version and amount > 0) as amount
              from voucher v ${conditions.length ? `where ${conditions.join(' and ')}` : ''}
              order by v.ledger_version ${recorded ? '' : 'desc'} limit ${limit + 1}`,
        args,
      },
      'select coalesce(max(ledger_version), 0) as ledger_version from voucher',
    ],
    'read',
  )
  const rows = page!.rows.slice(0, limit)
  const vouchers = rows.map((row) => {
    const { content: _, prevHash: __, factsVersion: ___, ...header } = voucherOf(row)
    const status = row.reversed_by === null ? ('posted' as const) : ('reversed' as const)
    return { ...header, status, amount: Number(row.amount), entryCount: Number(row.entry_count) }
  })
  const more = page!.rows.length > limit
  return {
    ledgerVersion: Number(head!.rows[0]!.ledger_version),
    vouchers,
    ...(query.search !== undefined && { unsearched }),
    cursor: more ? String(vouchers.at(-1)!.ledgerVersion) : null,
  }
}

/** How many vouchers all pages have. */
export async function countVouchers(db: Database, query: VoucherQuery): Promise<number> {
  const { conditions, args } = wanted(query)
  const sql = `select count(*) as n from voucher v ${conditions.length ? `where ${conditions.join(' and ')}` : ''}`
  return Number((await db.execute({ sql, args })).rows[0]!.n)
}
