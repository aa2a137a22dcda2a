import type { IsoDate } from '#worker/core/dates.ts'
import type { Database, InStatement, ResultSet } from '#worker/database/connect.ts'
import type { AccountType, PartyKind } from '#worker/ledger/account.ts'
import type { FiscalYear } from '#worker/ledger/books.ts'
import { broughtForward, CHART, movedByMonth, versionAsked, YEARS } from './batch-store.ts'
import { FigureTable, type Moved } from './figure-table.ts'
import type { Period } from './period-range.ts'
import type { Question } from './question-store.ts'
import { rowsOf } from './read-trial-balance.ts'
import { type Measure, monthsOf, partMonthsOf } from './report-batch.ts'
import type { ReportAccount } from './report-layout.ts'

/** Entries that figures are drawn from: a filter and a version, and what of them is asked. */
export type Basis = { question: Question; periods: readonly (Period | undefined)[]; measures: ReadonlySet<Measure> }
export type ReadTable = { version: number; chainHead: string | null; table: FigureTable }
export type FigureTables = {
  ledgerVersion: number
  sequence: number
  chart: readonly ReportAccount[]
  years: readonly FiscalYear[]
  /** In the order of the bases. */
  tables: readonly ReadTable[]
  /** Answers of the statements that were asked beside. */
  beside: readonly ResultSet[]
}

/** The figures of some bases as they stand at one moment: three statements each, all in one round trip. */
export async function readFigureTables(
  db: Database,
  bases: readonly Basis[],
  today: IsoDate,
  beside: readonly InStatement[] = [],
): Promise<FigureTables> {
  const latest: Question = { filter: { dimensions: {} }, today }
  const [newest, chartRows, yearRows, ...results] = await db.batch(
    [versionAsked(latest), CHART, YEARS, ...beside, ...bases.flatMap(statementsOf)],
    'read',
  )
  const chart = chartOf(chartRows!)
  const years = yearsOf(yearRows!)
  const tables = bases.map((_, i) => {
    const [version, moved, openings] = results.slice(beside.length + 3 * i)
    const { version: at, chain_head } = version!.rows[0]!
    return {
      version: Number(at),
      chainHead: chain_head === null ? null : String(chain_head),
      table: new FigureTable(chart, rowsOf<Moved>(moved!), rowsOf<Moved>(openings!), years),
    }
  })
  const { newest: ledgerVersion, sequence } = newest!.rows[0]!
  return {
    ledgerVersion: Number(ledgerVersion),
    sequence: Number(sequence),
    chart,
    years,
    tables,
    beside: results.slice(0, beside.length),
  }
}

type ChartRow = [string, AccountType, string, string, PartyKind | null, string | null, string | null]
export const chartOf = (result: ResultSet): ReportAccount[] =>
  rowsOf<ChartRow>(result).map(([number, type, nameNb, nameEn, control, groupingCategory, groupingCode]) => ({
    number,
    type,
    nameNb,
    nameEn,
    control,
    groupingCategory,
    groupingCode,
  }))

export const yearsOf = (result: ResultSet): FiscalYear[] =>
  rowsOf<[number, IsoDate, IsoDate]>(result).map(([year, firstDate, lastDate]) => ({ year, firstDate, lastDate }))

/** The version, the months and days that are needed, and the opening vouchers. */
function statementsOf({ question, periods, measures }: Basis): InStatement[] {
  return [
    versionAsked(question),
    movedByMonth(question, partMonthsOf(periods), monthsOf(periods, measures)),
    broughtForward(question),
  ]
}
