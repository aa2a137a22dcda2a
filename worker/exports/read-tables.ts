import type * as z from 'zod/mini'
import { exportTexts } from '#i18n/export-texts.ts'
import { pageTexts } from '#i18n/page-texts.ts'
import { readNames } from '#worker/access/user-store.ts'
import { foldMerged } from '#worker/chart/account-merge.ts'
import { accountsFound } from '#worker/chart/account-search.ts'
import { readFolding } from '#worker/chart/merge-store.ts'
import { readChart } from '#worker/chart/store.ts'
import { usualGrouping } from '#worker/chart/usual-grouping.ts'
import { Problem } from '#worker/core/problem.ts'
import type { Database } from '#worker/database/connect.ts'
import { readDimensions, readValues } from '#worker/dimensions/store.ts'
import type { PartyKind } from '#worker/ledger/account.ts'
import { readVoucher } from '#worker/ledger/read-voucher.ts'
import { readVoucherSurroundings } from '#worker/ledger/read-voucher-surroundings.ts'
import { readHead } from '#worker/ledger/store.ts'
import type { RegisteredParty } from '#worker/parties/party.ts'
import { cursorAfter } from '#worker/parties/party-search.ts'
import { readParties } from '#worker/parties/store.ts'
import { layoutCalled, layoutIn } from '#worker/reports/layout-store.ts'
import type { Question } from '#worker/reports/question-store.ts'
import { readFinancialStatement } from '#worker/reports/read-financial-statement.ts'
import { readGeneralLedger } from '#worker/reports/read-general-ledger.ts'
import { readPartyBalances } from '#worker/reports/read-party-balances.ts'
import { readTrialBalance } from '#worker/reports/read-trial-balance.ts'
import { readVoucherJournal } from '#worker/reports/read-voucher-journal.ts'
import type { StatementKind } from '#worker/reports/report-layout.ts'
import type { Asked, Filter } from '#worker/reports/report-query.ts'
import { STANDARD_LAYOUTS } from '#worker/reports/standard-layouts.ts'
import { listOpenItems } from '#worker/subledger/list-open-items.ts'
import { readAgeing } from '#worker/subledger/read-ageing.ts'
import { readStatement } from '#worker/subledger/read-statement.ts'
import { readCockpit } from '#worker/takeover/read-cockpit.ts'
import type {
  AccountsExport,
  AgeingExport,
  DaysExport,
  GeneralLedgerExport,
  JournalExport,
  OpenItemsExport,
  PartiesExport,
  PartyBalancesExport,
  StatementExport,
  TrialBalanceExport,
} from './export-query.ts'
import type { ExportTable } from './export-table.ts'
import { generalLedgerTable, journalTable } from './tables/entry-tables.ts'
import { accountsTable, dimensionTable, partiesTable } from './tables/register-tables.ts'
import { statementTable } from './tables/statement-table.ts'
import { ageingTable, openItemsTable, partyBalancesTable, partyStatementTable } from './tables/sub-ledger-tables.ts'
import type { Asking } from './tables/table-frame.ts'
import { takeoverProofTable } from './tables/takeover-proof-table.ts'
import { trialBalanceTable, yearEndTable } from './tables/trial-balance-table.ts'
import { voucherTable } from './tables/voucher-table.ts'

/** The largest page that reports and lists give. */
export const PAGE = 5_000
export type Dimensions = Readonly<Record<string, string>>

/** A report's question as its table is asked for. */
export const questionOf = (
  { fromDate, toDate, asKnownAt, atVersion }: Asked,
  asking: Asking,
  filter: Partial<Filter> = {},
): Question => ({ fromDate, toDate, asKnownAt, atVersion, today: asking.today, filter: { dimensions: {}, ...filter } })

export async function readTrialBalanceTable(
  db: Database,
  asking: Asking,
  query: z.output<typeof TrialBalanceExport>,
  dimensions: Dimensions,
): Promise<ExportTable> {
  const report = await readTrialBalance(db, questionOf(query, asking, { dimensions }), query.includeZero)
  if (query.merged !== 'together') return trialBalanceTable(asking, report, { ...query, dimensions })
  const rows = foldMerged(report.rows, await readFolding(db))
  const filters = [exportTexts[asking.locale].merged]
  return trialBalanceTable(asking, { ...report, rows }, { ...query, dimensions, filters })
}

