import { Hono } from 'hono'
import { withText } from '#i18n/problem-text.ts'
import { foldMerged } from '#worker/chart/account-merge.ts'
import { readFolding } from '#worker/chart/merge-store.ts'
import { dayInOslo, type Instant, type IsoDate } from '#worker/core/dates.ts'
import { Problem } from '#worker/core/problem.ts'
import { accept, acceptQuery } from '#worker/http/accept.ts'
import type { Env } from '#worker/http/env.ts'
import { operation } from '#worker/http/operation.ts'
import type { Question } from './question-store.ts'
import { readGeneralLedger } from './read-general-ledger.ts'
import { readNumberGaps } from './read-number-gaps.ts'
import { readPartyBalances } from './read-party-balances.ts'
import { readReportBatch } from './read-report-batch.ts'
import { readStaleCells } from './read-stale-cells.ts'
import { readTrialBalance } from './read-trial-balance.ts'
import { readVoucherJournal } from './read-voucher-journal.ts'
import {
  GeneralLedgerAnswer,
  NumberSeriesAnswer,
  PartyBalanceAnswer,
  ReportBatchAnswer,
  StaleAnswer,
  TrialBalanceAnswer,
  VoucherJournalAnswer,
} from './report-answer.ts'
import { ReportBatch } from './report-batch.ts'
import { journalColumns, ledgerColumns, partyColumns, seriesColumns, trialBalanceColumns } from './report-columns.ts'
import { BYTES } from './report-limits.ts'
import {
  type Asked,
  dimensionsOf,
  type Filter,
  GeneralLedgerQuery,
  NumberSeriesQuery,
  PartyBalanceQuery,
  TrialBalanceQuery,
  VoucherJournalQuery,
} from './report-query.ts'
import { StaleQuestion } from './touched-cells.ts'
import { writeReport } from './write-table.ts'

const KNOWN =
  '`asKnownAt` (an instant, or a day that means its end in Norway) or `atVersion` shows the ledger as it was then. '
const FILTER = 'Any other name in the query is a dimension and the value wanted; `none` is the entries without it. '
const TABLE =
  '`Accept: text/csv` or `application/x-ndjson` gives the same rows as a table, all of them unless `limit` is given.'
const PROBLEMS = ['request/invalid', 'period/reversed', 'ledger-version/unknown', 'fiscal-year/missing'] as const

const today = (): IsoDate => dayInOslo(new Date().toISOString() as Instant)
const questionOf = ({ fromDate, toDate, asKnownAt, atVersion }: Asked, filter: Filter): Question => ({
  fromDate,
  toDate,
  asKnownAt,
  atVersion,
  filter,
  today: today(),
})

const inRows = <Row>({ entries, cursor }: { entries: Row[]; cursor: string | null }) => ({ rows: entries, cursor })

