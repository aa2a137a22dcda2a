import type { Database } from '#worker/database/connect.ts'
import { hashOfSeal } from '#worker/events/seal-events.ts'
import { NO_SEAL, readSealable, readSealHead, readSeals } from '#worker/events/seal-store.ts'
import { type Check, Finding, isFault } from './check.ts'

/** Seals whose hashes are computed again when not all are asked for. */
const RECENT = 20
const PAGE = 100

/** The chain that seals the events (32): each seal follows the one before it, and covers the events as they still stand. */
export async function checkAuditLog(db: Database, full: boolean): Promise<Check> {
  const began = performance.now()
  const finding = new Finding(32, 'audit-log-chain')
  await walk(db, full, finding).catch((error) => {
    if (!isFault(error)) throw error
    finding.fails(error)
  })
  return finding.check(performance.now() - began)
}

async function walk(db: Database, full: boolean, finding: Finding): Promise<void> {
  const newest = full ? undefined : (await readSeals(db, { newestFirst: true, after: 0, limit: RECENT })).at(-1)
  let before = newest ? { ...NO_SEAL, hash: newest.previous, lastSequence: newest.firstSequence - 1 } : NO_SEAL
  const end = (await readSealHead(db)).lastSequence
  while (before.lastSequence < end) {
    const seals = await readSeals(db, { newestFirst: false, after: before.lastSequence, limit: PAGE })
    if (seals.length === 0) break
    for (const seal of seals) {
      const about = { fromSequence: seal.firstSequence, toSequence: seal.lastSequence }
      if (seal.previous !== before.hash || seal.firstSequence !== before.lastSequence + 1)
        finding.offends({ ...about, fault: 'out-of-order' })
      const size = seal.lastSequence - seal.firstSequence + 1
      const events = await readSealable(db, seal.firstSequence - 1, size, seal.lastSequence)
      finding.read(events.length)
      const hash = await hashOfSeal(seal.previous, events)
      if (hash !== seal.hash) finding.offends({ ...about, stored: seal.hash, computed: hash })
      before = seal
    }
  }
}
