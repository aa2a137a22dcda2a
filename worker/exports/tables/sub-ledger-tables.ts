import { exportTexts } from '#i18n/export-texts.ts'
import { fill, type Locale, voucherName, whole } from '#i18n/format.ts'
import { pageTexts } from '#i18n/page-texts.ts'
import type { PartyKind } from '#worker/ledger/account.ts'
import type { readPartyBalances } from '#worker/reports/read-party-balances.ts'
import { type ItemOrder, inOrder } from '#worker/subledger/item-order.ts'
import type { listOpenItems } from '#worker/subledger/list-open-items.ts'
import type { readAgeing } from '#worker/subledger/read-ageing.ts'
import type { readStatement } from '#worker/subledger/read-statement.ts'
import type { ExportColumn, ExportRow, ExportTable } from '../export-table.ts'
import { type Asking, headFacts, proofFacts } from './table-frame.ts'
import { figureCells, figureColumns } from './trial-balance-table.ts'

type PartyBalances = Awaited<ReturnType<typeof readPartyBalances>>
type OpenItems = Awaited<ReturnType<typeof listOpenItems>>
type Ageing = Awaited<ReturnType<typeof readAgeing>>
type Statement = Awaited<ReturnType<typeof readStatement>>
type Shown = Parameters<typeof headFacts>[2]
type Cell = string | number | null

const plainName = (v: { series: string; fiscalYear: number; number: number }): string =>
  voucherName(v).replaceAll('\u00a0', ' ')

export function partyBalancesTable(asking: Asking, report: PartyBalances, kind: PartyKind, shown: Shown): ExportTable {
  const { locale } = asking
  const words = exportTexts[locale]
  const rows = report.rows.map(
    (row): ExportRow => ({ cells: [row.party, row.name, row.organisationNumber, ...figureCells(row)] }),
  )
  return {
    name: 'party-balances',
    title: words.titles.parties[kind],
    locale,
    company: asking.company,
    head: headFacts(asking, report, shown),
    columns: [
      { key: 'party', name: words.column[kind], kind: 'code' },
      { key: 'name', name: words.column.name, kind: 'text', width: 34 },
      { key: 'organisationNumber', name: words.column.organisationNumber, kind: 'code', width: 12 },
      ...figureColumns(locale),
    ],
    pages: [[...rows, { kind: 'total', cells: [words.total, null, null, ...figureCells(report.totals)] }]],
    proof: proofFacts(asking, report),
    wide: true,
  }
}

type Item = OpenItems['items'][number]
function itemColumns(locale: Locale): ExportColumn[] {
  const { column } = exportTexts[locale]
  return [
    { key: 'party', name: column.party, kind: 'code' },
    { key: 'partyName', name: column.name, kind: 'text', width: 28 },
    { key: 'voucher', name: column.voucher, kind: 'code', width: 14 },
    { key: 'voucherDate', name: column.date, kind: 'date' },
    { key: 'dueDate', name: column.due, kind: 'date' },
    { key: 'daysOverdue', name: column.daysOverdue, kind: 'number' },
    { key: 'invoiceNumber', name: column.invoiceNumber, kind: 'code', width: 14 },
    { key: 'paymentReference', name: column.reference, kind: 'code', width: 16, notOnPaper: true },
    { key: 'text', name: column.text, kind: 'text', width: 30 },
    { key: 'account', name: column.account, kind: 'code', notOnPaper: true },
    { key: 'currency', name: column.currency, kind: 'code', width: 7, notOnPaper: true },
    { key: 'currencyRest', name: column.currencyAmount, kind: 'money', notOnPaper: true },
    { key: 'amount', name: column.amount, kind: 'money', sums: true },
    { key: 'rest', name: column.rest, kind: 'money', sums: true },
  ]
}
const itemCells = (i: Item): Cell[] => [
  i.party,
  i.partyName,
  plainName(i.voucher),
  i.voucherDate,
  i.dueDate,
  i.daysOverdue,
  i.invoiceNumber,
  i.paymentReference,
  i.text,
  i.account,
  i.currency,
  i.currencyRest,
  i.amount,
  i.rest,
]

/** Items that are held at once to be sorted. */
const MOST_SORTED = 25_000
/** Rows that go out at once. */
const PAGE = 5_000

/** Open items in the order asked for; where they are more than can be sorted, in order of recording, which the head then says. */
export function openItemsTable(
  asking: Asking,
  first: OpenItems,
  next: (cursor: string) => Promise<OpenItems>,
  query: NonNullable<Shown> & {
    kind?: PartyKind | undefined
    overdue?: boolean | undefined
    asAtDate?: string | undefined
    order?: ItemOrder | undefined
  },
  mostSorted = MOST_SORTED,
): ExportTable {
  const { locale } = asking
  const { kind, order, overdue, asAtDate } = query
  const words = exportTexts[locale]
  const filters = overdue ? [pageTexts[locale].subledger.page.overdue] : []
  const isSorted = first.totals.count <= mostSorted
  async function* rows(): AsyncGenerator<ExportRow[]> {
    let amount = 0
    const sorted: Item[] = []
    for (let page: OpenItems | undefined = first; page; page = page.cursor ? await next(page.cursor) : undefined) {
      for (const item of page.items) amount += item.amount
      if (isSorted) sorted.push(...page.items)
      else yield page.items.map((item) => ({ cells: itemCells(item) }))
    }
    const ordered = inOrder(sorted, order)
    for (let at = 0; at < ordered.length; at += PAGE)
      yield ordered.slice(at, at + PAGE).map((item) => ({ cells: itemCells(item) }))
    yield [{ kind: 'total', cells: [words.total, ...Array(11).fill(null), amount, first.totals.rest] }]
  }
  return {
    name: 'open-items',
    title: words.titles.openItems[kind ?? 'all'],
    locale,
    company: asking.company,
    head: [
      ...headFacts(asking, first, { ...query, filters }),
      ...(isSorted ? [] : [[words.order, fill(words.unsorted, { count: whole(mostSorted, locale) }, locale)] as const]),
    ],
    columns: itemColumns(locale),
    pages: rows(),
    // What is overdue now is another list tomorrow, and under a day it is what was open then.
    proof: proofFacts(overdue && asAtDate === undefined ? { ...asking, address: '' } : asking, {
      ...first,
      dated: null,
    }),
    wide: true,
  }
}

