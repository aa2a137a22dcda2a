import { isError, Problem } from '#worker/core/problem.ts'
import { refusalOf } from '#worker/database/refusal.ts'
import { changesOf } from '#worker/events/event.ts'
import { insertEvents } from '#worker/events/store.ts'
import type { Acting } from '#worker/http/acting.ts'
import type { FiscalYear } from '#worker/ledger/books.ts'
import { checkFiscalYear, fiscalYearFrom, monthsIn, type NewFiscalYear } from './fiscal-year.ts'
import { insertFiscalYear, readCalendar } from './store.ts'

/**
 * Opens a fiscal year; its months become open periods.
 * @throws Problem 422 request/invalid, one issue for each wrong field; 422 fiscal-year/overlaps when another was first.
 */
export async function openFiscalYear({ db, by, at }: Acting, wanted: NewFiscalYear): Promise<FiscalYear> {
  const { years } = await readCalendar(db)
  const year = fiscalYearFrom(wanted, years)
  const issues = checkFiscalYear(year, years)
  if (issues.some(isError)) throw new Problem(422, 'request/invalid', { issues })
  const months = monthsIn(year)
  const event = {
    type: 'fiscal-year.opened',
    at,
    by,
    subject: String(year.year),
    touched: months.map((period) => ({ period })),
    changes: changesOf(undefined, year),
  }
  try {
    await db.batch([...insertFiscalYear(year, months), insertEvents(event)], 'write')
  } catch (cause) {
    const refusal = refusalOf(cause)
    if (refusal?.kind === 'taken' || refusal?.kind === 'rule') throw new Problem(422, 'fiscal-year/overlaps')
    throw cause
  }
  return year
}
