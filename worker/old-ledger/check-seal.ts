import { Problem } from '#worker/core/problem.ts'
import type { Database } from '#worker/database/connect.ts'
import { Seal } from './make-seal.ts'
import { type OldLedger, readLinesAfter, readOldAccounts, readOldLedger, readOldParties } from './store.ts'

/** Entries read at a time. */
const PAGE = 5_000

/** The hash of all that is stored of a ledger. */
export async function sealOf(db: Database, id: string, fileSha256: string): Promise<string> {
  const seal = new Seal(fileSha256)
  for (let line = 0; ; line += PAGE) {
    const entries = await readLinesAfter(db, id, line, PAGE)
    seal.add(entries)
    if (entries.length < PAGE) break
  }
  return seal.end(await readOldAccounts(db, id), await readOldParties(db, id))
}

/** A sealed ledger that stands. @throws Problem 404 old-ledger/unknown. */
export async function findOldLedger(db: Database, id: string): Promise<OldLedger & { hash: string }> {
  const ledger = await readOldLedger(db, id)
  if (!ledger?.hash || ledger.removedAt !== null) throw new Problem(404, 'old-ledger/unknown')
  return { ...ledger, hash: ledger.hash }
}

/** Holds what is stored against the seal. @throws Problem 404 old-ledger/unknown. */
export async function checkSeal(db: Database, id: string): Promise<{ holds: boolean; hash: string; stored: string }> {
  const { hash, fileSha256 } = await findOldLedger(db, id)
  const stored = await sealOf(db, id, fileSha256)
  return { holds: stored === hash, hash, stored }
}
