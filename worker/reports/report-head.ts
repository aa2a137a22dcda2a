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
  /** Whether any month of the days was ever locked, so that there are seals to hold the report against. */
  sealed: boolean
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

/**
 * The head of a report. @throws Problem 422 with ledger-version/unknown when the version asked for is not there yet, or
 * fiscal-year/missing when no fiscal year has any of its days.
 */
export function headOf({ rows }: Header, { atVersion }: Asked): ReportHead {
  const row = rows[0]!
  const ledgerVersion = Number(row.newest)
  if (atVersion !== undefined && atVersion > ledgerVersion)
    refuse([issue('ledger-version/unknown', '#/atVersion', { atVersion, ledgerVersion })])
  if (Number(row.in_years) === 0)
    refuse([issue('fiscal-year/missing', '#/fromDate', { date: String(row.from_date), toDate: String(row.to_date) })])
  return {
    ledgerVersion,
    atVersion: Number(row.version),
    chainHead: row.chain_head === null ? null : String(row.chain_head),
    fromDate: String(row.from_date) as IsoDate,
    toDate: String(row.to_date) as IsoDate,
    sealed: Number(row.sealed ?? 1) === 1,
  }
}

type FilterRow = [
  dimension: string,
  value: string,
  names: [nb: string, en: string] | null,
  hasValue: 0 | 1,
  closedFrom: string | null,
]

/** @throws Problem 422 request/invalid: a name that is no dimension, a value closed before the range, or a value that the dimension does not have. */
export function checkFilters({ rows }: Header): void {
  const filters = JSON.parse(String(rows[0]!.filters)) as FilterRow[]
  refuse(
    filters.flatMap(([dimension, value, names, hasValue, closedFrom]) => {
      const pointer = `#/${dimension}`
      if (!names) return [issue('field/invalid', pointer, { reason: 'unknown', field: dimension })]
      const [dimensionNb, dimensionEn] = names
      const params = { dimension, dimensionNb, dimensionEn, value }
      if (!hasValue) return [issue('dimension/unknown', pointer, params)]
      return closedFrom ? [issue('dimension/closed', pointer, { ...params, closedFrom })] : []
    }),
  )
}
