import type { Principal } from '#worker/access/permission.ts'
import { type CompanyAccess, readCompanies } from '#worker/access/store.ts'
import { companyDatabase, type Database } from '#worker/database/connect.ts'
import type { Bindings } from '#worker/http/env.ts'
import { type LedgerStatus, readStatus } from '#worker/ledger/read-status.ts'

/** A company one may reach, with the state of its ledger; no state when its database does not answer. */
export type Client = CompanyAccess & { status: LedgerStatus | undefined }

/** Databases asked at a time, and in all: an office with more sees the state of the rest when it opens them. */
const AT_A_TIME = 20
const ASKED = 200

/** All clients by name. One that does not answer does not keep the others back. */
export async function readClients(env: Bindings, control: Database, principal: Principal): Promise<Client[]> {
  const companies = await readCompanies(control, principal)
  const clients: Client[] = []
  for (let from = 0; from < companies.length; from += AT_A_TIME) {
    const some = companies.slice(from, from + AT_A_TIME)
    const states = await Promise.all(
      some.map((company) =>
        from < ASKED ? readStatus(companyDatabase(env, company.database)).catch(() => undefined) : undefined,
      ),
    )
    clients.push(...some.map((company, i) => ({ ...company, status: states[i] })))
  }
  return clients
}
