import type { Database } from '#worker/database/connect.ts'
import { type Check, Finding } from './check.ts'
import { readHashesAt } from './store.ts'
import type { Anchor } from './verification-store.ts'

/**
 * Each head that was kept outside the books is still the chain's hash at its place (7). Books that were put back to an older
 * state, or written anew from some voucher on, cannot agree with it.
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
  return finding.check(performance.now() - began)
}
