import type { Context } from 'hono'
import { Hono } from 'hono'
import * as z from 'zod/mini'
import { addDays, endOfDayInOslo, type Instant } from '#worker/core/dates.ts'
import { Problem } from '#worker/core/problem.ts'
import { companyDatabase } from '#worker/database/connect.ts'
import { sealEvents } from '#worker/events/seal-events.ts'
import { readYear } from '#worker/events/store.ts'
import { acceptQuery } from '#worker/http/accept.ts'
import type { Env } from '#worker/http/env.ts'
import { operation } from '#worker/http/operation.ts'
import { logRoutes } from './log-routes.ts'
import { readLog } from './log-store.ts'
import { writeAuditLog } from './write-audit-log.ts'

/** The audit trail of which fiscal year. */
const AuditLogQuery = z.strictObject({
  fiscalYear: z.pipe(z.string().check(z.regex(/^\d{1,4}$/, 'field/invalid')), z.transform(Number)),
})

/** What is read is sealed first, so that the head told covers it: all of it, though an auditor reads but a part. */
export const sealNow = (c: Context<Env>) => {
  const { access, db } = c.var
  return sealEvents(access.audit ? companyDatabase(c.env, access.database) : db, new Date().toISOString() as Instant)
}

/** The event feed written out as a table, and as the log of who did what from where. Mounted at /companies/:company. */
export const auditLog = new Hono<Env>()
  .route(
    '/audit-log',
    logRoutes({
      summary: 'The audit log: who did what, and from where',
      access: 'audit-log:read',
      open: async (c) => {
        const { db, access } = c.var
        return {
          head: await sealNow(c),
          read: (filter, place) => readLog(db, filter, place),
          about: { company: access.id },
          fileName: `audit-log-${access.id}`,
        }
      },
    }),
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
