import { readComparison } from '#worker/comparison/store.ts'
import { Problem } from '#worker/core/problem.ts'
import type { Database } from '#worker/database/connect.ts'
import type { PartyKind } from '#worker/ledger/account.ts'
import { booksOf } from '#worker/ledger/books.ts'
import { readFacts, readHead } from '#worker/ledger/store.ts'
import { readTakeover } from '#worker/opening-balance/plan-store.ts'
import { readOpening } from '#worker/opening-balance/store.ts'
import type { ExportTable } from './export-table.ts'
import type { Asking } from './tables/table-frame.ts'
import { monthsTable, openingTable } from './tables/takeover-tables.ts'

const readFrame = async (db: Database) => {
  const [{ facts }, { ledgerVersion }] = await Promise.all([readFacts(db), readHead(db)])
  return { books: booksOf(facts), ledgerVersion }
}

/** @throws Problem 404 opening-balance/unknown. */
export async function readOpeningTable(
  db: Database,
  asking: Asking,
  date: string,
  kind: PartyKind | undefined,
): Promise<ExportTable> {
  const [opening, { books, ledgerVersion }] = await Promise.all([readOpening(db, date), readFrame(db)])
  if (!opening) throw new Problem(404, 'opening-balance/unknown', { params: { date } })
  return openingTable(asking, opening, kind, books, ledgerVersion)
}

/** @throws Problem 404 takeover/none when movements are asked for and none are planned. */
export async function readMonthsTable(
  db: Database,
  asking: Asking,
  register: 'movements' | 'comparison',
): Promise<ExportTable> {
  const [kept, { books, ledgerVersion }] = await Promise.all([
    register === 'movements' ? readTakeover(db) : readComparison(db),
    readFrame(db),
  ])
  if (!kept) throw new Problem(404, 'takeover/none')
  return monthsTable(asking, register, kept.rows, books, ledgerVersion)
}