/** The columns of an ageing: not yet due, and each stretch of days past due. */
function ageingColumns(buckets: readonly number[], locale: Locale): ExportColumn[] {
  const words = exportTexts[locale]
  const money = (key: string, name: string): ExportColumn => ({ key, name, kind: 'money', sums: true })
  const stretches = [...buckets, undefined].map((to, i) => {
    const from = (buckets[i - 1] ?? 0) + 1
    const name =
      to === undefined
        ? fill(words.days.from, { days: buckets.at(-1) ?? 0 }, locale)
        : fill(words.days.between, { from, to }, locale)
    return money(`pastDue${from}`, name)
  })
  return [money('notDue', words.column.notDue), ...stretches, money('total', words.column.total)]
}
const ageingCells = ({ notDue, pastDue, total }: { notDue: number; pastDue: readonly number[]; total: number }) => [
  notDue,
  ...pastDue,
  total,
]

export function ageingTable(asking: Asking, report: Ageing, shown: Shown): ExportTable {
  const { locale } = asking
  // One party's items are held against its own balance, not against the control accounts.
  const checks = report.checks.map((c) => (shown?.party === undefined ? c : { ...c, key: 'open-items-equal-closing' }))
  const words = exportTexts[locale]
  const rows = report.rows.map((row): ExportRow => ({ cells: [row.party, row.partyName, ...ageingCells(row)] }))
  return {
    name: 'ageing',
    title: words.titles.ageing[report.kind],
    locale,
    company: asking.company,
    head: headFacts(asking, report, shown),
    columns: [
      { key: 'party', name: words.column[report.kind], kind: 'code' },
      { key: 'partyName', name: words.column.name, kind: 'text', width: 34 },
      ...ageingColumns(report.buckets, locale),
    ],
    pages: [[...rows, { kind: 'total', cells: [words.total, null, ...ageingCells(report.totals)] }]],
    proof: proofFacts(asking, report, checks),
    wide: true,
  }
}

/** A party's account: entries with running balance, and what of them is open. */
export function partyStatementTable(
  asking: Asking,
  first: Statement,
  next: (cursor: string) => Promise<Statement>,
  shown: Shown,
): ExportTable {
  const { locale } = asking
  const words = exportTexts[locale]
  const { column } = words
  type Line = {
    voucher: Item['voucher']
    voucherDate: string
    text: string
    invoiceNumber: string | null
    dueDate: string | null
  }
  const cells = (e: Line, amount: number | null, balance: number | null): Cell[] => [
    e.voucherDate,
    plainName(e.voucher),
    e.text,
    e.invoiceNumber,
    e.dueDate,
    amount,
    balance,
  ]
  const words7 = (text: string, amount: number | null, balance: number | null): Cell[] => [
    null,
    null,
    text,
    null,
    null,
    amount,
    balance,
  ]
  async function* rows(): AsyncGenerator<ExportRow[]> {
    yield [{ kind: 'opening', cells: words7(words.openingBalance, null, first.opening) }]
    let moved = 0
    for (let page: Statement | undefined = first; page; page = page.cursor ? await next(page.cursor) : undefined) {
      for (const { amount } of page.entries) moved += amount
      yield page.entries.map((e) => ({ cells: cells(e, e.amount, e.balance) }))
    }
    yield [{ kind: 'sum', cells: words7(words.closingBalance, moved, first.closing) }]
  }
  return {
    name: 'statement',
    title: words.titles.statement,
    locale,
    company: asking.company,
    head: [
      [column[first.kind], `${first.party} ${first.partyName}`],
      ...headFacts(asking, first, shown),
      ...ageingFacts(first, locale),
    ],
    columns: [
      { key: 'voucherDate', name: column.date, kind: 'date' },
      { key: 'voucher', name: column.voucher, kind: 'code', width: 14 },
      { key: 'text', name: column.text, kind: 'text', width: 40 },
      { key: 'invoiceNumber', name: column.invoiceNumber, kind: 'code', width: 14 },
      { key: 'dueDate', name: column.due, kind: 'date' },
      { key: 'amount', name: column.amount, kind: 'money', sums: true },
      { key: 'balance', name: column.balance, kind: 'money' },
    ],
    pages: rows(),
    proof: proofFacts(asking, first, first.checks),
  }
}

/** What is open, and how long past due, above the entries. */
function ageingFacts({ ageing, buckets }: Statement, locale: Locale): (readonly [string, string])[] {
  const columns = ageingColumns(buckets, locale)
  const cells = ageingCells(ageing)
  const open = columns.flatMap(({ name }, i) =>
    cells[i] === 0 || i === columns.length - 1
      ? []
      : [fill('{name} {amount:kroner}', { name, amount: cells[i]! }, locale)],
  )
  const total = fill('{amount:kroner}', { amount: ageing.total }, locale)
  return [[exportTexts[locale].openOnes, [total, ...open].join(' · ')]]
}
