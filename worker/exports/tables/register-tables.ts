import { exportTexts } from '#i18n/export-texts.ts'
import { day } from '#i18n/format.ts'
import type { ChartAccount } from '#worker/chart/chart-account.ts'
import type { PartyKind } from '#worker/ledger/account.ts'
import type { RegisteredParty } from '#worker/parties/party.ts'
import type { ExportColumn, ExportRow, ExportTable } from '../export-table.ts'
import { type Asking, dimensionText, headFacts, proofFacts } from './table-frame.ts'

/** The chart, or what of it was looked for. The keys of its columns are the fields that change an account. */
export function accountsTable(
  asking: Asking,
  accounts: readonly ChartAccount[],
  ledgerVersion: number,
  filters: readonly string[] = [],
): ExportTable {
  const { locale } = asking
  const words = exportTexts[locale]
  const { column } = words
  const other = locale === 'nb' ? 'en' : 'nb'
  const own = locale === 'nb' ? column.accountName : `${column.accountName} (en)`
  const name = (of: 'nb' | 'en') => (of === 'nb' ? 'nameNb' : 'nameEn')
  return {
    name: 'accounts',
    title: words.titles.accounts,
    locale,
    company: asking.company,
    head: headFacts(asking, { asAtDate: asking.today }, { filters }),
    columns: [
      { key: 'number', name: column.account, kind: 'code' },
      // A name in English says so, since an account's name is the Norwegian one where a list is brought in.
      { key: name(locale), name: own, kind: 'text', width: 38 },
      { key: name(other), name: `${column.accountName} (${other})`, kind: 'text', width: 38, notOnPaper: true },
      { key: 'type', name: column.type, kind: 'text', width: 14 },
      { key: 'control', name: column.control, kind: 'text', width: 14 },
      { key: 'defaultVatCode', name: column.vat, kind: 'code', width: 6 },
      { key: 'groupingCategory', name: column.groupingCategory, kind: 'text', width: 28 },
      { key: 'groupingCode', name: column.groupingCode, kind: 'code' },
      { key: 'closedFrom', name: column.closedFrom, kind: 'date', notOnPaper: true },
      { key: 'externalNumber', name: column.externalNumber, kind: 'code', notOnPaper: true },
    ],
    pages: [
      accounts.map(
        (a): ExportRow => ({
          cells: [
            a.number,
            a[name(locale)],
            a[name(other)],
            words.types[a.type] ?? a.type,
            a.control && (words.kinds[a.control] ?? a.control),
            a.defaultVatCode,
            a.groupingCategory,
            a.groupingCode,
            a.closedFrom,
            a.externalNumber,
          ],
        }),
      ),
    ],
    proof: proofFacts(asking, { ledgerVersion, atVersion: ledgerVersion, dated: null }),
    wide: true,
  }
}

/** The values of a dimension. The keys of its columns are the fields that a sheet of them is brought in by. */
export function dimensionTable(
  asking: Asking,
  name: string,
  values: readonly { code: string; name: string; closedFrom: string | null }[],
  ledgerVersion: number,
): ExportTable {
  const { locale } = asking
  const { asAt, column } = exportTexts[locale]
  return {
    name: 'dimension',
    title: name,
    locale,
    company: asking.company,
    head: [[asAt, day(asking.today)]],
    columns: [
      { key: 'code', name: column.code, kind: 'code' },
      { key: 'name', name: column.name, kind: 'text', width: 38 },
      { key: 'closedFrom', name: column.closedFrom, kind: 'date' },
    ],
    pages: [values.map((v): ExportRow => ({ cells: [v.code, v.name, v.closedFrom] }))],
    proof: proofFacts(asking, { ledgerVersion, atVersion: ledgerVersion, dated: null }),
  }
}

/** Customers or suppliers with all that is on their card. */
export function partiesTable(
  asking: Asking,
  kind: PartyKind,
  pages: AsyncIterable<readonly RegisteredParty[]>,
  ledgerVersion: number,
  filters: readonly string[] = [],
): ExportTable {
  const { locale } = asking
  const words = exportTexts[locale]
  const { column } = words
  const code = (key: string, name: string, width = 12, notOnPaper = true): ExportColumn => ({
    key,
    name,
    kind: 'code',
    width,
    notOnPaper,
  })
  const text = (key: string, name: string, width: number, notOnPaper = false): ExportColumn => ({
    key,
    name,
    kind: 'text',
    width,
    notOnPaper,
  })
  async function* rows(): AsyncGenerator<ExportRow[]> {
    for await (const page of pages)
      yield page.map((p) => ({
        cells: [
          p.number,
          p.name,
          p.organisationNumber,
          p.address,
          p.postalCode,
          p.city,
          p.country,
          p.email,
          p.phone,
          p.bankAccount,
          p.paymentTermsDays,
          p.controlAccount,
          p.defaultAccount,
          p.defaultVatCode,
          dimensionText(p.defaultDimensions),
          p.externalNumber,
          p.active ? words.yes : words.no,
          p.note,
        ],
      }))
  }
  return {
    name: kind === 'customer' ? 'customers' : 'suppliers',
    title: words.titles.register[kind],
    locale,
    company: asking.company,
    head: headFacts(asking, { asAtDate: asking.today }, { filters }),
    columns: [
      code('number', column.partyNumber[kind], 11, false),
      text('name', column.name, 34),
      code('organisationNumber', column.organisationNumber, 12, false),
      text('address', column.address, 28),
      code('postalCode', column.postalCode, 8, false),
      text('city', column.city, 18),
      code('country', column.country, 6),
      text('email', column.email, 28),
      code('phone', column.phone, 14, false),
      code('bankAccount', column.bankAccount, 14),
      { key: 'paymentTermsDays', name: column.paymentTermsDays, kind: 'number', notOnPaper: true },
      code('controlAccount', column.control),
      code('defaultAccount', column.account),
      code('defaultVatCode', column.vat, 6),
      text('defaultDimensions', column.dimensions, 18, true),
      code('externalNumber', column.externalNumber),
      text('active', column.active, 8, true),
      text('note', column.note, 40, true),
    ],
    pages: rows(),
    proof: proofFacts(asking, { ledgerVersion, atVersion: ledgerVersion, dated: null }),
    wide: true,
  }
}
