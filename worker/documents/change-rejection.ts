import { Problem } from '#worker/core/problem.ts'
import { checkVersion } from '#worker/core/version.ts'
import { refusalOf } from '#worker/database/refusal.ts'
import { insertEventsIfChanged } from '#worker/events/store.ts'
import type { Acting } from '#worker/http/acting.ts'
import { changeRejection, insertRestored, type KeptDocument, readDocument } from './store.ts'

/**
 * Rejects a document with a reason, or takes it back. Its stamp number and its bytes stay.
 * @throws Problem 404 document/unknown; 409 document/attached, version/stale.
 */
export async function rejectDocument(
  { db, by, at }: Acting,
  name: string,
  reason: string | null,
  version: number | undefined,
): Promise<KeptDocument> {
  const found = await readDocument(db, name)
  if (!found) throw new Problem(404, 'document/unknown', { params: { document: name } })
  checkVersion(version, found.version)
  const { stamp } = found
  const rejects = reason !== null
  if (rejects && found.status === 'attached') throw new Problem(409, 'document/attached', { params: { stamp } })
  if (rejects === (found.status === 'rejected')) return found
  const event = {
    type: rejects ? 'document.rejected' : 'document.restored',
    at,
    by,
    subject: found.id,
    changes: { rejectedReason: [found.rejectedReason, reason] as const },
  }
  const change = changeRejection(found, rejects ? { reason, by, at } : null)
  const log = rejects ? [] : [insertRestored(stamp, by, at)]
  try {
    const [updated] = await db.batch([change, ...log, insertEventsIfChanged(event)], 'write')
    if (updated!.rowsAffected === 0) throw new Problem(409, 'version/stale')
  } catch (error) {
    const refusal = refusalOf(error)
    if (refusal?.kind === 'rule' && refusal.code === 'document/attached')
      throw new Problem(409, 'document/attached', { params: { stamp } })
    throw error
  }
  return (await readDocument(db, found.id))!
}
