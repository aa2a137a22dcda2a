import { type OfficeAccess, readOfficeAccess } from '#worker/access/office-access.ts'
import { mayDo, mayInOffice, type Principal } from '#worker/access/permission.ts'
import type { CompanyAccess } from '#worker/access/store.ts'
import { insertControlEntriesIfChanged } from '#worker/control-log/store.ts'
import { Problem } from '#worker/core/problem.ts'
import { checkVersion } from '#worker/core/version.ts'
import type { Database, InStatement } from '#worker/database/connect.ts'
import { refusalOf } from '#worker/database/refusal.ts'
import { changesOf } from '#worker/events/event.ts'
import { insertEvents } from '#worker/events/store.ts'
import type { Acting } from '#worker/http/acting.ts'
import { deleteOfficeLayout, readOfficeLayout, writeOfficeLayout } from './office-layout-store.ts'
import type { ScreenLayout, ScreenLayoutBody } from './screen-layout.ts'
import { deleteLayout, readLayout, writeLayout } from './store.ts'

export type Layouting = Acting & { access: CompanyAccess; control: Database; principal: Principal }

/**
 * Saves a layout under the id the client made. One's own is nobody else's business; what is shared is the company's, for those
 * who may post, and stands in the audit trail; or the office's, for those who keep its library, and is there in every client.
 * An id is one layout, whoever's it is.
 * @throws Problem 403 permission/missing; 409 version/stale; 422 screen-layout/exists.
 */
export async function saveLayout(
  ctx: Layouting,
  id: string,
  wanted: ScreenLayoutBody,
  version: number | undefined,
): Promise<ScreenLayout> {
  const { db, by, at } = ctx
  if (wanted.office) return saveOfficeLayout(ctx, id, wanted, version)
  const before = await readLayout(db, id)
  if (!before && ctx.access.office && (await readOfficeLayout(ctx.control, ctx.access.office, id))) throw taken(wanted)
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
  return written(db, layout, [writeLayout(layout, by, at), ...(isShared ? [insertEvents(event)] : [])])
}

async function saveOfficeLayout(
  ctx: Layouting,
  id: string,
  wanted: ScreenLayoutBody,
  version: number | undefined,
): Promise<ScreenLayout> {
  const { control, by, at } = ctx
  const office = await officeToShareIn(ctx)
  if (!office) throw new Problem(403, 'permission/missing')
  if (await readLayout(ctx.db, id)) throw taken(wanted)
  const before = await readOfficeLayout(control, office.id, id)
  if (before) checkVersion(version, before.version)
  const layout = { ...wanted, shared: true, id, owner: before?.owner ?? by, version: before?.version ?? 0 }
  const changes = changesOf(before && { name: before.name }, { name: wanted.name })
  const entry = { type: 'screen-layout.changed', at, by, office: office.id, subject: id, changes }
  return written(control, layout, [writeOfficeLayout(office.id, layout, by, at), insertControlEntriesIfChanged(entry)])
}

const taken = ({ name }: ScreenLayoutBody): Problem => new Problem(422, 'screen-layout/exists', { params: { name } })

async function written(db: Database, layout: ScreenLayout, statements: InStatement[]): Promise<ScreenLayout> {
  try {
    const [first] = await db.batch(statements, 'write')
    if (first!.rowsAffected === 0) throw new Problem(409, 'version/stale')
  } catch (error) {
    if (refusalOf(error)?.kind !== 'taken') throw error
    throw taken(layout)
  }
  return { ...layout, version: layout.version + 1 }
}

/** The office that keeps the company’s books, where the caller keeps its library; undefined otherwise. */
export async function officeToShareIn({ control, principal, access }: Layouting): Promise<OfficeAccess | undefined> {
  const office = access.office === null ? undefined : await readOfficeAccess(control, principal, access.office)
  return office && mayInOffice(office.role, 'office-library:write') ? office : undefined
}

/** @throws Problem 404 screen-layout/unknown; 403 permission/missing. */
export async function removeLayout(ctx: Layouting, id: string): Promise<void> {
  const { db, by, at } = ctx
  const layout = await readLayout(db, id)
  if (!layout && (await removeOfficeLayout(ctx, id))) return
  if (!layout || (!layout.shared && layout.owner !== by)) throw new Problem(404, 'screen-layout/unknown')
  checkMay(ctx, layout)
  const event = { type: 'screen-layout.deleted', at, by, subject: id }
  await db.batch([deleteLayout(id), ...(layout.shared ? [insertEvents(event)] : [])], 'write')
}

/** Gives whether there was such a layout of the office’s. */
async function removeOfficeLayout(ctx: Layouting, id: string): Promise<boolean> {
  const { control, access, by, at } = ctx
  if (!access.office || !(await readOfficeLayout(control, access.office, id))) return false
  if (!(await officeToShareIn(ctx))) throw new Problem(403, 'permission/missing')
  const entry = { type: 'screen-layout.deleted', at, by, office: access.office, subject: id }
  await control.batch([deleteOfficeLayout(access.office, id), insertControlEntriesIfChanged(entry)], 'write')
  return true
}

function checkMay(ctx: Layouting, layout: ScreenLayout | undefined): void {
  if (layout?.shared) checkMayShare(ctx)
  else if (layout && layout.owner !== ctx.by) throw new Problem(403, 'permission/missing')
}
function checkMayShare({ access }: Layouting): void {
  if (!mayDo(access, 'ledger:post')) throw new Problem(403, 'permission/missing')
}
