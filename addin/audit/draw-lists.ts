import { voucherName } from '#i18n/format.ts'
import type { IsoDate } from '#worker/core/dates.ts'
import type { LedgerEntry } from '#worker/reports/general-ledger.ts'
import type { SealedHead } from '#worker/reports/report-seal.ts'
import { type LedgerApi, Refused } from '../api/ledger-api.ts'
import { kronerOf, serialOf } from '../sheet/excel-value.ts'
import { type Asked, type BlockCell, type Drawing, type Drawn, headOf } from './block-report.ts'
import { blockTexts } from './block-texts.ts'

const PAGE = 5_000

/** All pages of a list, with the head of the first. */
async function pagesOf<Page extends { cursor: string | null }>(
  api: LedgerApi,
  company: string,
  path: string,
  asked: Asked,
  take: (page: Page) => void,
): Promise<Page> {
  let first: Page | undefined
  for (let cursor: string | null | undefined; cursor !== null; ) {
    // Later pages are asked for at the version of the first, or they would not be of one ledger.
    const at = first && 'atVersion' in first ? { atVersion: first.atVersion as number } : {}
    const page: Page = await api.get<Page>(company, path, { ...asked, ...at, limit: PAGE, ...(cursor && { cursor }) })
    first ??= page
    take(page)
    cursor = page.cursor
  }
  return first!
}

type Entries<Entry> = SealedHead & { entries: Entry[]; cursor: string | null }

export async function generalLedger({ api, company }: Drawing, asked: Asked): Promise<Drawn> {
  const cells: BlockCell[][] = []
  let sum = 0
  const head = await pagesOf<Entries<LedgerEntry & { balance: number }>>(
    api,
    company,
    'reports/general-ledger',
    asked,
    ({ entries }) => {
      for (const entry of entries) {
        sum += entry.amount
        cells.push([
          entry.account,
          voucherName(entry),
          entry.line,
          serialOf(entry.voucherDate),
          entry.text,
          entry.vatCode ?? '',
          kronerOf(entry.amount),
          kronerOf(entry.balance),
        ])
      }
    },
  )
  return { ...headOf(head), cells, agrees: sum === 0 }
}

export async function voucherJournal({ api, company }: Drawing, asked: Asked): Promise<Drawn> {
  const cells: BlockCell[][] = []
  let sum = 0
  const head = await pagesOf<Entries<LedgerEntry>>(api, company, 'reports/voucher-journal', asked, ({ entries }) => {
    for (const entry of entries) {
      sum += entry.amount
      cells.push([
        entry.ledgerVersion,
        entry.line,
        voucherName(entry),
        serialOf(entry.voucherDate),
        entry.account,
        entry.text,
        entry.vatCode ?? '',
        kronerOf(entry.amount),
      ])
    }
  })
  return { ...headOf(head), cells, agrees: sum === 0 }
}

type Item = {
  id: string
  party: string
  partyName: string
  voucher: { series: string; fiscalYear: number; number: number }
  voucherDate: IsoDate
  dueDate: IsoDate | null
  invoiceNumber: string | null
  amount: number
  rest: number
}

/** What was open at the end of the period. */
export async function openItems(
  { api, company }: Drawing,
  { fromDate, toDate, ...state }: Asked,
  kind: 'customer' | 'supplier',
): Promise<Drawn> {
  const cells: BlockCell[][] = []
  const asked = { ...state, asAtDate: toDate!, kind }
  const first = await pagesOf<{ atVersion: number; items: Item[]; cursor: string | null }>(
    api,
    company,
    'open-items',
    asked,
    ({ items }) => {
      for (const item of items)
        cells.push([
          item.id,
          item.party,
          item.partyName,
          voucherName(item.voucher),
          item.invoiceNumber ?? '',
          serialOf(item.voucherDate),
          item.dueDate ? serialOf(item.dueDate) : '',
          kronerOf(item.amount),
          kronerOf(item.rest),
        ])
    },
  )
  const { atVersion } = first
  const ageing = await api.get<{ checks: { holds: boolean }[] }>(company, 'open-items/ageing', { ...asked, atVersion })
  return {
    atVersion,
    chainHead: await headAt(api, company, atVersion),
    fromDate: String(fromDate),
    toDate: String(toDate),
    cells,
    agrees: ageing.checks.every(({ holds }) => holds),
  }
}

/** The chain's hash at a version; every report that rests on one tells it. */
async function headAt(api: LedgerApi, company: string, atVersion: number): Promise<string> {
  return (await api.get<SealedHead>(company, 'reports/trial-balance', { atVersion })).chainHead ?? ''
}

type Specification = SealedHead & {
  /** How the company reports, and what this term is. */
  kind: string
  term: { key: string; kind: string }
  agrees: boolean
  groups: {
    key: string
    lines: {
      kind: 'due' | 'deduction'
      vatCode: string
      specification: string | null
      rate: number | null
      base: number | null
      vat: number
    }[]
  }[]
}

/** The terms that end in the period, line by line. */
export async function vatSpecification({ api, company, locale }: Drawing, asked: Asked): Promise<Drawn> {
  const { fromDate, toDate, ...state } = asked
  const { vatKinds } = blockTexts[locale]
  const cells: BlockCell[][] = []
  let atVersion = state.atVersion
  let chainHead = ''
  let agrees = true
  const year = String(toDate).slice(0, 4)
  const first = await specificationOf(api, company, { ...state, term: `${year}-T1` })
  const byYear = first === undefined || first.kind !== first.term.kind
  for (const term of byYear ? [year] : [1, 2, 3, 4, 5, 6].map((n) => `${year}-T${n}`)) {
    const report = await specificationOf(api, company, {
      ...state,
      ...(atVersion !== undefined && { atVersion }),
      term,
    })
    if (!report) continue
    if (report.toDate < fromDate! || report.toDate > toDate!) continue
    atVersion = report.atVersion
    chainHead = report.chainHead ?? ''
    agrees &&= report.agrees
    for (const { lines } of report.groups)
      for (const line of lines)
        cells.push([
          report.term.key,
          vatKinds[line.kind],
          line.vatCode,
          line.specification ?? '',
          (line.rate ?? 0) / 100,
          line.base === null ? '' : kronerOf(line.base),
          kronerOf(line.vat),
        ])
  }
  if (atVersion === undefined || chainHead === '') {
    const head = await api.get<SealedHead>(company, 'reports/trial-balance', state)
    return { ...headOf(head), fromDate: String(fromDate), toDate: String(toDate), cells, agrees: undefined }
  }
  return { atVersion: Number(atVersion), chainHead, fromDate: String(fromDate), toDate: String(toDate), cells, agrees }
}

/** A term's specification; undefined when the company has no such term. */
async function specificationOf(api: LedgerApi, company: string, asked: Asked): Promise<Specification | undefined> {
  try {
    return await api.get<Specification>(company, 'reports/vat-specification', asked)
  } catch (error) {
    if (error instanceof Refused && error.code === 'vat-term/unknown') return undefined
    throw error
  }
}
