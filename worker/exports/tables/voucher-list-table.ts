import { exportTexts } from '#i18n/export-texts.ts'
import { day, kroner, type Locale, voucherName } from '#i18n/format.ts'
import { pageTexts } from '#i18n/page-texts.ts'
import type { listVouchers, VoucherQuery } from '#worker/ledger/list-vouchers.ts'
import type { ExportRow, ExportTable } from '../export-table.ts'
import { type Asking, headFacts, proofFacts } from './table-frame.ts'

type Found = Awaited<ReturnType<typeof listVouchers>>
/** A voucher as the list shows it: its first party, the name of its type, and who posted it. */
export type ListedVoucher = Found['vouchers'][number] & { typeName: string; partyName: string | null; byName: string }
/** What a type and a person are called. */
type Names = { typeOf: (key: string) => string; personOf: (id: string) => string }

/** The list of vouchers as it was narrowed and sorted, one row each. */
export function voucherListTable(
  asking: Asking,
  ledgerVersion: number,
  pages: AsyncIterable<readonly ListedVoucher[]>,
  filters: readonly string[],
): ExportTable {
  const { locale } = asking
  const { column } = exportTexts[locale]
  const { vouchers: words } = pageTexts[locale]
  async function* rows(): AsyncGenerator<ExportRow[]> {
    for await (const page of pages)
      yield page.map((v) => ({
        cells: [
          voucherName(v).replaceAll('\u00a0', ' '),
          v.voucherDate,
          v.typeName,
          v.partyName,
          v.text,
          v.status === 'reversed' ? words.reversed : v.reversalOf ? words.reversal : null,
          v.recordedAt,
          v.byName,
          v.id,
          v.amount,
        ],
      }))
  }
  return {
    name: 'vouchers',
    title: words.title,
    locale,
    company: asking.company,
    head: headFacts(asking, { asAtDate: asking.today }, { filters }),
    columns: [
      { key: 'voucher', name: column.voucher, kind: 'code', width: 14 },
      { key: 'voucherDate', name: column.date, kind: 'date' },
      { key: 'type', name: words.column.type, kind: 'text', width: 20 },
      { key: 'party', name: column.party, kind: 'text', width: 28 },
      { key: 'text', name: column.text, kind: 'text', width: 40 },
      { key: 'status', name: words.column.status, kind: 'text', width: 14 },
      { key: 'recordedAt', name: column.recordedAt, kind: 'text', width: 24, notOnPaper: true },
      { key: 'by', name: column.by, kind: 'text', width: 18 },
      { key: 'voucherId', name: column.voucherId, kind: 'code', width: 32, notOnPaper: true },
      { key: 'amount', name: column.amount, kind: 'money' },
    ],
    pages: rows(),
    proof: proofFacts(asking, { ledgerVersion, atVersion: ledgerVersion, dated: null }),
    wide: true,
  }
}

/** What the list was narrowed by, in words. */
export function filtersOf(query: Omit<VoucherQuery, 'cursor' | 'limit'>, names: Names, locale: Locale): string[] {
  const words = pageTexts[locale].vouchers.filter
  const { search, text, series, fiscalYear, number, type, fromDate, toDate, account, party, minAmount, maxAmount, by } =
    query
  const numbered = [series, [fiscalYear, number].filter((part) => part !== undefined).join('-')]
    .filter(Boolean)
    .join(' ')
  const sought = search ?? text ?? numbered
  const told = (label: string, value: string | undefined) => value !== undefined && `${label.toLowerCase()} ${value}`
  return [
    sought !== '' && `«${sought}»`,
    type !== undefined && names.typeOf(type),
    told(words.fromDate, fromDate && day(fromDate)),
    told(words.toDate, toDate && day(toDate)),
    told(words.account, account),
    told(words.party, party),
    told(words.minAmount, minAmount === undefined ? undefined : kroner(minAmount, locale)),
    told(words.maxAmount, maxAmount === undefined ? undefined : kroner(maxAmount, locale)),
    told(words.by, by && names.personOf(by)),
  ].filter((part) => part !== false)
}
