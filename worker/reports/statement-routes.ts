import type { Context } from 'hono'
import { Hono } from 'hono'
import { dayInOslo, type Instant } from '#worker/core/dates.ts'
import { acceptQuery } from '#worker/http/accept.ts'
import type { Env } from '#worker/http/env.ts'
import { operation } from '#worker/http/operation.ts'
import { type FinancialStatement, readFinancialStatement } from './read-financial-statement.ts'
import type { StatementKind } from './report-layout.ts'
import { dimensionsOf, StatementQuery } from './report-query.ts'
import { StatementAnswer } from './statement-answer.ts'
import { rowsOfStatement, statementTableColumns } from './statement-table.ts'
import { writeReport } from './write-table.ts'

const ASKED =
  '`period` (2026-03, 2026-Q1, 2026) or `fromDate` and `toDate`; without them the newest fiscal year with entries that has begun. `columns` is a list: '
const MORE =
  ' `layout` is a standard one or one of the company’s own. `asKnownAt` or `atVersion` shows the ledger as it was then. Any other name in the query is a dimension and the value wanted; `none` is the entries without it. `Accept: text/csv` or `application/x-ndjson` gives lines and accounts as a table.'
const PROBLEMS = [
  'request/invalid',
  'period/reversed',
  'period/unreadable',
  'fiscal-year/missing',
  'ledger-version/unknown',
  'dimension/unknown',
  'dimension/closed',
  'report-layout/unknown',
  'report/column-unknown',
  'report/too-many-columns',
  'measure/not-available',
] as const

/** Income statement and balance sheet. Mounted at /companies/:company. */
export const statements = new Hono<Env>()
  .get(
    '/reports/income-statement',
    operation({
      summary: 'Income statement',
      description: `${ASKED}\`actual\`, \`last-year\`, \`budget\`, each also \`-to-date\` (from the fiscal year’s start); \`last-year-deviation\`, \`last-year-percent\` and the same of the budget; \`months\`, \`quarters\`, \`years:5\`, \`by:department\`. A deviation is plus where the result is the better for it.${MORE}`,
      table: true,
      access: 'report:read',
      query: StatementQuery,
      answer: { status: 200, schema: StatementAnswer, description: 'Lines with their accounts, and what was checked' },
      problems: PROBLEMS,
    }),
    (c) => answer(c, 'income'),
  )
  .get(
    '/reports/balance-sheet',
    operation({
      summary: 'Balance sheet',
      description: `${ASKED}\`opening\`, \`movement\`, \`closing\`, \`last-year\` (the same day), \`last-year-end\`, \`last-year-deviation\`, \`last-year-percent\`; \`months\`, \`quarters\`, \`years:5\`, \`by:department\` of closings.${MORE}`,
      table: true,
      access: 'report:read',
      query: StatementQuery,
      answer: { status: 200, schema: StatementAnswer, description: 'Lines with their accounts, and what was checked' },
      problems: PROBLEMS,
    }),
    (c) => answer(c, 'balance'),
  )

async function answer(c: Context<Env>, statement: StatementKind): Promise<Response> {
  const query = acceptQuery(c, StatementQuery)
  const { fromDate, toDate, asKnownAt, atVersion, period, columns, layout, budget, includeZero } = query
  const report: FinancialStatement = await readFinancialStatement(
    c.var.db,
    {
      fromDate,
      toDate,
      asKnownAt,
      atVersion,
      today: dayInOslo(new Date().toISOString() as Instant),
      filter: { dimensions: dimensionsOf(query, StatementQuery) },
    },
    { statement, period, columns, layout, budget, includeZero },
  )
  return writeReport(c, report, statementTableColumns(report, c.var.locale), { rows: rowsOfStatement(report) })
}
