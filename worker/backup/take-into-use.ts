import { forgetAccess } from '#worker/access/allow.ts'
import type { Principal } from '#worker/access/permission.ts'
import type { CompanyAccess } from '#worker/access/store.ts'
import { insertControlEntriesIfChanged } from '#worker/control-log/store.ts'
import type { Instant } from '#worker/core/dates.ts'
import type { Database } from '#worker/database/connect.ts'
import { endPause } from './backup-store.ts'

type Context = { control: Database; company: CompanyAccess; principal: Principal; at: Instant }

/** A restored company is taken into use: from now on it is checked, backed up and posted in on schedule. Asked again it does nothing. */
export async function takeIntoUse({ control, company, principal, at }: Context): Promise<void> {
  const entry = { type: 'company.schedule-started', at, by: principal.id, company: company.id, subject: company.id }
  await control.batch([endPause(company.id, at), insertControlEntriesIfChanged(entry)], 'write')
  forgetAccess(company.id)
}
