import { exportTexts } from '#i18n/export-texts.ts'
import { day, fill, moment, percent, voucherName } from '#i18n/format.ts'
import type { VoucherWithEntries } from '#worker/ledger/read-voucher.ts'
import { partyNameKey, type VoucherSurroundings } from '#worker/ledger/read-voucher-surroundings.ts'
import type { ExportRow, ExportTable, Fact } from '../export-table.ts'
import { type Asking, proofFacts } from './table-frame.ts'

/** A posted voucher with its entries, and its place in the chain. */
export function voucherTable(
  asking: Asking,
  voucher: VoucherWithEntries,
  around: VoucherSurroundings,
  ledgerVersion: number,
  nameOf: (by: string) => string,
): ExportTable {
  const { locale } = asking
  const words = exportTexts[locale]
  const { facts, column } = words
  const own = (named: { nameNb: string; nameEn: string } | undefined) =>
    named ? (locale === 'nb' ? named.nameNb : named.nameEn) : ''
  const rows = voucher.entries.map(
    (e): ExportRow => ({
      cells: [
        e.account,
        own(around.accounts.get(e.account)),
        e.party &&
          [e.party, e.partyKind && around.parties.get(partyNameKey(e.partyKind, e.party))].filter(Boolean).join(' '),
        e.text,
        e.vatCode && [e.vatCode, e.vatRate ? percent(e.vatRate, locale) : ''].filter(Boolean).join(' · '),
        dimensionNames(e.dimensions, around, own),
        e.invoiceNumber,
        e.dueDate,
        e.amount > 0 ? e.amount : null,
        e.amount < 0 ? -e.amount : null,
      ],
    }),
  )
  const debit = voucher.entries.reduce((sum, { amount }) => sum + Math.max(amount, 0), 0)
  const link = (other: { series: string; fiscalYear: number; number: number } | undefined, label: string): Fact[] =>
    other ? [[label, voucherName(other)]] : []
  const posted = fill(words.fetchedBy, { at: moment(voucher.recordedAt), name: nameOf(voucher.by) }, locale)
  const chain = proofFacts(asking, { ledgerVersion, atVersion: voucher.ledgerVersion, dated: null })
  return {
    name: 'voucher',
    title: fill(words.titles.voucher, { name: voucherName(voucher) }, locale),
    locale,
    company: asking.company,
    head: [
      [facts.voucherDate, day(voucher.voucherDate)],
      [facts.type, own(around.type)],
      ...(voucher.text ? [[facts.text, voucher.text] as const] : []),
      ...(voucher.documentDate === voucher.voucherDate
        ? []
        : [[facts.documentDate, day(voucher.documentDate)] as const]),
      ...(voucher.vatDate === voucher.voucherDate ? [] : [[facts.vatDate, day(voucher.vatDate)] as const]),
      [facts.posted, posted],
      ...link(around.reversalOf, facts.reverses),
      ...link(around.reversedBy, facts.reversedBy),
      ...(voucher.reason ? [[facts.reason, voucher.reason] as const] : []),
    ],
    columns: [
      { key: 'account', name: column.account, kind: 'code' },
      { key: 'accountName', name: column.accountName, kind: 'text', width: 26 },
      { key: 'party', name: column.party, kind: 'text', width: 24 },
      { key: 'text', name: column.text, kind: 'text', width: 30 },
      { key: 'vatCode', name: column.vat, kind: 'code', width: 10 },
      { key: 'dimensions', name: column.dimensions, kind: 'text', width: 26 },
      { key: 'invoiceNumber', name: column.invoiceNumber, kind: 'code', width: 12 },
      { key: 'dueDate', name: column.due, kind: 'date' },
      { key: 'debit', name: column.debit, kind: 'money', sums: true },
      { key: 'credit', name: column.credit, kind: 'money', sums: true },
    ],
    pages: [[...rows, { kind: 'total', cells: [words.total, ...Array(7).fill(null), debit, debit] }]],
    proof: [
      chain[0]!,
      [facts.hash, voucher.hash],
      [facts.previous, voucher.prevHash],
      [facts.content, voucher.contentHash],
      chain.at(-1)!,
    ],
    wide: true,
  }
}

/** `Avdeling 20 Lager`, a dimension after the other. */
const dimensionNames = (
  dimensions: Readonly<Record<string, string>> | null,
  around: VoucherSurroundings,
  own: (named: { nameNb: string; nameEn: string }) => string,
): string | null =>
  dimensions &&
  around.dimensions
    .flatMap((d) =>
      dimensions[d.key] ? [[own(d), dimensions[d.key], d.values.get(dimensions[d.key]!)].join(' ').trim()] : [],
    )
    .join(', ')
