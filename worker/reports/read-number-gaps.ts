import type { Database } from '#worker/database/connect.ts'
import { readSeries } from './store.ts'

/**
 * Proof per series and fiscal year that no voucher number is missing, from the stored voucher rows: they run from 1 to the
 * last number given, and are as many. `gaps` names what is missing; those at the end are told by `lastGiven`.
 */
export async function readNumberGaps(db: Database, fiscalYear: number | undefined) {
  const { ledgerVersion, series } = await readSeries(db, fiscalYear)
  const proofs = series.map((s) => {
    const tail = s.last < s.lastGiven ? [{ from: s.last + 1, to: s.lastGiven }] : []
    const gaps = [...s.gaps, ...tail]
    return { ...s, gaps, holds: gaps.length === 0 && s.count === s.last && s.first === (s.count > 0 ? 1 : 0) }
  })
  return {
    ledgerVersion,
    series: proofs,
    count: proofs.reduce((total, s) => total + s.count, 0),
    /** Every posted voucher is in a series, and every series is whole. */
    holds:
      proofs.every((s) => s.holds) &&
      (fiscalYear !== undefined || proofs.reduce((n, s) => n + s.count, 0) === ledgerVersion),
  }
}
