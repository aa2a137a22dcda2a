import * as z from 'zod/mini'
import { IsoDate } from '#worker/core/date-schema.ts'
import { anywhere, Text } from '#worker/core/text.ts'
import type { Database } from '#worker/database/connect.ts'
import { type Keeping, keepSearch, takeIn } from './keep-search.ts'
import { readSearch } from './read-search.ts'
import { stampOf, wordsOf } from './search-query.ts'
import { voucherOf } from './store.ts'

const Whole = z.pipe(z.string().check(z.regex(/^\d{1,15}$/, 'field/invalid')), z.transform(Number))

/** `newest` is by recording, backwards; `-` before any other sorts the other way round. */
export const ORDERS = [
  'newest',
  'recorded',
  ...(['date', '-date', 'number', '-number', 'amount', '-amount', 'party', '-party'] as const),
] as const

/** Columns that make each order whole, so that a page goes on where the one before ended; texts are marked. */
const SORTED = {
  recorded: ['v.ledger_version'],
  date: ['v.voucher_date!', 'v.ledger_version'],
  number: ['v.series!', 'v.fiscal_year', 'v.number'],
  amount: ['k.amount', 'k.ledger_version'],
  party: ['k.party!', 'k.ledger_version'],
} as const

/** Whether it may be a cursor of ours. */
export function isCursor(text: string): boolean {
  try {
    return /^(?:[\w.~!'()*-]|%[0-9A-F]{2}){1,400}$/.test(text) && decodeURIComponent(text) !== ''
  } catch {
    return false // no UTF-8
  }
}

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
  /** Of any of its entries: an account, and the number of a customer or supplier or, where none has it, a part of the name. */
  account: z.optional(Text(70)),
  party: z.optional(Text(100)),
  /** The sum of its debits in øre, and who posted it. */
  minAmount: z.optional(Whole),
  maxAmount: z.optional(Whole),
  by: z.optional(Text(40)),
  order: z.optional(z.enum(ORDERS)),
  limit: z.optional(Whole),
  cursor: z.optional(z.string().check(z.refine(isCursor, 'field/invalid'))),
})
export type VoucherQuery = z.infer<typeof VoucherQuery>

const FOUND = `v.ledger_version in (select rowid from voucher_search where voucher_search match ?
    union all select ledger_version from voucher_comment
      where sequence in (select rowid from comment_search where comment_search match ?)
    union all select ledger_version from voucher_document where stamp = cast(? as integer))`
const OF_PARTY = `v.ledger_version in (with known as (select kind, number, name from party where kind in ('customer', 'supplier')),
    numbered as (select kind, number from known where number = ?)
  select e.ledger_version from (select kind, number from numbered
      union all select kind, number from known where name glob ? and not exists (select 1 from numbered)) p
    cross join entry e on e.party_kind = p.kind and e.party = p.number)`
const STAMPED = 'v.ledger_version in (select ledger_version from voucher_document where stamp = cast(? as integer))'

const isSearch = ({ search }: VoucherQuery): boolean => search !== undefined && wordsOf(search).length > 0

/** `words` are what the index is asked. */
function wanted(query: VoucherQuery, words: string | undefined): { conditions: string[]; args: string[] } {
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
  where('v.ledger_version in (select ledger_version from entry where account = ?)', query.account)
  if (query.party !== undefined) {
    conditions.push(OF_PARTY)
    args.push(query.party, anywhere(query.party))
  }
  where('k.amount >= cast(? as integer)', query.minAmount)
  where('k.amount <= cast(? as integer)', query.maxAmount)
  where('k.by = ?', query.by)
  if (query.search?.trim().startsWith('#') && stampOf(query.search) !== undefined) where(STAMPED, stampOf(query.search))
  else if (words !== undefined) {
    conditions.push(FOUND)
    args.push(words, words, String(stampOf(query.search!) ?? 0))
  }
  return { conditions, args }
}

/** Vouchers not kept yet that are looked up one by one: half a second's work. */
const LOOKED_UP = 100_000
const LISTED = 'voucher_listed'
/** The same with what is not kept, for whoever comes before it is and cannot keep it. */
const ALL_LISTED = `(select v.ledger_version,
    coalesce(k.amount, (select sum(amount) from entry where ledger_version = v.ledger_version and amount > 0), 0) as amount,
    coalesce(k.party, (select party from entry where ledger_version = v.ledger_version and party is not null order by line limit 1), '')
      as party, v.by
  from voucher v left join voucher_listed k on k.ledger_version = v.ledger_version)`

