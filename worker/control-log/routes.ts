import type { Context } from 'hono'
import { Hono } from 'hono'
import { readRanges } from '#worker/access/audit-database.ts'
import { logRoutes } from '#worker/audit-log/log-routes.ts'
import type { Instant } from '#worker/core/dates.ts'
import { Problem } from '#worker/core/problem.ts'
import { sealEvents } from '#worker/events/seal-events.ts'
import { CONTROL_LOG } from '#worker/events/seal-store.ts'
import type { Env } from '#worker/http/env.ts'
import type { Access } from '#worker/http/operation.ts'
import type { LogScope } from './control-entry.ts'
import { readControlLog } from './store.ts'

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

const logOf = (summary: string, access: Access, scopeOf: (c: Context<Env>) => LogScope | Promise<LogScope>) =>
  logRoutes({
    summary,
    access,
    open: async (c) => {
      const scope = await scopeOf(c)
      return {
        head: await sealControlLog(c),
        read: (filter, place) => readControlLog(c.var.control, scope, filter, place),
        about: { log: 'control' },
        fileName: 'access-log',
      }
    },
  })

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