/** Reports of a company, all read from kept balances and entries. Mounted at /companies/:company. */
export const reports = new Hono<Env>()
  .get(
    '/reports/trial-balance',
    operation({
      summary: 'Trial balance',
      description: `Opening, debit, credit and closing of each account; without days the newest fiscal year with entries that has begun. \`merged=together\` tells merged accounts under the one they were merged into; the hash is always of the accounts apart, as they were booked. ${KNOWN}${FILTER}${TABLE}`,
      table: true,
      access: 'report:read',
      query: TrialBalanceQuery,
      answer: {
        status: 200,
        schema: TrialBalanceAnswer,
        description: 'Rows by account, totals and what they were checked against',
      },
      problems: [...PROBLEMS, 'dimension/unknown', 'dimension/closed'],
    }),
    async (c) => {
      const query = acceptQuery(c, TrialBalanceQuery)
      const question = questionOf(query, { dimensions: dimensionsOf(query, TrialBalanceQuery) })
      const report = await readTrialBalance(c.var.db, question, query.includeZero)
      const rows = query.merged === 'together' ? foldMerged(report.rows, await readFolding(c.var.db)) : report.rows
      const told = { ...report, rows }
      return writeReport(c, told, trialBalanceColumns(c.var.locale), told)
    },
  )
  .get(
    '/reports/general-ledger',
    operation({
      summary: 'General ledger',
      description: `Entries of one account, a range with a colon, a \`line\` of a report layout, or all, with opening, running balance and closing. ${KNOWN}${FILTER}${TABLE}`,
      table: true,
      access: 'report:read',
      query: GeneralLedgerQuery,
      answer: {
        status: 200,
        schema: GeneralLedgerAnswer,
        description: 'A page of entries, and the figures of all pages',
      },
      problems: [
        ...PROBLEMS,
        'account/unknown',
        'party/unknown',
        'dimension/unknown',
        'dimension/closed',
        'report-layout/unknown',
        'report-layout/line-unknown',
      ],
    }),
    async (c) => {
      const query = acceptQuery(c, GeneralLedgerQuery)
      const { account, party, partyKind: kind, line, layout, cursor, limit } = query
      const question = questionOf(query, { party, kind, dimensions: dimensionsOf(query, GeneralLedgerQuery) })
      const which = { account, line, layout }
      const report = await readGeneralLedger(c.var.db, question, { ...which, cursor, limit })
      const next = (cursor: string) =>
        readGeneralLedger(c.var.db, question, { ...which, cursor, limit: 5_000 }).then(inRows)
      return writeReport(c, report, ledgerColumns(c.var.locale), { ...inRows(report), next })
    },
  )
  .post(
    '/reports/batch',
    operation({
      summary: 'Many figures at one version',
      description:
        'All cells of a recalculation in one call: axes once, cells as pairs of account and period. Measures: opening, movement, ' +
        'closing, debit, credit, budget, variance (actual less budget). `party` (with `kind`, customer or supplier) takes its entries alone, of which no budget tells. An account is a number, a range, or a line of a report: @sales, @lay_…/income. Periods: 2026, 2026-03, 2026-Q1, 2026-T2, 2026-03-15, or two with a colon between. What cannot be known is null with an issue.',
      access: 'report:read',
      reads: true,
      body: ReportBatch,
      answer: { status: 200, schema: ReportBatchAnswer, description: 'Amounts in the order of the cells' },
      problems: [
        'ledger-version/unknown',
        'account/unknown',
        'period/unreadable',
        'dimension/unknown',
        'measure/not-available',
        'budget/unknown',
        'fiscal-year/missing',
        'report-layout/line-unknown',
      ],
    }),
    async (c) => {
      if (Number(c.req.header('content-length') ?? 0) > BYTES)
        throw new Problem(413, 'request/too-large', { params: { limit: '1,5 MB' } })
      const batch = await accept(c, ReportBatch)
      const { groups, ...rest } = await readReportBatch(c.var.db, batch, today())
      return c.json({
        ...rest,
        groups: groups.map((group) => ({
          ...group,
          issues: group.issues.map((issue) => withText(issue, c.var.locale)),
        })),
      })
    },
  )
  .post(
    '/reports/batch/stale',
    operation({
      summary: 'Which cells of a batch are out of date',
      description:
        'The groups of a batch and the `sequence` it was answered at: the cells that events since then may have changed. Ask the batch again for these alone.',
      access: 'report:read',
      reads: true,
      body: StaleQuestion,
      answer: {
        status: 200,
        schema: StaleAnswer,
        description: 'Places of cells, group by group, and the sequence looked up to',
      },
    }),
    async (c) => c.json(await readStaleCells(c.var.db, await accept(c, StaleQuestion))),
  )
  .get(
    '/reports/voucher-journal',
    operation({
      summary: 'All entries in the order they were posted',
      description: `${KNOWN}${TABLE}`,
      table: true,
      access: 'report:read',
      query: VoucherJournalQuery,
      answer: { status: 200, schema: VoucherJournalAnswer, description: 'A page and the cursor of the next' },
      problems: PROBLEMS,
    }),
    async (c) => {
      const { cursor, limit, ...query } = acceptQuery(c, VoucherJournalQuery)
      const question = questionOf(query, { dimensions: {} })
      const report = await readVoucherJournal(c.var.db, question, { cursor, limit })
      const next = (cursor: string) => readVoucherJournal(c.var.db, question, { cursor, limit: 5_000 }).then(inRows)
      return writeReport(c, report, journalColumns(c.var.locale), { ...inRows(report), next })
    },
  )
  .get(
    '/reports/party-balances',
    operation({
      summary: 'Balances of customers or suppliers',
      description: `Opening, debit, credit and closing of each party. ${KNOWN}${TABLE}`,
      table: true,
      access: 'report:read',
      query: PartyBalanceQuery,
      answer: { status: 200, schema: PartyBalanceAnswer, description: 'By party number' },
      problems: [...PROBLEMS, 'party/unknown'],
    }),
    async (c) => {
      const query = acceptQuery(c, PartyBalanceQuery)
      const question = questionOf(query, { kind: query.kind, party: query.party, dimensions: {} })
      const report = await readPartyBalances(c.var.db, question, query.includeZero)
      return writeReport(c, report, partyColumns(c.var.locale, query.kind), report)
    },
  )
  .get(
    '/reports/number-series',
    operation({
      summary: 'Proof that no voucher number is missing',
      description: `First, last and count of each series and fiscal year from the stored vouchers, and every number that is missing. ${TABLE}`,
      table: true,
      access: 'report:read',
      query: NumberSeriesQuery,
      answer: { status: 200, schema: NumberSeriesAnswer, description: 'By fiscal year and series' },
    }),
    async (c) => {
      const report = await readNumberGaps(c.var.db, acceptQuery(c, NumberSeriesQuery).fiscalYear)
      return writeReport(c, report, seriesColumns(c.var.locale), { rows: report.series })
    },
  )