/** What is narrowed or sorted by what is kept beside the vouchers is read from there. */
const isListed = ({ minAmount, maxAmount, by, order }: VoucherQuery): boolean =>
  [minAmount, maxAmount, by].some((asked) => asked !== undefined) || /amount|party/.test(order ?? '')
const fromOf = (query: VoucherQuery, missing: number): string =>
  isListed(query)
    ? `${missing > 0 && missing <= LOOKED_UP ? ALL_LISTED : LISTED} k cross join voucher v on v.ledger_version = k.ledger_version`
    : 'voucher v'

function orderOf({ order = 'newest' }: VoucherQuery) {
  const name = order === 'newest' ? '-recorded' : order
  const columns: readonly string[] = SORTED[name.replace('-', '') as keyof typeof SORTED]
  const names = columns.map((column) => column.replace('!', ''))
  const backwards = name.startsWith('-')
  const values = columns.map((column) => (column.endsWith('!') ? '?' : 'cast(? as integer)'))
  return {
    by: names.map((column) => column + (backwards ? ' desc' : '')).join(', '),
    after: `(${names.join(', ')}) ${backwards ? '<' : '>'} (${values.join(', ')})`,
    read: (cursor: string): string[] => {
      const parts = cursor.split('_').map(decodeURIComponent)
      return columns.map((_, i) => parts[i] ?? '')
    },
    write: (row: Row): string =>
      names.map((column) => encodeURIComponent(String(row[column.slice(2)])).replaceAll('_', '%5F')).join('_'),
  }
}
type Row = Awaited<ReturnType<Database['execute']>>['rows'][number]

/** A page of vouchers in a stable order, newest first unless told; `amount` is the debit sum in øre. A search, and what is sorted or
 * narrowed by what is kept beside the vouchers, tells in `unsearched` how many vouchers it could not look in yet. At a version, it is the list as it was then: without what was posted later, and not reversed by it. */
export async function listVouchers(
  db: Database,
  query: VoucherQuery,
  { atVersion, ...keeping }: Keeping & { atVersion?: number } = {},
) {
  const limit = Math.min(Math.max(query.limit ?? 500, 1), 5_000)
  const listed = isListed(query)
  const [missing, words] = await Promise.all([
    isSearch(query) || listed ? keepSearch(db, keeping) : 0,
    readSearch(db, query.search ?? ''),
  ])
  const unsearched = words !== undefined || missing > LOOKED_UP ? missing : 0
  const { conditions, args } = wanted(query, words)
  const known = (table: string) => (atVersion === undefined ? 'true' : `${table}.ledger_version <= ${atVersion}`)
  conditions.push(known('v'))
  const order = orderOf(query)
  if (query.cursor !== undefined) {
    conditions.push(order.after)
    args.push(...order.read(query.cursor))
  }
  const [page, head] = await db.batch(
    [
      {
        sql: `select v.*, (select id from voucher r where r.reversal_of = v.id and ${known('r')}) as reversed_by,
                (select coalesce(sum(amount), 0) from entry e where e.ledger_version = v.ledger_version and amount > 0) as amount
                ${listed ? ', k.party' : ''}
              from ${fromOf(query, missing)} where ${conditions.join(' and ')}
              order by ${order.by} limit ${limit + 1}`,
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
  return {
    ledgerVersion: Number(head!.rows[0]!.ledger_version),
    vouchers,
    ...((query.search !== undefined || listed) && { unsearched }),
    cursor: page!.rows.length > limit ? order.write(rows.at(-1)!) : null,
  }
}

/** The first party of each of some vouchers, by its place in the chain. */
export async function readFirstParties(db: Database, versions: readonly number[]): Promise<Map<number, string>> {
  const { rows } = await db.execute({
    sql: `select w.value as version, e.party || ' ' || p.name as party from json_each(?) w
          join entry e on e.ledger_version = w.value
            and e.line = (select min(line) from entry where ledger_version = w.value and party is not null)
          join party p on p.kind = e.party_kind and p.number = e.party`,
    args: [JSON.stringify(versions)],
  })
  return new Map(rows.map((r) => [Number(r.version), String(r.party)]))
}

/** How many vouchers all pages have. */
export async function countVouchers(db: Database, query: VoucherQuery, keeping: Keeping = {}): Promise<number> {
  const listed = isListed(query)
  if (isSearch(query) && !listed) await takeIn(db, keeping)
  const missing = listed ? await keepSearch(db, keeping) : 0
  const { conditions, args } = wanted(query, await readSearch(db, query.search ?? ''))
  const sql = `select count(*) as n from ${fromOf(query, missing)} ${conditions.length ? `where ${conditions.join(' and ')}` : ''}`
  return Number((await db.execute({ sql, args })).rows[0]!.n)
}
