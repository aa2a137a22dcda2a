import type { Context } from 'hono'
import { Hono } from 'hono'
import { noteExport } from '#worker/alerts/write-export-alert.ts'
import { companyDatabase } from '#worker/database/connect.ts'
import { acceptQuery, pathText } from '#worker/http/accept.ts'
import type { Env } from '#worker/http/env.ts'
import { operation } from '#worker/http/operation.ts'
import { dimensionsOf } from '#worker/reports/report-query.ts'
import { exportJournal } from './export-journal.ts'
import {
  AccountsExport,
  AgeingExport,
  DaysExport,
  GeneralLedgerExport,
  JournalExport,
  ListExport,
  OpenItemsExport,
  OpeningExport,
  PartiesExport,
  PartyBalancesExport,
  PlainJournalQuery,
  StatementExport,
  TrialBalanceExport,
  VouchersExport,
} from './export-query.ts'
import {
  readAccountsTable,
  readAgeingTable,
  readDimensionTable,
  readGeneralLedgerTable,
  readJournalTable,
  readOpenItemsTable,
  readPartiesTable,
  readPartyBalancesTable,
  readPartyStatementTable,
  readStatementTable,
  readTakeoverProofTable,
  readTrialBalanceTable,
  readVoucherTable,
  readYearEndTable,
} from './read-tables.ts'
import { readMonthsTable, readOpeningTable } from './read-takeover-tables.ts'
import { readVoucherListTable } from './read-voucher-list.ts'
import { askingOf, exported, REPORT_PROBLEMS, sendTable } from './send-table.ts'
import { attachment, bodyOf } from './text-stream.ts'

const STATEMENT_PROBLEMS = [
  'period/unreadable',
  'dimension/unknown',
  'report-layout/unknown',
  'report/column-unknown',
  'report/too-many-columns',
] as const
/** Reports and lists as xlsx, CSV and PDF. Mounted at /companies/:company. */
export const exports = new Hono<Env>()
  .get(
    '/exports/trial-balance',
    exported('Trial balance', 'report:read', TrialBalanceExport, ['dimension/unknown']),
    async (c) => {
      const query = acceptQuery(c, TrialBalanceExport)
      const dimensions = dimensionsOf(query, TrialBalanceExport)
      return sendTable(c, query.format, await readTrialBalanceTable(c.var.db, askingOf(c), query, dimensions))
    },
  )
  .get(
    '/exports/year-end',
    exported('Balances with their grouping, for year-end programs', 'report:read', DaysExport),
    async (c) => {
      const query = acceptQuery(c, DaysExport)
      return sendTable(c, query.format, await readYearEndTable(c.var.db, askingOf(c), query))
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
      return sendTable(
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
      return sendTable(c, query.format, await readJournalTable(c.var.db, c.var.control, askingOf(c), query))
    },
  )
  .get(
    '/exports/party-balances',
    exported('Balances of customers or suppliers', 'report:read', PartyBalancesExport, ['party/unknown']),
    async (c) => {
      const query = acceptQuery(c, PartyBalancesExport)
      return sendTable(c, query.format, await readPartyBalancesTable(c.var.db, askingOf(c), query))
    },
  )
  .get('/exports/open-items', exported('Open items', 'subledger:read', OpenItemsExport), async (c) => {
    const query = acceptQuery(c, OpenItemsExport)
    return sendTable(c, query.format, await readOpenItemsTable(c.var.db, askingOf(c), query))
  })
  .get(
    '/exports/ageing',
    exported('Open items by party and days past due', 'subledger:read', AgeingExport),
    async (c) => {
      const query = acceptQuery(c, AgeingExport)
      return sendTable(c, query.format, await readAgeingTable(c.var.db, askingOf(c), query))
    },
  )
  .get(
    '/exports/parties/:kind/:number/statement',
    exported('Statement of a customer or supplier', 'subledger:read', DaysExport, ['party/unknown']),
    async (c) => {
      const query = acceptQuery(c, DaysExport)
      const who = { kind: pathText(c, 'kind'), party: pathText(c, 'number') }
      return sendTable(c, query.format, await readPartyStatementTable(c.var.db, askingOf(c), query, who))
    },
  )
  .get(
    '/exports/vouchers',
    exported('The list of vouchers, narrowed and sorted like `GET /vouchers`', 'ledger:read', VouchersExport, [
      'search/behind',
    ]),
    async (c) => {
      const query = acceptQuery(c, VouchersExport)
      const { db, control, access } = c.var
      const books = companyDatabase(c.env, access.database)
      return sendTable(
        c,
        query.format,
        await readVoucherListTable({ db, books, control, company: access.id }, askingOf(c), query),
      )
    },
  )
  .get(
    '/exports/vouchers/:voucher',
    exported('A voucher', 'ledger:read', ListExport, ['voucher/unknown']),
    async (c) => {
      const { format = 'pdf' } = acceptQuery(c, ListExport)
      return sendTable(c, format, await readVoucherTable(c.var.db, c.var.control, askingOf(c), pathText(c, 'voucher')))
    },
  )
  .get(
    '/exports/takeover-proof',
    exported('That every account, month and party agrees with the previous system', 'report:read', ListExport, [
      'takeover/none',
    ]),
    async (c) => {
      const { format = 'pdf' } = acceptQuery(c, ListExport)
      return sendTable(c, format, await readTakeoverProofTable(c.var.db, c.var.control, askingOf(c), c.var.access.id))
    },
  )
  .get(
    '/exports/opening-balances/:openingDate',
    exported('An opening balance as it is filled in: balances, or open items', 'ledger:read', OpeningExport, [
      'opening-balance/unknown',
    ]),
    async (c) => {
      const { format, kind } = acceptQuery(c, OpeningExport)
      return sendTable(c, format, await readOpeningTable(c.var.db, askingOf(c), pathText(c, 'openingDate'), kind))
    },
  )
  .get('/exports/movements', exported('Movements by month', 'ledger:read', ListExport, ['takeover/none']), async (c) =>
    sendTable(c, acceptQuery(c, ListExport).format, await readMonthsTable(c.var.db, askingOf(c), 'movements')),
  )
  .get('/exports/comparison', exported('Last year’s figures for comparison', 'ledger:read', ListExport), async (c) =>
    sendTable(c, acceptQuery(c, ListExport).format, await readMonthsTable(c.var.db, askingOf(c), 'comparison')),
  )
  .get('/exports/accounts', exported('The chart of accounts', 'register:read', AccountsExport), async (c) => {
    const query = acceptQuery(c, AccountsExport)
    return sendTable(c, query.format, await readAccountsTable(c.var.db, askingOf(c), query))
  })
  .get(
    '/exports/dimensions/:dimension',
    exported('The values of a dimension', 'register:read', ListExport, ['dimension/unknown']),
    async (c) => {
      const { format } = acceptQuery(c, ListExport)
      return sendTable(c, format, await readDimensionTable(c.var.db, askingOf(c), pathText(c, 'dimension')))
    },
  )
  .get('/exports/parties', exported('Customers or suppliers', 'register:read', PartiesExport), async (c) => {
    const query = acceptQuery(c, PartiesExport)
    return sendTable(c, query.format, await readPartiesTable(c.var.db, askingOf(c), query))
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
      await noteExport(c, 'journal')
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
  return sendTable(c, query.format, await readStatementTable(c.var.db, askingOf(c), query, dimensions, kind))
}
