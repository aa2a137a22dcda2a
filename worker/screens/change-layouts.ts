import { mayDo } from '#worker/access/permission.ts'
import type { CompanyAccess } from '#worker/access/store.ts'
import { Problem } from '#worker/core/problem.ts'
import { checkVersion } from '#worker/core/version.ts'
import { refusalOf } from '#worker/database/refusal.ts'
import { changesOf } from '#worker/events/event.ts'
import { insertEvents } from '#worker/events/store.ts'
import type { Acting } from '#worker/http/acting.ts'
import type { ScreenLayout, ScreenLayoutBody } from './screen-layout.ts'
import { deleteLayout, readLayout, writeLayout } from './store.ts'

export type Layouting = Acting & { access: CompanyAccess }

/**
 * Saves a layout under the id the client made. One's own is nobody else's business; what is shared is the company's, for those
 * who may post, and stands in the audit trail.
 * @throws Problem 403 permission/missing; 409 version/stale; 422 screen-layout/exists.
 */
export async function saveLayout(
  ctx: Layouting,
  id: string,
  wanted: ScreenLayoutBody,
  version: number | undefined,
): Promise<ScreenLayout> {
  const { db, by, at } = ctx
  const before = await readLayout(db, id)
  checkMay(ctx, before)
  if (wanted.shared) checkMayShare(ctx)
  if (before) checkVersion(version, before.version)
  const layout = { ...wanted, id, owner: before?.owner ?? by, version: before?.version ?? 0 }
  const isShared = wanted.shared || before?.shared
  const changes = changesOf(before && { name: before.name, shared: before.shared }, {
    name: wanted.name,
    shared: wanted.shared,
  })
  const event = { type: 'screen-layout.changed', at, by, subject: id, changes }
  try {
    const [written] = await db.batch([writeLayout(layout, by, at), ...(isShared ? [insertEvents(event)] : [])], 'write')
    if (written!.rowsAffected === 0) throw new Problem(409, 'version/stale')
  } catch (error) {
    if (refusalOf(error)?.kind !== 'taken') throw error
    throw new Problem(422, 'screen-layout/exists', { params: { name: wanted.name } })
  }
  return { ...layout, version: layout.version + 1 }
}

/** @throws Problem 404 screen-layout/unknown; 403 permission/missing. */
export async function removeLayout(ctx: Layouting, id: string): Promise<void> {
  const { db, by, at } = ctx
  const layout = await readLayout(db, id)
  if (!layout || (!layout.shared && layout.owner !== by)) throw new Problem(404, 'screen-layout/unknown')
  checkMay(ctx, layout)
  const event = { type: 'screen-layout.deleted', at, by, subject: id }
  await db.batch([deleteLayout(id), ...(layout.shared ? [insertEvents(event)] : [])], 'write')
}

function checkMay(ctx: Layouting, layout: ScreenLayout | undefined): void {
  if (layout?.shared) checkMayShare(ctx)
  else if (layout && layout.owner !== ctx.by) throw new Problem(403, 'permission/missing')
}
function checkMayShare({ access }: Layouting): void {
  if (!mayDo(access, 'ledger:post')) throw new Problem(403, 'permission/missing')
}
