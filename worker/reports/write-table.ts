import type { Context } from 'hono'
import type { Env } from '#worker/http/env.ts'
import { type Column, csvHead, csvRows } from './csv.ts'

/** Rows of a report, a page at a time; `next` gives the page after a cursor. */
export type Pages<Row> = {
  rows: readonly Row[]
  cursor?: string | null
  next?: (cursor: string) => Promise<{ rows: readonly Row[]; cursor: string | null }>
}

/**
 * The report as the caller takes it: JSON, or its rows as CSV or as one JSON object a line. Without a `limit` of the caller's
 * own a table is streamed page by page to its end, at the version of its first page.
 */
export function writeReport<Row>(
  c: Context<Env>,
  report: object,
  columns: readonly Column<Row>[],
  pages: Pages<Row>,
): Response {
  const headers = { vary: 'accept, accept-language' }
  const wanted = /^\s*(text\/csv|application\/x-ndjson)\b/i.exec(c.req.header('accept') ?? '')?.[1]?.toLowerCase()
  if (!wanted) return c.json(report, 200, headers)
  const { locale } = c.var
  const csv = wanted === 'text/csv'
  const written = (rows: readonly Row[]): string =>
    csv ? csvRows(columns, rows, locale) : rows.map((row) => `${JSON.stringify(row)}\n`).join('')
  const start = (csv ? csvHead(columns, locale) : '') + written(pages.rows)
  const whole = c.req.query('limit') === undefined && c.req.query('cursor') === undefined
  const { cursor = null, next } = pages
  const type = {
    ...headers,
    'content-type': csv ? 'text/csv; charset=utf-8' : 'application/x-ndjson',
    'content-language': locale,
  }
  if (cursor === null || !next) return c.body(start, 200, type)
  if (!whole) return c.body(start, 200, { ...type, 'next-cursor': cursor })
  return c.body(stream(start, cursor, next, written), 200, type)
}

function stream<Row>(
  start: string,
  first: string,
  next: NonNullable<Pages<Row>['next']>,
  written: (rows: readonly Row[]) => string,
): ReadableStream<Uint8Array> {
  const utf8 = new TextEncoder()
  let cursor: string | null = first
  return new ReadableStream({
    start: (to) => to.enqueue(utf8.encode(start)),
    async pull(to) {
      if (cursor === null) return to.close()
      const page = await next(cursor)
      cursor = page.cursor
      to.enqueue(utf8.encode(written(page.rows)))
    },
  })
}
