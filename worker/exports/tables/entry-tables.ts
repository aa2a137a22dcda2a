import { exportTexts } from '#i18n/export-texts.ts'
import { type Locale, voucherName } from '#i18n/format.ts'
import type { LedgerEntry, RunningEntry } from '#worker/reports/general-ledger.ts'
import type { GeneralLedger } from '#worker/reports/read-general-ledger.ts'
import type { ExportColumn, ExportRow, ExportTable } from '../export-table.ts'
import { type Asking, type Drawn, dimensionText, headFacts, proofFacts } from './table-frame.ts'

type Shown = Parameters<typeof headFacts>[2]
/** A page of entries, and how the next one is asked for. */
export type EntryPages<E> = {
  entries: readonly E[]
  cursor: string | null
  next: (cursor: string) => Promise<EntryPage<E>>
}
type EntryPage<E> = { entries: readonly E[]; cursor: string | null }

const plainName = (e: LedgerEntry): string => voucherName(e).replaceAll('\u00a0', ' ')

function entryColumns(locale: Locale): ExportColumn[] {
  const { column } = exportTexts[locale]
  return [
    { key: 'account', name: column.account, kind: 'code' },
    { key: 'voucherDate', name: column.date, kind: 'date' },
    { key: 'voucher', name: column.voucher, kind: 'code', width: 14 },
    { key: 'text', name: column.text, kind: 'text', width: 40 },
    { key: 'party', name: column.party, kind: 'code' },
    { key: 'invoiceNumber', name: column.invoiceNumber, kind: 'code' },
    { key: 'vatCode', name: column.vat, kind: 'code', width: 6, notOnPaper: true },
    { key: 'dimensions', name: column.dimensions, kind: 'text', width: 18 },
    { key: 'documentDate', name: column.documentDate, kind: 'date', notOnPaper: true },
    { key: 'dueDate', name: column.due, kind: 'date', notOnPaper: true },
    { key: 'currency', name: column.currency, kind: 'code', width: 7, notOnPaper: true },
    { key: 'currencyAmount', name: column.currencyAmount, kind: 'money', notOnPaper: true },
    { key: 'ledgerVersion', name: column.ledgerVersion, kind: 'number', notOnPaper: true },
    { key: 'recordedAt', name: column.recordedAt, kind: 'text', width: 24, notOnPaper: true },
    { key: 'by', name: column.by, kind: 'text', width: 18, notOnPaper: true },
    { key: 'amount', name: column.amount, kind: 'money', sums: true },
  ]
}
const entryCells = (e: LedgerEntry): (string | number | null)[] => [
  e.account,
  e.voucherDate,
  plainName(e),
  e.text,
  e.party,
  e.invoiceNumber,
  e.vatCode,
  dimensionText(e.dimensions),
  e.documentDate,
  e.dueDate,
  e.currency,
  e.currencyAmount,
  e.ledgerVersion,
  e.recordedAt,
  e.by,
  e.amount,
]
/** A row with a text in the first columns and figures in the last two. */
const lineOf = (
  kind: ExportRow['kind'],
  code: string | null,
  text: string,
  amount: number | null,
  balance: number | null,
): ExportRow => {
  const cells: (string | number | null)[] = Array(17).fill(null)
  cells[kind === 'opening' ? 3 : 0] = code === null ? text : `${code} ${text}`
  cells[15] = amount
  cells[16] = balance
  return { kind, cells }
}

/** Entries by account, each with opening, running balance and closing. The first page is there; the others come as it is read. */
export function generalLedgerTable(
  asking: Asking,
  report: GeneralLedger,
  pages: EntryPages<RunningEntry>,
  shown: Shown,
): ExportTable {
  const { locale } = asking
  const words = exportTexts[locale]
  const nameOf = (row: GeneralLedger['accounts'][number]) => (locale === 'nb' ? row.nameNb : row.nameEn)
  async function* rows(): AsyncGenerator<ExportRow[]> {
    const accounts = [...report.accounts]
    let open: (typeof accounts)[number] | undefined
    let out: ExportRow[] = []
    const close = () => {
      if (open) out.push(lineOf('sum', open.account, words.closingBalance, open.debit - open.credit, open.closing))
      open = undefined
    }
    const begin = () => {
      close()
      open = accounts.shift()
      if (!open) return
      out.push(lineOf('heading', open.account, nameOf(open), null, null))
      out.push(lineOf('opening', null, words.openingBalance, null, open.opening))
    }
    for (let page: EntryPage<RunningEntry> | undefined = pages; page; ) {
      for (const entry of page.entries) {
        while (open?.account !== entry.account && accounts.length > 0) begin()
        out.push({ cells: [...entryCells(entry), entry.balance] })
      }
      yield out
      out = []
      page = page.cursor ? await pages.next(page.cursor) : undefined
    }
    while (accounts.length > 0) begin()
    close()
    out.push(lineOf('total', null, words.total, report.debit - report.credit, report.closing))
    yield out
  }
  const { party } = report
  const head = headFacts(asking, report, shown)
  return {
    name: 'general-ledger',
    title: words.titles.generalLedger,
    locale,
    company: asking.company,
    head: party?.[0] ? [...head, [words.column.party, `${party[0].number} ${party[0].name}`]] : head,
    columns: [...entryColumns(locale), { key: 'balance', name: words.column.balance, kind: 'money' }],
    pages: rows(),
    proof: proofFacts(asking, report),
    wide: true,
  }
}

/** All entries in the order they were posted. */
export function journalTable(
  asking: Asking,
  report: Drawn & { fromDate: string; toDate: string },
  pages: EntryPages<LedgerEntry>,
  shown: Shown,
): ExportTable {
  const { locale } = asking
  const words = exportTexts[locale]
  async function* rows(): AsyncGenerator<ExportRow[]> {
    let sum = 0
    for (let page: EntryPage<LedgerEntry> | undefined = pages; page; ) {
      for (const { amount } of page.entries) sum += amount
      yield page.entries.map((entry) => ({ cells: [...entryCells(entry), entry.voucherId] }))
      page = page.cursor ? await pages.next(page.cursor) : undefined
    }
    yield [{ kind: 'total', cells: [words.total, ...Array(14).fill(null), sum, null] }]
  }
  return {
    name: 'voucher-journal',
    title: words.titles.journal,
    locale,
    company: asking.company,
    head: headFacts(asking, report, shown),
    columns: [
      ...entryColumns(locale),
      { key: 'voucherId', name: words.column.voucherId, kind: 'code', width: 32, notOnPaper: true },
    ],
    pages: rows(),
    proof: proofFacts(asking, report),
    wide: true,
  }
}
