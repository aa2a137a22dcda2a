import type { Measure } from '#worker/reports/report-batch.ts'
import {
  type AccountTerm,
  accountsOf,
  dimensionsOf,
  type Given,
  matrixOf,
  type Options,
  periodText,
  until,
  type YearStart,
} from './arguments.ts'
import type { FigureQuery } from './figure-query.ts'
import type { SignOf } from './natural-sign.ts'

/** A cell's figure as signed parts: their sum is the cell. */
export type Part = { sign: 1 | -1; query: FigureQuery }
export type CellQuery = { parts: readonly Part[]; options: Options }

/** What a figure function is asked for, ready to be looked up. @throws ArgumentFault */
export function cellQuery(
  measure: Measure,
  account: unknown,
  period: unknown,
  dims: Given,
  given: Options,
  yearStart?: YearStart,
): CellQuery {
  const whole = periodText(period, yearStart)
  const text = given.asAtDate ? until(whole, given.asAtDate) : whole
  const filters = dimensionsOf(dims, { party: measure !== 'budget' && measure !== 'variance' })
  const terms = accountsOf(account)
  const parts = terms.flatMap((term: AccountTerm) =>
    filters.map(
      (dimensions): Part => ({
        sign: term.sign,
        query: {
          measure,
          account: term.account,
          period: text,
          dimensions,
          atVersion: given.atVersion,
          asKnownAt: given.asKnownAt,
          budgetVersion: given.budgetVersion,
        },
      }),
    ),
  )
  return { parts, options: given }
}

/** Øre as the cell shows it: kroner or thousands, debit positive or by the natural sign of what is asked for first. */
export function shownValue(ore: number, { options, parts }: CellQuery, signOf: SignOf | undefined): number {
  const sign = signOf?.(parts[0]!.query.account) ?? 1
  return (sign * ore) / (100 * options.unit) || 0
}

/**
 * Pairs two arguments as Excel pairs arrays: one value goes with all, equal shapes cell by cell, a column with a row as a
 * table. Gives undefined where the shapes cannot be paired.
 */
export function paired<T>(a: Given, b: Given, of: (x: unknown, y: unknown) => T): T[][] | undefined {
  const [left, right] = [matrixOf(a), matrixOf(b)]
  const [h, w] = [Math.max(left.length, right.length), Math.max(left[0]!.length, right[0]!.length)]
  const fits = (m: unknown[][]) => (m.length === h || m.length === 1) && (m[0]!.length === w || m[0]!.length === 1)
  if (!fits(left) || !fits(right)) return undefined
  const at = (m: unknown[][], r: number, c: number) => m[m.length === 1 ? 0 : r]![m[0]!.length === 1 ? 0 : c]
  return Array.from({ length: h }, (_, r) => Array.from({ length: w }, (_, c) => of(at(left, r, c), at(right, r, c))))
}
