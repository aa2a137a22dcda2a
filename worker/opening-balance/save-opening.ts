import type { IsoDate } from '#worker/core/dates.ts'
import { Problem } from '#worker/core/problem.ts'
import { checkVersion } from '#worker/core/version.ts'
import type { InStatement } from '#worker/database/connect.ts'
import { insertEventsIfChanged } from '#worker/events/store.ts'
import type { Acting } from '#worker/http/acting.ts'
import type { OpeningContent } from './opening-row.ts'
import { readUnfinished } from './read-part.ts'
import { deleteOpening, type KeptOpening, keepOpening, readOpening } from './store.ts'

/**
 * Keeps an opening balance as it is filled in, whatever is wrong with it. The ledger is not touched; one that is booked stands there
 * as it was until it is booked again.
 * @throws Problem 409 version/stale when somebody else saved since `version`; 422 takeover/finished.
 */
export async function saveOpening(
  acting: Acting,
  openingDate: IsoDate,
  content: OpeningContent,
  version: number | undefined,
): Promise<KeptOpening> {
  const { before, statements } = await planOpening(acting, openingDate, content, version)
  if (before && statements.length === 0) return before
  const [kept] = await acting.db.batch(statements, 'write')
  if (kept!.rowsAffected === 0) throw new Problem(409, 'version/stale')
  return (await readOpening(acting.db, openingDate))!
}

/** What stands, and the statements that keep the new content, for the caller's batch; none when it is the same. */
export async function planOpening(
  { db, by, at }: Acting,
  openingDate: IsoDate,
  content: OpeningContent,
  version: number | undefined,
): Promise<{ before: KeptOpening | undefined; statements: InStatement[] }> {
  await readUnfinished(db)
  const before = await readOpening(db, openingDate)
  checkVersion(version, before?.version ?? 0)
  if (before && sameContent(before, content)) return { before, statements: [] }
  const changes = { rows: [before?.rows.length ?? null, content.rows.length] as const }
  const event = { type: 'opening-balance.saved', at, by, subject: openingDate, changes }
  const statements = [keepOpening(openingDate, content, before?.version ?? 0, by, at), insertEventsIfChanged(event)]
  return { before, statements }
}

const sameContent = (a: OpeningContent, b: OpeningContent): boolean =>
  JSON.stringify([a.rows, a.resultAccount]) === JSON.stringify([b.rows, b.resultAccount])

/**
 * Takes away an opening balance that is not in the ledger, and gives the version it had.
 * @throws Problem 404 opening-balance/unknown; 409 version/stale where somebody saved meanwhile; 422 opening-balance/booked.
 */
export async function removeOpening(acting: Acting, openingDate: string): Promise<number> {
  const { version, statements } = await planRemoval(acting, openingDate)
  const [removed] = await acting.db.batch(statements, 'write')
  if (removed!.rowsAffected === 0) throw new Problem(409, 'version/stale')
  return version
}

/** What is taken away, and the statements for the caller's batch. @throws Problem 404 opening-balance/unknown; 422 opening-balance/booked. */
export async function planRemoval(
  { db, by, at }: Acting,
  openingDate: string,
): Promise<{ version: number; statements: InStatement[] }> {
  const found = await readOpening(db, openingDate)
  if (!found) throw new Problem(404, 'opening-balance/unknown', { params: { date: openingDate } })
  if (found.state === 'booked' || found.state === 'changed') throw alreadyBooked(found)
  const event = { type: 'opening-balance.removed', at, by, subject: openingDate }
  const statements = [deleteOpening(openingDate, found.version), insertEventsIfChanged(event)]
  return { version: found.version, statements }
}

export const alreadyBooked = ({ voucher }: Pick<KeptOpening, 'voucher'>) =>
  new Problem(422, 'opening-balance/booked', {
    params: { voucher: `${voucher!.series} ${voucher!.fiscalYear}-${voucher!.number}` },
  })
