import type * as z from 'zod/mini'
import type { CompanyAccess } from '#worker/access/store.ts'
import { addDays, dayInOslo, endOfDayInOslo, type IsoDate } from '#worker/core/dates.ts'
import { Problem } from '#worker/core/problem.ts'
import type { Database } from '#worker/database/connect.ts'
import { readChainHead } from '#worker/verify/store.ts'
import { readWholeChecks, verificationsWithin } from '#worker/verify/verification-store.ts'
import type { VerificationsExport } from './export-query.ts'
import type { ExportTable } from './export-table.ts'
import type { Asking } from './tables/table-frame.ts'
import { verificationTable } from './tables/verification-table.ts'

/**
 * Each check of the books within a period, and how many of its days have none.
 * @throws Problem 422 request/invalid with `period/reversed`.
 */
export async function readVerificationTable(
  db: Database,
  control: Database,
  asking: Asking,
  { id }: Pick<CompanyAccess, 'id'>,
  query: z.output<typeof VerificationsExport>,
): Promise<ExportTable> {
  const { today } = asking
  const toDate = query.toDate ?? today
  const fromDate = query.fromDate ?? (`${toDate.slice(0, 4)}-01-01` as IsoDate)
  if (toDate < fromDate)
    throw new Problem(422, 'request/invalid', {
      issues: [{ code: 'period/reversed', severity: 'error', pointer: '#/toDate', params: { fromDate, toDate } }],
    })
  const [from, before] = [endOfDayInOslo(addDays(fromDate, -1)), endOfDayInOslo(toDate)]
  const { made, since } = await readWholeChecks(control, id, from, before)
  const days = new Set(made.map(({ recordedAt }) => dayInOslo(recordedAt)))
  const missing: IsoDate[] = []
  // A day that has not ended may get its check yet.
  const first = since && dayInOslo(since) > fromDate ? dayInOslo(since) : fromDate
  for (let day = first; since && day <= toDate && day < today; day = addDays(day, 1))
    if (!days.has(day)) missing.push(day)
  const summary = { checks: made.length, held: made.filter(({ ok }) => ok).length, missing }
  const pages = verificationsWithin(control, id, from, before)
  return verificationTable(asking, { fromDate, toDate }, summary, pages, await readChainHead(db))
}
