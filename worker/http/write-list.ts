import type { Context } from 'hono'
import type * as z from 'zod/mini'
import type { Column } from '#worker/reports/csv.ts'
import { writeReport } from '#worker/reports/write-table.ts'
import type { Env } from './env.ts'

/** A page of a list as its verb gives it; without a cursor it is the last one, or the whole list. */
type Page<Name extends string> = { [name in Name]: readonly object[] } & { cursor?: string | null }

/**
 * A list as the caller takes it (features.md 4.1 no. 14): JSON, or its rows as CSV or as one JSON object a line, streamed to the end
 * unless a page is asked for. The CSV's columns are the fields of a row, with the values that JSON has: amounts in øre. With
 * `Prefer: count=exact` the JSON and a header tell how many rows all pages have. The route says `list: true`.
 */
export async function writeList<Name extends string>(
  c: Context<Env>,
  list: {
    name: Name
    row: z.ZodMiniObject
    /** The page after a cursor; after the caller's own, or the first, without one. */
    read: (cursor?: string) => Promise<Page<Name>>
    /** How many rows all pages have; a list of one page needs none. */
    count?: () => Promise<number>
  },
): Promise<Response> {
  const { name, row, read, count } = list
  const page = await read()
  const counts = /(^|,)\s*count="?exact"?\s*(,|$)/i.test(c.req.header('prefer') ?? '')
  const total = counts ? await (count ?? (async () => page[name].length))() : undefined
  const answer = writeReport(c, { ...page, ...(total !== undefined && { total }) }, columnsOf(row), {
    rows: page[name],
    cursor: page.cursor ?? null,
    next: async (cursor) => {
      const following = await read(cursor)
      return { rows: following[name], cursor: following.cursor ?? null }
    },
  })
  if (total === undefined) return answer
  answer.headers.set('preference-applied', 'count=exact')
  answer.headers.set('total-count', String(total))
  return answer
}

const columnsOf = (row: z.ZodMiniObject): Column<object>[] =>
  Object.keys(row.shape).map((name) => ({ name, text: (of) => written((of as Record<string, unknown>)[name]) }))

const written = (value: unknown): string | number | null => {
  if (value === undefined || value === null || typeof value === 'string' || typeof value === 'number')
    return value ?? null
  return JSON.stringify(value)
}
