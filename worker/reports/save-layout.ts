import { idOf } from '#worker/core/ids.ts'
import { type Issue, isError, Problem } from '#worker/core/problem.ts'
import { checkVersion } from '#worker/core/version.ts'
import type { Database } from '#worker/database/connect.ts'
import { refusalOf } from '#worker/database/refusal.ts'
import { changesOf, isUnchanged } from '#worker/events/event.ts'
import { insertEvents, insertEventsIfChanged } from '#worker/events/store.ts'
import type { Acting } from '#worker/http/acting.ts'
import { CHART } from './batch-store.ts'
import type { LayoutChange, NewLayout } from './layout-query.ts'
import { deleteLayout, insertLayout, layoutCalled, layoutIn, type OwnLayout, updateLayout } from './layout-store.ts'
import { chartOf } from './read-figure-tables.ts'
import { checkLayout } from './report-layout.ts'

/** A layout as it was kept, with what was warned of: accounts that no line takes. */
export type SavedLayout = { layout: OwnLayout; issues: readonly Issue[] }

/** Keeps a layout of the company's own. @throws Problem 422 request/invalid, one issue for each fault; report-layout/exists. */
export async function createLayout({ db, by, at }: Acting, wanted: NewLayout): Promise<SavedLayout> {
  const layout = {
    key: idOf('lay', crypto.getRandomValues(new Uint8Array(17))),
    nameNb: wanted.nameNb,
    nameEn: wanted.nameEn ?? wanted.nameNb,
    statement: wanted.statement,
    source: null,
    lines: wanted.lines,
    version: 1,
    by,
    recordedAt: at,
  }
  const issues = await judged(db, layout)
  const { key: subject, nameNb, statement } = layout
  const event = { type: 'report-layout.created', at, by, subject, changes: changesOf(undefined, { nameNb, statement }) }
  await orNameTaken(nameNb, () => db.batch([insertLayout(layout), insertEvents(event)], 'write'))
  return { layout, issues }
}

/** Changes names or lines. @throws Problem 404 report-layout/unknown; 409 version/stale; 422 request/invalid. */
export async function changeLayout(
  { db, by, at }: Acting,
  id: string,
  change: LayoutChange,
  version: number | undefined,
): Promise<SavedLayout> {
  const found = await layoutOrNone(db, id)
  checkVersion(version, found.version)
  const layout = { ...found, ...change, by, recordedAt: at }
  const issues = await judged(db, layout)
  const content = ({ nameNb, nameEn, lines }: OwnLayout) => ({ nameNb, nameEn, lines })
  const changes = changesOf(content(found), content(layout))
  if (isUnchanged(changes)) return { layout: found, issues }
  const event = { type: 'report-layout.changed', at, by, subject: id, changes }
  const [updated] = await orNameTaken(layout.nameNb, () =>
    db.batch([updateLayout(layout, found.version), insertEventsIfChanged(event)], 'write'),
  )
  if (updated!.rowsAffected === 0) throw new Problem(409, 'version/stale')
  return { layout: { ...layout, version: found.version + 1 }, issues }
}

/** Takes a layout away. @throws Problem 404 report-layout/unknown; 409 version/stale. */
export async function removeLayout({ db, by, at }: Acting, id: string, version: number | undefined): Promise<void> {
  const found = await layoutOrNone(db, id)
  checkVersion(version, found.version)
  const { nameNb, nameEn, lines } = found
  const event = {
    type: 'report-layout.removed',
    at,
    by,
    subject: id,
    changes: changesOf({ nameNb, nameEn, lines }, undefined),
  }
  const [removed] = await db.batch([deleteLayout(id, found.version), insertEventsIfChanged(event)], 'write')
  if (removed!.rowsAffected === 0) throw new Problem(409, 'version/stale')
}

/** @throws Problem 404 report-layout/unknown. */
export async function layoutOrNone(db: Database, id: string): Promise<OwnLayout> {
  const found = layoutIn(await db.execute(layoutCalled(id)))
  if (!found) throw new Problem(404, 'report-layout/unknown', { params: { layout: id } })
  return found
}

async function judged(db: Database, layout: OwnLayout): Promise<Issue[]> {
  const issues = checkLayout(layout, chartOf(await db.execute(CHART)))
  if (issues.some(isError)) throw new Problem(422, 'request/invalid', { issues: issues.slice(0, 100) })
  return issues
}

async function orNameTaken<T>(name: string, write: () => Promise<T>): Promise<T> {
  try {
    return await write()
  } catch (cause) {
    if (refusalOf(cause)?.kind !== 'taken') throw cause
    throw new Problem(422, 'request/invalid', {
      issues: [{ code: 'report-layout/exists', severity: 'error', pointer: '#/nameNb', params: { name } }],
    })
  }
}
