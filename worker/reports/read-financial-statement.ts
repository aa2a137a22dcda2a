import { comparedUntil, withComparedYears } from '#worker/comparison/comparison.ts'
import { COMPARISON, comparisonOf } from '#worker/comparison/store.ts'
import { ore } from '#worker/core/money.ts'
import type { Database } from '#worker/database/connect.ts'
import { type BudgetFigures, budgetFiguresOf, budgetStatements } from './budget-figures.ts'
import { comparisonFiguresOf } from './comparison-figures.ts'
import type { FigureTable } from './figure-table.ts'
import { subLedgerSums } from './figures-store.ts'
import type { Question } from './question-store.ts'
import { readFigureTables } from './read-figure-tables.ts'
import { type Frame, readFrame, refuse, withPeriod } from './read-statement-frame.ts'
import { rowsOf } from './read-trial-balance.ts'
import type { Measure } from './report-batch.ts'
import { placedIn, type ReportLayout, type StatementKind } from './report-layout.ts'
import { sealHash } from './report-seal.ts'
import { statementOf, withoutZeroes } from './statement.ts'
import { checksOfStatement, type LockRow } from './statement-checks.ts'
import {
  columnsOf,
  type Figure,
  figuresOf,
  MOST_COLUMNS,
  type StatementColumn,
  USUAL_COLUMNS,
} from './statement-columns.ts'
import { vouchersSinceLocks } from './statement-store.ts'
import type { SubLedgerSums } from './trial-balance.ts'

export type StatementAsked = {
  statement: StatementKind
  period?: string | undefined
  columns?: string | undefined
  layout?: string | undefined
  /** A layout that nobody has kept yet, instead of one that is. */
  draft?: ReportLayout | undefined
  budget?: string | undefined
  includeZero?: boolean | undefined
}

/**
 * The income statement or the balance sheet: the lines of a layout with their accounts, in any columns, in øre, all from one
 * version and two round trips whose cost does not grow with the number of vouchers.
 * @throws Problem 422 request/invalid: what `readFrame` refuses, a column that does not exist, too many columns, no budget.
 */
export async function readFinancialStatement(db: Database, asked: Question, wanted: StatementAsked) {
  const { statement } = wanted
  const q = await withPeriod(db, asked, wanted.period)
  const list = wanted.columns ?? USUAL_COLUMNS[statement]
  const by = [...list.matchAll(/(?:^|,)\s*by:([^,]+)/g)].map((m) => m[1]!.trim())
  const beside = [COMPARISON]
  const frame = await readFrame(db, q, { statement, layout: wanted.layout, draft: wanted.draft, by, beside })
  const columns = columnsIn(list, frame, wanted, q)
  const figures = figuresOf(columns)
  const { tables, ...read } = await readTables(db, frame, q, figures, wanted.budget)
  const { layout, years } = frame
  const filtered = Object.keys(q.filter.dimensions).length > 0
  const placed = placedIn(layout, read.chart)
  const drawn = {
    ofAccount: (key: string, account: string) => {
      const figure = figures.get(key)!
      const table = tables.get(tableKey(figure))!
      return table.figure(table.accountPlace(account), table.spanOf(figure.days), figure.measure)
    },
    ofResult: (key: string, which: 'year' | 'earlier-years') => {
      const figure = figures.get(key)!
      return tables.get(tableKey(figure))!.undistributed(figure.days, figure.measure, which)
    },
  }
  const all = statementOf(layout, placed, columns, [...figures.keys()], drawn)
  const lines = wanted.includeZero ? all : withoutZeroes(all)
  const head = { ...frame.head, ...read.head }
  const own = columns.find((c) => !c.compared && c.figure.kind === 'actual')
  return {
    report: statement === 'income' ? 'income-statement' : 'balance-sheet',
    ...head,
    layout: { key: layout.key, nameNb: layout.nameNb, nameEn: layout.nameEn, source: layout.source },
    ...(filtered && { dimensions: q.filter.dimensions }),
    columns: columns.map(({ key, what, days, dimension, figure, compared }) => ({
      key,
      what,
      ...days,
      ...([figure, compared?.to].some((f) => f?.kind === 'comparison') && { comparison: true }),
      ...(dimension && { dimension }),
      unit: compared?.as === 'percent' ? ('basis-points' as const) : ('ore' as const),
    })),
    ...(read.budgets[0] && {
      budgets: read.budgets[0].budgets.map(([id, year, name, state, revision]) => ({
        id,
        year,
        name,
        state,
        revision,
      })),
    }),
    lines,
    checks: checksOfStatement({
      statement,
      layout,
      lines: all,
      columns,
      filtered,
      years,
      own: own && { column: columns.indexOf(own), result: resultOf(own, tables.get(tableKey(own.figure))!) },
      subLedger: read.subLedger,
      control: (kind) => read.chart.filter((a) => a.control === kind).map(({ number }) => number),
      locks: read.locks,
      unknownBudgetAccounts: read.budgets.length > 0 ? read.budgets.flatMap((b) => b.unknown) : undefined,
    }),
    hash: await sealHash(
      statement === 'income' ? 'income-statement' : 'balance-sheet',
      head,
      { ...q.filter.dimensions, layout: layout.key },
      lines.flatMap((line) => [
        [line.key, ...line.amounts],
        ...line.accounts.map((account) => [account.account, ...account.amounts]),
      ]),
    ),
  }
}

