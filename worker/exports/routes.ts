import type { Context } from 'hono'
import { Hono } from 'hono'
import { dayInOslo, type Instant } from '#worker/core/dates.ts'
import { acceptQuery, pathText } from '#worker/http/accept.ts'
import type { Env } from '#worker/http/env.ts'
import { type Access, operation } from '#worker/http/operation.ts'
import { dimensionsOf } from '#worker/reports/report-query.ts'
import { exportJournal } from './export-journal.ts'
import {
  AgeingExport,
  DaysExport,
  type ExportFormat,
  GeneralLedgerExport,
  JournalExport,
  ListExport,
  OpenItemsExport,
  PartiesExport,
  PartyBalancesExport,
  PlainJournalQuery,
  StatementExport,
  TrialBalanceExport,
} from './export-query.ts'
import { type ExportTable, fileStem } from './export-table.ts'
import { pdfOf } from './pdf/table-pdf.ts'
import {
  readAccountsTable,
  readAgeingTable,
  readGeneralLedgerTable,
  readJournalTable,
  readOpenItemsTable,
  readPartiesTable,
  readPartyBalancesTable,
  readPartyStatementTable,
  readStatementTable,
  readTrialBalanceTable,
  readVoucherTable,
  readYearEndTable,
} from './read-tables.ts'
import { csvOfTable } from './table-csv.ts'
import type { Asking } from './tables/table-frame.ts'
import { attachment, bodyOf } from './text-stream.ts'
import { xlsxOf } from './xlsx/table-xlsx.ts'

const FORMATS =
  '`format`: `xlsx` (unless told), `csv` (for a sheet in the reader’s language), `csv-machine` (RFC 4180, comma and decimal point, stable names) or `pdf`. Streamed whole, at one ledger version.'
const REPORT_PROBLEMS = ['request/invalid', 'period/reversed', 'ledger-version/unknown'] as const
const STATEMENT_PROBLEMS = [
  'period/unreadable',
  'dimension/unknown',
  'report-layout/unknown',
  'report/column-unknown',
  'report/too-many-columns',
] as const
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

const exported = (
  summary: string,
  access: Access,
  query: Parameters<typeof operation>[0]['query'],
  more: readonly string[] = [],
) =>
  operation({
    summary: `${summary}, as a file`,
    description: FORMATS,
    access,
    ...(query && { query }),
    answer: { status: 200, mediaType: XLSX, description: 'The file' },
    problems: [...REPORT_PROBLEMS, ...more],
  })

