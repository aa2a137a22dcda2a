import type { Database } from '#worker/database/connect.ts'
import { cursorText, placeOf } from './cursor.ts'
import { entryOfValues } from './general-ledger.ts'
import { type Question, reportHeader } from './question-store.ts'
import { rowsOf } from './read-trial-balance.ts'
import { checkQuestion, headOf } from './report-head.ts'
import { pageSize } from './report-query.ts'
import { journalEntries } from './store.ts'

type Page = { cursor?: string | undefined; limit?: number | undefined }

/**
 * Every entry of the days in the order it was posted: the *bokføringsspesifikasjon*. A cursor holds the version, so that all
 * pages show one state. Source: bokføringsforskriften § 3-1 no. 1.
 * @throws Problem 422 request/invalid.
 */
export async function readVoucherJournal(db: Database, asked: Question, page: Page) {
  checkQuestion(asked)
  const place = placeOf(page.cursor, ['number', 'number', 'number']) as [number, number, number] | undefined
  const [atVersion, ledgerVersion = 0, line = 0] = place ?? []
  const q = place ? { ...asked, atVersion } : asked
  const limit = pageSize(page.limit)
  const [header, found] = await db.batch([reportHeader(q), journalEntries(q, { ledgerVersion, line }, limit)], 'read')
  const head = headOf(header!, q)
  const all = rowsOf<unknown[]>(found!).map(entryOfValues)
  const entries = all.slice(0, limit)
  const last = entries.at(-1)
  const more = last && all.length > limit
  return { ...head, entries, cursor: more ? cursorText([head.atVersion, last.ledgerVersion, last.line]) : null }
}
