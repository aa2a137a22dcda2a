import type { Context } from 'hono'
import { routePath } from 'hono/route'
import { companyMigrations } from '#db/company/migrations.ts'
import { insertControlEntryUnlessSince } from '#worker/control-log/store.ts'
import { dayInOslo, type Instant } from '#worker/core/dates.ts'
import type { CompanyId } from '#worker/core/ids.ts'
import { Problem } from '#worker/core/problem.ts'
import { companyDatabase } from '#worker/database/connect.ts'
import { migrate } from '#worker/database/migrate.ts'
import { withOrigin } from '#worker/events/store.ts'
import type { Env } from '#worker/http/env.ts'
import { limitRequests } from '#worker/http/limit-requests.ts'
import type { Access } from '#worker/http/operation.ts'
import { keepNextYear } from '#worker/periods/keep-next-year.ts'
import { postWaiting } from '#worker/schedules/post-waiting.ts'
import { checkExcel } from './addin-token.ts'
import { auditDatabase } from './audit-database.ts'
import { companyMeant } from './company-meant.ts'
import { readAdministrators } from './member-store.ts'
import { readOfficeAccess } from './office-access.ts'
import { isOperator } from './operator.ts'
import {
  mayDo,
  mayInOffice,
  OFFICE_PERMISSIONS,
  type OfficePermission,
  type Permission,
  type Principal,
} from './permission.ts'
import { type CompanyAccess, readCompanyAccess } from './store.ts'

/** How long an answer about access is believed, in milliseconds: a revoked key works at most this long. */
const BELIEVED_MS = 1_000
const known = new Map<string, { access: CompanyAccess | undefined; until: number }>()

/**
 * Lets the request through, or not. For a company's route it also opens the company: the one in the path, chosen by the
 * caller's membership and never by the body.
 * @throws Problem 401 sign-in/required; 403 permission/missing; 403 audit-access/read-only for an auditor's request that is
 * no reading; 403 excel/not-allowed and sign-in/too-old for one from Excel; 409 company/being-deleted for one that would write, and
 * company/mismatch for one that was meant for another company; 404 company/unknown, also for a company of others.
 */
export async function allow(
  c: Context<Env>,
  access: Access,
  {
    reads = c.req.method === 'GET' || c.req.method === 'HEAD',
    whileDeleting = false,
  }: { reads?: boolean | undefined; whileDeleting?: boolean | undefined } = {},
): Promise<void> {
  if (access === 'public') return
  const { principal } = c.var
  if (principal.kind === 'nobody') throw new Problem(401, 'sign-in/required')
  if (principal.kind === 'user' && principal.excel)
    checkExcel(principal.excel, access, reads, new Date().toISOString() as Instant)
  if (access === 'operator') {
    if (!isOperator(c.env, principal)) throw new Problem(403, 'permission/missing')
    return
  }
  if (access === 'signed-in') return
  if (isOfficePermission(access)) return openOffice(c, c.req.param('office') ?? '', access)
  const company = await openCompany(c, c.req.param('company') ?? '')
  if (!reads && (companyMeant(c.req.raw.headers) ?? company.id) !== company.id)
    throw new Problem(409, 'company/mismatch')
  if (!mayDo(company, access)) throw await missing(c, access)
  if (company.audit && !reads) throw new Problem(403, 'audit-access/read-only')
  if (company.deletesAt && !reads && !whileDeleting)
    throw new Problem(409, 'company/being-deleted', { params: { until: dayInOslo(company.deletesAt) } })
  if (company.audit) await noteReading(c, company.id)
  if (c.req.method !== 'GET' && !company.audit && !company.deletesAt) await keepYear(c, company)
}

const isOfficePermission = (access: Access): access is OfficePermission => access in OFFICE_PERMISSIONS

/** Opens the office for one of its staff. @throws Problem 404 office/unknown, also for an office of others; 403 permission/missing. */
async function openOffice(c: Context<Env>, id: string, permission: OfficePermission): Promise<void> {
  const office = await readOfficeAccess(c.var.control, c.var.principal, id)
  if (!office) throw new Problem(404, 'office/unknown')
  if (!mayInOffice(office.role, permission))
    throw new Problem(403, 'permission/missing', { params: { permission, company: office.name } })
  c.set('office', office)
}

