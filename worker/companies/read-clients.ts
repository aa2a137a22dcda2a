import { auditDatabase } from '#worker/access/audit-database.ts'
import type { Principal } from '#worker/access/permission.ts'
import { type CompanyAccess, readCompanies } from '#worker/access/store.ts'
import type { IsoDate } from '#worker/core/dates.ts'
import { companyDatabase, type Database } from '#worker/database/connect.ts'
import type { Bindings } from '#worker/http/env.ts'
import { type LedgerStatus, STATUS, statusOf } from '#worker/ledger/read-status.ts'
import { type ClientWork, seenBy } from './client-work.ts'
import { clientWork, clientWorkOf } from './client-work-store.ts'

/** A company one may reach, with the state of its ledger and what waits in it; neither when its database does not answer. */
export type Client = CompanyAccess & { status: LedgerStatus | undefined; work: ClientWork | undefined }

/** Databases asked at a time, and in all: an office with more sees the state of the rest when it opens them. */
const AT_A_TIME = 20
const ASKED = 200

/**
 * All clients by name: those of one's own memberships, each asked in one round trip, and answered by what one's role in it may
 * see. One that does not answer does not keep the others back.
 */
export async function readClients(
  env: Bindings,
  control: Database,
  principal: Principal,
  today: IsoDate,
): Promise<Client[]> {
  const companies = await readCompanies(control, principal)
  const clients: Client[] = []
  for (let from = 0; from < companies.length; from += AT_A_TIME) {
    const some = companies.slice(from, from + AT_A_TIME)
    const states = await Promise.all(
      some.map((company) => (from < ASKED ? readState(env, company, today).catch(() => undefined) : undefined)),
    )
    clients.push(...some.map((company, i) => ({ ...company, status: states[i]?.status, work: states[i]?.work })))
  }
  return clients
}

async function readState(env: Bindings, access: CompanyAccess, today: IsoDate) {
  const books = companyDatabase(env, access.database)
  const db = access.audit ? await auditDatabase(books, access.audit) : books
  const answers = await db.batch([clientWork(today), ...STATUS], 'read')
  const [work, ...status] = answers
  return { status: statusOf(status), work: seenBy(access, clientWorkOf(work!, today)) }
}
