import type { Instant } from '#worker/core/dates.ts'
import { type CompanyId, idOf } from '#worker/core/ids.ts'
import type { Database } from '#worker/database/connect.ts'
import { insertUser, readUser } from '#worker/identity/user-store.ts'

/** The demo company's user. Has no password: the sign-in page of a local instance lets one in with one click. */
export const DEMO_USER = { email: 'ingrid@lofthus.example', name: 'Ingrid Solheim' } as const

/** Makes the demo user, unless it is there, and makes it the company's administrator. Gives the user's id. */
export async function createDemoUser(control: Database, company: CompanyId): Promise<string> {
  const at = new Date().toISOString() as Instant
  const id = idOf('usr', crypto.getRandomValues(new Uint8Array(17)))
  await control.execute(insertUser({ id, ...DEMO_USER, passwordHash: null, locale: 'nb' }, at))
  const user = (await readUser(control, DEMO_USER.email))!
  await control.execute({
    sql: `insert into membership (user, company, role, created_at) values (?, ?, 'administrator', ?) on conflict do nothing`,
    args: [user.id, company, at],
  })
  return user.id
}
