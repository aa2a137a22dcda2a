import type { Database } from '#worker/database/connect.ts'
import { hashOfSeal } from '#worker/events/seal-events.ts'
import {
  COMPANY_LOG,
  NO_SEAL,
  readSealable,
  readSealHead,
  readSeals,
  type Seal,
  type SealedLog,
} from '#worker/events/seal-store.ts'
import { type Check, Finding, isFault } from './check.ts'

/** Seals whose hashes are computed again when not all are asked for. */
const RECENT = 20
const PAGE = 100
/** Entries read at once, unless one seal alone covers more. */
const ENTRIES = 5_000

/** The chain that seals the events (32): each seal follows the one before it, and covers the events as they still stand. */
export async function checkAuditLog(db: Database, full: boolean, log: SealedLog = COMPANY_LOG): Promise<Check> {
  const began = performance.now()
  const finding = new Finding(32, 'audit-log-chain')
  await walk(db, log, full, finding).catch((error) => {
    if (!isFault(error)) throw error
    finding.fails(error)
  })
  return finding.check(performance.now() - began)
}

async function walk(db: Database, log: SealedLog, full: boolean, finding: Finding): Promise<void> {
  const newest = full ? undefined : (await readSeals(db, log, { newestFirst: true, after: 0, limit: RECENT })).at(-1)
  let before = newest ? { ...NO_SEAL, hash: newest.previous, lastSequence: newest.firstSequence - 1 } : NO_SEAL
  const end = (await readSealHead(db, log)).lastSequence
  while (before.lastSequence < end) {
    const seals = await readSeals(db, log, { newestFirst: false, after: before.lastSequence, limit: PAGE })
    if (seals.length === 0) break
    const page = withinOneRead(seals)
    const [first, last] = [page[0]!.firstSequence, page.at(-1)!.lastSequence]
    const entries = await readSealable(db, log, first - 1, last - first + 1, last)
    for (const seal of page) {
      const about = { fromSequence: seal.firstSequence, toSequence: seal.lastSequence }
      if (seal.previous !== before.hash || seal.firstSequence !== before.lastSequence + 1)
        finding.offends({ ...about, fault: 'out-of-order' })
      const events = entries.filter(([sequence]) => sequence >= seal.firstSequence && sequence <= seal.lastSequence)
      finding.read(events.length)
      const hash = await hashOfSeal(seal.previous, events)
      if (hash !== seal.hash) finding.offends({ ...about, stored: seal.hash, computed: hash })
      before = seal
    }
  }
}

/** The seals that come first and whose entries are few enough to read at once; one at least. */
function withinOneRead(seals: readonly Seal[]): readonly Seal[] {
  const tooFar = seals.findIndex(({ lastSequence }, i) => i > 0 && lastSequence - seals[0]!.firstSequence >= ENTRIES)
  return tooFar < 0 ? seals : seals.slice(0, tooFar)
}
