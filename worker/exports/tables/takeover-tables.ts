import { exportTexts } from '#i18n/export-texts.ts'
import { day } from '#i18n/format.ts'
import { fieldName, registerName } from '#i18n/sheet-import-text.ts'
import { comparisonSpan } from '#worker/comparison/comparison.ts'
import { type Month, monthsBetween } from '#worker/core/dates.ts'
import type { PartyKind } from '#worker/ledger/account.ts'
import type { Books } from '#worker/ledger/books.ts'
import type { MovementRow } from '#worker/opening-balance/movement-row.ts'
import type { KeptOpening } from '#worker/opening-balance/store.ts'
import type { ColumnKind, ExportColumn, ExportRow, ExportTable } from '../export-table.ts'
import { type Asking, headFacts, proofFacts } from './table-frame.ts'

const ITEM: readonly (readonly [field: keyof KeptOpening['rows'][number], kind: ColumnKind])[] = [
  ['party', 'code'],
  ['name', 'text'],
  ['account', 'code'],
  ['invoiceNumber', 'code'],
  ['paymentReference', 'code'],
  ['invoiceDate', 'date'],
  ['dueDate', 'date'],
  ['amount', 'money'],
  ['currency', 'code'],
  ['currencyAmount', 'money'],
  ['text', 'text'],
]

/**
 * The balances of an opening balance, or the open items of a kind, as they are filled in. Columns are named as the list is brought in
 * by, so that what goes out and comes back is the same.
 */
export function openingTable(
  asking: Asking,
  { openingDate, rows }: Pick<KeptOpening, 'openingDate' | 'rows'>,
  kind: PartyKind | undefined,
  books: Pick<Books, 'accounts'>,
  ledgerVersion: number,
): ExportTable {
  const { locale } = asking
  const wanted = ITEM.filter(([field]) => kind || field === 'account' || field === 'amount' || field === 'text')
  const own = rows.filter(({ account, party }) =>
    kind ? party !== '' && books.accounts.get(account)?.control === kind : party === '',
  )
  return {
    name: kind ? `opening-items-${kind}` : 'opening-balances',
    title: registerName(kind ? 'open-items' : 'balances', locale),
    locale,
    company: asking.company,
    head: headFacts(asking, { asAtDate: openingDate }),
    columns: wanted.map(
      ([key, columnKind]): ExportColumn => ({
        key,
        name: kind && key === 'party' ? exportTexts[locale].column.partyNumber[kind] : fieldName(key, locale),
        kind: columnKind,
      }),
    ),
    pages: [own.map((row): ExportRow => ({ cells: wanted.map(([field]) => (row[field] || null) as string | null) }))],
    proof: proofFacts(asking, { ledgerVersion, atVersion: ledgerVersion, dated: null }),
    wide: kind !== undefined,
  }
}

/** Accounts down and months across, as movements and last year's figures are brought in. */
export function monthsTable(
  asking: Asking,
  register: 'movements' | 'comparison',
  rows: readonly MovementRow[],
  books: Pick<Books, 'accounts'>,
  ledgerVersion: number,
): ExportTable {
  const { locale } = asking
  const span = comparisonSpan(rows)
  const months: Month[] = span ? monthsBetween(span.first, span.last) : []
  const nameOf = (account: string): string => {
    const found = books.accounts.get(account)
    return found ? (locale === 'nb' ? found.nameNb : found.nameEn) : ''
  }
  return {
    name: register,
    title: registerName(register, locale),
    locale,
    company: asking.company,
    head: [[exportTexts[locale].asAt, day(asking.today)]],
    columns: [
      { key: 'account', name: fieldName('account', locale), kind: 'code' },
      { key: 'accountName', name: fieldName('accountName', locale), kind: 'text', width: 30 },
      ...months.map((month): ExportColumn => ({ key: month, name: month, kind: 'money' })),
    ],
    pages: [
      rows.map(
        ({ account, amounts }): ExportRow => ({
          cells: [account, nameOf(account), ...months.map((month) => amounts[month] ?? null)],
        }),
      ),
    ],
    proof: proofFacts(asking, { ledgerVersion, atVersion: ledgerVersion, dated: null }),
    wide: true,
  }
}
