import { forgetModules } from '#worker/access/check-module.ts'
import type { CompanyId } from '#worker/core/ids.ts'
import { Problem } from '#worker/core/problem.ts'
import { checkVersion } from '#worker/core/version.ts'
import type { Database } from '#worker/database/connect.ts'
import { changesOf, isUnchanged } from '#worker/events/event.ts'
import { insertEventsIfChanged } from '#worker/events/store.ts'
import type { Acting } from '#worker/http/acting.ts'
import { type CompanyChange, settingsAfter } from './company-settings.ts'
import { type KeptCompany, readSettings, updateControlCompany, updateSettings } from './settings-store.ts'

type Context = Acting & { control: Database; company: CompanyId }

/**
 * Changes a company's settings, in its own database first: that is where its history stands. The control database is told the
 * name whether or not it changed, so that a change that was interrupted between the two is mended by doing it again.
 * @throws Problem 409 version/stale.
 */
export async function changeCompany(
  { db, control, company, by, at }: Context,
  change: CompanyChange,
  version: number | undefined,
): Promise<KeptCompany> {
  const found = await readSettings(db)
  checkVersion(version, found.version)
  const settings = settingsAfter(found.settings, change)
  const changes = changesOf(found.settings, settings)
  if (!isUnchanged(changes)) {
    const event = { type: 'company.changed', at, by, subject: company, changes }
    const [updated] = await db.batch([updateSettings(settings, found.version), insertEventsIfChanged(event)], 'write')
    if (updated!.rowsAffected === 0) throw new Problem(409, 'version/stale')
    forgetModules(company)
  }
  if (change.name !== undefined || change.organisationNumber !== undefined)
    await control.batch([updateControlCompany(company, settings)], 'write')
  return { ...found, settings, version: isUnchanged(changes) ? found.version : found.version + 1 }
}