/** Closing balances of the year with the grouping of each account, its own or the usual one. */
export async function readYearEndTable(
  db: Database,
  asking: Asking,
  query: z.output<typeof DaysExport>,
): Promise<ExportTable> {
  const report = await readTrialBalance(db, questionOf(query, asking))
  const groupings = new Map(
    (await readChart(db)).map(({ account: { number, groupingCategory, groupingCode } }) => [
      number,
      groupingCategory && groupingCode ? { category: groupingCategory, code: groupingCode } : usualGrouping(number),
    ]),
  )
  return yearEndTable(asking, report, groupings)
}

export async function readStatementTable(
  db: Database,
  asking: Asking,
  query: z.output<typeof StatementExport>,
  dimensions: Dimensions,
  statement: StatementKind,
): Promise<ExportTable> {
  const { period, columns, layout, budget, includeZero } = query
  const wanted = { statement, period, columns, layout, budget, includeZero }
  const report = await readFinancialStatement(db, questionOf(query, asking, { dimensions }), wanted)
  const { key } = report.layout
  const own = STANDARD_LAYOUTS.find((l) => l.key === key) ?? layoutIn(await db.execute(layoutCalled(key)))
  return statementTable(asking, report, own, { ...query, dimensions })
}

export async function readGeneralLedgerTable(
  db: Database,
  control: Database,
  asking: Asking,
  query: z.output<typeof GeneralLedgerExport>,
  dimensions: Dimensions,
): Promise<ExportTable> {
  const { account, line, layout, party, partyKind: kind } = query
  const question = questionOf(query, asking, { party, kind, dimensions })
  const named = namesIn(control)
  const read = async (cursor?: string) =>
    named(await readGeneralLedger(db, question, { account, line, layout, cursor, limit: PAGE }))
  const first = await read()
  // A party stands in the head by name.
  return generalLedgerTable(asking, first, { ...first, next: read }, { ...query, party: undefined, dimensions })
}

export async function readJournalTable(
  db: Database,
  control: Database,
  asking: Asking,
  query: z.output<typeof JournalExport>,
): Promise<ExportTable> {
  const question = questionOf(query, asking)
  const named = namesIn(control)
  const read = async (cursor?: string) => named(await readVoucherJournal(db, question, { cursor, limit: PAGE }))
  const first = await read()
  return journalTable(asking, first, { ...first, next: read }, query)
}

/** Who posted, by name; each looked up once. */
function namesIn(control: Database) {
  const names = new Map<string, string>()
  return async <R extends { entries: readonly { by: string }[] }>(page: R): Promise<R> => {
    const unknown = [...new Set(page.entries.map((e) => e.by))].filter((by) => !names.has(by))
    const found = unknown.length > 0 ? await readNames(control, unknown) : new Map<string, string>()
    for (const by of unknown) names.set(by, found.get(by) ?? by)
    return { ...page, entries: page.entries.map((e) => ({ ...e, by: names.get(e.by)! })) }
  }
}

export async function readPartyBalancesTable(
  db: Database,
  asking: Asking,
  query: z.output<typeof PartyBalancesExport>,
): Promise<ExportTable> {
  const { kind, party, includeZero } = query
  const report = await readPartyBalances(
    db,
    { ...questionOf(query, asking), filter: { kind, party, dimensions: {} } },
    includeZero,
  )
  return partyBalancesTable(asking, report, kind, query)
}

export async function readOpenItemsTable(
  db: Database,
  asking: Asking,
  { format: _, language: __, order, ...query }: z.output<typeof OpenItemsExport>,
  limit = PAGE,
): Promise<ExportTable> {
  const first = await listOpenItems(db, { ...query, limit }, asking.today)
  // Of one version, and of one moment: matches have no version of their own.
  const state = { atVersion: first.atVersion, asKnownAt: first.knownAt ?? undefined }
  const next = (cursor: string) => listOpenItems(db, { ...query, ...state, cursor, limit }, asking.today)
  return openItemsTable(asking, first, next, { ...query, order })
}

