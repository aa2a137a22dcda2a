import type { Database } from '#worker/database/connect.ts'
import type { Acknowledged, JournalPlace } from '#worker/ledger/journal-store.ts'
import { type Check, Finding } from './check.ts'
import { readHashesAt, readSentIn } from './store.ts'

/** The rows of the writer's journal after one; none when there are no more. */
export type ReadJournal = (after: JournalPlace) => Promise<Acknowledged[]>

type Lost = Acknowledged & { found: string | null }

/**
 * Each acknowledged post is in the ledger, at its place and with its hash, or was sent again after it was lost (12). The journal is read
 * first: what stands in it was committed before. The other way is no fault: a commit whose answer was lost stands in the ledger alone.
 */
export async function checkJournal(db: Database, read: ReadJournal): Promise<Check> {
  const began = performance.now()
  const finding = new Finding(12, 'acknowledged-posts-in-journal')
  const { rows, lost } = await readLost(db, read)
  finding.read(rows)
  for (const { id, ledgerVersion, first, hash, found } of lost)
    finding.offends({ voucher: id, first, ledgerVersion, kept: hash, found })
  return finding.check(performance.now() - began)
}

/**
 * How many rows the journal has, and those that the ledger has neither as they were nor sent again. The file alone does not say
 * what was sent again: the last voucher stands elsewhere with the same content, and as many places up to it as its job had are
 * of one job that the journal knows and the chain agrees with.
 */
export async function readLost(db: Database, read: ReadJournal): Promise<{ rows: number; lost: Lost[] }> {
  const held: Acknowledged[] = []
  const moved: (Lost & { now: number | undefined })[] = []
  let rows = 0
  for (let page = await read({ ledgerVersion: 0, hash: '' }); page.length > 0; page = await read(page.at(-1)!)) {
    rows += page.length
    const found = await readHashesAt(
      db,
      page.map(({ ledgerVersion }) => ledgerVersion),
    )
    const gone: Acknowledged[] = []
    for (const row of page) (found.get(row.ledgerVersion) === row.hash ? held : gone).push(row)
    const again = gone.length > 0 ? await readSentIn(db, gone) : undefined
    for (const row of gone) {
      const sent = again?.get(row.id)
      const now = sent?.contentHash === row.contentHash ? sent.ledgerVersion : undefined
      moved.push({ ...row, found: found.get(row.ledgerVersion) ?? null, now })
    }
  }
  const isAgain = ({ now, first, ledgerVersion }: (typeof moved)[number]) =>
    now !== undefined && held.some((job) => job.first <= now - (ledgerVersion - first) && now <= job.ledgerVersion)
  return { rows, lost: moved.filter((row) => !isAgain(row)).map(({ now: _, ...row }) => row) }
}
