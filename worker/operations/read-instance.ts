import { companyMigrations } from '#db/company/migrations.ts'
import { companyDatabase, type Database } from '#worker/database/connect.ts'
import { NoAnswer } from '#worker/database/refusal.ts'
import type { Bindings } from '#worker/http/env.ts'
import { faultOf, log } from '#worker/http/log.ts'
import { type CompanyState, readCompanyStates, readFile } from './store.ts'

/** Companies looked at in one request; each costs a round trip. */
export const PAGE = 50
/** How many databases are asked at once: a Worker has six connections. */
const AT_ONCE = 5

/** A company with its file: `file` is null where the database does not answer, or says that the file is `quarantined`. */
export type InstanceCompany = CompanyState & {
  file: { schema: string; size: number; current: boolean } | null
  quarantined: boolean
}
export type InstancePage = { companies: InstanceCompany[]; newestSchema: string; next: string | null }

const newestSchema = companyMigrations.at(-1)!.tag

/** A page of companies by id, with how far each one's schema is and how large its file. */
export const readInstance = (env: Bindings, control: Database, after: string): Promise<InstancePage> =>
  withEach(env, control, after, fileOf)

/** How a database's file is now. */
export async function fileOf(db: Database): Promise<NonNullable<InstanceCompany['file']>> {
  const file = await readFile(db)
  return { ...file, current: file.schema === newestSchema }
}

/** A page of companies, each active one's database asked; one that fails does not keep the others back. */
export async function withEach(
  env: Bindings,
  control: Database,
  after: string,
  act: (db: Database, company: CompanyState) => Promise<InstanceCompany['file']>,
  deadlineMs?: number,
): Promise<InstancePage> {
  const found = await readCompanyStates(control, after, PAGE)
  const companies: InstanceCompany[] = found.map((company) => ({ ...company, file: null, quarantined: false }))
  const left = companies.filter(({ status }) => status === 'active')
  const work = async () => {
    for (let company = left.shift(); company; company = left.shift())
      company.file = await act(companyDatabase(env, company.database, deadlineMs), company).catch((error) => {
        company!.quarantined = error instanceof NoAnswer && error.why === 'quarantined'
        log('error', 'company-database', { company: company!.id, ...faultOf(error) })
        return null
      })
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work))
  return { companies, newestSchema, next: found.length < PAGE ? null : found.at(-1)!.id }
}