/** Reports and lists as xlsx, CSV and PDF. Mounted at /companies/:company. */
export const exports = new Hono<Env>()
  .get(
    '/exports/trial-balance',
    exported('Trial balance', 'report:read', TrialBalanceExport, ['dimension/unknown']),
    async (c) => {
      const query = acceptQuery(c, TrialBalanceExport)
      const dimensions = dimensionsOf(query, TrialBalanceExport)
      return send(c, query.format, await readTrialBalanceTable(c.var.db, askingOf(c), query, dimensions))
    },
  )
  .get(
    '/exports/year-end',
    exported('Balances with their grouping, for year-end programs', 'report:read', DaysExport),
    async (c) => {
      const query = acceptQuery(c, DaysExport)
      return send(c, query.format, await readYearEndTable(c.var.db, askingOf(c), query))
    },
  )
  .get(
    '/exports/income-statement',
    exported('Income statement', 'report:read', StatementExport, STATEMENT_PROBLEMS),
    (c) => statement(c, 'income'),
  )
  .get('/exports/balance-sheet', exported('Balance sheet', 'report:read', StatementExport, STATEMENT_PROBLEMS), (c) =>
    statement(c, 'balance'),
  )
  .get(
    '/exports/general-ledger',
    exported('General ledger', 'report:read', GeneralLedgerExport, [
      'account/unknown',
      'party/unknown',
      'dimension/unknown',
    ]),
    async (c) => {
      const query = acceptQuery(c, GeneralLedgerExport)
      const dimensions = dimensionsOf(query, GeneralLedgerExport)
      return send(
        c,
        query.format,
        await readGeneralLedgerTable(c.var.db, c.var.control, askingOf(c), query, dimensions),
      )
    },
  )
  .get(
    '/exports/voucher-journal',
    exported('All entries in the order they were posted', 'report:read', JournalExport),
    async (c) => {
      const query = acceptQuery(c, JournalExport)
      return send(c, query.format, await readJournalTable(c.var.db, c.var.control, askingOf(c), query))
    },
  )
  .get(
    '/exports/party-balances',
    exported('Balances of customers or suppliers', 'report:read', PartyBalancesExport, ['party/unknown']),
    async (c) => {
      const query = acceptQuery(c, PartyBalancesExport)
      return send(c, query.format, await readPartyBalancesTable(c.var.db, askingOf(c), query))
    },
  )
  .get('/exports/open-items', exported('Open items', 'subledger:read', OpenItemsExport), async (c) => {
    const query = acceptQuery(c, OpenItemsExport)
    return send(c, query.format, await readOpenItemsTable(c.var.db, askingOf(c), query))
  })
  .get(
    '/exports/ageing',
    exported('Open items by party and days past due', 'subledger:read', AgeingExport),
    async (c) => {
      const query = acceptQuery(c, AgeingExport)
      return send(c, query.format, await readAgeingTable(c.var.db, askingOf(c), query))
    },
  )
  .get(
    '/exports/parties/:kind/:number/statement',
    exported('Statement of a customer or supplier', 'subledger:read', DaysExport, ['party/unknown']),
    async (c) => {
      const query = acceptQuery(c, DaysExport)
      const who = { kind: pathText(c, 'kind'), party: pathText(c, 'number') }
      return send(c, query.format, await readPartyStatementTable(c.var.db, askingOf(c), query, who))
    },
  )
  .get(
    '/exports/vouchers/:voucher',
    exported('A voucher', 'ledger:read', ListExport, ['voucher/unknown']),
    async (c) => {
      const { format = 'pdf' } = acceptQuery(c, ListExport)
      return send(c, format, await readVoucherTable(c.var.db, c.var.control, askingOf(c), pathText(c, 'voucher')))
    },
  )
  .get('/exports/accounts', exported('The chart of accounts', 'register:read', ListExport), async (c) =>
    send(c, acceptQuery(c, ListExport).format, await readAccountsTable(c.var.db, askingOf(c))),
  )
  .get('/exports/parties', exported('Customers or suppliers', 'register:read', PartiesExport), async (c) => {
    const query = acceptQuery(c, PartiesExport)
    return send(c, query.format, await readPartiesTable(c.var.db, askingOf(c), query))
  })
  .get(
    '/exports/journal',
    operation({
      summary: 'The ledger as a plain-text journal',
      description:
        'For hledger or Beancount, which balance it anew: each account’s closing balance stands at the end as an assertion without tolerance. All of the ledger unless days are told.',
      access: 'report:read',
      query: PlainJournalQuery,
      answer: { status: 200, mediaType: 'text/plain', description: 'The journal, streamed' },
      problems: REPORT_PROBLEMS,
    }),
    async (c) => {
      const { language: _, ...wish } = acceptQuery(c, PlainJournalQuery)
      const { company, locale, today } = askingOf(c)
      const made = await exportJournal(c.var.db, wish, { title: company.name, locale, today })
      const name = `${company.name} ${made.fromDate} ${made.toDate}.${wish.format === 'hledger' ? 'journal' : 'beancount'}`
      return c.body(await bodyOf(made.chunks), 200, {
        'content-type': 'text/plain; charset=utf-8',
        'content-disposition': attachment(name.replace(/[\\/:*?"<>|]/g, ' ')),
        'cache-control': 'no-store',
        'ledger-version': String(made.atVersion),
      })
    },
  )

async function statement(c: Context<Env>, kind: 'income' | 'balance'): Promise<Response> {
  const query = acceptQuery(c, StatementExport)
  const dimensions = dimensionsOf(query, StatementExport)
  return send(c, query.format, await readStatementTable(c.var.db, askingOf(c), query, dimensions, kind))
}

function askingOf(c: Context<Env>): Asking {
  const at = new Date().toISOString() as Instant
  const { locale, access, principal } = c.var
  const url = new URL(c.req.url)
  url.searchParams.delete('format')
  url.searchParams.delete('language')
  url.searchParams.delete('atVersion')
  return {
    locale,
    company: { name: access.name, organisationNumber: access.organisationNumber },
    by: principal.name || principal.kind,
    at,
    today: dayInOslo(at),
    address: `${url.pathname.replace('/exports/', '/reports/')}${url.search}`,
  }
}

async function send(c: Context<Env>, format: ExportFormat = 'xlsx', table: ExportTable): Promise<Response> {
  const [chunks, type, ending] =
    format === 'pdf'
      ? [pdfOf(table), 'application/pdf', 'pdf']
      : format === 'xlsx'
        ? [xlsxOf(table), XLSX, 'xlsx']
        : [csvOfTable(table, format === 'csv-machine'), 'text/csv; charset=utf-8', 'csv']
  return c.body(await bodyOf(chunks), 200, {
    'content-type': type,
    'content-disposition': attachment(`${fileStem(table)}.${ending}`),
    'content-language': table.locale,
    'cache-control': 'no-store',
  })
}