export async function readAgeingTable(
  db: Database,
  asking: Asking,
  { format: _, language: __, ...query }: z.output<typeof AgeingExport>,
): Promise<ExportTable> {
  return ageingTable(asking, await readAgeing(db, query, asking.today), query)
}

/** @throws Problem 404 party/unknown. */
export async function readPartyStatementTable(
  db: Database,
  asking: Asking,
  { format: _, language: __, ...query }: z.output<typeof DaysExport>,
  { kind, party }: { kind: string; party: string },
  limit = PAGE,
): Promise<ExportTable> {
  if (kind !== 'customer' && kind !== 'supplier')
    throw new Problem(404, 'party/unknown', { params: { party, kind: 'customer' } })
  const read = (cursor?: string, atVersion = query.atVersion) =>
    readStatement(db, { ...query, atVersion, kind, party, cursor, limit }, asking.today)
  const first = await read()
  return partyStatementTable(asking, first, (cursor) => read(cursor, first.atVersion), query)
}

/** @throws Problem 404 voucher/unknown. */
export async function readVoucherTable(
  db: Database,
  control: Database,
  asking: Asking,
  id: string,
): Promise<ExportTable> {
  const voucher = await readVoucher(db, id)
  if (!voucher) throw new Problem(404, 'voucher/unknown')
  const [around, names, head] = await Promise.all([
    readVoucherSurroundings(db, voucher, asking.today),
    readNames(control, [voucher.by]),
    readHead(db),
  ])
  return voucherTable(asking, voucher, around, head.ledgerVersion, (by) => names.get(by) ?? by)
}

export async function readAccountsTable(
  db: Database,
  asking: Asking,
  { text = '', used }: z.output<typeof AccountsExport> = {},
): Promise<ExportTable> {
  const [chart, head] = await Promise.all([readChart(db), readHead(db)])
  const { onlyUsed } = pageTexts[asking.locale].registers.accounts
  const found = accountsFound(chart, text, used !== undefined).map(({ account }) => account)
  return accountsTable(asking, found, head.ledgerVersion, [...(text ? [`«${text}»`] : []), ...(used ? [onlyUsed] : [])])
}

export async function readPartiesTable(
  db: Database,
  asking: Asking,
  { kind, q }: z.output<typeof PartiesExport>,
): Promise<ExportTable> {
  const { ledgerVersion } = await readHead(db)
  return partiesTable(asking, kind, partyPages(db, kind, q), ledgerVersion, q ? [`«${q}»`] : [])
}

/** @throws Problem 404 dimension/unknown. */
export async function readDimensionTable(db: Database, asking: Asking, key: string): Promise<ExportTable> {
  const [values, dimensions, { ledgerVersion }] = [
    await readValues(db, key),
    await readDimensions(db),
    await readHead(db),
  ]
  const dimension = dimensions.find((d) => d.key === key)
  if (!values || !dimension) throw new Problem(404, 'dimension/unknown', { params: { dimension: key } })
  return dimensionTable(asking, asking.locale === 'nb' ? dimension.nameNb : dimension.nameEn, values, ledgerVersion)
}

async function* partyPages(db: Database, kind: PartyKind, q?: string): AsyncGenerator<RegisteredParty[]> {
  for (let cursor: string | undefined; ; ) {
    const found = await readParties(db, { kind, q, cursor }, PAGE)
    const page = found.slice(0, PAGE).map(({ party }) => party)
    yield page
    if (found.length <= PAGE) return
    cursor = cursorAfter(page.at(-1)!)
  }
}

/** The proof of a take-over, with who finished it. @throws Problem 404 takeover/none. */
export async function readTakeoverProofTable(
  db: Database,
  control: Database,
  asking: Asking,
  company: string,
): Promise<ExportTable> {
  const cockpit = await readCockpit(db, company, asking.today)
  const whose = [cockpit.plan.finishedBy, cockpit.control?.by].filter((by) => typeof by === 'string')
  return takeoverProofTable(asking, cockpit, await readNames(control, whose))
}
