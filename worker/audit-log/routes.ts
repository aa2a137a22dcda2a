import type { Context } from 'hono'
import { Hono } from 'hono'
import * as z from 'zod/mini'
import { readNames } from '#worker/access/user-store.ts'
import { addDays, endOfDayInOslo, type Instant } from '#worker/core/dates.ts'
import { Problem } from '#worker/core/problem.ts'
import { companyDatabase } from '#worker/database/connect.ts'
import { sealEvents } from '#worker/events/seal-events.ts'
import { readYear } from '#worker/events/store.ts'
import { acceptQuery } from '#worker/http/accept.ts'
import type { Env } from '#worker/http/env.ts'
import { operation } from '#worker/http/operation.ts'
import { logAsCsv, logAsJson } from './export-log.ts'
import { LogEntryAnswer, LogExportQuery, LogQuery } from './log-query.ts'
import { type LogPlace, readLog } from './log-store.ts'
import { writeAuditLog } from './write-audit-log.ts'

/** The audit trail of which fiscal year. */
const AuditLogQuery = z.strictObject({
  fiscalYear: z.pipe(z.string().check(z.regex(/^\d{1,4}$/, 'field/invalid')), z.transform(Number)),
})

const [PAGE, MOST] = [100, 1_000]
/** What is read is sealed first, so that the head told covers it: all of it, though an auditor reads but a part. */
export const sealNow = (c: Context<Env>) => {
  const { access, db } = c.var
  return sealEvents(access.audit ? companyDatabase(c.env, access.database) : db, new Date().toISOString() as Instant)
}

/** The event feed written out as a table, and as the log of who did what from where. Mounted at /companies/:company. */
export const auditLog = new Hono<Env>()
  .get(
    '/audit-log/entries',
    operation({
      summary: 'The audit log: who did what, and from where',
      description:
        'Newest first. Each entry is sealed into a chain of hashes (docs/audit-log.md); `chainHead` covers all up to `sealedTo`.',
      access: 'audit-log:read',
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
      const head = await sealNow(c)
      const size = Math.min(Math.max(limit ?? PAGE, 1), MOST)
      const entries = await readLog(c.var.db, filter, { before, limit: size })
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
    '/audit-log/export',
    operation({
      summary: 'The audit log as a file, with the head of its chain',
      description:
        'CSV: a row for each changed field, the head of the chain last. JSON: the head first, then the entries.',
      access: 'audit-log:read',
      query: LogExportQuery,
      answer: { status: 200, mediaType: 'text/csv', description: 'CSV, or JSON with format=json' },
    }),
    async (c) => {
      const { format = 'csv', ...filter } = acceptQuery(c, LogExportQuery)
      const { db, control, locale, access } = c.var
      const head = await sealNow(c)
      const read = (place: LogPlace) => readLog(db, filter, place)
      const wanted = { read, control, locale, head, about: { company: access.id, filter } }
      const file = `audit-log-${access.id}-${head.lastSequence}.${format}`
      return c.body(format === 'csv' ? logAsCsv(wanted) : logAsJson(wanted), 200, {
        'content-type': format === 'csv' ? 'text/csv; charset=utf-8' : 'application/json',
        'content-disposition': `attachment; filename="${file}"`,
        'content-language': locale,
      })
    },
  )
  .get(
    '/audit-log',
    operation({
      summary: 'The audit trail of a fiscal year, for a sheet',
      description: 'Who, what, when, old and new value: a row for each field that changed, recorded within the year.',
      access: 'event:read',
      query: AuditLogQuery,
      answer: { status: 200, mediaType: 'text/csv', description: 'UTF-8, semicolons in Norwegian, commas in English' },
      problems: ['fiscal-year/unknown'],
    }),
    async (c) => {
      const { fiscalYear } = acceptQuery(c, AuditLogQuery)
      const year = await readYear(c.var.db, fiscalYear)
      if (!year) throw new Problem(404, 'fiscal-year/unknown', { params: { year: String(fiscalYear) } })
      const { db, control, locale } = c.var
      const from = endOfDayInOslo(addDays(year.firstDate, -1))
      const log = writeAuditLog({ db, control, locale, from, to: endOfDayInOslo(year.lastDate) })
      return c.body(log, 200, { 'content-type': 'text/csv; charset=utf-8', 'content-language': locale })
    },
  )
