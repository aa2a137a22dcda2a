import * as z from 'zod/mini'
import { IsoDate } from '#worker/core/date-schema.ts'
import { Text } from '#worker/core/text.ts'
import type { Database } from '#worker/database/connect.ts'
import type { Entry } from './entry.ts'
import { entryOf } from './store.ts'
import { EntryAnswer } from './voucher-answer.ts'

const Whole = z.string().check(z.regex(/^\d{1,15}$/, 'field/invalid'))

/** Which entries, and how many: 500 unless told, 5 000 at most. `cursor` is opaque; `atVersion` leaves out what came later. */
export const EntryQuery = z.strictObject({
  account: z.optional(Text(70)),
  partyKind: z.optional(z.enum(['customer', 'supplier'], { error: 'field/invalid' })),
  party: z.optional(Text(35)),
  vatCode: z.optional(Text(3)),
  fromDate: z.optional(IsoDate),
  toDate: z.optional(IsoDate),
  afterVersion: z.optional(Whole),
  atVersion: z.optional(Whole),
  limit: z.optional(Whole),
  cursor: z.optional(z.string().check(z.regex(/^\d{1,15}-\d{1,9}$/, 'field/invalid'))),
  language: z.optional(z.string()),
})
export type EntryQuery = z.infer<typeof EntryQuery>

/** An entry where it stands: its voucher, and its place there. Amounts in øre, debit positive. */
export const ListedEntry = z.object({
  ledgerVersion: z.int(),
  line: z.int(),
  voucher: z.string(),
  series: z.string(),
  fiscalYear: z.int(),
  number: z.int(),
  voucherDate: z.string(),
  ...EntryAnswer.shape,
})

const CONDITIONS = {
  account: 'e.account = ?',
  partyKind: 'e.party_kind = ?',
  party: 'e.party = ?',
  vatCode: 'e.vat_code = ?',
  fromDate: 'e.voucher_date >= ?',
  toDate: 'e.voucher_date <= ?',
  afterVersion: 'e.ledger_version > cast(? as integer)',
  atVersion: 'e.ledger_version <= cast(? as integer)',
} as const

function wanted(query: EntryQuery): { where: string; args: string[] } {
  const given = Object.keys(CONDITIONS).filter((field) => query[field as keyof typeof CONDITIONS] !== undefined)
  const where = given.map((field) => CONDITIONS[field as keyof typeof CONDITIONS])
  return { where: ['true', ...where].join(' and '), args: given.map((field) => query[field as keyof EntryQuery]!) }
}

/** A page of entries in order of recording: a voucher's stand together, in its order. */
export async function listEntries(db: Database, query: EntryQuery) {
  const limit = Math.min(Math.max(Number(query.limit ?? 500), 1), 5_000)
  const { where, args } = wanted(query)
  const [version = '0', line = '0'] = query.cursor?.split('-') ?? []
  const [page, head] = await db.batch(
    [
      {
        sql: `select e.*, v.id as voucher, v.series, v.fiscal_year, v.number
              from entry e cross join voucher v on v.ledger_version = e.ledger_version
              where ${where} and (e.ledger_version, e.line) > (cast(? as integer), cast(? as integer))
              order by e.ledger_version, e.line limit ${limit + 1}`,
        args: [...args, version, line],
      },
      'select coalesce(max(ledger_version), 0) as ledger_version from voucher',
    ],
    'read',
  )
  const entries = page!.rows.slice(0, limit).map((row) => ({
    ledgerVersion: Number(row.ledger_version),
    line: Number(row.line),
    voucher: String(row.voucher),
    series: String(row.series),
    fiscalYear: Number(row.fiscal_year),
    number: Number(row.number),
    voucherDate: String(row.voucher_date),
    ...(entryOf(row) as Entry),
  }))
  const last = page!.rows.length > limit ? entries.at(-1) : undefined
  return {
    ledgerVersion: Number(head!.rows[0]!.ledger_version),
    entries,
    cursor: last ? `${last.ledgerVersion}-${last.line}` : null,
  }
}

/** How many entries all pages have. */
export async function countEntries(db: Database, query: EntryQuery): Promise<number> {
  const { where, args } = wanted(query)
  const { rows } = await db.execute({ sql: `select count(*) as n from entry e where ${where}`, args })
  return Number(rows[0]!.n)
}
