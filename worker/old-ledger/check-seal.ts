import type { CompanyAccess } from '#worker/access/store.ts'
import { Problem } from '#worker/core/problem.ts'
import { companyDatabase, type Database } from '#worker/database/connect.ts'
import type { Bindings } from '#worker/http/env.ts'
import { Seal } from './make-seal.ts'
import { type OldLedger, readLinesAfter, readOldAccounts, readOldLedger, readOldParties } from './store.ts'

/** Entries read at a time. */
const PAGE = 5_000

/** What is stored of a ledger: the hash of all of it, how many entries there are, and their sum in øre. */
export async function sealOf(
  db: Database,
  id: string,
  fileSha256: string,
): Promise<{ hash: string; entries: number; sum: number }> {
  const seal = new Seal(fileSha256)
  let [count, sum] = [0, 0]
  for (;;) {
    const entries = await readLinesAfter(db, id, count, PAGE)
    seal.add(entries)
    count += entries.length
    for (const { amount } of entries) sum += amount
    if (entries.length < PAGE) break
  }
  return { hash: seal.end(await readOldAccounts(db, id), await readOldParties(db, id)), entries: count, sum }
}

/** A sealed ledger that stands. @throws Problem 404 old-ledger/unknown. */
export async function findOldLedger(db: Database, id: string): Promise<OldLedger & { hash: string }> {
  const ledger = await readOldLedger(db, id)
  if (!ledger?.hash || ledger.removedAt !== null) throw new Problem(404, 'old-ledger/unknown')
  return { ...ledger, hash: ledger.hash }
}

type Asking = { env: Bindings; access: Pick<CompanyAccess, 'database'>; db: Database }

/**
 * Holds what is stored against the seal: all of it, also for an auditor who may read a part. Nothing but hashes is told.
 * @throws Problem 404 old-ledger/unknown.
 */
export async function checkSeal(
  { env, access, db }: Asking,
  id: string,
): Promise<{ holds: boolean; hash: string; stored: string }> {
  const { hash, fileSha256 } = await findOldLedger(db, id)
  const stored = (await sealOf(companyDatabase(env, access.database), id, fileSha256)).hash
  return { holds: stored === hash, hash, stored }
}
