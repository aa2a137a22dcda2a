import { approvalText, groundWord } from '#i18n/approval-text.ts'
import { forgetAccess } from '#worker/access/allow.ts'
import { entryOf, type RightsContext } from '#worker/access/rights-context.ts'
import { alertAdministrators, clearAlerts } from '#worker/alerts/store.ts'
import { insertControlEntries, insertControlEntriesIfChanged } from '#worker/control-log/store.ts'
import { dayInOslo, type Instant, type IsoDate } from '#worker/core/dates.ts'
import { idOf } from '#worker/core/ids.ts'
import { Problem } from '#worker/core/problem.ts'
import { insertEvents } from '#worker/events/store.ts'
import {
  checkDeletion,
  type DeletionAsked,
  deletesAt,
  type Extent,
  type Ground,
  isRetained,
  retentionUntil,
} from './company-deletion.ts'
import {
  countBackups,
  insertDeletion,
  readExtent,
  readOpenDeletion,
  type StoredDeletion,
  undoDeletion,
} from './store.ts'

/** What reading needs of it. */
type Reading = Pick<RightsContext, 'db' | 'control' | 'access' | 'at'>

/** What deleting a company would take away, until when its books must be kept, and whether it was asked for. */
export type Prospect = Extent & {
  backups: number
  retentionUntil: IsoDate | null
  retained: boolean
  asked: StoredDeletion | undefined
}

export async function readProspect({ db, control, access, at }: Reading): Promise<Prospect> {
  const [extent, backups, asked] = await Promise.all([
    readExtent(db),
    countBackups(control, access.id),
    readOpenDeletion(control, access.id),
  ])
  const until = retentionUntil(extent.lastBooked, access.test)
  return { ...extent, backups, retentionUntil: until, retained: isRetained(until, dayInOslo(at)), asked }
}

/**
 * Asks for a company to be deleted when the time for undoing it is over. Until then it can be read and nothing can be written.
 * Whoever asks has shown a passkey or code for exactly this, and the administrators are told.
 * @throws Problem 409 company/being-deleted; 422 request/invalid with company-deletion/other-name, company-deletion/must-be-kept.
 */
export async function askDeletion(ctx: RightsContext, asked: DeletionAsked): Promise<StoredDeletion> {
  const { db, control, access, by, at } = ctx
  const { retentionUntil, asked: before } = await readProspect(ctx)
  if (before) throw beingDeleted(before.deletesAt)
  const issues = checkDeletion(asked, { name: access.name, retentionUntil }, dayInOslo(at))
  if (issues.length > 0) throw new Problem(422, 'request/invalid', { issues })
  const id = idOf('del', crypto.getRandomValues(new Uint8Array(17)))
  const ground: Ground = asked.ground ?? (retentionUntil === null ? 'no-bookkeeping' : 'retention-over')
  const deletion = {
    id,
    company: access.id,
    askedAt: at,
    askedBy: by,
    ground,
    retentionUntil,
    deletesAt: deletesAt(at),
  }
  const params = { until: dayInOslo(deletion.deletesAt) }
  const why = { ground: groundWord(ground, ctx.locale) }
  await ctx.demandProof([
    access.name,
    approvalText('company-deleted', params, ctx.locale),
    approvalText('deletion-ground', why, ctx.locale),
  ])
  const alert = { kind: 'deletion-asked', subject: id, params, at } as const
  const entry = insertControlEntries(entryOf(ctx, { type: 'company.deletion-asked', subject: id }))
  await control.batch([...insertDeletion(deletion), entry, alertAdministrators(alert, access.id)], 'write')
  await db.batch([insertEvents({ type: 'company.deletion-asked', at, by, subject: id })], 'write')
  forgetAccess(access.id)
  return (await readOpenDeletion(control, access.id))!
}

/** The company as it was. @throws Problem 404 company-deletion/unknown; 409 company-deletion/final when it is being carried out. */
export async function restoreFromDeletion(ctx: RightsContext): Promise<void> {
  const { db, control, access, by, at } = ctx
  const open = await readOpenDeletion(control, access.id)
  if (!open) throw new Problem(404, 'company-deletion/unknown')
  const [undone, opened] = undoDeletion(open.id, access.id, by, at)
  const entry = insertControlEntriesIfChanged(entryOf(ctx, { type: 'company.deletion-undone', subject: open.id }))
  const gone = (['deletion-asked', 'deletion-failed'] as const).map((kind) => clearAlerts(kind, open.id, at))
  const [done] = await control.batch([undone, entry, opened, ...gone], 'write')
  if (done!.rowsAffected === 0) throw new Problem(409, 'company-deletion/final')
  await db.batch([insertEvents({ type: 'company.deletion-undone', at, by, subject: open.id })], 'write')
  forgetAccess(access.id)
}

export const beingDeleted = (at: Instant): Problem =>
  new Problem(409, 'company/being-deleted', { params: { until: dayInOslo(at) } })
