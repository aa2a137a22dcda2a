import type { Context } from 'hono'
import { Hono } from 'hono'
import * as z from 'zod/mini'
import { readNames } from '#worker/access/user-store.ts'
import type { SealHead } from '#worker/events/seal-store.ts'
import { acceptQuery } from '#worker/http/accept.ts'
import type { Env } from '#worker/http/env.ts'
import { type Access, operation } from '#worker/http/operation.ts'
import { logAsCsv, logAsJson } from './export-log.ts'
import { LogEntryAnswer, LogExportQuery, type LogFilter, LogQuery } from './log-query.ts'
import type { LogEntry, LogPlace } from './log-store.ts'

/** A log as one caller may read it: sealed up to its head, and told in an exported file by what `about` says. */
export type OpenLog = {
  head: SealHead
  read: (filter: LogFilter, place: LogPlace) => Promise<LogEntry[]>
  about: object
  /** Of the exported file, without its ending. */
  fileName: string
}
type LogRoutes = { summary: string; access: Access; open: (c: Context<Env>) => Promise<OpenLog> }

const [PAGE, MOST] = [100, 1_000]

/** Reading a log, and taking it out as a file: `/entries` and `/export`. */
export function logRoutes({ summary, access, open }: LogRoutes): Hono<Env> {
  return new Hono<Env>()
    .get(
      '/entries',
      operation({
        summary,
        description:
          'Newest first. Each entry is sealed into a chain of hashes (docs/audit-log.md); `chainHead` covers all up to `sealedTo`.',
        access,
        query: LogQuery,
        answer: {
          status: 200,
          schema: z.object({
            entries: z.array(LogEntryAnswer),
            next: z.nullable(z.int()),
            sealedTo: z.int(),
            chainHead: z.string(),
          }),
          description: 'Give `next` as `before` the next time; null when there is no more',
        },
      }),
      async (c) => {
        const { before, limit, ...filter } = acceptQuery(c, LogQuery)
        const { head, read } = await open(c)
        const size = Math.min(Math.max(limit ?? PAGE, 1), MOST)
        const entries = await read(filter, { before, limit: size })
        const names = await readNames(c.var.control, [...new Set(entries.map((e) => e.by))])
        return c.json({
          entries: entries.map((e) => ({ ...e, byName: names.get(e.by) ?? '' })),
          next: entries.length === size ? entries.at(-1)!.sequence : null,
          sealedTo: head.lastSequence,
          chainHead: head.hash,
        })
      },
    )
    .get(
      '/export',
      operation({
        summary: `${summary}, as a file with the head of its chain`,
        description:
          'CSV: a row for each changed field, the head of the chain last. JSON: the head first, then the entries.',
        access,
        query: LogExportQuery,
        answer: { status: 200, mediaType: 'text/csv', description: 'CSV, or JSON with format=json' },
      }),
      async (c) => {
        const { format = 'csv', ...filter } = acceptQuery(c, LogExportQuery)
        const { control, locale } = c.var
        const { head, read, about, fileName } = await open(c)
        const wanted = {
          read: (place: LogPlace) => read(filter, place),
          control,
          locale,
          head,
          about: { ...about, filter },
        }
        return c.body(format === 'csv' ? logAsCsv(wanted) : logAsJson(wanted), 200, {
          'content-type': format === 'csv' ? 'text/csv; charset=utf-8' : 'application/json',
          'content-disposition': `attachment; filename="${fileName}-${head.lastSequence}.${format}"`,
          'content-language': locale,
        })
      },
    )
}
