import { Problem } from '#worker/core/problem.ts'
import type { Database } from '#worker/database/connect.ts'
import { insertEvents } from '#worker/events/store.ts'
import { attachment } from '#worker/exports/text-stream.ts'
import type { Acting } from '#worker/http/acting.ts'
import type { Bindings } from '#worker/http/env.ts'
import { readFileKey } from '#worker/saft/store.ts'
import { findOldLedger } from './check-seal.ts'
import { type OldLedger, readOldLedger, removeOldLedger } from './store.ts'

/** Removes a ledger that was kept by mistake; its row, hash and file stay. @throws Problem 404 old-ledger/unknown. */
export async function removeLedger({ db, by, at }: Acting, id: string, reason: string): Promise<OldLedger> {
  const { hash } = await findOldLedger(db, id)
  const changes = { hash: [hash, null] as const, reason: [null, reason] as const }
  const event = { type: 'old-ledger.removed', at, by, subject: id, changes }
  await db.batch([...removeOldLedger(id, by, at, reason), insertEvents(event)], 'write')
  return (await readOldLedger(db, id))!
}

/** The file as it was sent: of a ZIP archive the archive. @throws Problem 404 old-ledger/unknown. */
export async function openOldFile({ FILES }: Pick<Bindings, 'FILES'>, db: Database, id: string) {
  const { name } = await findOldLedger(db, id)
  const object = await FILES.get(await readFileKey(db, id))
  if (!object) throw new Problem(404, 'old-ledger/unknown')
  const headers = { 'content-type': 'application/octet-stream', 'content-disposition': attachment(name) }
  return { body: object.body, headers }
}
