import { Problem } from '#worker/core/problem.ts'
import { insertEventsIfChanged } from '#worker/events/store.ts'
import type { Acting } from '#worker/http/acting.ts'
import { readAttachable } from '#worker/ledger/attachment-store.ts'
import { attachDocuments, type KeptDocument, readVoucherDocuments } from './store.ts'

/**
 * Attaches documents to a voucher that is posted: one may be added, none is ever removed. Those that are there already change
 * nothing. Gives all of the voucher's documents.
 * @throws Problem 422 request/invalid with an issue for each document that is unknown or rejected.
 */
export async function addDocuments(
  { db, by, at }: Acting,
  voucher: { id: string; ledgerVersion: number },
  documents: readonly string[],
): Promise<KeptDocument[]> {
  const known = await readAttachable(db, documents)
  const issues = documents.flatMap((id, i) => {
    const found = known.get(id)
    if (found && !found.rejected) return []
    const code = found ? 'document/rejected' : 'document/unknown'
    const params = { document: id, ...(found && { stamp: found.stamp }) }
    return [{ code, severity: 'error' as const, pointer: `#/documents/${i}`, params }]
  })
  if (issues.length > 0) throw new Problem(422, 'request/invalid', { issues })
  const changes = { documents: [null, documents] as const }
  await db.batch(
    [
      attachDocuments(voucher.ledgerVersion, documents, by, at),
      insertEventsIfChanged({ type: 'voucher.document-added', at, by, subject: voucher.id, changes }),
    ],
    'write',
  )
  return readVoucherDocuments(db, voucher.ledgerVersion)
}
