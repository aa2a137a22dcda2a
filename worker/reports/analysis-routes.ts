import { Hono } from 'hono'
import { dayInOslo, type Instant, type IsoDate } from '#worker/core/dates.ts'
import { acceptQuery } from '#worker/http/accept.ts'
import type { Env } from '#worker/http/env.ts'
import { operation } from '#worker/http/operation.ts'
import { ChangesAnswer, ExplanationAnswer, KeyFiguresAnswer, LiquidityAnswer } from './analysis-answer.ts'
import { changeColumns, keyFigureColumns, liquidityColumns, stepColumns } from './analysis-columns.ts'
import type { Question } from './question-store.ts'
import { readChanges } from './read-changes.ts'
import { readExplanation } from './read-explanation.ts'
import { readKeyFigures } from './read-key-figures.ts'
import { readLiquidity } from './read-liquidity.ts'
import {
  type Asked,
  ChangesQuery,
  dimensionsOf,
  ExplanationQuery,
  LiquidityQuery,
  StatementQuery,
} from './report-query.ts'
import { writeReport } from './write-table.ts'

const FILTER = 'Any other name in the query is a dimension and the value wanted; `none` is the entries without it. '
const TABLE = '`Accept: text/csv` or `application/x-ndjson` gives the rows as a table.'
const PROBLEMS = [
  'request/invalid',
  'period/reversed',
  'fiscal-year/missing',
  'ledger-version/unknown',
  'dimension/unknown',
  'dimension/closed',
] as const

const today = (): IsoDate => dayInOslo(new Date().toISOString() as Instant)
const questionOf = ({ fromDate, toDate, asKnownAt, atVersion }: Asked, dimensions = {}): Question => ({
  fromDate,
  toDate,
  asKnownAt,
  atVersion,
  today: today(),
  filter: { dimensions },
})

/** Reports made of other reports' figures: key figures, liquidity, what has changed, and why. Mounted at /companies/:company. */
export const analyses = new Hono<Env>()
  .get(
    '/reports/key-figures',
    operation({
      summary: 'Key figures with their formulas',
      description: `Of the standard income statement and balance sheet, beside the same days a year before. ${FILTER}${TABLE}`,
      table: true,
      access: 'report:read',
      query: StatementQuery,
      answer: { status: 200, schema: KeyFiguresAnswer, description: 'Each with what stands above and below the line' },
      problems: [...PROBLEMS, 'period/unreadable'],
    }),
    async (c) => {
      const query = acceptQuery(c, StatementQuery)
      const report = await readKeyFigures(
        c.var.db,
        questionOf(query, dimensionsOf(query, StatementQuery)),
        query.period,
      )
      return writeReport(c, report, keyFigureColumns(c.var.locale), { rows: report.figures })
    },
  )
  .get(
    '/reports/liquidity',
    operation({
      summary: 'Cash, and what open items bring in and take out',
      description: `From \`toDate\` (today unless told, or the last day of the fiscal years when they are over), week by week for \`weeks\` (12 unless told), each item on its due date. Only what is booked is counted. ${TABLE}`,
      table: true,
      access: 'report:read',
      query: LiquidityQuery,
      answer: {
        status: 200,
        schema: LiquidityAnswer,
        description: 'Spans in order of time with the cash left after each',
      },
      problems: PROBLEMS,
    }),
    async (c) => {
      const query = acceptQuery(c, LiquidityQuery)
      const report = await readLiquidity(c.var.db, questionOf(query), query.weeks ?? 12)
      return writeReport(c, report, liquidityColumns(c.var.locale), { rows: report.spans })
    },
  )
  .get(
    '/reports/changes',
    operation({
      summary: 'What has changed since figures were known',
      description: `\`since\` is a ledger version, an instant, or a day that means its end in Norway; \`atVersion\` or \`asKnownAt\` is the state it is compared with, the newest unless told. The vouchers sum to the change to the øre. Narrowed by \`account\`, by \`line\` of a \`layout\`, or by dimension. ${FILTER}${TABLE}`,
      table: true,
      access: 'report:read',
      query: ChangesQuery,
      answer: { status: 200, schema: ChangesAnswer, description: 'Accounts that changed, and a page of vouchers' },
      problems: [
        ...PROBLEMS,
        'report/versions-reversed',
        'report-layout/unknown',
        'report-layout/line-unknown',
        'date/invalid',
      ],
    }),
    async (c) => {
      const query = acceptQuery(c, ChangesQuery)
      const { since, measure, account, line, layout, cursor, limit } = query
      const question = questionOf(query, dimensionsOf(query, ChangesQuery))
      const wanted = { since, measure, account, line, layout }
      const report = await readChanges(c.var.db, question, { ...wanted, cursor, limit })
      const next = (cursor: string) =>
        readChanges(
          c.var.db,
          { ...question, asKnownAt: undefined, atVersion: report.atVersion },
          {
            ...wanted,
            since: String(report.since.atVersion),
            cursor,
            limit: 5_000,
          },
        ).then(({ vouchers, cursor }) => ({ rows: vouchers, cursor }))
      return writeReport(c, report, changeColumns(c.var.locale), {
        rows: report.vouchers,
        cursor: report.cursor,
        next,
      })
    },
  )
  .get(
    '/reports/explanation',
    operation({
      summary: 'The way from last year’s or the budgeted figure to the actual one',
      description: `Of a \`line\` of a layout, or of an \`account\` or a range. Steps: the \`largest\` vouchers (10 unless told), corrections, what came after a lock, foreign currency, and the rest \`by\` account or dimension; nothing is left over. \`step\` lists the vouchers of one, such as \`correction\` or \`ordinary:6300\`. ${FILTER}${TABLE}`,
      table: true,
      access: 'report:read',
      query: ExplanationQuery,
      answer: { status: 200, schema: ExplanationAnswer, description: 'Two figures and the steps between them' },
      problems: [
        ...PROBLEMS,
        'period/unreadable',
        'account/unknown',
        'report-layout/unknown',
        'report-layout/line-unknown',
        'measure/not-available',
        'budget/unknown',
      ],
    }),
    async (c) => {
      const query = acceptQuery(c, ExplanationQuery)
      const { line, account, layout, period, against, budget, by, largest, step } = query
      const report = await readExplanation(c.var.db, questionOf(query, dimensionsOf(query, ExplanationQuery)), {
        line,
        account,
        layout,
        period,
        against,
        budget,
        by,
        largest,
        step,
      })
      return writeReport(c, report, stepColumns(c.var.locale), { rows: report.steps })
    },
  )