export type FinancialStatement = Awaited<ReturnType<typeof readFinancialStatement>>

const resultOf = ({ figure }: StatementColumn, table: FigureTable): number => ore(table.resultIn(figure.days))

function columnsIn(
  list: string,
  { head, years, codes, beside }: Frame,
  wanted: StatementAsked,
  q: Question,
): StatementColumn[] {
  const comparison = comparisonOf(beside[0]!)
  const { columns, unknown } = columnsOf(list, {
    statement: wanted.statement,
    days: { fromDate: head.fromDate, toDate: head.toDate },
    years: withComparedYears(years, comparison),
    comparedUntil: comparedUntil(comparison),
    dimensions: q.filter.dimensions,
    valuesOf: (key) => codes.get(key),
  })
  if (unknown !== undefined) refuse('report/column-unknown', '#/columns', { column: unknown.slice(0, 60) })
  if (columns.length > MOST_COLUMNS)
    refuse('report/too-many-columns', '#/columns', { columns: columns.length, most: MOST_COLUMNS })
  return columns
}

/** Figures of the same entries come out of one table. */
const tableKey = ({ kind, dimensions }: Figure): string => JSON.stringify([kind, Object.entries(dimensions).sort()])

async function readTables(
  db: Database,
  frame: Frame,
  q: Question,
  figures: ReadonlyMap<string, Figure>,
  budget: string | undefined,
) {
  const groups = new Map<string, Figure[]>()
  for (const figure of figures.values()) groups.set(tableKey(figure), [...(groups.get(tableKey(figure)) ?? []), figure])
  const actual = [...groups].filter(([, own]) => own[0]!.kind === 'actual')
  const budgeted = [...groups].filter(([, own]) => own[0]!.kind === 'budget')
  const { head } = frame
  const days = { fromDate: head.fromDate, toDate: head.toDate }
  const read = await readFigureTables(
    db,
    actual.map(([, own]) => ({
      question: { ...q, ...days, filter: { ...q.filter, dimensions: own[0]!.dimensions } },
      periods: own.map((figure) => ({ from: figure.days, to: figure.days })),
      measures: new Set<Measure>(own.map((figure) => figure.measure)),
    })),
    q.today,
    [
      subLedgerSums({ ...q, ...days }),
      vouchersSinceLocks({ ...q, ...days }),
      ...budgeted.flatMap(([, own]) => budgetStatements(budget, own[0]!.dimensions)),
    ],
  )
  const tables = new Map(actual.map(([key], i) => [key, read.tables[i]!.table]))
  const budgets: BudgetFigures[] = []
  budgeted.forEach(([key, own], i) => {
    const answers = read.beside.slice(2 + 2 * i, 4 + 2 * i)
    const found = budgetFiguresOf(
      answers,
      read.chart,
      read.years,
      own.map((figure) => figure.days),
    )
    if (found.budgets.length === 0 && budget !== undefined) refuse('budget/unknown', '#/budget', { budget })
    if (found.budgets.length === 0) refuse('measure/not-available', '#/columns', { measure: 'budget' })
    tables.set(key, found.table)
    budgets.push(found)
  })
  for (const [key, own] of groups)
    if (own[0]!.kind === 'comparison')
      tables.set(key, comparisonFiguresOf(comparisonOf(frame.beside[0]!), read.chart, read.years, own))
  const [first] = read.tables
  return {
    tables,
    chart: read.chart,
    budgets,
    head: {
      ledgerVersion: read.ledgerVersion,
      ...(first && { atVersion: first.version, chainHead: first.chainHead }),
    },
    subLedger: rowsOf<SubLedgerSums>(read.beside[0]!),
    locks: rowsOf<LockRow>(read.beside[1]!),
  }
}
