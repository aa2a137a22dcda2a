import type { Database } from '#worker/database/connect.ts'
import type { Acknowledged } from '#worker/ledger/journal-store.ts'
import { type Check, Finding } from './check.ts'
import { readHashesAt } from './store.ts'

/** The rows of the writer's journal after one; none when there are no more. */
export type ReadJournal = (after: Pick<Acknowledged, 'ledgerVersion' | 'hash'>) => Promise<Acknowledged[]>

/**
 * Each acknowledged post is in the ledger, at its place and with its hash (12). The journal is read first: what stands in it was
 * committed before. The other way is no fault: a commit whose answer was lost stands in the ledger alone.
 */
export async function checkJournal(db: Database, read: ReadJournal): Promise<Check> {
  const began = performance.now()
  const finding = new Finding(12, 'acknowledged-posts-in-journal')
  for (let page = await read({ ledgerVersion: 0, hash: '' }); page.length > 0; page = await read(page.at(-1)!)) {
    finding.read(page.length)
    const found = await readHashesAt(
      db,
      page.map(({ ledgerVersion }) => ledgerVersion),
    )
    for (const { id, ledgerVersion, hash } of page)
      if (found.get(ledgerVersion) !== hash)
        finding.offends({ voucher: id, ledgerVersion, kept: hash, found: found.get(ledgerVersion) ?? null })
  }
  return finding.check(performance.now() - began)
}
