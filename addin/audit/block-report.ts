import type { Locale } from '#i18n/format.ts'
import { voucherName } from '#i18n/format.ts'
import type { IsoDate } from '#worker/core/dates.ts'
import { sha256 } from '#worker/core/hash.ts'
import type { LedgerEntry } from '#worker/reports/general-ledger.ts'
import type { TrialBalanceRow } from '#worker/reports/trial-balance.ts'
import type { LedgerApi } from '../api/ledger-api.ts'
import { kronerOf, serialOf } from '../sheet/excel-value.ts'
import { addinTexts } from '../sheet/sheet-words.ts'

/** Reports that can be pulled into a sheet as a block that proves itself. */
export type BlockKind = 'trial-balance' | 'general-ledger'
export type BlockQuery = Readonly<Record<string, string>>
export type BlockCell = string | number
/** A report drawn for a sheet: its cells, and what they were drawn from. */
export type Drawn = {
  atVersion: number
  chainHead: string
  fromDate: string
  toDate: string
  cells: readonly (readonly BlockCell[])[]
}

/** How a column stands in the sheet. `key`: with the others of its kind it tells rows apart. `name`: may be renamed, and is not held against the ledger. */
export type BlockColumn = { format: string; width: number; role: 'key' | 'figure' | 'name' }

const key = { format: '@', width: 60, role: 'key' } as const
const figure = { format: '#,##0.00', width: 84, role: 'figure' } as const
export const BLOCK_COLUMNS: Record<BlockKind, readonly BlockColumn[]> = {
  'trial-balance': [key, { format: '@', width: 220, role: 'name' }, figure, figure, figure, figure],
  'general-ledger': [
    key,
    { ...key, width: 90 },
    { ...key, width: 36, format: '0' },
    { format: 'dd.mm.yyyy', width: 70, role: 'figure' },
    { format: '@', width: 220, role: 'figure' },
    { format: '@', width: 48, role: 'figure' },
    figure,
    figure,
  ],
}

type Head = { atVersion: number; chainHead: string | null; fromDate: string; toDate: string }
const headOf = ({ atVersion, chainHead, fromDate, toDate }: Head) => ({
  atVersion,
  chainHead: chainHead ?? '',
  fromDate,
  toDate,
})

/** Draws a report, at the newest version or at one that is named. */
export async function drawBlock(
  api: LedgerApi,
  company: string,
  locale: Locale,
  kind: BlockKind,
  query: BlockQuery,
  atVersion?: number,
): Promise<Drawn> {
  const asked = { ...query, ...(atVersion !== undefined && { atVersion }) }
  return kind === 'trial-balance' ? trialBalance(api, company, locale, asked) : generalLedger(api, company, asked)
}

const AMOUNTS = ['opening', 'debit', 'credit', 'closing'] as const
type Asked = Record<string, string | number>

async function trialBalance(api: LedgerApi, company: string, locale: Locale, asked: Asked): Promise<Drawn> {
  type Report = Head & { rows: TrialBalanceRow[]; totals: Record<(typeof AMOUNTS)[number], number> }
  const report = await api.get<Report>(company, 'reports/trial-balance', asked)
  const amounts = (of: Report['totals']) => AMOUNTS.map((name) => kronerOf(of[name]))
  return {
    ...headOf(report),
    cells: [
      ...report.rows.map((row) => [row.account, locale === 'nb' ? row.nameNb : row.nameEn, ...amounts(row)]),
      [addinTexts[locale].block.total, '', ...amounts(report.totals)],
    ],
  }
}

const PAGE = 5_000
async function generalLedger(api: LedgerApi, company: string, asked: Asked): Promise<Drawn> {
  const cells: BlockCell[][] = []
  let head: Head | undefined
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const page: Head & { entries: (LedgerEntry & { balance: number })[]; cursor: string | null } = await api.get(
      company,
      'reports/general-ledger',
      { ...asked, limit: PAGE, cursor },
    )
    head ??= page
    for (const entry of page.entries) cells.push(entryCells(entry))
    cursor = page.cursor
  }
  return { ...headOf(head!), cells }
}

const entryCells = (entry: LedgerEntry & { balance: number }): BlockCell[] => [
  entry.account,
  voucherName(entry),
  entry.line,
  serialOf(entry.voucherDate as IsoDate),
  entry.text,
  entry.vatCode ?? '',
  kronerOf(entry.amount),
  kronerOf(entry.balance),
]

/** The hash of a report’s figures; names, which may change, are left out. */
export const hashOf = (kind: BlockKind, { cells }: Drawn): Promise<string> => {
  const kept = BLOCK_COLUMNS[kind].flatMap(({ role }, at) => (role === 'name' ? [] : [at]))
  return sha256(JSON.stringify(cells.map((row) => kept.map((at) => row[at]))))
}
