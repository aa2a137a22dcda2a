import type { IsoDate } from '#worker/core/dates.ts'
import { type Issue, Problem } from '#worker/core/problem.ts'
import type { Asked } from './report-query.ts'

/** Where a report was drawn from: the newest version, the version it shows with the chain's hash there, and its days. */
export type ReportHead = {
  ledgerVersion: number
  atVersion: number
  chainHead: string | null
  fromDate: IsoDate
  toDate: IsoDate
}
type Header = { rows: readonly Record<string, unknown>[] }

const issue = (code: string, pointer: string, params: Issue['params']): Issue => ({
  code,
  severity: 'error',
  pointer,
  ...(params && { params }),
})
const refuse = (issues: readonly Issue[]): void => {
  if (issues.length > 0) throw new Problem(422, 'request/invalid', { issues })
}

/** @throws Problem 422 request/invalid with period/reversed when the last day is before the first. */
export function checkQuestion({ fromDate, toDate }: Asked): void {
  if (fromDate && toDate && fromDate > toDate) refuse([issue('period/reversed', '#/toDate', { fromDate, toDate })])
}

/** The head of a report. @throws Problem 422 with ledger-version/unknown when the version asked for is not there yet. */
export function headOf({ rows }: Header, { atVersion }: Asked): ReportHead {
  const row = rows[0]!
  const ledgerVersion = Number(row.newest)
  if (atVersion !== undefined && atVersion > ledgerVersion)
    refuse([issue('ledger-version/unknown', '#/atVersion', { atVersion, ledgerVersion })])
  return {
    ledgerVersion,
    atVersion: Number(row.version),
    chainHead: row.chain_head === null ? null : String(row.chain_head),
    fromDate: String(row.from_date) as IsoDate,
    toDate: String(row.to_date) as IsoDate,
  }
}

/** @throws Problem 422 request/invalid: a name that is no dimension, or a value that the dimension does not have. */
export function checkFilters({ rows }: Header): void {
  const filters = JSON.parse(String(rows[0]!.filters)) as [string, string, [nb: string, en: string] | null, 0 | 1][]
  refuse(
    filters.flatMap(([dimension, value, names, hasValue]) => {
      const pointer = `#/${dimension}`
      if (!names) return [issue('field/invalid', pointer, { reason: 'unknown', field: dimension })]
      const [dimensionNb, dimensionEn] = names
      return hasValue ? [] : [issue('dimension/unknown', pointer, { dimension, dimensionNb, dimensionEn, value })]
    }),
  )
}
