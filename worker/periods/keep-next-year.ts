import { addDays, type IsoDate } from '#worker/core/dates.ts'
import { Problem } from '#worker/core/problem.ts'
import type { Acting } from '#worker/http/acting.ts'
import { fiscalYearOf } from '#worker/ledger/books.ts'
import { openFiscalYear } from './open-fiscal-year.ts'
import { readCalendar } from './store.ts'

/** The day each company was last looked at by this isolate. */
const looked = new Map<string, IsoDate>()

/**
 * Opens the year after the one that holds today, when there is none, so that accruals never lack a home (features.md LED-21).
 * Looks once a day and company; books that ended before today are left alone. True when it opened one.
 */
export async function keepNextYear(ctx: Acting, company: string, today: IsoDate): Promise<boolean> {
  if (looked.get(company) === today) return false
  const { years } = await readCalendar(ctx.db)
  const current = fiscalYearOf(today, { fiscalYears: years })
  const next = current && fiscalYearOf(addDays(current.lastDate, 1), { fiscalYears: years })
  if (current && !next)
    await openFiscalYear({ ...ctx, by: 'system' }, {}).catch((error) => {
      if (!(error instanceof Problem)) throw error // somebody else opened it just now
    })
  if (looked.size > 5_000) looked.clear()
  looked.set(company, today)
  return current !== undefined && !next
}
