import type { Database } from '#worker/database/connect.ts'
import { COMPANY_LOG, readSealHashes } from '#worker/events/seal-store.ts'
import { type Check, Finding } from './check.ts'
import { readHashesAt } from './store.ts'
import type { Anchor } from './verification-store.ts'

/**
 * Each head that was kept outside the books is still the chain's hash at its place (7), and so is each seal of their events. Books that
 * were put back to an older state, or written anew from some voucher or event on, cannot agree with it.
 */
export async function checkAnchors(db: Database, anchors: readonly Anchor[]): Promise<Check> {
  const began = performance.now()
  const finding = new Finding(7, 'heads-anchored-outside')
  const kept = anchors.filter(({ ledgerVersion }) => ledgerVersion > 0)
  finding.read(kept.length)
  const found = await readHashesAt(
    db,
    kept.map(({ ledgerVersion }) => ledgerVersion),
  )
  for (const { day, ledgerVersion, chainHead } of kept)
    if (found.get(ledgerVersion) !== chainHead)
      finding.offends({ day, ledgerVersion, kept: chainHead, found: found.get(ledgerVersion) ?? null })
  await checkSeals(db, anchors, finding)
  return finding.check(performance.now() - began)
}

async function checkSeals(db: Database, anchors: readonly Anchor[], finding: Finding): Promise<void> {
  const sealed = anchors.flatMap(({ day, seal }) => (seal && seal.sealedTo > 0 ? [{ day, ...seal }] : []))
  if (sealed.length === 0) return
  const ends = sealed.map(({ sealedTo }) => sealedTo)
  const found = await readSealHashes(db, COMPANY_LOG, ends)
  finding.read(sealed.length)
  for (const { day, sealedTo, hash } of sealed)
    if (found.get(sealedTo) !== hash)
      finding.offends({ day, toSequence: sealedTo, kept: hash, found: found.get(sealedTo) ?? null })
}
