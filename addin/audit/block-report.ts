import type { Locale } from '#i18n/format.ts'
import { type SealedHead, sealHash } from '#worker/reports/report-seal.ts'
import type { TrialBalanceRow } from '#worker/reports/trial-balance.ts'
import type { LedgerApi } from '../api/ledger-api.ts'
import { kronerOf } from '../sheet/excel-value.ts'
import { BLOCK_COLUMNS, type BlockColumn, type BlockKind } from './block-columns.ts'
import { blockTexts } from './block-texts.ts'
import { generalLedger, openItems, vatSpecification, voucherJournal } from './draw-lists.ts'
import { statement } from './draw-statement.ts'

export type BlockQuery = Readonly<Record<string, string>>
export type BlockCell = string | number
/** A report drawn for a sheet: its cells, what they were drawn from, and whether they agree with what they must agree with. */
export type Drawn = {
  atVersion: number
  chainHead: string
  fromDate: string
  toDate: string
  cells: readonly (readonly BlockCell[])[]
  /** Sum zero, sub-ledger equal to its control accounts, VAT equal to its accounts; undefined where there is nothing to hold it to. */
  agrees: boolean | undefined
  /** The budgets in it, each with how many times it was saved: `bud_…@3`. A version of the ledger does not hold them. */
  budgets?: string
  /** Ids stand in place of names: whoever pulled it may not see the audit log. */
  nameless?: true
  /** What more the report is found again by. */
  query?: BlockQuery
}

export const headOf = ({ atVersion, chainHead, fromDate, toDate }: SealedHead) => ({
  atVersion,
  chainHead: chainHead ?? '',
  fromDate,
  toDate,
})

/** What a report is drawn by. */
export type Drawing = { api: LedgerApi; company: string; locale: Locale; kind: BlockKind; query: BlockQuery }
/** The query as it is sent, with its version. */
export type Asked = Record<string, string | number>

/** Draws a report, at the newest version or at one that is named. */
export async function drawBlock(drawing: Drawing, atVersion?: number): Promise<Drawn> {
  const asked = { ...drawing.query, ...(atVersion !== undefined && { atVersion }) }
  switch (drawing.kind) {
    case 'trial-balance':
      return trialBalance(drawing, asked)
    case 'income-statement':
    case 'balance-sheet':
    case 'budget-variance':
      return statement(drawing, asked)
    case 'general-ledger':
      return generalLedger(drawing, asked)
    case 'voucher-journal':
      return voucherJournal(drawing, asked)
    case 'customer-items':
      return openItems(drawing, asked, 'customer')
    case 'supplier-items':
      return openItems(drawing, asked, 'supplier')
    case 'vat-specification':
      return vatSpecification(drawing, asked)
    case 'event-log':
      // Its words are those of the web log's, and many: read by whoever pulls it.
      return (await import('./draw-events.ts')).eventLog(drawing, asked)
  }
}

const AMOUNTS = ['opening', 'debit', 'credit', 'closing'] as const
async function trialBalance({ api, company, locale }: Drawing, asked: Asked): Promise<Drawn> {
  type Report = SealedHead & { rows: TrialBalanceRow[]; totals: Record<(typeof AMOUNTS)[number], number> }
  const report = await api.get<Report>(company, 'reports/trial-balance', asked)
  const amounts = (of: Report['totals']) => AMOUNTS.map((name) => kronerOf(of[name]))
  return {
    ...headOf(report),
    cells: [
      ...report.rows.map((row) => [row.account, locale === 'nb' ? row.nameNb : row.nameEn, ...amounts(row)]),
      [blockTexts[locale].total, '', ...amounts(report.totals)],
    ],
    agrees: report.totals.closing === 0,
  }
}

type Role = BlockColumn['role']
const hashOfRoles = (kind: BlockKind, drawn: Drawn, roles: readonly Role[]): Promise<string> => {
  const kept = BLOCK_COLUMNS[kind].flatMap(({ role }, at) => (roles.includes(role) ? [at] : []))
  return sealHash(
    kind,
    drawn,
    {},
    drawn.cells.map((row) => kept.map((at) => row[at]!)),
  )
}

/** The hash of a report’s figures as they stand in the sheet, made as every report's is; names and words, which may change, are left out. */
export const hashOf = (kind: BlockKind, drawn: Drawn): Promise<string> => hashOfRoles(kind, drawn, ['key', 'figure'])

/** The hash of what is said in words: while it is the same, they are held against the ledger as figures are. */
export const wordsHashOf = async (kind: BlockKind, drawn: Drawn): Promise<string | undefined> =>
  BLOCK_COLUMNS[kind].some(({ role }) => role === 'word') ? hashOfRoles(kind, drawn, ['key', 'word']) : undefined
