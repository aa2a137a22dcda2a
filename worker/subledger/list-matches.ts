import * as z from 'zod/mini'
import { IsoDate } from '#worker/core/date-schema.ts'
import { FilledText } from '#worker/core/text.ts'
import type { Database } from '#worker/database/connect.ts'
import { readMatches } from '#worker/ledger/item-store.ts'
import type { MatchAnswer } from '#worker/ledger/job.ts'
import { pageSize } from './list-open-items.ts'
import { withRests } from './read-match.ts'

const CURSOR = /^([0-9TZ:.-]{20,30})_(mch_[0-9a-z]{1,60})$/

/** Which matches; those that were undone among them unless told. `fromDate` and `toDate` are days they count from. */
export const MatchQuery = z.strictObject({
  kind: z.optional(z.enum(['customer', 'supplier'], { error: 'field/invalid' })),
  party: z.optional(FilledText(35)),
  account: z.optional(FilledText(70)),
  undone: z.optional(z.enum(['true', 'false'], { error: 'field/invalid' })),
  fromDate: z.optional(IsoDate),
  toDate: z.optional(IsoDate),
  limit: z.optional(z.string().check(z.regex(/^\d{1,15}$/, 'field/invalid'))),
  cursor: z.optional(z.string().check(z.regex(CURSOR, 'field/invalid'))),
  language: z.optional(z.string()),
})
export type MatchQuery = z.infer<typeof MatchQuery>

const CONDITIONS = {
  kind: 'm.party_kind = ?',
  party: 'm.party = ?',
  account: 'm.account = ?',
  undone: "(m.undone_at is not null) = (? = 'true')",
  fromDate: 'm.match_date >= ?',
  toDate: 'm.match_date <= ?',
} as const

function wanted(query: MatchQuery): { where: string; args: string[] } {
  const given = Object.keys(CONDITIONS).filter((field) => query[field as keyof typeof CONDITIONS] !== undefined)
  const where = given.map((field) => CONDITIONS[field as keyof typeof CONDITIONS])
  return { where: ['true', ...where].join(' and '), args: given.map((field) => query[field as keyof MatchQuery]!) }
}

/** A page of matches in order of recording, each with what is left of its items now. */
export async function listMatches(
  db: Database,
  query: MatchQuery,
): Promise<{ matches: MatchAnswer[]; cursor: string | null }> {
  const limit = pageSize(query.limit === undefined ? undefined : Number(query.limit))
  const { where, args } = wanted(query)
  const [, at = '', id = ''] = CURSOR.exec(query.cursor ?? '') ?? []
  const { rows } = await db.execute({
    sql: `select m.id, m.recorded_at from item_match m where ${where} and (m.recorded_at, m.id) > (?, ?)
          order by m.recorded_at, m.id limit ${limit + 1}`,
    args: [...args, at, id],
  })
  const page = rows.slice(0, limit)
  const ids = page.map((row) => String(row.id))
  const found = await readMatches(db, ids)
  const last = rows.length > limit ? page.at(-1) : undefined
  return {
    matches: await withRests(
      db,
      ids.map((own) => found.get(own)!),
    ),
    cursor: last ? `${last.recorded_at}_${last.id}` : null,
  }
}

/** How many matches all pages have. */
export async function countMatches(db: Database, query: MatchQuery): Promise<number> {
  const { where, args } = wanted(query)
  const { rows } = await db.execute({ sql: `select count(*) as n from item_match m where ${where}`, args })
  return Number(rows[0]!.n)
}
