import { mayDo } from '#worker/access/permission.ts'
import type { CompanyAccess } from '#worker/access/store.ts'
import { idOf } from '#worker/core/ids.ts'
import { Problem } from '#worker/core/problem.ts'
import { checkVersion } from '#worker/core/version.ts'
import { refusalOf } from '#worker/database/refusal.ts'
import type { Acting } from '#worker/http/acting.ts'
import type { NewSavedReport, SavedReport, SavedReportChange } from './saved-report.ts'
import { deleteSavedReport, insertSavedReport, readSavedReport, updateSavedReport } from './saved-store.ts'

type Access = Pick<CompanyAccess, 'permissions'>

/**
 * Saves a report under a name, for oneself or for everyone who reads reports.
 * @throws Problem 403 permission/missing: sharing takes report:write; 422 request/invalid with saved-report/exists.
 */
export async function saveReport({ db, by, at }: Acting, access: Access, wanted: NewSavedReport): Promise<SavedReport> {
  mayShare(access, wanted.shared)
  const report: SavedReport = {
    id: idOf('rep', crypto.getRandomValues(new Uint8Array(17))),
    name: wanted.name,
    report: wanted.report,
    query: wanted.query,
    shared: wanted.shared ?? false,
    owner: by,
    version: 1,
    recordedAt: at,
  }
  await orTaken(report.name, () => db.batch([insertSavedReport(report)], 'write'))
  return report
}

/** Changes a saved report of one's own, or a shared one. @throws Problem 404 saved-report/unknown; 409 version/stale. */
export async function changeSavedReport(
  acting: Acting,
  access: Access,
  id: string,
  change: SavedReportChange,
  version: number | undefined,
): Promise<SavedReport> {
  const found = await ownOrShared(acting, access, id)
  checkVersion(version, found.version)
  mayShare(access, change.shared)
  const report = { ...found, ...change, recordedAt: acting.at }
  const [updated] = await orTaken(report.name, () => acting.db.batch([updateSavedReport(report)], 'write'))
  if (updated!.rowsAffected === 0) throw new Problem(409, 'version/stale')
  return { ...report, version: found.version + 1 }
}

/** @throws Problem 404 saved-report/unknown. */
export async function removeSavedReport(acting: Acting, access: Access, id: string): Promise<void> {
  await ownOrShared(acting, access, id)
  await acting.db.batch([deleteSavedReport(id)], 'write')
}

/** A shared report is changed by whoever may share; one that is not, by its owner alone, and nobody else knows of it. */
async function ownOrShared({ db, by }: Acting, access: Access, id: string): Promise<SavedReport> {
  const found = await readSavedReport(db, id)
  if (!found || (found.owner !== by && !(found.shared && mayDo(access, 'report:write'))))
    throw new Problem(404, 'saved-report/unknown')
  return found
}

function mayShare(access: Access, shared: boolean | undefined): void {
  if (shared && !mayDo(access, 'report:write')) throw new Problem(403, 'permission/missing')
}

async function orTaken<T>(name: string, write: () => Promise<T>): Promise<T> {
  try {
    return await write()
  } catch (cause) {
    if (refusalOf(cause)?.kind !== 'taken') throw cause
    throw new Problem(422, 'request/invalid', {
      issues: [{ code: 'saved-report/exists', severity: 'error', pointer: '#/name', params: { name } }],
    })
  }
}
