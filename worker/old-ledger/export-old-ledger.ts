import type { Database } from '#worker/database/connect.ts'
import type { ExportTable } from '#worker/exports/export-table.ts'
import type { Asking } from '#worker/exports/tables/table-frame.ts'
import { readHead } from '#worker/ledger/store.ts'
import { oldLedgerTable } from './old-ledger-table.ts'
import { type FoundEntry, type OldEntryQuery, readOldEntries } from './store.ts'

/** Entries read at a time. */
const PAGE = 2_000

/** What was searched for in old general ledgers, as a table that goes out; the newest first. */
export async function readOldLedgerTable(db: Database, asking: Asking, query: OldEntryQuery): Promise<ExportTable> {
  const { ledgerVersion } = await readHead(db)
  return oldLedgerTable(asking, pagesOf(db, query), ledgerVersion)
}

async function* pagesOf(db: Database, query: OldEntryQuery): AsyncGenerator<FoundEntry[]> {
  for (let cursor: OldEntryQuery['cursor']; ; ) {
    const page = await readOldEntries(db, { ...query, cursor }, PAGE)
    yield page
    if (page.length < PAGE) return
    cursor = page.at(-1)!
  }
}
