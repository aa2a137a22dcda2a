import { Problem } from '#worker/core/problem.ts'
import type { Database } from '#worker/database/connect.ts'
import { insertEventsIfChanged } from '#worker/events/store.ts'
import { attachment } from '#worker/exports/text-stream.ts'
import type { Acting } from '#worker/http/acting.ts'
import type { Bindings } from '#worker/http/env.ts'
import { archivedName, archiveOf, keptUpload } from '#worker/saft/open-source.ts'
import { readFileKey } from '#worker/saft/store.ts'
import { findOldLedger } from './check-seal.ts'
import { type OldLedger, readOldLedger, removeOldLedger } from './store.ts'

/** Removes a ledger that was kept by mistake; its row, hash and file stay. @throws Problem 404 old-ledger/unknown. */
export async function removeLedger({ db, by, at }: Acting, id: string, reason: string): Promise<OldLedger> {
  const { hash } = await findOldLedger(db, id)
  const changes = { hash: [hash, null] as const, reason: [null, reason] as const }
  const event = { type: 'old-ledger.removed', at, by, subject: id, changes }
  const [row, ...contents] = removeOldLedger(id, by, at, reason)
  const [removed] = await db.batch([row!, insertEventsIfChanged(event), ...contents], 'write')
  if (removed!.rowsAffected === 0) throw new Problem(404, 'old-ledger/unknown') // somebody else did at the same moment
  return (await readOldLedger(db, id))!
}

/** The file a ledger was read from, as it was sent; taken out of its ZIP archive. @throws Problem 404 old-ledger/unknown. */
export async function openOldFile(env: Bindings, db: Database, id: string) {
  const { name, importJob, fileSize } = await findOldLedger(db, id)
  const key = await readFileKey(db, importJob ?? id)
  const kept = key && (await env.FILES.head(key))
  if (!kept) throw new Problem(404, 'old-ledger/unknown')
  const { size } = kept
  const alone = size === fileSize ? keptUpload(env, { key, size }) : undefined
  const keeper = alone ?? (await archiveOf(env, { key, size })).find((file) => archivedName(file.name) === name)?.keeper
  if (!keeper) throw new Problem(404, 'old-ledger/unknown')
  const headers = { 'content-type': 'application/octet-stream', 'content-disposition': attachment(name) }
  return { body: await keeper.open(), headers }
}
