import * as z from 'zod/mini'
import { companyMigrations } from '#db/company/migrations.ts'
import { auditDatabase } from '#worker/access/audit-database.ts'
import { mayDo, type Principal } from '#worker/access/permission.ts'
import { type CompanyAccess, readCompanies } from '#worker/access/store.ts'
import type { IsoDate } from '#worker/core/dates.ts'
import { Problem } from '#worker/core/problem.ts'
import { FilledText } from '#worker/core/text.ts'
import { companyDatabase, type Database } from '#worker/database/connect.ts'
import { migrate } from '#worker/database/migrate.ts'
import type { Bindings } from '#worker/http/env.ts'
import { readReportBatch } from './read-report-batch.ts'
import { cellCount, ReportBatch } from './report-batch.ts'
import { CELLS, COMPANIES } from './report-limits.ts'

const Company = FilledText(60)
/** A batch for each company under `batches`; or one batch and its `companies`: a list, or `*` for all the caller may read. */
export const OfficeBatch = z
  .strictObject({
    batches: z.optional(
      z
        .array(z.extend(ReportBatch, { company: Company }), { error: 'field/invalid' })
        .check(z.maxLength(COMPANIES, 'field/invalid')),
    ),
    companies: z.optional(
      z.union([z.literal('*'), z.array(Company).check(z.maxLength(COMPANIES, 'field/invalid'))], 'field/invalid'),
    ),
    atVersion: ReportBatch.shape.atVersion,
    groups: z.optional(ReportBatch.shape.groups),
  })
  .check(
    z.refine(({ batches, companies }) => batches !== undefined || companies !== undefined, {
      error: 'field/required',
      path: ['companies'],
    }),
    z.refine(({ companies, groups }) => (companies === undefined) === (groups === undefined), {
      error: 'field/required',
      path: ['groups'],
    }),
    z.refine(({ batches, companies }) => batches === undefined || companies === undefined, {
      error: 'field/invalid',
      path: ['batches'],
    }),
  )
type OfficeBatch = z.infer<typeof OfficeBatch>
type CompanyBatch = NonNullable<OfficeBatch['batches']>[number]

/** What is asked of each company. */
function batchesOf(
  { batches, companies = [], atVersion, groups = [] }: OfficeBatch,
  mine: ReadonlyMap<string, CompanyAccess>,
): readonly CompanyBatch[] {
  if (batches) return batches
  const wanted =
    companies === '*' ? [...mine.values()].filter((a) => mayDo(a, 'report:read')).map((a) => a.id) : companies
  return wanted.map((company) => ({ company, groups, ...(atVersion !== undefined && { atVersion }) }))
}

type Figures = Awaited<ReturnType<typeof readReportBatch>>
/** A company's figures, or why there are none. */
export type CompanyFigures = { company: string } & (Figures | { problem: Problem })

/** Databases asked at a time. */
const AT_A_TIME = 20

/**
 * Figures of several companies, each at a version of its own and in the order they were asked for. One that may not be read, or
 * cannot be, is told as a problem in its own place and keeps none of the others back.
 * @throws Problem 413 request/too-large: more cells than one company may ask for, all taken together.
 */
export async function readOfficeBatch(
  ctx: {
    env: Bindings
    control: Database
    principal: Principal
    today: IsoDate
    problemOf: (error: Error) => Problem
  },
  wanted: OfficeBatch,
): Promise<CompanyFigures[]> {
  const mine = new Map((await readCompanies(ctx.control, ctx.principal)).map((access) => [access.id as string, access]))
  const batches = batchesOf(wanted, mine)
  if (batches.length > COMPANIES || batches.reduce((cells, batch) => cells + cellCount(batch), 0) > CELLS)
    throw new Problem(413, 'request/too-large', { params: { reason: 'cells', cells: CELLS, groups: COMPANIES } })
  const read = async ({ company, ...batch }: CompanyBatch): Promise<CompanyFigures> => {
    try {
      return { company, ...(await readReportBatch(await openToRead(ctx.env, mine.get(company)), batch, ctx.today)) }
    } catch (error) {
      return { company, problem: ctx.problemOf(error as Error) }
    }
  }
  const found: CompanyFigures[] = []
  for (let from = 0; from < batches.length; from += AT_A_TIME)
    found.push(...(await Promise.all(batches.slice(from, from + AT_A_TIME).map(read))))
  return found
}

/** @throws Problem 404 company/unknown, also for a company of others; 403 permission/missing. */
async function openToRead(env: Bindings, access: CompanyAccess | undefined): Promise<Database> {
  if (!access) throw new Problem(404, 'company/unknown')
  if (!mayDo(access, 'report:read')) throw new Problem(403, 'permission/missing')
  const db = companyDatabase(env, access.database)
  await migrate(db, access.database, companyMigrations)
  return access.audit ? auditDatabase(db, access.audit) : db
}
