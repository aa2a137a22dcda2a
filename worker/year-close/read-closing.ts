import { addDays, type IsoDate } from '#worker/core/dates.ts'
import { ore } from '#worker/core/money.ts'
import { Problem } from '#worker/core/problem.ts'
import type { Database } from '#worker/database/connect.ts'
import { booksOf, type FiscalYear, fiscalYearOf } from '#worker/ledger/books.ts'
import { readFacts } from '#worker/ledger/store.ts'
import { readCalendar } from '#worker/periods/store.ts'
import { readTrialBalance } from '#worker/reports/read-trial-balance.ts'
import { readClosings } from './store.ts'
import { checkClosing, differencesFrom, frozen, type NewClosing, resultOf } from './year-closing.ts'

/** The figures of a year's days, in øre, at a version of the ledger. */
export const readYearFigures = (db: Database, year: FiscalYear, today: IsoDate, atVersion?: number) =>
  readTrialBalance(db, {
    fromDate: year.firstDate,
    toDate: year.lastDate,
    today,
    ...(atVersion !== undefined && { atVersion }),
    filter: { dimensions: {} },
  })

/**
 * A fiscal year on its way to being closed, or closed: its result, what it opened and closes with beside the year before, what
 * keeps it from being closed, and whether it still is what it was when it was closed.
 * @throws Problem 404 fiscal-year/unknown.
 */
export async function readClosing(
  db: Database,
  name: number,
  today: IsoDate,
  wanted: Pick<NewClosing, 'transferAccount' | 'equityAccount'> = {},
) {
  const { years, periods } = await readCalendar(db)
  const year = years.find((y) => y.year === name)
  if (!year) throw new Problem(404, 'fiscal-year/unknown', { params: { year: name } })
  const before = fiscalYearOf(addDays(year.firstDate, -1), { fiscalYears: years })
  const next = fiscalYearOf(addDays(year.lastDate, 1), { fiscalYears: years })
  const [report, last, closings, { facts }] = await Promise.all([
    readYearFigures(db, year, today),
    before && readYearFigures(db, before, today),
    readClosings(db, name),
    readFacts(db),
  ])
  const opening = next && (await readYearFigures(db, next, today))
  const months = periods.filter((p) => p.year === name)
  const result = resultOf(report.rows)
  const levels = months.map((p) => p.level)
  const { accounts } = booksOf(facts)
  const earlierResult = report.undistributedResult
  const issues = checkClosing(wanted, { year, result, earlierResult, accounts, levels, today })
  const openings = new Map(opening?.rows.map((r) => [r.account, r.opening]))
  const earlier = new Map(last?.rows.map((r) => [r.account, r.closing]))
  const numbers = [...new Set([...report.rows.map((r) => r.account), ...earlier.keys()])].sort()
  const own = new Map(report.rows.map((r) => [r.account, r]))
  const newest = closings[0]
  return {
    ledgerVersion: report.ledgerVersion,
    year,
    before: before ?? null,
    next: next ?? null,
    result,
    earlierResult,
    levels: { open: count(levels, 'open'), soft: count(levels, 'soft'), hard: count(levels, 'hard') },
    /** Every account with what it opened, closed, closed the year before with, and opens the next year with. Øre. */
    accounts: numbers.map((account) => ({
      account,
      nameNb: accounts.get(account)?.nameNb ?? account,
      nameEn: accounts.get(account)?.nameEn ?? account,
      type: accounts.get(account)!.type,
      opening: own.get(account)?.opening ?? ore(0),
      closing: own.get(account)?.closing ?? ore(0),
      lastYear: earlier.get(account) ?? ore(0),
      nextOpening: next ? (openings.get(account) ?? ore(0)) : null,
    })),
    issues,
    closing: newest
      ? { ...newest, differences: differencesFrom(newest.figures, frozen(report.rows)), figures: undefined }
      : null,
    closings: closings.length,
  }
}

const count = (levels: readonly string[], level: string): number => levels.filter((l) => l === level).length

export type ClosingView = Awaited<ReturnType<typeof readClosing>>
