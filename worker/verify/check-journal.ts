import type { Database } from '#worker/database/connect.ts'
import type { Acknowledged } from '#worker/ledger/journal-store.ts'
import { type Check, Finding } from './check.ts'
import { readContentHashes, readHashesAt } from './store.ts'

/** The rows of the writer's journal after one; none when there are no more. */
export type ReadJournal = (after: Pick<Acknowledged, 'ledgerVersion' | 'hash'>) => Promise<Acknowledged[]>

type Lost = Acknowledged & { found: string | null }

/**
 * Each acknowledged post is in the ledger, at its place and with its hash, or was sent again after it was lost (12). The journal is read
 * first: what stands in it was committed before. The other way is no fault: a commit whose answer was lost stands in the ledger alone.
 */
export async function checkJournal(db: Database, read: ReadJournal): Promise<Check> {
  const began = performance.now()
  const finding = new Finding(12, 'acknowledged-posts-in-journal')
  for await (const { rows, lost } of readLost(db, read)) {
    finding.read(rows)
    for (const { id, ledgerVersion, hash, found } of lost)
      finding.offends({ voucher: id, ledgerVersion, kept: hash, found })
  }
  return finding.check(performance.now() - began)
}

/** The journal a page at a time: how many rows, and those that the ledger has neither as they were nor sent again with the same content. */
export async function* readLost(db: Database, read: ReadJournal): AsyncGenerator<{ rows: number; lost: Lost[] }> {
  for (let page = await read({ ledgerVersion: 0, hash: '' }); page.length > 0; page = await read(page.at(-1)!)) {
    const found = await readHashesAt(
      db,
      page.map(({ ledgerVersion }) => ledgerVersion),
    )
    const moved = page.filter(({ ledgerVersion, hash }) => found.get(ledgerVersion) !== hash)
    const again = moved.length > 0 ? await readContentHashes(db, moved) : new Map<string, string>()
    const lost = moved.filter(({ id, contentHash }) => again.get(id) !== contentHash)
    yield { rows: page.length, lost: lost.map((row) => ({ ...row, found: found.get(row.ledgerVersion) ?? null })) }
  }
}