/** What is missing, where, and who can give it. */
async function missing(c: Context<Env>, permission: Permission): Promise<Problem> {
  const { access, principal, control } = c.var
  const ask = principal.kind === 'user' ? await readAdministrators(control, access.id) : []
  return new Problem(403, 'permission/missing', {
    params: { permission, company: access.name, ...(ask.length > 0 && { ask }) },
  })
}

/** Whoever is about to write finds next year open. */
async function keepYear(c: Context<Env>, { id, database, pausedAt }: CompanyAccess): Promise<void> {
  const at = new Date().toISOString() as Instant
  const db = companyDatabase(c.env, database) // the system's: it does this from nobody's network and device
  const opened = await keepNextYear({ db, by: 'system', at }, id, dayInOslo(at))
  if (opened && !pausedAt) await postWaiting(c.env, { id, database }, 'system').catch(() => {}) // they are posted by the next who asks, too
}

/** Opens the company for the caller: its database, brought up to date, and the caller's role in it. */
export async function openCompany(c: Context<Env>, id: string): Promise<CompanyAccess> {
  const access = await accessTo(c, id)
  if (!access) throw new Problem(404, 'company/unknown')
  // The local operator may open every company.
  if (c.var.principal.kind === 'operator') await noteOnceADay(c, 'company.opened-by-operator', access.id, access.id)
  else limitRequests(c, 'company', access.id, Date.now())
  const db = companyDatabase(c.env, access.database)
  await migrate(db, access.database, companyMigrations)
  // The town is for signing in alone.
  const { place: _, ...known } = c.var.origin
  const origin = JSON.stringify(known)
  c.set('access', { ...access, origin })
  c.set('company', access.id)
  c.set('db', access.audit ? await auditDatabase(db, access.audit) : withOrigin(db, origin))
  return access
}

const DAY_MS = 24 * 3600_000
const noted = new Map<string, number>()

/** What an auditor reads stands in the company's log of access: which kind of thing, each once a day (features.md AUD-01). */
const noteReading = (c: Context<Env>, company: CompanyId): Promise<void> =>
  noteOnceADay(c, 'audit-access.read', company, `${c.req.method} ${routePath(c)}`)

async function noteOnceADay(c: Context<Env>, type: string, company: CompanyId, subject: string): Promise<void> {
  const now = Date.now()
  const by = c.var.principal.id
  const key = `${by} ${type} ${company} ${subject}`
  if ((noted.get(key) ?? 0) > now - DAY_MS) return
  if (noted.size > 5_000) noted.clear()
  noted.set(key, now)
  const entry = { type, at: new Date(now).toISOString() as Instant, by, company, subject }
  const since = new Date(now - DAY_MS).toISOString()
  await c.var.control.batch([insertControlEntryUnlessSince(entry, since)], 'write')
}

async function accessTo(c: Context<Env>, id: string): Promise<CompanyAccess | undefined> {
  const { principal } = c.var
  if (principal.kind === 'key' && principal.company !== null && principal.company !== id) return undefined
  const key = `${whoIs(principal)} ${id}`
  const before = known.get(key)
  const now = Date.now()
  if (before && before.until > now) return before.access
  const access = await readCompanyAccess(c.var.control, principal, id)
  if (known.size > 5_000) known.clear()
  known.set(key, { access, until: now + BELIEVED_MS })
  return access
}

/** A company's new name, and a member's new role, are seen at once in this isolate, and within a second in the others. */
export function forgetAccess(company: string): void {
  for (const key of known.keys()) if (key.endsWith(` ${company}`)) known.delete(key)
}

/** Excel may do less than the same person in a browser. */
const whoIs = (p: Principal): string => `${p.kind}:${p.id}${p.kind === 'user' && p.excel ? `:${p.excel.scopes}` : ''}`
