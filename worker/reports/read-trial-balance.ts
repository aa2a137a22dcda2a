import type { Database, ResultSet } from '#worker/database/connect.ts'
import { accountSums, subLedgerSums } from './figures-store.ts'
import { type Question, reportHeader } from './question-store.ts'
import { checkFilters, checkQuestion, headOf } from './report-head.ts'
import { sealHash } from './report-seal.ts'
import { sealsIn, sealsUnder } from './seals-store.ts'
import {
  type AccountSums,
  type Correction,
  checksOf,
  isZero,
  type KeptAccount,
  rowOf,
  type SubLedgerSums,
  totalsOf,
  undistributedResultOf,
  withCorrections,
} from './trial-balance.ts'

/**
 * The trial balance of some days, in øre, from the kept balances and the entries of part months: one round trip, whose cost
 * does not grow with the number of vouchers. Checks are made of the whole ledger only; a dimension need not balance.
 * @throws Problem 422 request/invalid: days in the wrong order, an unknown version, dimension or value.
 */
export async function readTrialBalance(db: Database, q: Question, includeZero = false) {
  checkQuestion(q)
  const filtered = Object.keys(q.filter.dimensions).length > 0
  const statements = [reportHeader(q), accountSums(q), sealsUnder(q), ...(filtered ? [] : [subLedgerSums(q)])]
  const [header, figures, seals, parties] = await db.batch(statements, 'read')
  const head = headOf(header!, q)
  checkFilters(header!)
  const sums = sumsOf(figures!)
  const all = sums.map(rowOf)
  const rows = includeZero ? all : all.filter((row) => !isZero(row))
  return {
    ...head,
    seals: sealsIn(seals!),
    ...(filtered && { dimensions: q.filter.dimensions }),
    rows,
    totals: totalsOf(all),
    undistributedResult: undistributedResultOf(sums),
    checks: parties ? checksOf(sums, rowsOf<SubLedgerSums>(parties)) : [],
    hash: await sealHash(
      'trial-balance',
      head,
      q.filter.dimensions,
      rows.map((r) => [r.account, r.opening, r.debit, r.credit, r.closing]),
    ),
  }
}

export type TrialBalance = Awaited<ReturnType<typeof readTrialBalance>>

/** Rows that were made into one JSON text by the database. */
export const rowsOf = <T>(result: ResultSet, column = 'rows'): T[] => JSON.parse(String(result.rows[0]![column])) as T[]

/** The accounts with all that they sum to. */
export const sumsOf = (result: ResultSet): AccountSums[] =>
  withCorrections(rowsOf<KeptAccount>(result), rowsOf<Correction>(result, 'more'))
