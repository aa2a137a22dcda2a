import type { Context } from 'hono'
import { Hono } from 'hono'
import * as z from 'zod/mini'
import { readRanges } from '#worker/access/audit-database.ts'
import { readNames } from '#worker/access/user-store.ts'
import { logAsCsv, logAsJson } from '#worker/audit-log/export-log.ts'
import { LogEntryAnswer, LogExportQuery, LogQuery } from '#worker/audit-log/log-query.ts'
import type { LogEntry, LogPlace } from '#worker/audit-log/log-store.ts'
import type { Instant } from '#worker/core/dates.ts'
import { Problem } from '#worker/core/problem.ts'
import { sealEvents } from '#worker/events/seal-events.ts'
import { CONTROL_LOG } from '#worker/events/seal-store.ts'
import { acceptQuery } from '#worker/http/accept.ts'
import type { Env } from '#worker/http/env.ts'
import { type Access, operation } from '#worker/http/operation.ts'
import type { LogScope } from './control-entry.ts'
import { readControlLog } from './store.ts'

const [PAGE, MOST] = [100, 1_000]

/** What is read is sealed first, so that the head told covers it. */
export const sealControlLog = (c: Context<Env>) =>
  sealEvents(c.var.control, new Date().toISOString() as Instant, CONTROL_LOG)

/** One's own part of the log. @throws Problem 403 permission/missing for a key: it has no sign-ins. */
export function ownScope(c: Context<Env>): LogScope {
  const { principal } = c.var
  if (principal.kind !== 'user') throw new Problem(403, 'permission/missing')
  return { user: principal.id }
}

/** A company's part; an auditor's is that of the fiscal years that were granted. */
export async function companyScope(c: Context<Env>): Promise<LogScope> {
  const { access, db } = c.var
  return { company: access.id, ...(access.audit && { days: await readRanges(db, access.audit.years) }) }
}
export const officeScope = (c: Context<Env>): LogScope => ({ office: c.var.office.id })

/** Reading a part of the log, and taking it out as a file. */
function logOf(about: string, access: Access, scopeOf: (c: Context<Env>) => LogScope | Promise<LogScope>) {
  return new Hono<Env>()
    .get(
      '/entries',
      operation({
        summary: about,
        description:
          'Newest first. Sealed into a chain of hashes (docs/audit-log.md); `chainHead` covers the whole log up to `sealedTo`.',
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
        const scope = await scopeOf(c)
        const head = await sealControlLog(c)
        const size = Math.min(Math.max(limit ?? PAGE, 1), MOST)
        const entries = await readControlLog(c.var.control, scope, filter, { before, limit: size })
        const names = await readNames(c.var.control, namedIn(entries))
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
        summary: `${about}, as a file`,
        description: 'CSV: a row for each changed field, the head of the chain last. JSON: the head first.',
        access,
        query: LogExportQuery,
        answer: { status: 200, mediaType: 'text/csv', description: 'CSV, or JSON with format=json' },
      }),
      async (c) => {
        const { format = 'csv', ...filter } = acceptQuery(c, LogExportQuery)
        const { control, locale } = c.var
        const scope = await scopeOf(c)
        const head = await sealControlLog(c)
        const read = (place: LogPlace) => readControlLog(control, scope, filter, place)
        const wanted = { read, control, locale, head, about: { log: 'control', filter } }
        return c.body(format === 'csv' ? logAsCsv(wanted) : logAsJson(wanted), 200, {
          'content-type': format === 'csv' ? 'text/csv; charset=utf-8' : 'application/json',
          'content-disposition': `attachment; filename="access-log-${head.lastSequence}.${format}"`,
          'content-language': locale,
        })
      },
    )
}

export const namedIn = (entries: readonly LogEntry[]): string[] => [
  ...new Set(entries.flatMap((e) => [e.by, e.subject]).filter((id) => /^(?:usr|key)_/.test(id))),
]

/** Mounted at /api/v1. */
export const controlLogs = new Hono<Env>()
  .route('/me/security-log', logOf('What happened to your sign-in and your access', 'signed-in', ownScope))
  .route(
    '/offices/:office/log',
    logOf('The office’s log: rights, keys, and its staff signing in', 'office-log:read', officeScope),
  )
  .route(
    '/control-log',
    logOf('The whole log of the control plane', 'operator', () => 'everything'),
  )

/** Mounted at /companies/:company. */
export const companyAccessLog = new Hono<Env>().route(
  '/access-log',
  logOf(
    'The log of access: rights, keys, exports, and the company’s members signing in',
    'audit-log:read',
    companyScope,
  ),
)
