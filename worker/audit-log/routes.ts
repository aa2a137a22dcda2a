import { Hono } from 'hono'
import * as z from 'zod/mini'
import { addDays, endOfDayInOslo } from '#worker/core/dates.ts'
import { Problem } from '#worker/core/problem.ts'
import { readYear } from '#worker/events/store.ts'
import { acceptQuery } from '#worker/http/accept.ts'
import type { Env } from '#worker/http/env.ts'
import { operation } from '#worker/http/operation.ts'
import { writeAuditLog } from './write-audit-log.ts'

/** The audit trail of which fiscal year. */
const AuditLogQuery = z.strictObject({
  fiscalYear: z.pipe(z.string().check(z.regex(/^\d{1,4}$/, 'field/invalid')), z.transform(Number)),
})

/** The event feed written out as a table. Mounted at /companies/:company. */
export const auditLog = new Hono<Env>().get(
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
