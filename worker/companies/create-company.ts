import { companyMigrations } from '#db/company/migrations.ts'
import { readOfficeAccess } from '#worker/access/office-access.ts'
import { mayInOffice, type Principal } from '#worker/access/permission.ts'
import { insertControlEntries } from '#worker/control-log/store.ts'
import { dayInOslo, type Instant } from '#worker/core/dates.ts'
import type { CompanyId } from '#worker/core/ids.ts'
import { idOf } from '#worker/core/ids.ts'
import { Problem } from '#worker/core/problem.ts'
import { companyDatabase, createDatabase, type Database } from '#worker/database/connect.ts'
import { migrate } from '#worker/database/migrate.ts'
import type { Bindings } from '#worker/http/env.ts'
import type { FiscalYear } from '#worker/ledger/books.ts'
import { COMPANY_COLOURS, calendarYears, type NewCompany, yearsAround } from './company.ts'
import { standardAccounts } from './standard-accounts.ts'
import {
  insertAccounts,
  insertCompany,
  insertControlCompany,
  insertFiscalYears,
  insertMembership,
  insertResponsible,
  insertStandards,
  setStatus,
} from './store.ts'

type Context = { env: Bindings; control: Database; principal: Principal }
export type OpenedCompany = { id: CompanyId; database: string; db: Database }

/**
 * Opens a company's books: a database of its own, the standard chart, VAT codes, voucher types, dimensions and fiscal years.
 * Whoever creates it becomes its administrator, or responsible for it in the office. Until everything stands nobody can reach it.
 * @throws Problem 404 office/unknown; 403 permission/missing; 503 service/busy when the database service makes no database.
 */
export async function createCompany(
  ctx: Context,
  wanted: NewCompany,
  years: readonly FiscalYear[] = yearsOf(wanted),
): Promise<OpenedCompany> {
  const company = await openBooks(ctx, wanted)
  await company.db.batch(
    [insertAccounts(standardAccounts()), ...insertStandards(), ...insertFiscalYears(years)],
    'write',
  )
  await setStatus(ctx.control, company.id, 'active')
  return company
}

function yearsOf({ fromYear, toYear }: NewCompany): FiscalYear[] {
  const [from, to] = yearsAround(dayInOslo(new Date().toISOString() as Instant))
  return calendarYears(fromYear ?? from, toYear ?? Math.max(to, fromYear ?? to))
}

/** An empty company, registered and not yet open: `setStatus` opens it when its content stands. */
export async function openBooks(ctx: Context, wanted: NewCompany): Promise<OpenedCompany> {
  const office = wanted.office === undefined ? null : await officeFor(ctx, wanted.office)
  const id = idOf('cmp', crypto.getRandomValues(new Uint8Array(17))) as CompanyId
  const database = id.replace('_', '-')
  const record = {
    id,
    name: wanted.name,
    organisationNumber: wanted.organisationNumber ?? null,
    vatRegistered: wanted.vatRegistered ?? true,
    createdAt: new Date().toISOString(),
  }
  await createDatabase(ctx.env, database)
  const db = companyDatabase(ctx.env, database)
  await migrate(db, database, companyMigrations)
  await db.execute(insertCompany(record))
  const row = insertControlCompany(
    { ...record, database, test: wanted.test ?? false, status: 'importing', office },
    COMPANY_COLOURS,
  )
  const own =
    ctx.principal.kind !== 'user'
      ? []
      : office === null
        ? [insertMembership(ctx.principal.id, id, 'administrator', record.createdAt)]
        : [insertResponsible(ctx.principal.id, id, record.createdAt)]
  const { kind, id: by } = ctx.principal
  const entry = {
    type: 'company.created',
    at: record.createdAt as Instant,
    by,
    user: kind === 'user' ? by : null,
    company: id,
    office,
    subject: id,
    changes: { name: [null, wanted.name] as const },
  }
  await ctx.control.batch([row, insertControlEntries(entry), ...own], 'write')
  return { id, database, db }
}

/** The office that a company is opened in. @throws Problem 404 office/unknown; 403 permission/missing. */
export async function officeFor({ control, principal }: Omit<Context, 'env'>, id: string): Promise<string> {
  const office = await readOfficeAccess(control, principal, id)
  if (!office) throw new Problem(404, 'office/unknown')
  if (!mayInOffice(office.role, 'office-client:write'))
    throw new Problem(403, 'permission/missing', {
      params: { permission: 'office-client:write', company: office.name },
    })
  return office.id
}
